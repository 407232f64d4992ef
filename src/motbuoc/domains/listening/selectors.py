"""Reads of opinions, boxes and themes."""

from __future__ import annotations

from typing import Any

from django.db.models import F, FilteredRelation, Q, QuerySet

from motbuoc.domains.listening.models import Opinion, OpinionBox, Theme, ThemeMap
from motbuoc.domains.listening.receipts import digest_of
from motbuoc.domains.listening.states import OPEN, OPINION_TRANSITIONS
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, known_on
from motbuoc.foundation.units.selectors import keeper_of


def _named(rows: Any, path: str = "unit", name: str = "unit_name") -> Any:
    """The rows, each with the name that the unit at `path` has today or had last."""
    dated = FilteredRelation(f"{path}__versions", condition=known_on(clock.today(), f"{path}__versions__"))
    return rows.annotate(**{f"dated_{name}": dated, name: F(f"dated_{name}__name")})


def asked_on(unit_id: int) -> int:
    """The unit on which a right is asked: the unit, or who keeps what it left."""
    return keeper_of(unit_id, clock.today())


def boxes_for(viewer: Person) -> Any:
    """The boxes of units in reach, and those that hang there, each with its `unit_name` and `place_name`."""
    seen = policy.within_reach(viewer, Action.NOTE_OPINION, "unit")
    seen |= policy.within_reach(viewer, Action.NOTE_OPINION, "place")
    rows = _named(_named(OpinionBox.objects.filter(seen)), "place", "place_name")
    return rows.order_by("unit_name", "name", "pk")


def units_that_listen(viewer: Person) -> Any:
    """The units for which `viewer` may open boxes, sort and answer, by name."""
    return (
        Unit.objects.on(clock.today()).filter(pk__in=policy.reach(viewer, Action.ANSWER_OPINION)).order_by("name")
    )


def places_of(unit_id: int) -> Any:
    """Where a unit's boxes can hang: itself and the units below it."""
    ties = UnitClosure.objects.filter(in_force(clock.today()), ancestor=asked_on(unit_id), is_archive=False)
    return Unit.objects.on(clock.today()).filter(pk__in=ties.values("descendant")).order_by("name", "pk")


def may_listen(viewer: Person, unit_id: int) -> bool:
    """Whether `viewer` reads what was said to this unit, sorts and answers it."""
    return policy.may_on(viewer, Action.ANSWER_OPINION, asked_on(unit_id))


def may_note(viewer: Person, box: OpinionBox) -> bool:
    """Whether `viewer` may enter opinions into this box: the unit's own, or where it hangs."""
    units = {asked_on(box.unit_id), asked_on(box.place_id)}
    return any(policy.may_on(viewer, Action.NOTE_OPINION, unit) for unit in units)


def opinions_for(viewer: Person) -> Any:
    """The opinions said to units for which `viewer` listens, and those passed on to these; words and all.

    A level above sees themes, never words that were not said to it.
    """
    seen = policy.within_reach(viewer, Action.ANSWER_OPINION, "box__unit")
    seen |= policy.within_reach(viewer, Action.ANSWER_OPINION, "unit")
    rows = _named(_named(Opinion.objects.filter(seen)), "box__place", "place_name")
    return rows.select_related("box", "theme").order_by("-said_on", "-pk")


def waiting_for(viewer: Person) -> Any:
    """The opinions that wait to be dealt with by a unit for which `viewer` listens, the most urgent first."""
    here = policy.within_reach(viewer, Action.ANSWER_OPINION, "unit")
    return opinions_for(viewer).filter(here, state__in=OPEN).order_by("due_on", "pk")


def opinion_steps_for(viewer: Person, opinion: Opinion) -> list[Transition]:
    """The steps that `viewer` may take with an opinion: for the unit that deals with it."""
    if not may_listen(viewer, opinion.unit_id):
        return []
    return steps_from(OPINION_TRANSITIONS, opinion.state)


def who_may_act(opinion: Opinion) -> Any:
    """The units to which an opinion can be passed on: those above the one that has it, and those below."""
    today, here = clock.today(), asked_on(opinion.unit_id)
    ties = UnitClosure.objects.filter(in_force(today), is_archive=False)
    found = Q(pk__in=ties.filter(descendant=here).values("ancestor"))
    found |= Q(pk__in=ties.filter(ancestor=here).values("descendant"))
    return Unit.objects.on(today).filter(found).exclude(pk=opinion.unit_id).order_by("name", "pk")


def themes_for(viewer: Person) -> Any:
    """The themes of units in reach that stand on the issue board, each with its `unit_name`."""
    seen = policy.within_reach(viewer, Action.VIEW_THEMES, "unit")
    return _named(Theme.objects.filter(seen, merged_into=None)).order_by("pk")


def units_with_boards(viewer: Person) -> Any:
    """The units in reach that have themes, by name."""
    found = themes_for(viewer).order_by().values("unit")
    return Unit.objects.on(clock.today()).filter(pk__in=found).order_by("name", "pk")


def open_box(address: str) -> OpinionBox | None:
    """The box behind a public address; its page is for everybody, also when it takes in nothing now."""
    found: OpinionBox | None = _named(OpinionBox.objects.filter(address=address)).first()
    return found


def told_by(unit_id: int) -> QuerySet[Theme]:
    """What a unit says on its public pages about what it heard and what is being done."""
    return Theme.objects.filter(unit=unit_id, merged_into=None, is_named=True).exclude(told="").order_by("-pk")


def found_by_receipt(typed: str) -> Any:
    """The opinion whose receipt has this code, with its `unit_name` and `said_to`; None: no such receipt."""
    digest = digest_of(typed)
    if digest is None:
        return None
    rows = _named(Opinion.objects.filter(receipt=digest).select_related("box", "theme"))
    return _named(rows, "box__unit", "said_to").first()


def themes_of(unit_id: int) -> QuerySet[Theme]:
    """The themes of a unit that an opinion can stand in, by name."""
    return Theme.objects.filter(unit=unit_id, merged_into=None).order_by("name", "pk")


def grouped_of(unit_id: int) -> ThemeMap | None:
    """When a unit's opinions were last grouped, and up to which week numbers are published; None: never."""
    return ThemeMap.objects.filter(unit=unit_id).defer("middles").first()
