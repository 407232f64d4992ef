"""What an act on the tree is told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit


@dataclass(frozen=True)
class Basis:
    """From which day an act holds, and the document it rests on."""

    effective_on: date
    legal_basis: str


@dataclass(frozen=True)
class NewUnit:
    """A unit that an act makes."""

    name: str
    short_name: str
    code: str
    kind: UnitKind
    parent: Unit | None
    symbol: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class Part:
    """One of the units that a unit is split into: `share` percent of its figures, and which units below it."""

    unit: Unit | NewUnit
    share: Decimal = Decimal(0)
    children: Collection[int] = ()
