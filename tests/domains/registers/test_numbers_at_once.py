"""Many register and number at the same moment: no number twice, none left out; on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import cycle
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import override_settings

from motbuoc.domains.inspections.services import make_plan
from motbuoc.domains.registers.incoming import Paper, register_incoming
from motbuoc.domains.registers.models import Incoming, Number
from motbuoc.domains.registers.numbering import open_term, reserve_number
from motbuoc.domains.registers.sending import release_outgoing
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from tests.conftest import quick_and_apart
from tests.domains.registers.test_outgoing import draft
from tests.factories import LONG_AGO, Cast, make_cast, make_document
from tests.migrated import database_of_its_own

WRITERS, EACH = 6, 5


@pytest.fixture(scope="module")
def cast(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[Cast]:
    """The cast in a database of its own: what threads have committed cannot be rolled back."""
    folder = tmp_path_factory.mktemp("own")
    with (
        django_db_blocker.unblock(),
        override_settings(**quick_and_apart(folder)),
        database_of_its_own(folder),
    ):
        yield make_cast()


def at_once(act: Callable[[int], Any]) -> list[Any]:
    """The act by each of the writers, begun together, several times; what each gave, or its refusal."""
    start = Barrier(WRITERS)

    def run(writer: int) -> list[Any]:
        start.wait()
        given = []
        try:
            for _time in range(EACH):
                try:
                    given.append(act(writer))
                except Refusal as refusal:
                    given.append(str(refusal.message))
        finally:
            connections.close_all()
        return given

    with ThreadPoolExecutor(WRITERS) as pool:
        return [each for given in pool.map(run, range(WRITERS)) for each in given]


@pytest.fixture(autouse=True)
def _let_through(django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_the_incoming_book_has_no_gap_and_no_double(cast: Cast) -> None:
    def register(writer: int) -> int:
        paper = Paper(sender=f"Nơi gửi {writer}", subject="Việc mẫu", arrived_on=clock.today())
        if writer == 0:  # refused after others have begun: it must leave no gap
            paper = Paper(sender="", subject="Việc mẫu", arrived_on=clock.today())
        return register_incoming(actor=cast.secretary, unit=cast.unit_a, paper=paper).number

    numbers = sorted(each for each in at_once(register) if isinstance(each, int))
    assert numbers == list(range(1, (WRITERS - 1) * EACH + 1))
    assert Incoming.objects.filter(unit=cast.unit_a).count() == len(numbers)


def test_what_there_may_be_once_is_made_once_and_refused_in_words_to_the_others(cast: Cast) -> None:
    today, arrived = clock.today(), cycle((0, 366))
    document = make_document(cast)

    def plan(_writer: int) -> int:
        return make_plan(
            actor=cast.officer, unit_id=cast.bloc.pk, year=today.year, subject="Việc mẫu", size=1, seed="1"
        ).pk

    def term(_writer: int) -> int:
        return open_term(
            actor=cast.secretary, unit=cast.unit_a, name="2025-2030", begins_on=today, basis="Đại hội"
        ).pk

    def register(_writer: int) -> int:
        paper = Paper("Nơi gửi", "Việc mẫu", today - timedelta(days=next(arrived)))
        return register_incoming(actor=cast.officer, unit=cast.bloc, paper=paper, document=document).pk

    for act in (plan, term, register):
        given = at_once(act)
        assert len([each for each in given if isinstance(each, int)]) == 1
        assert len(given) == WRITERS * EACH


def test_numbers_kept_free_and_released_at_once_are_each_given_once(cast: Cast) -> None:
    open_term(actor=cast.officer, unit=cast.bloc, name="2020-2025", begins_on=LONG_AGO, basis="Đại hội")
    waiting = []
    for number in range(EACH):
        outgoing = draft(cast, f"Việc {number}")
        outgoing.state = OutgoingState.APPROVED
        outgoing.save()
        waiting.append(outgoing)

    def take(writer: int) -> int:
        if writer == 0:
            outgoing = waiting.pop()
            done = release_outgoing(actor=cast.officer, outgoing=outgoing, version=outgoing.version)
            assert done.number is not None
            return done.number.number
        number = reserve_number(
            actor=cast.officer, unit=cast.bloc, regime="party", kind="CV", reason=f"Việc {writer}"
        )
        return number.number

    given = at_once(take)
    numbers = sorted(Number.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert sorted(each for each in given if isinstance(each, int)) == numbers
