"""A unit that ends leaves no inspection without an owner: what goes on goes to its successor."""

from __future__ import annotations

import pytest
from django.utils import translation

from motbuoc.domains.inspections.models import CheckPlan, Chosen, Visit
from motbuoc.domains.inspections.selectors import inspectors_of, plans_for, visit_steps_for, visits_for
from motbuoc.domains.inspections.services import make_plan, plan_visit
from motbuoc.domains.inspections.states import VisitState
from motbuoc.domains.inspections.visiting import take_visit_step
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.selectors import reorganisations_for
from motbuoc.foundation.reorganisation.services import merge_units
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.interfaces.web.units.registers import registers_of
from motbuoc.interfaces.web.units.words import Told
from tests.factories import Cast, make_person, make_unit

pytestmark = pytest.mark.django_db
SUBJECT = "việc thực hiện Công văn số 12-CV/ĐUK"


def merge(cast: Cast, units: list[Unit], into: Unit) -> Reorganisation:
    basis = Basis(clock.today(), "Quyết định số 1-QĐ/TU")
    return merge_units(actor=cast.administrator, units=units, into=into, basis=basis)


def visit_of(by_unit: Unit, unit: Unit, actor) -> Visit:
    asked = Visit(by_unit=by_unit, unit=unit, subject=SUBJECT, day=clock.today())
    return plan_visit(actor=actor, visit=asked, team=[actor], others="")


def dated(unit: Unit):
    return Unit.objects.on(clock.today()).get(pk=unit.pk)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def plan_of(actor, unit: Unit, year: int = 0, subject: str = SUBJECT) -> CheckPlan:
    year = year or clock.today().year
    return make_plan(actor=actor, unit_id=unit.pk, year=year, subject=subject, size=2, seed="x")


def test_the_visits_of_a_unit_that_ends_go_to_its_successor(cast):
    open_one, over = visit_of(cast.bloc, cast.unit_a, cast.officer), visit_of(cast.bloc, cast.unit_a, cast.officer)
    Visit.objects.filter(pk=over.pk).update(state=VisitState.CONCLUDED)
    plan = plan_of(cast.officer, cast.bloc)
    place = Chosen.objects.create(plan=plan, unit=cast.unit_a)
    act = merge(cast, [cast.unit_a], cast.unit_b)
    assert fresh(open_one).unit == cast.unit_b
    assert fresh(open_one).version == open_one.version + 1
    assert fresh(over).unit == cast.unit_a
    assert fresh(place).unit == cast.unit_b
    line = HistoryLine.objects.get(action="hand_over", object_type="visit")
    assert (line.unit, line.values) == (cast.unit_a, {"unit": [cast.unit_a.pk, cast.unit_b.pk]})
    assert {row["what"] for row in act.handed_over} >= {"inspected"}
    visit = take_visit_step(
        actor=cast.officer, visit=fresh(open_one), version=open_one.version + 1, name="begin_visit"
    )
    assert visit.state == VisitState.UNDER_WAY


def test_a_unit_already_in_the_sample_is_not_put_in_twice_and_none_inspects_itself(cast):
    plan = plan_of(cast.officer, cast.bloc)
    places = [Chosen.objects.create(plan=plan, unit=unit) for unit in (cast.unit_a, cast.unit_b)]
    between = visit_of(cast.bloc, cast.unit_a, cast.officer)
    merge(cast, [cast.unit_a], cast.unit_b)
    assert [fresh(place).unit for place in places] == [cast.unit_a, cast.unit_b]
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    officer = make_person("Tô Thử Cơ", "coso", Role.DEPARTMENT_OFFICER, cast.unit_b)
    inner = visit_of(cast.unit_b, cell, officer)
    merge(cast, [cell], cast.unit_b)
    assert (fresh(inner).unit, fresh(inner).by_unit) == (cell, cast.unit_b)
    assert [step.name for step in visit_steps_for(officer, fresh(inner))] == ["begin_visit", "call_off_visit"]
    assert fresh(between).unit == cast.unit_b


def test_who_inspected_is_followed_by_who_goes_on(cast):
    """The plan of this year, what is not over, and what stays to be read and checked again."""
    second = make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, "K2")
    inspected = make_unit("Chi bộ Hai", UnitKind.PARTY_BASE_CELL, second)
    officer = make_person("Lê Thử Khối", "khoi2", Role.DEPARTMENT_OFFICER, second)
    plan, old = plan_of(officer, second), plan_of(officer, second, year=2020)
    plan_of(cast.officer, cast.bloc)
    visit, over = visit_of(second, inspected, officer), visit_of(second, inspected, officer)
    Visit.objects.filter(pk=over.pk).update(state=VisitState.CONCLUDED)
    merge(cast, [second], cast.bloc)
    assert fresh(visit).by_unit == cast.bloc
    assert fresh(over).by_unit == second
    assert fresh(plan).unit == cast.bloc
    assert fresh(plan).subject == f"{SUBJECT} (Đảng ủy Khối Hai)"
    assert fresh(old).unit == second
    assert cast.officer in inspectors_of(fresh(over).by_unit)  # who can be of the team that checks again
    assert {row.pk for row in plans_for(cast.officer)} >= {plan.pk, old.pk}
    assert {row.pk for row in visits_for(cast.officer)} >= {visit.pk, over.pk}
    assert [step.name for step in visit_steps_for(cast.officer, fresh(visit))] == ["begin_visit", "call_off_visit"]


def test_plans_of_the_same_words_from_units_of_one_name_stay_apart(cast):
    plan_of(cast.officer, cast.bloc)
    twins = [make_unit("Đảng ủy Khối Hai", UnitKind.BLOC_COMMITTEE, cast.province, code) for code in ("K2", "K3")]
    officers = [make_person("Lê Thử Khối", unit.code, Role.DEPARTMENT_OFFICER, unit) for unit in map(dated, twins)]
    plans = [plan_of(officer, unit) for officer, unit in zip(officers, twins, strict=True)]
    merge(cast, twins, cast.bloc)
    behind = [fresh(plan).subject.removeprefix(SUBJECT) for plan in plans]
    assert behind == [" (Đảng ủy Khối Hai)", f" (Đảng ủy Khối Hai {twins[1].pk})"]


@translation.override("en")
def test_the_record_tells_both_sides_only_what_each_may_see(cast):
    visit_of(cast.bloc, cast.unit_a, cast.officer)
    act = merge(cast, [cast.unit_a], cast.unit_b)

    def seen(viewer) -> list[str]:
        told = Told(reorganisations_for(viewer).get(pk=act.pk))
        return [str(row.label) for row in registers_of(viewer, told) if row.things and SUBJECT in str(row.things)]

    assert seen(cast.officer) == ["Inspections of the unit"]
    told = Told(reorganisations_for(cast.secretary_b).get(pk=act.pk))
    assert "Inspections of the unit" not in {str(row.label) for row in registers_of(cast.secretary_b, told)}
