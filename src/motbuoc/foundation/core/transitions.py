"""The life of a thing as data: a table of transitions, from which guards, buttons and forms are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal


@dataclass(frozen=True)
class Transition:
    """One step of a life.

    `sources` are the states it may start from, `target` the state it leads to, `action` the right it takes
    (a value of `access.roles.Action`), `asks` what the person must add: "" nothing, "text" words, "reason" a
    reason that cannot be empty, "question" a question, "answer" the words that answer it, "grounds" a reason for
    what changes the task itself.
    """

    name: str
    label: Any
    sources: tuple[str, ...]
    target: str
    action: str
    asks: str = ""


def step(table: Sequence[Transition], name: str, state: str) -> Transition:
    """The transition called `name`, if it may start from `state`.

    Raises:
        Refusal: there is none of that name, or not from this state.
    """
    for transition in table:
        if transition.name == name and state in transition.sources:
            return transition
    raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))


def steps_from(table: Sequence[Transition], state: str) -> list[Transition]:
    """The transitions that may start from `state`."""
    return [transition for transition in table if state in transition.sources]
