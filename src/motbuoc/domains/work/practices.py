"""Assignments of a practice whose results are handed in at a place of its own: a form, a vote, a register.

A practice declares which those are and which steps it takes for them (`services.step_within`); the tracker refuses
these steps from anywhere else and shows the way there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from motbuoc.foundation.access.roles import Action


@dataclass(frozen=True)
class Practice:
    """Which assignments are its own: `places_of` gives by assignment the id of the thing behind it, where one is.

    `steps` are names of `states.TRANSITIONS`; `page` is the URL name of the thing's page, for whoever may do
    `action`; `label` leads to it.
    """

    name: str
    places_of: Callable[[Collection[int]], Mapping[int, int]]
    steps: frozenset[str]
    page: str
    action: Action
    label: Any


@dataclass(frozen=True)
class Place:
    """Where the steps of an assignment are taken."""

    practice: Practice
    pk: int


PRACTICES: dict[str, Practice] = {}


def declare(practice: Practice) -> None:
    """Let the steps of a practice's assignments be its own."""
    PRACTICES[practice.name] = practice


def places_of(assignments: Collection[int]) -> dict[int, Place]:
    """Where the results of assignments are handed in, by assignment; the tracker's own are left out."""
    return {
        assignment: Place(practice, pk)
        for practice in PRACTICES.values()
        for assignment, pk in (practice.places_of(assignments) if assignments else {}).items()
    }


def place_of(assignment_id: int) -> Place | None:
    """Where the result of an assignment is handed in; None: with the tracker itself."""
    return places_of([assignment_id]).get(assignment_id)
