"""A reasoned sample of units: risk, rotation, and a part by lot that anybody can draw again.

Pure: what is known of the units in, the chosen ones with their reasons out. The lot is the order of SHA-256 over
the seed and each unit's code: the same seed and the same facts give the same sample on every machine, and a unit
that comes or goes does not shuffle the others. Risk is of units and their work, never of persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class SampleRule:
    """The numbers of a sample: how many units, everyone within so many years, the shares (in percent) of the
    places that go by rotation and by lot (the rest by risk), and how many tasks weigh against a share of few."""

    size: int
    years: int
    rotation_percent: int
    lot_percent: int
    prior: float

    def as_json(self) -> dict[str, Any]:
        """To be kept with the plan."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may be inspected: its tasks of the last year, how many of them are overdue or were late,
    returned, or quiet, and the last day somebody was there."""

    unit_id: int
    code: str
    tasks: int
    late: int
    returned: int
    quiet: int
    last_on: date | None

    @property
    def troubled(self) -> int:
        """Tasks that speak for a visit; one may count twice, as late and as returned."""
        return self.late + self.returned + self.quiet


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit was chosen: `kind` is one of rotation, late, returned, quiet, lot; words are made of it on a
    page.

    `count` of `of`: tasks of all tasks, or for rotation the years since the last visit (0: none is known).
    """

    kind: str
    count: int = 0
    of: int = 0
    seed: str = ""

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return {name: value for name, value in asdict(self).items() if value}


def sample(
    candidates: Iterable[Candidate], rule: SampleRule, seed: str, day: date
) -> list[tuple[Candidate, list[Reason]]]:
    """The chosen units, each with its reasons, the one it was chosen for first.

    First those whose turn it is, the longest unseen first; then those with the most trouble; then by lot.

    Raises:
        Refusal: fewer than one unit is wanted, or more than there are candidates.
    """
    candidates = list(candidates)
    _check_size(rule.size, len(candidates))
    left = sorted(candidates, key=lambda one: _lot(seed, one))
    rotation, lot = (rule.size * percent // 100 for percent in (rule.rotation_percent, rule.lot_percent))
    lot = max(lot, 1) if rule.lot_percent else 0
    due = sorted((one for one in left if _is_due(one, rule, day)), key=lambda one: one.last_on or date.min)
    chosen = [(one, "rotation") for one in due[: min(rotation, rule.size - lot)]]
    left = _without(left, chosen)
    risky = [one for one in _by_risk(left, rule) if one.troubled]
    chosen += [(one, "risk") for one in risky[: rule.size - lot - len(chosen)]]
    left = _without(left, chosen)
    chosen += [(one, "lot") for one in left[: rule.size - len(chosen)]]
    return [(one, list(_reasons(one, by, rule, seed, day))) for one, by in chosen]


def _check_size(size: int, count: int) -> None:
    if size < 1:
        raise Refusal(_("There is no place left to draw a unit for. Raise the number of units wanted first."))
    if size > count:
        raise Refusal(
            _(
                "%(size)s units are to be drawn, and only %(count)s with tasks of the last year are left to draw "
                "from. Lower the number of units wanted, or add units by hand."
            )
            % {"size": size, "count": count}
        )


def years_since(last_on: date, day: date) -> int:
    """Whole years from a day to another."""
    return day.year - last_on.year - ((day.month, day.day) < (last_on.month, last_on.day))


def _lot(seed: str, one: Candidate) -> str:
    return sha256(f"{seed} {one.code}".encode()).hexdigest()


def _is_due(one: Candidate, rule: SampleRule, day: date) -> bool:
    return one.last_on is None or years_since(one.last_on, day) >= rule.years


def _by_risk(candidates: Sequence[Candidate], rule: SampleRule) -> list[Candidate]:
    """The share of troubled tasks, drawn towards that of all: one late task of one is less than six of eight."""
    tasks, troubled = sum(c.tasks for c in candidates), sum(c.troubled for c in candidates)
    usual = troubled / tasks if tasks else 0.0
    return sorted(candidates, key=lambda c: -(c.troubled + rule.prior * usual) / (c.tasks + rule.prior))


def _without(left: Sequence[Candidate], chosen: Sequence[tuple[Candidate, str]]) -> list[Candidate]:
    taken = {one.unit_id for one, _by in chosen}
    return [one for one in left if one.unit_id not in taken]


def _reasons(one: Candidate, by: str, rule: SampleRule, seed: str, day: date) -> Iterator[Reason]:
    if by == "lot":
        yield Reason("lot", seed=seed)
    if _is_due(one, rule, day):
        yield Reason("rotation", count=years_since(one.last_on, day) if one.last_on else 0)
    for kind in ("late", "returned", "quiet"):
        if count := getattr(one, kind):
            yield Reason(kind, count, one.tasks)
