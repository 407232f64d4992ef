"""The whole year ahead and early signs: of whole periods, told anew when one is corrected, for who may see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from motbuoc.domains.ledger.ahead import WholeYear, signs_for, whole_year_of
from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.defining import Definition, define_indicator, set_target
from motbuoc.domains.ledger.jumping import odd_in
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Jump, Projection, Showing
from motbuoc.domains.ledger.projecting import project_what_changed
from motbuoc.domains.ledger.services import accept, hand_in, reopen
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.units.models import Unit
from tests.factories import LONG_AGO, Cast
from tests.factories.ledger import NOVEMBER, Ledger, enter, make_ledger, open_month, submission_of
from tests.factories.past import months_until, reported

pytestmark = pytest.mark.django_db

MONTHS = 16
OCTOBER = date(2026, 10, 31)
SWINGS = [20 + 12 * (at % 2) + at % 3 for at in range(MONTHS)]
"""Up and down each month: the last figure is the worst guess of the next."""
RISES = [20 + 3 * at for at in range(MONTHS)]


@pytest.fixture(autouse=True)
def _few_periods_are_enough(settings: Any) -> None:
    settings.PROJECTION_LEAST = {"month": 12}


def lived(
    cast: Cast, ledger: Ledger, a: list[int | None], b: list[int | None] | None = None
) -> list[ReportingPeriod]:
    """So many dialogues in each month, of one unit or two."""
    figures = {cast.unit_a.pk: a} | ({cast.unit_b.pk: b} if b else {})
    rows = {unit: [None if n is None else {"i2_05": n} for n in column] for unit, column in figures.items()}
    return reported(cast, ledger, months_until(OCTOBER, len(a)), rows)


def told(unit: Unit, ledger: Ledger) -> Projection:
    return Projection.objects.get(unit=unit, indicator=ledger.dialogues)


def shown(period: ReportingPeriod, unit: Unit, ledger: Ledger) -> WholeYear:
    found = whole_year_of(ReportingPeriod.objects.get(pk=period.pk), unit.pk, ledger.dialogues)
    assert found is not None
    return found


def correct(cast: Cast, period: ReportingPeriod, amount: int) -> None:
    mine = submission_of(period, cast.unit_a.pk)
    reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Cộng nhầm")
    mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=amount)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)


def test_the_year_is_what_it_has_brought_and_what_is_told_of_the_rest(cast: Cast) -> None:
    ledger = make_ledger(cast)
    periods = lived(cast, ledger, SWINGS, [n + 5 for n in SWINGS])
    set_target(
        actor=cast.officer, unit_id=cast.unit_a.pk, indicator=ledger.dialogues, year=2026, amount=Decimal(60)
    )
    assert project_what_changed() > 0
    row, top = told(cast.unit_a, ledger), told(cast.bloc, ledger)
    assert (row.showing, top.showing) == (Showing.SHOWN, Showing.SHOWN)
    assert row.so_far == sum(SWINGS[-10:])
    assert row.so_far <= row.lower <= row.amount <= row.upper
    assert abs(row.amount - row.so_far - 2 * Decimal(sum(SWINGS)) / MONTHS) < 8
    assert top.so_far == 2 * row.so_far + 50
    assert row.error <= 0.9 * row.naive_error
    assert shown(periods[-1], cast.unit_a, ledger).against_target == "reached"
    assert (
        whole_year_of(periods[3], cast.unit_a.pk, ledger.dialogues) is None
    )  # it would tell what is known by now


def test_it_is_told_anew_when_a_correction_is_accepted_and_only_then(cast: Cast) -> None:
    ledger = make_ledger(cast)
    periods = lived(cast, ledger, SWINGS)
    project_what_changed()
    before = told(cast.unit_a, ledger)
    assert project_what_changed() == 0
    assert told(cast.unit_a, ledger).made_at == before.made_at
    assert not shown(periods[-1], cast.unit_a, ledger).is_waiting
    correct(cast, periods[-2], SWINGS[-2] + 9)
    assert shown(periods[-1], cast.unit_a, ledger).is_waiting
    assert project_what_changed() == 1
    after = told(cast.unit_a, ledger)
    assert (after.so_far, after.inputs == before.inputs) == (before.so_far + 9, False)
    assert not shown(periods[-1], cast.unit_a, ledger).is_waiting


def test_what_does_not_beat_the_last_figure_is_not_shown_and_has_no_figure(cast: Cast) -> None:
    ledger = make_ledger(cast)
    periods = lived(cast, ledger, RISES)
    project_what_changed()
    row = told(cast.unit_a, ledger)
    assert row.showing == Showing.NOT_BETTER
    assert (row.amount, row.lower, row.upper) == (None, None, None)
    assert row.error > row.naive_error * 0.9
    assert not shown(periods[-1], cast.unit_a, ledger).is_shown


def test_periods_that_lack_a_unit_are_not_used(cast: Cast) -> None:
    """Missing last year: a gap that is told. Missing in the newest: told from the one before."""
    ledger = make_ledger(cast)
    b: list[int | None] = [n + 5 for n in SWINGS]
    b[2] = b[-1] = None
    periods = lived(cast, ledger, SWINGS, b)
    project_what_changed()
    top, alone = told(cast.bloc, ledger), told(cast.unit_a, ledger)
    assert (top.period, top.gaps, top.showing != Showing.YEAR_GAP) == (periods[-2], 1, True)
    assert (alone.period, alone.gaps) == (periods[-1], 0)
    waiting = submission_of(periods[-1], cast.unit_b.pk)
    waiting = enter(cast.secretary_b, waiting, i2_05=30)
    hand_in(actor=cast.secretary_b, submission=waiting, version=waiting.version)
    waiting = submission_of(periods[-1], cast.unit_b.pk)
    accept(actor=cast.officer, submission=waiting, version=waiting.version)
    project_what_changed()
    assert told(cast.bloc, ledger).period == periods[-1]


def test_a_hole_in_this_year_leaves_no_sum_of_the_year(cast: Cast) -> None:
    ledger = make_ledger(cast)
    a: list[int | None] = list(SWINGS)
    a[-4] = None
    lived(cast, ledger, a)
    project_what_changed()
    row = told(cast.unit_a, ledger)
    assert (row.showing, row.so_far, row.gaps) == (Showing.YEAR_GAP, None, 1)


def test_what_counts_from_new_year_is_its_last_value_and_the_rises_to_come(cast: Cast) -> None:
    ledger = make_ledger(cast)
    Indicator.objects.filter(pk=ledger.dialogues.pk).update(basis=Basis.CUMULATIVE)
    sums = [
        sum(SWINGS[6 * (at >= 6) : at + 1]) for at in range(MONTHS)
    ]  # July 2025 is the first, January the seventh
    lived(cast, ledger, sums)
    project_what_changed()
    row = told(cast.unit_a, ledger)
    assert row.so_far == sums[-1]
    assert row.showing == Showing.SHOWN
    assert abs(row.amount - sums[-1] - 54) < 8


def test_a_share_is_told_of_its_parts_and_small_figures_are_not(cast: Cast) -> None:
    ledger = make_ledger(cast)
    what = Definition(
        "i2_09t", "Tỷ lệ trả lời tại chỗ", numerator_id=ledger.answered.pk, denominator_id=ledger.questions.pk
    )
    share = define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
    asked = [*SWINGS, *SWINGS[:6]]  # a share of ten months and two needs more of a past
    rows = [{"i2_05": 2, "i2_08": n, "i2_09": n // 2 - 3 * (at % 2)} for at, n in enumerate(asked)]
    reported(cast, ledger, months_until(OCTOBER, len(asked)), {cast.unit_a.pk: rows})
    project_what_changed()
    row = Projection.objects.get(unit=cast.unit_a, indicator=share)
    assert row.so_far == pytest.approx(
        Decimal(100 * sum(r["i2_09"] for r in rows[-10:])) / sum(asked[-10:]), abs=Decimal("0.001")
    )
    assert row.judged >= 4
    assert (row.showing == Showing.SHOWN) == (row.error <= 0.9 * row.naive_error)
    assert told(cast.unit_a, ledger).showing == Showing.SMALL


def test_too_few_periods_say_so(cast: Cast, settings: Any) -> None:
    settings.PROJECTION_LEAST = {"month": 18}
    ledger = make_ledger(cast)
    lived(cast, ledger, SWINGS[:8])
    project_what_changed()
    assert told(cast.unit_a, ledger).showing == Showing.FEW


def test_a_figure_unlike_all_before_is_an_early_sign_for_who_is_over_the_unit(cast: Cast) -> None:
    ledger = make_ledger(cast)
    periods = lived(cast, ledger, [*SWINGS[:8], 190])
    project_what_changed()
    jump = Jump.objects.get()
    assert (jump.submission.period, jump.amount, jump.count) == (periods[-1], 190, 8)
    (sign,) = signs_for(cast.officer, periods[-1], cast.bloc.pk)
    assert [amount for _label, amount in sign.past] == SWINGS[7:1:-1]
    assert signs_for(cast.secretary, periods[-1], cast.unit_a.pk)
    assert not signs_for(cast.secretary_b, periods[-1], cast.bloc.pk)
    assert not signs_for(cast.stranger, periods[-1], cast.bloc.pk)
    correct(cast, periods[-1], 30)
    project_what_changed()
    assert not Jump.objects.exists()


def test_whoever_fills_in_or_decides_is_told_before_it_is_accepted(cast: Cast) -> None:
    ledger = make_ledger(cast)
    lived(cast, ledger, SWINGS[:8])
    mine = submission_of(open_month(cast, ledger, NOVEMBER), cast.unit_a.pk)
    (odd,) = odd_in(mine, {ledger.dialogues.pk: Decimal(150), ledger.questions.pk: Decimal(150)})
    assert (odd.indicator, odd.amount, odd.usual.periods) == (ledger.dialogues, 150, 8)
    assert not odd_in(mine, {ledger.dialogues.pk: Decimal(30)})
