"""Giving and ending roles: who may, what may not happen, and how it is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import ACTIONS, Action, Role
from motbuoc.foundation.administration.accounts import close_account
from motbuoc.foundation.administration.care import cares_for
from motbuoc.foundation.administration.selectors import reasons, rights_on
from motbuoc.foundation.administration.services import Term, end_grant, grant_role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person, Position, PositionTitle, StandIn
from tests.factories import LONG_AGO, WINDOW_ENDS, Cast, make_person

SINCE = Term(LONG_AGO)


def test_only_who_gives_rights_gives_them(cast: Cast) -> None:
    for person in (cast.officer, cast.secretary, cast.inspector, cast.central_officer, cast.stranger):
        with pytest.raises(NotAllowed):
            grant_role(actor=person, person=cast.member, role=Role.MEMBER, unit=cast.unit_a, term=SINCE)
        with pytest.raises(NotAllowed):
            end_grant(actor=person, grant=cast.member.grants.get(), on=clock.today())


def test_nobody_gives_a_role_to_themselves(cast: Cast) -> None:
    for role in Role:
        with pytest.raises(Refusal):
            grant_role(actor=cast.administrator, person=cast.administrator, role=role, unit=cast.bloc, term=SINCE)


def test_an_administrator_below_gives_nothing_above(cast: Cast) -> None:
    below = make_person("Kim Thử Dưới", "duoi", Role.ADMINISTRATOR, cast.unit_a)
    for unit in (cast.province, cast.bloc, cast.unit_b):
        for role in (Role.ADMINISTRATOR, Role.MEMBER):
            with pytest.raises(NotAllowed):
                grant_role(actor=below, person=cast.stranger, role=role, unit=unit, term=SINCE)
    grant_role(actor=below, person=cast.stranger, role=Role.ADMINISTRATOR, unit=cast.unit_a, term=SINCE)
    with pytest.raises(NotAllowed):
        end_grant(actor=below, grant=cast.administrator.grants.get(), on=clock.today())


def test_an_inspection_has_an_end_and_a_role_is_held_once(cast: Cast) -> None:
    how = {"actor": cast.administrator, "person": cast.stranger, "unit": cast.unit_a}
    with pytest.raises(Refusal):
        grant_role(**how, role=Role.INSPECTOR, term=SINCE)
    grant_role(**how, role=Role.INSPECTOR, term=Term(LONG_AGO, WINDOW_ENDS))
    with pytest.raises(Refusal):
        grant_role(**how, role=Role.INSPECTOR, term=Term(clock.today(), WINDOW_ENDS))


def test_a_role_given_by_mistake_is_taken_back_at_once(cast: Cast) -> None:
    how = {"actor": cast.administrator, "person": cast.stranger, "unit": cast.bloc, "role": Role.CENTRAL_OFFICER}
    grant = grant_role(**how, term=Term(clock.today()))
    assert policy.may(Person.objects.get(pk=cast.stranger.pk), Action.VIEW_REPORT)
    end_grant(actor=cast.administrator, grant=grant, on=clock.today())
    assert not policy.may(Person.objects.get(pk=cast.stranger.pk), Action.VIEW_REPORT)


def test_the_last_administrator_stays(cast: Cast) -> None:
    last = cast.administrator.grants.get()
    with pytest.raises(Refusal):
        end_grant(actor=cast.administrator, grant=last, on=clock.today() + timedelta(30))
    second = make_person("Kim Thử Hai", "hai", Role.ADMINISTRATOR, cast.province)
    close_account(actor=cast.administrator, person=second)
    with pytest.raises(Refusal):  # the other one cannot sign in
        end_grant(actor=cast.administrator, grant=last, on=clock.today())
    third = make_person("Kim Thử Ba", "ba", Role.ADMINISTRATOR, cast.province)
    end_grant(actor=third, grant=last, on=clock.today())
    with pytest.raises(Refusal):
        end_grant(actor=third, grant=third.grants.get(), on=clock.today())


def test_the_last_administrators_account_stays_open(cast: Cast) -> None:
    other = make_person("Kim Thử Hai", "hai", Role.ADMINISTRATOR, cast.province)
    Grant.objects.filter(person=other).update(valid_until=clock.today() + timedelta(2))
    with pytest.raises(Refusal):
        close_account(actor=other, person=cast.administrator)


def test_rights_on_tell_who_holds_what_nearest_first(cast: Cast, django_assert_max_num_queries: object) -> None:
    given = grant_role(
        actor=cast.administrator, person=cast.stranger, role=Role.MEMBER, unit=cast.unit_a, term=SINCE
    )
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        told = rights_on(cast.secretary, cast.unit_a.pk)
    rows = [(why.person, why.role, why.unit_name) for why in told]
    assert rows[-1] in {
        (cast.central_officer, Role.CENTRAL_OFFICER, "Đảng bộ tỉnh Mẫu"),
        (cast.administrator, Role.ADMINISTRATOR, "Đảng bộ tỉnh Mẫu"),
    }
    assert (cast.secretary, Role.UNIT_SECRETARY, "Chi bộ Sở Ánh Dương") in rows[:3]
    assert cast.secretary_b not in {why.person for why in told}
    assert next(why for why in told if why.source == given).source.given_by == cast.administrator
    with pytest.raises(NotAllowed):
        rights_on(cast.member, cast.unit_a.pk)


def test_reasons_agree_with_the_policy(cast: Cast) -> None:
    people = (cast.secretary, cast.officer, cast.inspector, cast.administrator, cast.member, cast.stranger)
    for person in people:
        for action in Action:
            for unit in (cast.province, cast.bloc, cast.unit_a, cast.unit_b):
                assert bool(reasons(person, action, unit.pk)) == policy.may_on(person, action, unit.pk)
    assert ACTIONS[Role.INSPECTOR] < set(Action)


def test_a_role_that_was_used_is_ended_and_never_unmade(cast: Cast) -> None:
    """Whoever asks what somebody might do last year is told the truth."""
    grant = cast.secretary.grants.get()
    end_grant(actor=cast.administrator, grant=grant, on=LONG_AGO - timedelta(days=1))
    assert Grant.objects.get(pk=grant.pk).valid_until == clock.today()


def test_whoever_stands_in_for_somebody_above_is_not_looked_after_from_below(cast: Cast) -> None:
    """A code for such an account would open the rights of the one above."""
    below = make_person("Kim Thử Dưới", "duoi", Role.ADMINISTRATOR, cast.unit_a)
    assert cares_for(below, cast.member)
    seat = Position.objects.create(
        person=cast.officer, unit=cast.bloc, title=PositionTitle.SECRETARY, valid_from=LONG_AGO
    )
    StandIn.objects.create(position=seat, person=cast.member, valid_from=LONG_AGO, valid_until=WINDOW_ENDS)
    assert not cares_for(below, cast.member)
