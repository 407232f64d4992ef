"""Terms of positions, stand-ins, and the next in line where nobody was given a unit's work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.administration.selectors import answering_for, reasons
from motbuoc.foundation.administration.services import (
    Term,
    add_person,
    appoint,
    end_position,
    end_stand_in,
    grant_role,
    let_stand_in,
)
from motbuoc.foundation.administration.vacancies import vacancies_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Person, Position, PositionTitle, StandIn
from tests.factories import LONG_AGO, Cast, make_person

WORK, TITLE = Action.WORK_ON_ASSIGNMENT, PositionTitle
SINCE = Term(LONG_AGO)


def fresh(person: Person) -> Person:
    """The person as the next request finds them."""
    return Person.objects.get(pk=person.pk)


def until(days: int) -> Term:
    return Term(clock.today(), clock.today() + timedelta(days))


def seat(cast: Cast) -> Position:
    return Position.objects.get(person=cast.secretary)


def test_a_person_is_added_with_their_first_position(cast: Cast) -> None:
    name = "  Hà   Thử Mới "
    position = add_person(
        actor=cast.administrator, unit=cast.unit_b, full_name=name, title=TITLE.MEMBER, term=SINCE
    )
    assert (position.person.full_name, position.person.folded_name) == ("Hà Thử Mới", "ha thu moi")
    line = HistoryLine.objects.latest("pk")
    assert (line.action, line.actor, line.unit) == ("add_person", cast.administrator, cast.unit_b)
    assert "Hà" not in str(line.values)


def test_only_who_looks_after_people_appoints(cast: Cast) -> None:
    for person in (cast.officer, cast.secretary, cast.inspector, cast.member, cast.stranger):
        with pytest.raises(NotAllowed):
            appoint(actor=person, person=cast.member, unit=cast.unit_a, title=TITLE.CLERK, term=SINCE)
        with pytest.raises(NotAllowed):
            end_position(actor=person, position=seat(cast), on=clock.today())
    assert Position.objects.count() == 1


def test_nobody_appoints_themselves(cast: Cast) -> None:
    with pytest.raises(Refusal):
        appoint(
            actor=cast.administrator, person=cast.administrator, unit=cast.unit_b, title=TITLE.HEAD, term=SINCE
        )


def test_several_positions_each_with_its_own_term(cast: Cast) -> None:
    first = Term(date(2024, 1, 1), date(2025, 1, 1))
    how = {
        "actor": cast.administrator,
        "person": cast.member,
        "unit": cast.unit_a,
        "title": TITLE.DEPUTY_SECRETARY,
    }
    appoint(**how, term=first)
    appoint(**how | {"unit": cast.unit_b}, term=SINCE)
    with pytest.raises(Refusal):
        appoint(**how, term=Term(date(2024, 12, 31)))
    appoint(**how, term=Term(date(2025, 1, 1)))
    with pytest.raises(Refusal):
        appoint(**how | {"title": TITLE.CLERK}, term=Term(date(2025, 1, 1), date(2025, 1, 1)))
    with pytest.raises(Refusal):
        appoint(**how | {"title": TITLE.CLERK}, term=Term(date(2019, 1, 1)))  # the unit was not there yet


def test_a_position_lasts_to_the_end_of_its_first_day_unless_it_has_not_begun(cast: Cast) -> None:
    today, how = clock.today(), {"actor": cast.administrator, "person": cast.member, "unit": cast.unit_a}
    begun = appoint(**how, title=TITLE.CLERK, term=Term(today))
    end_position(actor=cast.administrator, position=begun, on=today)
    assert Position.objects.get(pk=begun.pk).valid_until == today + clock.ONE_DAY
    coming = appoint(**how, title=TITLE.OFFICER, term=Term(today + timedelta(9)))
    kept, line = coming.pk, HistoryLine.objects.count()
    end_position(actor=cast.administrator, position=coming, on=today + timedelta(9))
    assert not Position.objects.filter(pk=kept).exists()
    assert HistoryLine.objects.count() == line + 1
    with pytest.raises(Refusal):
        end_position(actor=cast.administrator, position=Position.objects.get(pk=begun.pk), on=today + timedelta(5))


def test_a_stand_in_may_what_the_holder_may_while_it_lasts(cast: Cast) -> None:
    Grant.objects.create(person=cast.officer, role=Role.DEPARTMENT_OFFICER, unit=cast.unit_a, valid_from=LONG_AGO)
    stand_in = let_stand_in(actor=cast.secretary, position=seat(cast), person=cast.stranger, term=until(7))
    last = clock.today() + timedelta(6)
    assert policy.may_on(fresh(cast.stranger), WORK, cast.unit_a.pk, on=last)
    assert not policy.may_on(fresh(cast.stranger), WORK, cast.unit_a.pk, on=last + clock.ONE_DAY)
    # what another one holds on the same unit is not the holder's
    assert not policy.may(fresh(cast.stranger), Action.DECIDE_ASSIGNMENT)
    assert set(policy.who_may(WORK, cast.unit_a)) == {cast.secretary, cast.stranger}
    assert cast.stranger not in policy.who_may(Action.DECIDE_ASSIGNMENT, cast.unit_a)
    [why] = reasons(fresh(cast.stranger), WORK, cast.unit_a.pk)
    assert (why.through, why.source) == ("stand_in", stand_in)
    end_stand_in(actor=cast.secretary, stand_in=stand_in, on=clock.today())
    assert not policy.may(fresh(cast.stranger), WORK)


def test_keys_and_windows_are_not_passed_on(cast: Cast) -> None:
    for role in (Role.ADMINISTRATOR, Role.INSPECTOR):
        term = {"valid_from": LONG_AGO, "valid_until": date(2099, 1, 1)}
        Grant.objects.create(person=cast.secretary, role=role, unit=cast.unit_a, **term)
    let_stand_in(actor=cast.secretary, position=seat(cast), person=cast.stranger, term=until(7))
    assert not policy.may(fresh(cast.stranger), Action.MANAGE_RIGHTS)
    held = {row.role for row in policy.held_by(fresh(cast.stranger), clock.today())}
    assert held == {Role.UNIT_SECRETARY}
    assert policy.may(fresh(cast.stranger), WORK)


def test_who_may_not_let_stand_in(cast: Cast) -> None:
    let_stand_in(actor=cast.secretary, position=seat(cast), person=cast.member, term=until(7))
    for actor in (cast.member, cast.officer, cast.secretary_b):  # the stand-in, too, passes nothing on
        with pytest.raises(NotAllowed):
            let_stand_in(actor=actor, position=seat(cast), person=cast.stranger, term=until(3))
    for term in (until(3), SINCE, until(0)):  # somebody does already; no end; ends before it begins
        with pytest.raises(Refusal):
            let_stand_in(actor=cast.secretary, position=seat(cast), person=cast.stranger, term=term)
    later = Term(clock.today() + timedelta(30), clock.today() + timedelta(40))
    for person, actor in ((cast.secretary, cast.secretary), (cast.administrator, cast.administrator)):
        with pytest.raises(Refusal):
            let_stand_in(actor=actor, position=seat(cast), person=person, term=later)
    let_stand_in(actor=cast.administrator, position=seat(cast), person=cast.stranger, term=later)
    assert StandIn.objects.count() == 2


def test_with_the_position_the_stand_in_ends(cast: Cast) -> None:
    let_stand_in(actor=cast.secretary, position=seat(cast), person=cast.stranger, term=until(7))
    end_position(actor=cast.administrator, position=seat(cast), on=clock.today())
    assert not StandIn.objects.exists()
    assert not policy.may(fresh(cast.stranger), WORK)


@pytest.fixture
def left_alone(cast: Cast) -> Person:
    """Unit B has lost its secretary and has a deputy and a member."""
    Position.objects.create(
        person=cast.secretary_b, unit=cast.unit_b, title=TITLE.SECRETARY, valid_from=LONG_AGO,
        valid_until=clock.today(),
    )  # fmt: skip
    Grant.objects.filter(person=cast.secretary_b).update(valid_until=clock.today())
    deputy, member = make_person("Tô Thử Phó", "pho"), make_person("Cao Thử Thường", "thuong")
    for person, title in ((member, TITLE.MEMBER), (deputy, TITLE.DEPUTY_SECRETARY)):
        Position.objects.create(person=person, unit=cast.unit_b, title=title, valid_from=LONG_AGO)
    return deputy


def test_the_next_in_line_works_for_a_unit_nobody_was_given(cast: Cast, left_alone: Person) -> None:
    assert policy.may_on(left_alone, WORK, cast.unit_b.pk)
    assert not policy.may_on(left_alone, Action.DECIDE_ASSIGNMENT, cast.unit_b.pk)
    assert not policy.may_on(left_alone, WORK, cast.unit_a.pk)
    assert set(policy.who_may(WORK, cast.unit_b)) == {left_alone}
    answering = answering_for(cast.unit_b.pk)
    assert (answering.person, answering.is_vacant, answering.unit_id) == (left_alone, True, cast.unit_b.pk)
    [why] = reasons(left_alone, WORK, cast.unit_b.pk)
    assert why.through == "vacancy"


def test_it_ends_as_soon_as_somebody_is_given_the_work(cast: Cast, left_alone: Person) -> None:
    grant_role(
        actor=cast.administrator, person=cast.stranger, role=Role.UNIT_SECRETARY, unit=cast.unit_b, term=until(9)
    )
    assert not policy.may(fresh(left_alone), WORK)
    assert set(policy.who_may(WORK, cast.unit_b)) == {cast.stranger}
    assert not answering_for(cast.unit_b.pk).is_vacant


def test_without_anybody_in_the_unit_the_one_above_answers(cast: Cast, left_alone: Person) -> None:
    Position.objects.filter(unit=cast.unit_b).update(valid_until=clock.today())
    chief = make_person("Âu Thử Trưởng", "truong")
    Position.objects.create(person=chief, unit=cast.bloc, title=TITLE.SECRETARY, valid_from=LONG_AGO)
    answering = answering_for(cast.unit_b.pk)
    assert (answering.person, answering.unit_id, answering.is_vacant) == (chief, cast.bloc.pk, True)
    assert policy.may_on(chief, WORK, cast.unit_b.pk)


def test_vacancies_are_listed_for_whoever_issues(
    cast: Cast, left_alone: Person, django_assert_num_queries: object
) -> None:
    found = vacancies_for(cast.officer, clock.today(), 8)
    told = {row.unit_name: (row.has_head, row.has_worker, row.next_name) for row in found}
    assert told["Đảng bộ Công ty Bình Minh"] == (False, False, "Tô Thử Phó")
    assert "Chi bộ Sở Ánh Dương" not in told
    assert vacancies_for(cast.secretary, clock.today(), 8) == []
    assert len(vacancies_for(cast.officer, clock.today(), 1)) == 1
    policy.held_by(cast.officer, clock.today())
    with django_assert_num_queries(1):  # type: ignore[operator]
        vacancies_for(cast.officer, clock.today(), 8)
