"""Adding up ahead: kept totals, the engine's files and plain queries say the same, or are not used."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.conf import settings

from motbuoc.domains.ledger.filling import Entered, Held, lines_of, save_cells
from motbuoc.domains.ledger.rollup.reading import reading
from motbuoc.domains.ledger.rollup.snapshots import Snapshots
from motbuoc.domains.ledger.rollup.totals import rolled_up
from motbuoc.domains.ledger.services import accept, approve, hand_in, reopen
from motbuoc.domains.ledger.submitted import ReportingPeriod, Summed
from motbuoc.domains.ledger.summing import folder, periods_to_sum, sum_period, sum_what_changed, tree_table
from motbuoc.domains.ledger.totals import added_up, stamp_of, totals_of
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import Cast, make_unit
from tests.factories.ledger import Ledger, enter, make_ledger, open_month, report, submission_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    return make_ledger(cast)


def deep_period(cast: Cast, ledger: Ledger) -> ReportingPeriod:
    """Units on three levels, each with figures drawn by lot, some of them estimates."""
    rng = random.Random(7)
    above = (cast.unit_a, cast.unit_a, cast.unit_b, cast.unit_b)
    cells = [make_unit(f"Chi bộ {n}", UnitKind.PARTY_CELL, unit) for n, unit in enumerate(above)]
    ledger.schedule.units.add(*cells)
    period = open_month(cast, ledger)
    for unit in (cast.unit_a, cast.unit_b, *cells):
        person = cast.secretary if unit.pk == cast.unit_a.pk or _is_below(unit, cast.unit_a) else cast.secretary_b
        mine = submission_of(period, unit.pk)
        entered = [
            Entered(key, Held(Decimal(rng.randrange(1000)), is_estimate=rng.random() < 0.3))
            for line in lines_of(period.form_id)
            if not line.is_counted and line.field.indicator.code != "i2_09"
            for key in line.keys
            if rng.random() < 0.8
        ]
        save_cells(actor=person, submission=mine, entered=entered)
        mine = submission_of(period, unit.pk)
        hand_in(actor=person, submission=mine, version=mine.version)
        for above in (cast.unit_a, cast.unit_b):
            if _is_below(unit, above):
                mine = submission_of(period, unit.pk)
                approve(actor=person, submission=mine, unit_id=above.pk, version=mine.version)
        mine = submission_of(period, unit.pk)
        accept(actor=cast.officer, submission=mine, version=mine.version)
    return ReportingPeriod.objects.select_related("schedule").get(pk=period.pk)


def _is_below(unit: Unit, above: Unit) -> bool:
    return unit.closure_above.filter(ancestor=above, depth__gt=0).exists()


def test_three_ways_to_the_same_totals(cast, ledger):
    period = deep_period(cast, ledger)
    everybody = list(Unit.objects.values_list("pk", flat=True))
    plain = added_up(period, everybody)
    assert sum_what_changed() == 1
    period.refresh_from_db()
    assert period.summed_as == stamp_of(period)
    kept = {(row.unit_id, row.indicator_id, row.category_id or 0): row for row in Summed.objects.all()}
    assert {unit for unit, _i, _c in kept} == {cast.bloc.pk, cast.unit_a.pk, cast.unit_b.pk}
    for key, row in kept.items():
        assert (row.amount, row.entries, row.estimates) == tuple(plain[key])
    tree = tree_table(period.schedule.unit_id, period.cutoff_on)
    with reading(Snapshots(folder()), tree, periods=[period.pk]) as look:
        rows = look.rows(rolled_up(look.facts, look.tree, look.depth())).to_pylist()
    below = set(tree.column("unit").to_pylist())
    files = {(row["unit"], row["indicator"], row["category"]): row for row in rows}
    assert set(files) == {tuple(key) for key in plain if key.unit_id in below}
    for key, total in plain.items():
        if key.unit_id in below:
            row = files[tuple(key)]
            assert (row["amount"], row["entries"], row["estimates"]) == tuple(total)
    assert totals_of(period, everybody) == plain


def test_what_no_longer_holds_is_not_used(cast, ledger):
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    period = ReportingPeriod.objects.select_related("schedule").get(pk=period.pk)
    sum_period(period)
    period.refresh_from_db()
    Summed.objects.update(amount=99)  # so that one sees which was read
    assert {int(total.amount) for total in totals_of(period, [cast.bloc.pk]).values()} == {99}
    mine = submission_of(period, cast.unit_a.pk)
    reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Nhầm")
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=4)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    period.refresh_from_db()
    assert {int(total.amount) for total in totals_of(period, [cast.bloc.pk]).values()} == {4, 0}
    assert [row.pk for row in periods_to_sum()] == [period.pk]
    make_unit("Chi bộ mới", UnitKind.PARTY_CELL, cast.unit_a)
    sum_period(period)
    period.refresh_from_db()
    assert periods_to_sum() == []
    make_unit("Chi bộ mới nữa", UnitKind.PARTY_CELL, cast.unit_a)
    assert [row.pk for row in periods_to_sum()] == [period.pk]


def test_a_period_without_facts_needs_no_sums(cast, ledger):
    open_month(cast, ledger)
    assert periods_to_sum() == []
    assert not (settings.DATA_DIR / "ledger").exists()
