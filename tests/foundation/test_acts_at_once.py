"""Two people change the tree in the same moment; only PostgreSQL lets two write at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.administration.services import Term, appoint, grant_role
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person, PositionTitle
from motbuoc.foundation.reorganisation import services
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.selectors import faults
from motbuoc.foundation.workdays.models import CalendarYear
from motbuoc.foundation.workdays.planning import plan_confirmation
from motbuoc.foundation.workdays.services import save_year
from tests.factories import Cast, make_cast, make_unit
from tests.migrated import database_of_its_own

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one write at a time")
BASIS = Basis(clock.today(), "Quyết định 1-QĐ/TU")


@pytest.fixture
def cast(tmp_path: Path, django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The cast in a database of its own: what threads have committed cannot be rolled back."""
    with django_db_blocker.unblock(), database_of_its_own(tmp_path):
        yield make_cast()


def at_once(*acts: Callable[[], Any]) -> list[str]:
    """Each act in a thread of its own, begun together: what was refused of them."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Iterator[str]:
        try:
            start.wait()
            act()
        except Refusal as refusal:
            yield str(refusal.message)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [sentence for said in threads.map(lambda act: list(run(act)), acts) for sentence in said]


def test_two_merge_the_same_unit_and_one_is_refused(cast: Cast) -> None:
    def merge(target: Unit) -> Callable[[], Any]:
        actor = Person.objects.get(pk=cast.administrator.pk)
        return lambda: services.merge_units(actor=actor, units=[cast.unit_a], into=target, basis=BASIS)

    assert len(at_once(merge(cast.unit_b), merge(cast.department))) == 1
    assert list(faults(clock.today())) == []


def test_each_moves_a_unit_under_the_others_and_one_is_refused(cast: Cast) -> None:
    other = make_unit("Đảng bộ Hai", UnitKind.PARTY_BASE_ORG, cast.bloc, "H")

    def move(unit: Unit, parent: Unit) -> Callable[[], Any]:
        actor = Person.objects.get(pk=cast.administrator.pk)
        return lambda: services.move_unit(actor=actor, unit=unit, parent=parent, basis=BASIS)

    assert len(at_once(move(other, cast.unit_b), move(cast.unit_b, other))) == 1
    assert list(faults(clock.today())) == []


def test_a_form_sent_twice_in_a_moment_gives_one_role_and_one_position(cast: Cast) -> None:
    def give() -> None:
        administrator = Person.objects.get(pk=cast.administrator.pk)
        term = Term(clock.today())
        grant_role(actor=administrator, person=cast.stranger, role=Role.MEMBER, unit=cast.unit_a, term=term)

    def place() -> None:
        administrator = Person.objects.get(pk=cast.administrator.pk)
        title = PositionTitle.CLERK
        appoint(actor=administrator, person=cast.stranger, unit=cast.unit_a, title=title, term=Term(clock.today()))

    for act in (give, place):
        assert len(at_once(act, act, act)) == 2
    assert cast.stranger.grants.count() == cast.stranger.positions.count() == 1


def test_two_who_confirm_one_year(cast: Cast) -> None:
    plan = plan_confirmation(2026, "Thông báo số 1")
    refused = at_once(*(lambda: save_year(actor=cast.administrator, plan=plan) for _ in range(2)))
    assert len(refused) == 1
    assert CalendarYear.objects.count() == 1
