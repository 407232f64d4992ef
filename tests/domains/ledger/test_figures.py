"""Accepted figures added up the tree: by the cut-off day's tree, with who is missing, and what was known when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from motbuoc.domains.ledger.behind import corrected_since, entries_for
from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.defining import Definition, define_indicator, redefine_indicator, set_target
from motbuoc.domains.ledger.figures import (
    Line,
    sheet_of,
    standing_below,
    top_for,
    units_to_read_for,
)
from motbuoc.domains.ledger.forming import put_field, renew_form, use_form
from motbuoc.domains.ledger.models import Indicator, ReportForm
from motbuoc.domains.ledger.services import accept, hand_in, reopen
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.trends import trend_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import Unit, UnitOn
from tests.factories import LONG_AGO, Cast
from tests.factories.ledger import (
    NOVEMBER,
    OCTOBER,
    Ledger,
    enter,
    make_ledger,
    open_month,
    report,
    submission_of,
)

pytestmark = pytest.mark.django_db


def on(unit: Unit, period: ReportingPeriod) -> UnitOn:
    return Unit.objects.on(period.cutoff_on).get(pk=unit.pk)


def line_of(lines: tuple[Line, ...], code: str) -> Line:
    return next(line for line in lines if line.indicator.code == code)


def both_report(cast: Cast, ledger: Ledger, **more: int) -> ReportingPeriod:
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3, i2_08=10, i2_09=4)
    report(cast, period, cast.secretary_b, cast.unit_b.pk, i2_05=2, i2_08=6, i2_09=5)
    return period


def test_who_has_not_been_accepted_is_named_and_not_summed(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    enter(cast.secretary_b, submission_of(period, cast.unit_b.pk), i2_05=100)
    sheet = sheet_of(period, on(cast.bloc, period))
    assert (sheet.standing.expected, sheet.standing.accepted) == (2, 1)
    assert sheet.standing.missing == (on(cast.unit_b, period).name,)
    assert line_of(sheet.lines, "i2_05").now == 3
    assert standing_below(period, cast.unit_a.pk).is_whole


def test_blank_is_not_zero(cast: Cast) -> None:
    period = open_month(cast, make_ledger(cast))
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=0)
    lines = sheet_of(period, on(cast.bloc, period)).lines
    assert (line_of(lines, "i2_05").now, line_of(lines, "i2_08").now) == (0, None)


def test_a_share_of_many_is_that_of_their_sums(cast: Cast) -> None:
    ledger = make_ledger(cast)
    what = Definition(
        "i2_09t", "Tỷ lệ trả lời tại chỗ", numerator_id=ledger.answered.pk, denominator_id=ledger.questions.pk
    )
    define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
    period = both_report(cast, ledger)
    assert line_of(sheet_of(period, on(cast.bloc, period)).lines, "i2_09t").now == Decimal(900) / 16


def test_beside_stand_the_last_period_the_year_and_the_target(cast: Cast) -> None:
    ledger = make_ledger(cast)
    october = open_month(cast, ledger, OCTOBER)
    report(cast, october, cast.secretary, cast.unit_a.pk, i2_05=4)
    period = both_report(cast, ledger)
    set_target(actor=cast.officer, unit_id=cast.bloc.pk, indicator=ledger.dialogues, year=2026, amount=Decimal(12))
    line = line_of(sheet_of(period, on(cast.bloc, period)).lines, "i2_05")
    assert (line.now, line.last, line.year_ago, line.since_new_year, line.target) == (5, 4, None, 9, 12)
    assert line.reached == 75


@pytest.mark.parametrize("basis", [Basis.CUMULATIVE, Basis.STOCK])
def test_what_does_not_count_within_its_period_is_not_added_up_over_the_year(cast: Cast, basis: Basis) -> None:
    ledger = make_ledger(cast)
    Indicator.objects.filter(pk=ledger.dialogues.pk).update(basis=basis)
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=4)
    period = open_month(cast, ledger, NOVEMBER)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=6)
    report(cast, period, cast.secretary_b, cast.unit_b.pk, i2_05=2)
    assert line_of(sheet_of(period, on(cast.bloc, period)).lines, "i2_05").since_new_year == 8
    assert [point.value for point in trend_of(period, cast.bloc.pk, ledger.dialogues)] == [4, 8]


def test_a_figure_is_read_again_as_it_was_known(cast: Cast) -> None:
    ledger = make_ledger(cast)
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    then = clock.now()
    with clock.living_at(then + timedelta(hours=1)):
        mine = submission_of(period, cast.unit_a.pk)
        reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Nhầm")
        mine = enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=1)
        hand_in(actor=cast.secretary, submission=mine, version=mine.version)
        mine = submission_of(period, cast.unit_a.pk)
        accept(actor=cast.officer, submission=mine, version=mine.version)
    unit = on(cast.bloc, period)
    assert line_of(sheet_of(period, unit).lines, "i2_05").now == 1
    assert line_of(sheet_of(period, unit, then).lines, "i2_05").now == 3
    assert [fact.amount for fact in corrected_since(period, cast.bloc.pk, then)] == [3]
    assert not corrected_since(period, cast.unit_b.pk, then).exists()


def test_behind_a_total_stand_the_entries_of_its_units(cast: Cast) -> None:
    ledger = make_ledger(cast)
    period = both_report(cast, ledger)
    entries = entries_for(cast.officer, period, cast.bloc.pk, [ledger.dialogues.pk])
    assert [(entry.unit_name, entry.amount) for entry in entries] == [
        (on(cast.unit_a, period).name, 3),
        (on(cast.unit_b, period).name, 2),
    ]
    own = entries_for(cast.secretary, period, cast.bloc.pk, [ledger.dialogues.pk])
    assert [entry.amount for entry in own] == [3]


def test_each_reads_the_figures_of_their_own_reach(cast: Cast) -> None:
    period = both_report(cast, make_ledger(cast))
    assert top_for(cast.officer, period) == cast.bloc
    assert list(units_to_read_for(cast.secretary, period)) == [cast.unit_a]
    assert not units_to_read_for(cast.stranger, period).exists()
    assert top_for(cast.member, period) is None


def test_a_series_goes_on_through_a_new_definition_and_says_where(cast: Cast) -> None:
    ledger = make_ledger(cast)
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=4)
    old = Indicator.objects.get(pk=ledger.dialogues.pk)
    new = redefine_indicator(
        actor=cast.officer,
        indicator=old,
        version=old.version,
        what=Definition("i2_05", "Cuộc đối thoại định kỳ"),
        valid_from=date(2026, 11, 1),
    )
    form = renew_form(actor=cast.officer, form=ledger.form)
    assert not form.fields.filter(indicator=old).exists()
    put_field(actor=cast.officer, form=form, version=form.version, indicator=new)
    use_form(actor=cast.officer, form=form, version=ReportForm.objects.get(pk=form.pk).version)
    ledger.schedule.refresh_from_db()
    period = open_month(cast, ledger, NOVEMBER)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=7)
    points = trend_of(period, cast.bloc.pk, new)
    assert [(point.value, point.is_broken) for point in points] == [(4, False), (7, True)]
