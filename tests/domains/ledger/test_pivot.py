"""Figures by two chosen axes: added up only where that is right, with what is missing in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from motbuoc.domains.ledger.behind import Within, entries_for
from motbuoc.domains.ledger.below import OWN
from motbuoc.domains.ledger.choices import Axis, Basis
from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.filling import Entered, Held, save_cells
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.pivot import Cell, Pivot, pivot_of
from motbuoc.domains.ledger.shaping import Asked, offered_for, shape_from
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.ledger.summing import sum_what_changed
from motbuoc.domains.ledger.totals import figures_of, totals_of
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.basis import Basis as ActBasis
from motbuoc.foundation.reorganisation.services import move_unit
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import LONG_AGO, Cast, make_unit
from tests.factories.ledger import (
    NOVEMBER,
    OCTOBER,
    Ledger,
    key_of,
    make_ledger,
    open_month,
    report,
    submission_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    made = make_ledger(cast)
    what = Definition("i2_09t", "Tỷ lệ", numerator_id=made.answered.pk, denominator_id=made.questions.pk)
    define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
    return made


@pytest.fixture
def months(cast: Cast, ledger: Ledger) -> tuple[ReportingPeriod, ReportingPeriod]:
    """In October both reported, in November only one did."""
    october = open_month(cast, ledger, OCTOBER)
    report(cast, october, cast.secretary, cast.unit_a.pk, i2_05=4, i2_08=10, i2_09=1)
    report(cast, october, cast.secretary_b, cast.unit_b.pk, i2_05=2, i2_08=2, i2_09=2)
    november = open_month(cast, ledger, NOVEMBER)
    report(cast, november, cast.secretary, cast.unit_a.pk, i2_05=3, i2_08=8, i2_09=8)
    return october, november


def table(viewer: Person, period: ReportingPeriod, unit: Unit, asked: Asked) -> Pivot:
    on = Unit.objects.on(period.cutoff_on).get(pk=unit.pk)
    return pivot_of(on, shape_from(offered_for(viewer, period), asked))[0]


def amounts(cells: Sequence[Cell]) -> list[int | None]:
    return [None if cell.value is None else round(cell.value) for cell in cells]


def test_units_across_indicators_add_up_to_the_whole(cast, ledger, months) -> None:
    pivot = table(cast.officer, months[0], cast.bloc, Asked())
    whole = figures_of(totals_of(months[0], [cast.bloc.pk]), cast.bloc.pk)
    for at, column in enumerate(pivot.columns):
        if not pivot.column_totals[at].spot.indicator.is_share:
            values = [row[at].value for row in pivot.cells if row[at].value is not None]
            assert sum(values) == (whole[column.key].amount if column.key in whole else 0)
    assert (pivot.row_totals, pivot.whole) == ((), None)  # nobody adds dialogues and questions


def test_a_share_is_worked_out_of_sums_over_units_and_over_periods(cast, ledger, months) -> None:
    share = Indicator.objects.get(code="i2_09t").pk
    pivot = table(cast.officer, months[1], cast.bloc, Asked(Axis.UNIT, Axis.PERIOD, indicator=share))
    assert [amounts(row) for row in pivot.cells] == [[10, 100], [100, None]]
    assert amounts(pivot.row_totals) == [50, 100]  # 9 of 18, not (10 + 100) / 2
    assert amounts(pivot.column_totals) == [25, 100]
    assert pivot.whole is not None
    assert pivot.whole.value == Decimal(1100) / 20


@pytest.mark.parametrize("basis", [Basis.CUMULATIVE, Basis.STOCK])
def test_only_what_counts_within_its_period_is_added_up_over_periods(cast, ledger, months, basis) -> None:
    asked = Asked(Axis.UNIT, Axis.PERIOD, indicator=ledger.dialogues.pk)
    pivot = table(cast.officer, months[1], cast.bloc, asked)
    assert amounts(pivot.row_totals) == [7, 2]
    Indicator.objects.filter(pk=ledger.dialogues.pk).update(basis=basis)
    pivot = table(cast.officer, months[1], cast.bloc, asked)
    assert amounts(pivot.row_totals) == [None, None]
    assert amounts(pivot.column_totals) == [6, 3]  # over units it is
    assert pivot.whole is not None
    assert pivot.whole.value is None


def test_a_cell_says_how_many_reports_are_missing_in_it(cast, ledger, months) -> None:
    asked = Asked(Axis.UNIT, Axis.PERIOD, indicator=ledger.dialogues.pk)
    pivot = table(cast.officer, months[1], cast.bloc, asked)
    assert [[cell.missing for cell in row] for row in pivot.cells] == [[0, 0], [0, 1]]
    assert [cell.missing for cell in pivot.row_totals] == [0, 1]
    assert [cell.missing for cell in pivot.column_totals] == [0, 1]
    assert pivot.whole is not None
    assert pivot.whole.missing == 1


def test_parts_of_a_breakdown_stand_beside_each_other_and_are_narrowed_to(cast, ledger) -> None:
    period = open_month(cast, ledger)
    mine = submission_of(period, cast.unit_a.pk)
    for place, number in enumerate((30, 12)):
        key = key_of(mine, "i2_07", place)
        save_cells(actor=cast.secretary, submission=mine, entered=[Entered(key, Held(Decimal(number)))])
    report(cast, period, cast.secretary, cast.unit_a.pk)
    pivot = table(cast.officer, period, cast.bloc, Asked(Axis.UNIT, Axis.CATEGORY))
    assert pivot.shape.indicators[0].pk == ledger.attendances.pk  # the one that has parts
    assert [member.name for member in pivot.columns] == ["Nam", "Nữ"]
    assert amounts(pivot.cells[0]) == [30, 12]
    assert amounts(pivot.row_totals)[0] == 42
    women = Category.objects.get(name="Nữ")
    narrowed = table(cast.officer, period, cast.bloc, Asked(category=women.pk))
    assert [member.key for member in narrowed.columns] == [ledger.attendances.pk]
    assert amounts(narrowed.column_totals) == [12]
    behind = entries_for(
        cast.officer, period, cast.bloc.pk, [ledger.attendances.pk], None, Within(category=women.pk)
    )
    assert [entry.amount for entry in behind] == [12]


def test_the_units_own_figures_stand_in_a_row_of_their_own(cast, ledger) -> None:
    below = make_unit("Chi bộ dưới", UnitKind.PARTY_CELL, cast.unit_a)
    ledger.schedule.units.add(below)
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    pivot = table(cast.officer, period, cast.unit_a, Asked(Axis.UNIT, Axis.PERIOD, indicator=ledger.dialogues.pk))
    assert [(row.key, amounts(cells)) for row, cells in zip(pivot.rows, pivot.cells, strict=True)] == [
        (OWN, [3]),
        (below.pk, [None]),
    ]
    assert [row[0].missing for row in pivot.cells] == [0, 1]
    own = entries_for(cast.officer, period, cast.unit_a.pk, [ledger.dialogues.pk], None, Within(is_own=True))
    assert [entry.amount for entry in own] == [3]


def test_a_unit_counts_where_it_stood_on_each_cut_off_day(cast, ledger, months) -> None:
    other = make_unit("Đảng ủy Khối khác", UnitKind.BLOC_COMMITTEE, cast.province)
    act = ActBasis(date(2026, 11, 10), "Quyết định 7-QĐ/TU")
    move_unit(actor=cast.administrator, unit=cast.unit_b, basis=act, parent=other)
    asked = Asked(Axis.UNIT, Axis.PERIOD, indicator=ledger.dialogues.pk)
    pivot = table(cast.officer, months[1], cast.bloc, asked)
    rows = {row.key: cells for row, cells in zip(pivot.rows, pivot.cells, strict=True)}
    assert {key: amounts(cells) for key, cells in rows.items()} == {
        cast.unit_a.pk: [4, 3],
        cast.unit_b.pk: [2, None],
    }
    assert [cell.missing for cell in rows[cast.unit_b.pk]] == [0, 0]  # no report of this committee any more
    assert amounts(pivot.column_totals) == [6, 3]


def test_kept_totals_change_nothing_in_the_table(cast, ledger, months, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    shapes = [Asked(), Asked(Axis.INDICATOR, Axis.PERIOD), Asked(Axis.PERIOD, Axis.UNIT)]
    plain = [table(cast.officer, months[1], cast.bloc, asked) for asked in shapes]
    assert sum_what_changed() == 2
    fresh = ReportingPeriod.objects.select_related("schedule", "form").get(pk=months[1].pk)
    kept = [table(cast.officer, fresh, cast.bloc, asked) for asked in shapes]
    for one, other in zip(plain, kept, strict=True):
        assert [amounts(row) for row in one.cells] == [amounts(row) for row in other.cells]
        assert amounts(one.column_totals) == amounts(other.column_totals)


def test_as_it_was_known(cast, ledger, months) -> None:
    shape = shape_from(offered_for(cast.officer, months[1]), Asked())
    on = Unit.objects.on(months[1].cutoff_on).get(pk=cast.bloc.pk)
    before, _count = pivot_of(on, shape, clock.now() - timedelta(days=1))
    assert all(cell.value is None for row in before.cells for cell in row)


@pytest.mark.parametrize(
    "asked",
    [
        Asked("x", "y", 0, 0, 0, 0),
        Asked("unit", "unit"),
        Asked("category", "unit", indicator=1),
        Asked("indicator", "category", breakdown=99),
    ],
)
def test_what_makes_no_sense_is_as_if_it_had_not_been_asked(cast, ledger, months, asked: Asked) -> None:
    pivot = table(cast.officer, months[1], cast.bloc, asked)
    assert pivot.shape.rows != pivot.shape.columns
    assert pivot.columns
