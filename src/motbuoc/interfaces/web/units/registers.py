"""The tables of an act of hand-over: what went where, how many, and links to what the viewer may see of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.inspections.selectors import plans_for, visits_for
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import names_of, seen_among
from motbuoc.foundation.reorganisation.contents import rows_named
from motbuoc.foundation.reorganisation.succession import label_of
from motbuoc.interfaces.web.units.words import Told

MOST = 40  # rows named one by one; the count says how many there are
WORDS = 30  # of a duty: enough to tell which one it is
RIGHTS = ("grants", "kept_grants")


@dataclass(frozen=True, slots=True)
class Thing:
    """One row that was handed over: its words, and its page if the viewer may open it."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """Rows of one sort that went from one unit to another (`target` empty: they end there)."""

    label: Any
    source: str
    target: str
    count: int
    things: list[Thing]

    @property
    def hidden(self) -> int:
        """How many are counted but not named."""
        return self.count - len(self.things)


def _assignments(viewer: Person, ids: Collection[int]) -> list[Thing]:
    rows = assignments_for(viewer).filter(pk__in=ids).order_by("pk")
    return [
        Thing(Truncator(row.duty.text).words(WORDS), reverse("assignment_detail", args=[row.pk])) for row in rows
    ]


def _documents(viewer: Person, ids: Collection[int]) -> list[Thing]:
    rows = documents_for(viewer).filter(pk__in=ids).order_by("pk")
    return [Thing(f"{row.code} {row.subject}".strip(), reverse("document_detail", args=[row.pk])) for row in rows]


def _plans(viewer: Person, ids: Collection[int]) -> list[Thing]:
    rows = plans_for(viewer).filter(pk__in=ids)
    return [Thing(str(row), reverse("check_plan", args=[row.pk])) for row in rows]


def _visits(viewer: Person, ids: Collection[int]) -> list[Thing]:
    rows = visits_for(viewer).filter(pk__in=ids)
    return [
        Thing(f"{row.day:%d/%m/%Y}: {row.unit_name}, {row.subject}", reverse("visit_detail", args=[row.pk]))
        for row in rows
    ]


PRACTICES: dict[str, Callable[[Person, Collection[int]], list[Thing]]] = {
    "assignments": _assignments,
    "documents": _documents,
    "check_plans": _plans,
    "inspecting": _visits,
    "inspected": _visits,
}
"""Who names the rows that a practice declared; one that is not here is counted only."""

UNTOLD = ("check_plans", "inspecting", "inspected")
"""Of which even the number is for those alone who see them: a unit is not told that it will be inspected."""


def registers_of(viewer: Person, told: Told) -> list[Register]:
    """The tables of an act, in the order in which it handed over."""
    act, day = told.act, told.act.effective_on
    others = {unit for row in act.handed_over for unit in (row["from"], row["to"]) if unit}
    names = names_of(others, day) | {int(pk): of["name"] for pk, of in (act.after or act.before).items()}
    seen = policy.reach(viewer, Action.VIEW_RIGHTS).filter(descendant__in=others).exists()
    registers = []
    for row in act.handed_over:
        what = row["what"]
        things = [] if what in RIGHTS and not seen else things_of(viewer, what, row["ids"][:MOST], day)
        if what not in UNTOLD or things:
            to = names.get(row["to"], "") if row["to"] else ""
            count = len(things) if what in UNTOLD else row["count"]
            registers.append(Register(label_of(what), names.get(row["from"], ""), to, count, things))
    return registers


def things_of(viewer: Person, what: str, ids: Collection[int], day: date) -> list[Thing]:
    """The rows of one sort with these ids, as far as `viewer` may see them."""
    if what in PRACTICES:
        return PRACTICES[what](viewer, ids)
    seen = seen_among(viewer, ids) if what == "units_below" else set()
    return [
        Thing(words, reverse("unit_detail", args=[pk]) if pk in seen else "")
        for pk, words in rows_named(what, ids, day).items()
    ]
