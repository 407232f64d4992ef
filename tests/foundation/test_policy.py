"""The one policy: every role × every action × above, own, below, beside."""

from datetime import date

import pytest

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, OF_THE_UNIT, Action, Role
from motbuoc.foundation.administration.selectors import reasons
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure
from tests.factories import LONG_AGO, Cast, make_person, make_unit


@pytest.mark.parametrize("role", list(Role))
def test_a_grant_reaches_its_unit_and_below_and_nothing_else(cast: Cast, role: Role) -> None:
    cell = make_unit("Chi bộ Một", UnitKind.PARTY_CELL, cast.unit_b)
    person = make_person("Bùi Thử Quyền", "quyen", role, cast.unit_b)
    for action in Action:
        reached = {cast.unit_b.pk} if action in OF_THE_UNIT else {cast.unit_b.pk, cell.pk}
        expected = reached if action in ACTIONS[role] else set()
        assert set(policy.reach(person, action)) == expected
        assert policy.may(person, action) == bool(expected)
        for unit in (cast.province, cast.bloc, cast.unit_a, cast.unit_b, cell):
            assert policy.may_on(person, action, unit.pk) == (unit.pk in expected)


def test_a_grant_holds_from_its_first_day_to_the_day_before_its_last(cast: Cast) -> None:
    person = make_person("Bùi Thử Hạn", "han")
    Grant.objects.create(
        person=person,
        role=Role.MEMBER,
        unit=cast.unit_a,
        valid_from=date(2026, 1, 10),
        valid_until=date(2026, 2, 10),
    )
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 9), date(2026, 2, 10)]
    seen = [policy.may_on(person, Action.VIEW_ASSIGNMENT, cast.unit_a.pk, on=day) for day in days]
    assert seen == [False, True, True, False]


def test_who_may_names_everybody_whose_grant_reaches_the_unit(cast: Cast) -> None:
    issuers = policy.who_may(Action.ISSUE_DIRECTIVE, cast.unit_a)
    assert set(issuers) == {cast.officer, cast.second_officer}
    assert set(policy.who_may(Action.WORK_ON_ASSIGNMENT, cast.unit_a)) == {cast.secretary}


def test_what_is_the_units_own_is_for_its_own_people_and_for_nobody_above(cast: Cast) -> None:
    assert set(policy.who_may(Action.DECIDE_ASSIGNMENT, cast.bloc)) == {cast.officer, cast.second_officer}
    assert not policy.who_may(Action.DECIDE_ASSIGNMENT, cast.unit_a).exists()
    assert not policy.may_on(cast.officer, Action.DECIDE_ASSIGNMENT, cast.unit_a.pk)
    assert set(policy.reach(cast.officer, Action.DECIDE_ASSIGNMENT)) == {cast.bloc.pk}


def test_what_an_ended_unit_left_is_decided_on_by_the_nearest_that_goes_on(cast: Cast) -> None:
    heir = make_person("Đinh Thử Nối", "noi", Role.DEPARTMENT_OFFICER, cast.unit_b)
    services.dissolve_unit(
        actor=cast.administrator, unit=cast.unit_a, basis=Basis(clock.today(), "Quyết định mẫu"), heir=cast.unit_b
    )
    assert set(policy.who_may(Action.DECIDE_ASSIGNMENT, cast.unit_a)) == {heir}
    assert set(policy.reach(heir, Action.DECIDE_ASSIGNMENT)) == {cast.unit_a.pk, cast.unit_b.pk}
    assert set(policy.reach(cast.officer, Action.DECIDE_ASSIGNMENT)) == {cast.bloc.pk}
    assert [why.person for why in reasons(heir, Action.DECIDE_ASSIGNMENT, cast.unit_a.pk)] == [heir]


