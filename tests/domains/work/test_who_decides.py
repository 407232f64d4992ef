"""Who issued decides: on what a unit hands in, the people of the unit whose document it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motbuoc.domains.documents.models import Addressee
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import steps_for, waiting_for
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation import services as reorganisation
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_document, make_person, make_unit, step_on

DECISIONS = {"accept", "accept_period", "return", "reopen", "suspend", "resume", "cancel"}


@pytest.fixture
def base_officer(cast) -> Person:
    """Who issues for the base unit B."""
    return make_person("Tô Thử Cơ", "coso", Role.DEPARTMENT_OFFICER, cast.unit_b)


@pytest.fixture
def of_the_cell(cast, base_officer) -> Assignment:
    """What a cell of B handed in of the plan that B issued itself."""
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    secretary = make_person("Cao Thử Một", "mot", Role.UNIT_SECRETARY, cell)
    document = make_document(replace(cast, bloc=cast.unit_b, department=cell, officer=base_officer))
    document.addressees.update(selection=Addressee.Selection.ONE_UNIT, unit=cell)
    confirmed = confirm_document(actor=base_officer, document=document, version=document.version)
    issue_directive(actor=base_officer, document=confirmed, version=confirmed.version)
    assignment = Assignment.objects.filter(unit=cell).order_by("pk")[0]
    return step_on(step_on(assignment, "acknowledge", secretary), "submit", secretary, "Chi bộ đã họp")


@pytest.fixture
def of_the_unit(cast, base_officer) -> Assignment:
    """What B handed in of the bloc's directive."""
    make_directive(cast)
    assignment = Assignment.objects.filter(unit=cast.unit_b).order_by("pk")[0]
    return step_on(step_on(assignment, "acknowledge", cast.secretary_b), "submit", cast.secretary_b, "Đã làm")


def decisions_of(person: Person, assignment: Assignment) -> set[str]:
    return {step.name for step in steps_for(person, assignment)} & DECISIONS


def test_the_unit_that_issued_its_plan_decides_on_what_its_cells_hand_in(cast, base_officer, of_the_cell):
    assert decisions_of(base_officer, of_the_cell) == {"accept", "return", "cancel"}
    assert list(waiting_for(base_officer)) == [of_the_cell]
    assert step_on(of_the_cell, "accept", base_officer).state == "accepted"


def test_the_level_above_sees_it_and_does_not_decide(cast, of_the_cell):
    assert decisions_of(cast.officer, of_the_cell) == set()
    assert not waiting_for(cast.officer).exists()
    with pytest.raises(NotAllowed):
        step_on(of_the_cell, "accept", cast.officer)
    assert Assignment.objects.get(pk=of_the_cell.pk).state == "submitted"


def test_nobody_decides_on_their_own_units_answer_to_the_level_above(cast, base_officer, of_the_unit):
    assert decisions_of(base_officer, of_the_unit) == set()
    assert not waiting_for(base_officer).exists()
    with pytest.raises(NotAllowed):
        step_on(of_the_unit, "accept", base_officer)
    assert list(waiting_for(cast.officer)) == [of_the_unit]
    assert step_on(of_the_unit, "return", cast.officer, "Thiếu số liệu").state == "returned"


def test_what_an_ended_unit_issued_is_decided_on_by_the_unit_that_keeps_its_archive(cast, of_the_cell):
    heir = make_person("Đinh Thử Nối", "noi", Role.DEPARTMENT_OFFICER, cast.unit_a)
    assert decisions_of(heir, of_the_cell) == set()
    basis = Basis(clock.today(), "Quyết định mẫu")
    reorganisation.dissolve_unit(actor=cast.administrator, unit=cast.unit_b, basis=basis, heir=cast.unit_a)
    heir = Person.objects.get(pk=heir.pk)
    handed_over = Assignment.objects.get(pk=of_the_cell.pk)
    assert decisions_of(heir, handed_over) == {"accept", "return", "cancel"}
    assert decisions_of(Person.objects.get(pk=cast.officer.pk), handed_over) == set()
    assert list(waiting_for(heir)) == [handed_over]
    assert step_on(handed_over, "accept", heir).state == "accepted"
