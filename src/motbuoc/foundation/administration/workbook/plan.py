"""What the rows of a file would change: shown before it is done, and done exactly as shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motbuoc.foundation.administration.workbook.rows import Problem


@dataclass(frozen=True)
class NewUnit:
    """A unit that the file adds; `parent` is a code (empty: the topmost of its line)."""

    code: str
    name: str
    short_name: str
    symbol: str
    kind: str
    parent: str
    valid_from: date
    valid_until: date | None
    legal_basis: str
    identifiers: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What differs of a unit that is there: what it was and what it becomes, as people would write it."""

    unit_id: int
    code: str
    name: str
    before: str
    after: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Appointment:
    """A position that the file adds. `person_id` None: of the new person called `person` in this plan."""

    person: str
    person_id: int | None
    full_name: str
    unit: str
    title: str
    valid_from: date
    valid_until: date | None
    legal_basis: str


@dataclass(frozen=True)
class Ending:
    """A position that ends: the day is the first on which it is not held any more."""

    position_id: int
    full_name: str
    unit: str
    title: str
    valid_until: date


@dataclass
class Plan:
    """Everything the file changes, what it leaves alone, and what is wrong with it.

    `unlisted` are codes and names of units that the file does not name: they stay as they are.
    """

    created: list[NewUnit] = field(default_factory=list)
    renamed: list[Change] = field(default_factory=list)
    moved: list[Change] = field(default_factory=list)
    converted: list[Change] = field(default_factory=list)
    identified: list[Change] = field(default_factory=list)
    hosted: list[Change] = field(default_factory=list)
    appointed: list[Appointment] = field(default_factory=list)
    ended: list[Ending] = field(default_factory=list)
    unchanged_units: int = 0
    unchanged_positions: int = 0
    unlisted: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def acts(self) -> tuple[list[Any], ...]:
        """The lists of what would be done."""
        changes = (self.renamed, self.moved, self.converted, self.identified, self.hosted)
        return (self.created, *changes, self.appointed, self.ended)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(self.acts)

    @property
    def new_people(self) -> int:
        """How many people the plan adds."""
        return len({row.person for row in self.appointed if row.person_id is None})

    @property
    def digest(self) -> str:
        """What two plans share when they would do exactly the same."""
        return hashlib.sha256(repr(self.acts).encode()).hexdigest()