def test_require_says_in_words_what_is_not_allowed(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        policy.require(cast.stranger, Action.VIEW_BOARD, cast.bloc.pk)
    policy.require(cast.inspector, Action.VIEW_BOARD, cast.unit_a.pk)


def test_two_grants_on_nested_units_reach_a_unit_once(cast: Cast) -> None:
    Grant.objects.create(person=cast.officer, role=Role.CENTRAL_OFFICER, unit=cast.unit_a, valid_from=LONG_AGO)
    assert list(policy.who_may(Action.VIEW_BOARD, cast.unit_a).filter(pk=cast.officer.pk)) == [cast.officer]


def test_every_action_belongs_to_some_role() -> None:
    assert set().union(*ACTIONS.values()) == set(Action)


@pytest.mark.parametrize("archives", [True, False])
def test_few_units_and_many_are_found_alike(cast: Cast, archives: bool) -> None:
    """A wide reach is asked of each row, a narrow one named: the rows are the same."""
    services.dissolve_unit(
        actor=cast.administrator, unit=cast.unit_a, basis=Basis(clock.today(), "Quyết định mẫu"), heir=cast.unit_b
    )
    for units in ((cast.bloc.pk,), (cast.unit_b.pk, cast.department.pk), (cast.unit_a.pk,), ()):
        found = [
            set(Unit.objects.filter(policy.holds("pk", units, clock.today(), wide=wide, archives=archives)))
            for wide in (True, False)
        ]
        assert found[0] == found[1]
    assert (cast.unit_a in found[0]) is False


def test_a_reach_is_wide_from_many_units_on(cast: Cast, monkeypatch) -> None:
    assert not policy.is_wide(cast.officer, (cast.bloc.pk,), clock.today())
    monkeypatch.setattr(policy, "WIDE", 3)
    monkeypatch.setattr(policy, "_more_than_few", Prepared(policy._some_below))
    assert policy.is_wide(cast.officer, (cast.province.pk,), clock.today())
    assert not policy.is_wide(cast.officer, (cast.unit_a.pk,), clock.today())


def test_a_refusal_says_since_when_the_right_has_ended(cast):
    grant = cast.officer.grants.get()
    grant.valid_until = clock.today()
    grant.save()
    officer = Person.objects.get(pk=cast.officer.pk)
    yesterday = f"{clock.today() - clock.ONE_DAY:%d/%m/%Y}"
    with pytest.raises(NotAllowed, match=yesterday):
        policy.require(officer, Action.DECIDE_ASSIGNMENT, cast.bloc.pk)
    for person, action in ((officer, Action.MANAGE_RIGHTS), (cast.member, Action.DECIDE_ASSIGNMENT)):
        with pytest.raises(NotAllowed) as refused:
            policy.require(person, action, cast.bloc.pk)
        assert yesterday not in str(refused.value.message)
    elsewhere = (cast.province.pk, cast.unit_a.pk)  # above it never was; below, it decides for its own unit alone
    for unit in elsewhere:
        with pytest.raises(NotAllowed) as refused:
            policy.require(officer, Action.DECIDE_ASSIGNMENT, unit)
        assert yesterday not in str(refused.value.message)
    with pytest.raises(NotAllowed, match=yesterday):
        policy.require(officer, Action.VIEW_BOARD, cast.unit_a.pk)


def test_a_refusal_names_no_grant_that_ended_before_the_unit_came_below(cast):
    grant = cast.officer.grants.get()
    grant.valid_until = clock.today() - clock.ONE_DAY
    grant.save()
    officer, unit = (
        Person.objects.get(pk=cast.officer.pk),
        make_unit("Chi bộ Mới", UnitKind.PARTY_CELL, cast.unit_a),
    )
    last = f"{clock.today() - 2 * clock.ONE_DAY:%d/%m/%Y}"
    assert last in str(policy.refusal(officer, (Action.VIEW_BOARD,), unit.pk).message)
    UnitClosure.objects.filter(descendant=unit.pk).update(valid_from=clock.today())
    refused = policy.refusal(officer, (Action.VIEW_BOARD,), unit.pk)
    assert last not in str(refused.message)
