"""The standard list of indicators, taken over by a unit."""

from __future__ import annotations

import pytest

from motbuoc.domains.ledger.choices import Basis, Measure
from motbuoc.domains.ledger.counters import COUNTERS
from motbuoc.domains.ledger.defining import Definition, define_indicator, end_indicator
from motbuoc.domains.ledger.models import Breakdown, Indicator
from motbuoc.domains.ledger.standard import (
    correct_standard_basis,
    missing_of,
    outdated_of,
    standard_list,
    take_standard_indicators,
)
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import LONG_AGO, Cast

ROWS = [(item, code, row) for item, rows in standard_list()["items"].items() for code, row in rows.items()]


def test_the_table_hangs_together() -> None:
    codes = [code for _item, code, _row in ROWS]
    assert len(codes) == len(set(codes)) > 120
    assert {code.split("_")[0] for code in codes} == {f"i{item}" for item in range(1, 8)}
    assert len({code[:5] for code in codes}) == 74  # the indicators of the seven items
    parts = {code for _item, code, row in ROWS if "of" not in row}
    for item, code, row in ROWS:
        assert code.startswith(f"i{item}_")
        assert set(row.get("of", ())) <= parts, code
        assert row.get("by", "gioi_tinh") in standard_list()["breakdowns"], code
        assert row.get("counter", "work.done") in COUNTERS, code


def test_what_is_there_at_the_cut_off_and_what_counts_each_once_a_year_are_told_apart() -> None:
    by_basis: dict[str, set[str]] = {}
    for _item, code, row in ROWS:
        by_basis.setdefault(Basis(row.get("basis", Basis.IN_PERIOD)).value, set()).add(code)
    assert by_basis["stock"] >= {"i1_06b", "i2_04", "i2_06b", "i4_01a", "i4_01b", "i4_08a", "i5_01", "i7_03a"}
    assert by_basis["cumulative"] == {"i1_03a", "i1_06a", "i2_06a"}
    assert not any("of" in row for _item, _code, row in ROWS if "basis" in row)  # a share has its parts'


@pytest.mark.django_db
def test_a_unit_takes_it_over_once(cast: Cast) -> None:
    what = Definition("i1_01", "Hội nghị của chúng tôi")
    own = define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
    made = take_standard_indicators(actor=cast.officer, unit_id=cast.bloc.pk)
    assert len(made) == len(ROWS) - 1
    assert Indicator.objects.get(code="i1_01") == own  # what was there stays as it is
    share = Indicator.objects.get(code="i1_03")
    assert (share.numerator.code, share.denominator.code, share.measured_in) == ("i1_03a", "i1_03b", "%")
    land = Indicator.objects.get(code="i6_06a")
    assert (land.measure, land.measured_in, land.item) == (Measure.OTHER, "m²", "6")
    assert take_standard_indicators(actor=cast.officer, unit_id=cast.bloc.pk) == []
    assert missing_of(cast.bloc.pk) == []


@pytest.mark.django_db
def test_what_was_ended_is_not_brought_back_and_breakdowns_are_everybodys(cast: Cast) -> None:
    made = take_standard_indicators(actor=cast.officer, unit_id=cast.bloc.pk)
    breakdowns = Breakdown.objects.count()
    ended = made[0]
    end_indicator(actor=cast.officer, indicator=ended, version=ended.version, valid_until=clock.today())
    assert take_standard_indicators(actor=cast.officer, unit_id=cast.bloc.pk) == []
    take_standard_indicators(actor=cast.officer, unit_id=cast.unit_a.pk)
    assert Breakdown.objects.count() == breakdowns


@pytest.mark.django_db
def test_what_was_taken_before_the_list_told_stocks_apart_is_set_right_once_with_a_line_each(cast: Cast) -> None:
    take_standard_indicators(actor=cast.officer, unit_id=cast.bloc.pk)
    assert outdated_of(cast.bloc.pk) == []
    Indicator.objects.filter(code__in=["i5_01", "i1_03a", "i2_04"]).update(basis="in_period")
    Indicator.objects.filter(code="i2_04").update(name="Của chúng tôi")  # their own by now
    with pytest.raises(NotAllowed):
        correct_standard_basis(actor=cast.secretary, unit_id=cast.bloc.pk)
    made = correct_standard_basis(actor=cast.officer, unit_id=cast.bloc.pk)
    assert {row.code: row.basis for row in made} == {"i1_03a": "cumulative", "i5_01": "stock"}
    assert Indicator.objects.get(code="i2_04").basis == "in_period"
    lines = HistoryLine.objects.filter(action="correct_basis").order_by("id")
    assert [row.values for row in lines] == [{"basis": ["in_period", row.basis]} for row in made]
    assert correct_standard_basis(actor=cast.officer, unit_id=cast.bloc.pk) == []


@pytest.mark.django_db
def test_who_keeps_no_forms_takes_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        take_standard_indicators(actor=cast.secretary, unit_id=cast.unit_a.pk)
    assert not Indicator.objects.exists()
