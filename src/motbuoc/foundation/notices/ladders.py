"""Ladders: which holds for a unit's documents, and what a department changes about its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.models import Ladder, Rung
from motbuoc.foundation.notices.occasions import DEFAULT_RUNGS, Occasion
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

MOST_RUNGS = 60
MOST_DAYS = 250  # working days: about a year


@dataclass(frozen=True, slots=True)
class Step:
    """A rung as it is used, of a unit's ladder or of the default one."""

    occasion: str
    days: int
    recipient: str
    reach: str


DEFAULT = tuple(
    Step(str(occasion), days, str(recipient), str(reach)) for occasion, days, recipient, reach in DEFAULT_RUNGS
)


@dataclass(frozen=True)
class Steps:
    """A whole ladder: its rungs by occasion, and its patience by kind of unit."""

    by_occasion: dict[str, tuple[Step, ...]]
    patience: dict[str, int]

    def all(self) -> list[Step]:
        """Every rung, in the order of occasions and days."""
        return [step for steps in self.by_occasion.values() for step in steps]


def steps_of(rungs: Iterable[Step], patience: dict[str, int]) -> Steps:
    """A ladder of these rungs, in the order of occasions and days."""
    by_occasion: dict[str, tuple[Step, ...]] = {}
    for rung in sorted(rungs, key=lambda one: (list(Occasion).index(Occasion(one.occasion)), one.days)):
        by_occasion[rung.occasion] = (*by_occasion.get(rung.occasion, ()), rung)
    return Steps(by_occasion, patience)


class LadderBook:
    """Every ladder of the installation, read once; `of` finds the one for a unit's documents."""

    def __init__(self, day: date) -> None:
        self.day = day
        rungs: dict[int, list[Step]] = {}
        for rung in Rung.objects.all():
            rungs.setdefault(rung.ladder_id, []).append(Step(rung.occasion, rung.days, rung.recipient, rung.reach))
        rows = Ladder.objects.values_list("pk", "unit_id", "patience")
        self._own = {unit: steps_of(rungs.get(pk, ()), patience) for pk, unit, patience in rows}
        self._default = steps_of(DEFAULT, {})
        self._found: dict[int, Steps] = {}

    def of(self, unit_id: int) -> Steps:
        """The ladder of the unit itself, or of the nearest above it that has one, or the default."""
        if unit_id not in self._found:
            self._found[unit_id] = self._own.get(self.owner(unit_id) or 0, self._default)
        return self._found[unit_id]

    def owner(self, unit_id: int) -> int | None:
        """The unit whose ladder that is; None: the default."""
        if not self._own:
            return None
        above = UnitClosure.objects.filter(in_force(self.day), descendant=unit_id, ancestor__in=self._own.keys())
        return above.order_by("depth").values_list("ancestor_id", flat=True).first()


def kinds_of(units: Iterable[int], day: date) -> dict[int, str]:
    """The kind of each unit on the day."""
    versions = UnitVersion.objects.filter(in_force(day), unit__in=list(units))
    return dict(versions.values_list("unit_id", "kind"))


def kinds_below(unit: Unit, day: date) -> list[str]:
    """The kinds of the units below one on the day."""
    below = UnitClosure.objects.filter(in_force(day), ancestor=unit.pk, depth__gt=0, is_archive=False)
    versions = UnitVersion.objects.filter(in_force(day), unit__in=below.values("descendant"))
    there = set(versions.order_by().values_list("kind", flat=True).distinct())
    return [kind.value for kind in UnitKind if kind.value in there]


Again = Callable[[Unit], None]
LOOK_AGAIN: list[Again] = []
"""What the practices do when a ladder has changed: let the sweep look again at what it may concern."""


@transaction.atomic
def change_ladder(
    *, actor: Person, unit: Unit, version: int | None, rungs: Iterable[Step], patience: dict[str, int]
) -> Ladder:
    """Give a unit a ladder of its own, or change the one it has; `version` None: it has none yet.

    Raises:
        NotAllowed: the actor may not issue directives for the unit.
        Refusal: there is no rung, too many, or two that say the same.
        Collision: somebody changed it since `version`, or made one.
    """
    policy.require(actor, Action.ISSUE_DIRECTIVE, unit.pk)
    rungs = list(rungs)
    _check(rungs, patience)
    existing = Ladder.objects.filter(unit=unit).first()
    if existing:
        ladder = claim(existing, version or 0)
        ladder.rungs.all().delete()
    else:
        ladder = Ladder(unit=unit)
    ladder.patience = {kind: days for kind, days in patience.items() if days}
    ladder.save()
    Rung.objects.bulk_create(Rung(ladder=ladder, **vars_of(step)) for step in rungs)
    told = [f"{step.occasion} {step.days} {step.recipient} {step.reach}" for step in rungs]
    record(actor, Act("change_ladder", "ladder", ladder.pk, unit.pk, {"rungs": told, "patience": patience}))
    _look_again(unit)
    return ladder


def vars_of(step: Step) -> dict[str, Any]:
    """The columns of a rung."""
    names = ("occasion", "days", "recipient", "reach")
    return {name: getattr(step, name) for name in names}


def _check(rungs: list[Step], patience: dict[str, int]) -> None:
    if not rungs:
        raise Refusal(_("A ladder needs at least one rung. To have none of your own, go back to the common one."))
    if len(rungs) > MOST_RUNGS:
        raise Refusal(_("A ladder has at most %(most)s rungs.") % {"most": MOST_RUNGS})
    if len({(r.occasion, r.days, r.recipient) for r in rungs}) < len(rungs):
        raise Refusal(_("Two rungs tell the same people on the same day of the same thing. Take one away."))
    if any(days > MOST_DAYS for days in (*patience.values(), *(r.days for r in rungs))):
        raise Refusal(_("At most %(most)s working days.") % {"most": MOST_DAYS})


@transaction.atomic
def drop_ladder(*, actor: Person, unit: Unit) -> None:
    """Go back to the ladder of the unit above, or the default.

    Raises:
        NotAllowed: the actor may not issue directives for the unit.
    """
    policy.require(actor, Action.ISSUE_DIRECTIVE, unit.pk)
    if ladder := Ladder.objects.filter(unit=unit).first():
        record(actor, Act("drop_ladder", "ladder", ladder.pk, unit.pk))
        ladder.delete()
        _look_again(unit)


def _look_again(unit: Unit) -> None:
    for again in LOOK_AGAIN:
        again(unit)


def ladder_of(unit: Unit) -> tuple[Ladder | None, Steps, int | None]:
    """The unit's own ladder if it has one, the one that holds for it, and the unit whose that is."""
    book = LadderBook(clock.today())
    return Ladder.objects.filter(unit=unit).first(), book.of(unit.pk), book.owner(unit.pk)
