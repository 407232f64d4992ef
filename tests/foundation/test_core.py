"""Clock, working days, transitions, versions."""

from datetime import UTC, date, datetime

import pytest

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.core.transitions import Transition, step, steps_from
from motbuoc.foundation.core.version import claim
from tests.factories import Cast, make_document


def test_a_simulated_moment_is_left_again_even_after_an_error() -> None:
    before = clock.today()
    moment = datetime(2026, 3, 1, 20, tzinfo=UTC)
    with clock.living_at(moment):
        assert clock.now() == moment
        assert clock.today() == date(2026, 3, 2)  # it is already the next day in Vietnam
    with pytest.raises(ZeroDivisionError), clock.living_at(moment):
        1 / 0  # noqa: B018
    assert clock.today() >= before


TABLE = (Transition("open", "Open", ("shut",), "open", ""), Transition("shut", "Shut", ("open",), "shut", ""))


def test_a_step_is_possible_only_from_its_sources() -> None:
    assert step(TABLE, "open", "shut").target == "open"
    assert [transition.name for transition in steps_from(TABLE, "open")] == ["shut"]
    with pytest.raises(Refusal):
        step(TABLE, "open", "open")
    with pytest.raises(Refusal):
        step(TABLE, "burn", "open")


def test_a_write_on_an_old_version_is_refused(cast: Cast) -> None:
    document = make_document(cast)
    first = claim(document, 1)
    first.save()
    with pytest.raises(Collision):
        claim(document, 1)
    assert claim(document, 2).version == 3
