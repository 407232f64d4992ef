"""From above: how far a directive has come down, and the plans compared item by item."""

from __future__ import annotations

from datetime import date

import pytest

from motbuoc.domains.cascade.comparison import comparison_of
from motbuoc.domains.cascade.descent import descent_of, levels_of
from motbuoc.domains.cascade.drafting import PlanItem
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import merge_units
from motbuoc.interfaces.papers.comparison import words_of
from tests.domains.cascade.conftest import issued, plan_of
from tests.factories import make_directive, picture, step_on


@pytest.fixture
def directive(cast):
    return make_directive(cast)


def station_of(viewer, directive, unit):
    return next(station for station in descent_of(viewer, directive) if station.unit_id == unit.pk)


def test_a_unit_that_only_received_it_has_no_more(cast, directive):
    station = station_of(cast.officer, directive, cast.unit_b)
    assert (station.count, station.acknowledged, station.done) == (3, 0, 0)
    assert (station.is_taken_on, station.is_localised, station.plan, station.studied) == (False, False, None, None)
    assert station.below.count == 0
    assert station.days_to_plan is None


def test_it_comes_down_step_by_step(cast, base, directive):
    for task in Assignment.objects.filter(document=directive, unit=cast.unit_b):
        step_on(task, "acknowledge", cast.secretary_b)
    localisation = plan_of(base, directive)
    written = station_of(cast.officer, directive, cast.unit_b)
    assert (written.is_taken_on, written.is_localised, written.plan) == (True, False, localisation)
    plan = issued(base.officer, localisation.plan)
    task = Assignment.objects.filter(document=plan).order_by("pk")[0]
    secretary = base.cell_secretary
    step_on(step_on(task, "acknowledge", secretary), "submit", secretary, "Đã họp", [picture()])
    step_on(task, "accept", base.officer)
    station = station_of(cast.officer, directive, cast.unit_b)
    assert (station.is_localised, station.days_to_plan) == (True, 0)
    assert (station.below.units, station.below.count, station.below.done) == (2, 3, 1)
    assert [s.name for s in descent_of(cast.officer, plan)] == ["Chi bộ Kinh doanh", "Chi bộ Văn phòng"]


def test_a_second_draft_does_not_hide_the_plan_that_was_issued(cast, base, directive):
    first = plan_of(base, directive)
    assert station_of(base.officer, directive, cast.unit_b).plan == first
    issued(base.officer, first.plan)
    plan_of(base, directive, code="18-KH/B")
    station = station_of(base.officer, directive, cast.unit_b)
    assert (station.plan, station.is_localised, station.below.units) == (first, True, 2)
    assert [column.localisation for column in comparison_of(base.officer, directive).columns] == [first]


def test_the_plan_of_a_unit_that_was_merged_since_is_its_successors(cast, base, directive):
    plan = plan_of(base, directive)
    issued(base.officer, plan.plan)
    before = station_of(cast.officer, directive, cast.unit_b)
    assert (before.plan, before.is_localised) == (plan, True)
    basis = Basis(clock.today(), "Quyết định số 1-QĐ/TU")
    merge_units(actor=cast.administrator, units=[cast.unit_b, *base.cells], into=cast.unit_a, basis=basis)
    [station] = [one for one in descent_of(cast.officer, directive) if one.unit_id == cast.unit_a.pk]
    assert (station.plan, station.is_localised) == (plan, True)
    assert [one.localisation for one in comparison_of(cast.officer, directive).columns] == [plan]
    assert cast.unit_b.pk not in {one.unit_id for one in descent_of(cast.officer, directive)}


def test_levels_add_up_and_name_what_is_missing(cast, base, directive):
    issued(base.officer, plan_of(base, directive).plan)
    levels = {level.kind: level for level in levels_of(descent_of(cast.officer, directive))}
    assert set(levels) == {"party_base_org", "party_base_cell", "department"}
    assert (levels["party_base_org"].localised, levels["party_base_org"].issued_below) == (1, 1)
    assert [s.name for s in levels["party_base_cell"].without_plan] == ["Chi bộ Sở Ánh Dương"]
    assert [s.name for s in levels["party_base_org"].without_study] == ["Đảng bộ Công ty Bình Minh"]


def test_a_unit_sees_its_own_and_nothing_of_its_neighbours(cast, base, directive):
    issued(base.officer, plan_of(base, directive).plan)
    assert [s.name for s in descent_of(cast.secretary, directive)] == ["Chi bộ Sở Ánh Dương"]
    assert comparison_of(cast.secretary, directive).columns == ()
    for nobody in (cast.stranger, cast.member):
        assert descent_of(nobody, directive) == []


def test_what_is_restricted_is_not_seen_from_above_by_who_may_not(cast, base):
    directive = make_directive(cast, classification=Classification.RESTRICTED)
    issued(base.officer, plan_of(base, directive).plan)
    assert descent_of(cast.central_officer, directive) == []
    assert comparison_of(cast.central_officer, directive).columns == ()
    assert len(comparison_of(cast.officer, directive).columns) == 1


class TestComparison:
    """A cell for each item and plan, with its mark."""

    def compared(self, cast, base, directive, **item):
        study, situation, *_rest = directive.duties.order_by("position")
        items = (PlanItem(study, "Học tập văn bản tại hội trường", **item), PlanItem(situation, "Nắm tình hình"))
        issued(base.officer, plan_of(base, directive, items=items).plan)
        (column,) = comparison_of(cast.officer, directive).columns
        return column

    def test_gaps_are_marked_and_counted(self, cast, base, directive):
        column = self.compared(cast, base, directive, due_on=date(2026, 4, 20), target="100%", product="Biên bản")
        assert [cell.mark for cell in column.cells] == ["carried", "carried", "gap", "not_asked"]
        assert (column.gaps, column.name) == (1, "Đảng bộ Công ty Bình Minh")
        words = words_of(column.cells[0])
        assert words == "Học tập văn bản tại hội trường\nHạn: 20/04/2026\nSản phẩm: Biên bản\nChỉ tiêu: 100%"
        assert words_of(column.cells[2]).startswith("[")
        assert words_of(column.cells[3]) == "–"  # what only the department was asked is no gap of a unit's plan

    @pytest.mark.parametrize(("due_on", "mark"), [(date(2026, 5, 1), "later"), (None, "undated")])
    def test_a_later_or_missing_day_is_marked(self, cast, base, directive, due_on, mark):
        assert self.compared(cast, base, directive, due_on=due_on).cells[0].mark == mark

    def test_an_item_found_to_be_none_leaves_a_gap(self, cast, base, directive):
        column = self.compared(cast, base, directive, due_on=date(2026, 4, 20))
        column.cells[0].links[0].item.__class__.objects.filter(pk=column.cells[0].links[0].item_id).update(
            is_dropped=True
        )
        (column,) = comparison_of(cast.officer, directive).columns
        assert [cell.mark for cell in column.cells] == ["gap", "carried", "gap", "not_asked"]
