"""What units hold and hand over. Each keeper declares its own; the app registers them at start (`apps.py`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol


class HandOver(Protocol):
    """Give what each unit (key) holds to its successor (value) as of `day`.

    Returns:
        the rows given: the id of each, and that of the unit it was of. `succession.hand_over` tells the history.
    """

    def __call__(self, *, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]: ...


@dataclass(frozen=True)
class Holding:
    """Something that follows the work of a unit to its successor: `label` is its name for people, `object_type`
    what the history calls a row of it."""

    key: str
    object_type: str
    label: Any
    hand_over: HandOver


def by_successor(successors: Mapping[int, int]) -> dict[int, list[int]]:
    """The ending units of each successor: what can be handed over in one statement."""
    found: dict[int, list[int]] = {}
    for source, target in successors.items():
        found.setdefault(target, []).append(source)
    return found


HOLDINGS: dict[str, Holding] = {}


def declare(holding: Holding) -> None:
    """Make a holding known; declaring it again changes nothing."""
    HOLDINGS[holding.key] = holding
