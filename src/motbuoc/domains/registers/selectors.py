"""Reads of the registers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, FilteredRelation, Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.states import READABLE
from motbuoc.domains.registers.models import Incoming, Number, Outgoing, RoutingNote, Series, Term, Urging
from motbuoc.domains.registers.states import BEFORE_RELEASE, TRANSITIONS, OutgoingState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitsOn, known_on
from vanban.text import fold

DOCUMENT_CLASS = Coalesce("document__classification", "classification")
"""The class of the document that a line is about, of the line itself where there is none."""
CLASSES = ("classification", "document_class")
"""Both must be open to whoever sees a line: a document may have been made narrower since it was entered."""
HEAVY = ("document__text", "document__reading", "document__layout")


def _within(units: tuple[int, ...], wide: bool) -> Q:
    return policy.holds("unit", units, clock.today(), wide=wide)


def outgoing_for(viewer: Person) -> QuerySet[Outgoing]:
    """The outgoing documents `viewer` may see: drafts where they keep the registers, others where
    they see these.
    """
    keeping = policy.cleared(policy.sight(viewer, Action.REGISTER_DOCUMENT), _within, *CLASSES)
    seeing = policy.cleared(policy.sight(viewer, Action.VIEW_REGISTER), _within, *CLASSES)
    found = Outgoing.objects.annotate(document_class=DOCUMENT_CLASS)
    found = found.filter(keeping | (seeing & ~Q(state__in=BEFORE_RELEASE)))
    return found.select_related("drafted_by", "number__series", "file", "signed", "document__unit").defer(*HEAVY)


def incoming_for(viewer: Person) -> QuerySet[Incoming]:
    """The lines of incoming books that `viewer` may see, the latest first."""
    seen = policy.cleared(policy.sight(viewer, Action.VIEW_REGISTER), _within, *CLASSES)
    found = Incoming.objects.annotate(document_class=DOCUMENT_CLASS).filter(seen)
    found = found.select_related("series", "document", "file", "registered_by").defer(*HEAVY)
    return found.order_by("-arrived_on", "-series", "-number")


def lines_of(viewer: Person, document: Document) -> QuerySet[Incoming]:
    """The lines of incoming books about a document that `viewer` may see, but for those struck out."""
    return incoming_for(viewer).filter(document=document, is_struck=False).order_by("pk")


def routed_from(viewer: Person, document_id: int) -> Incoming | None:
    """The line whose routing note became a document, if `viewer` may see it."""
    return incoming_for(viewer).filter(notes__document=document_id).first()


def tasks_of_notes(viewer: Person, notes: Iterable[RoutingNote]) -> dict[int, list[Any]]:
    """The tasks that `viewer` may see of each note that was given (by the note's id), by name of the unit."""
    given = {note.document_id: note.pk for note in notes if note.document_id}
    found: dict[int, list[Any]] = {}
    if given:
        for task in assignments_for(viewer).filter(document__in=given).order_by("unit_name", "pk"):
            found.setdefault(given[task.document_id], []).append(task)
    return found


def is_to_enter(viewer: Person, document: Document) -> bool:
    """Whether a unit that gave `viewer` its registers has not entered a document yet that is not its own paper."""
    units = set(policy.granted_units(viewer, Action.REGISTER_DOCUMENT))
    if not units:
        return False
    entered = Incoming.objects.filter(document=document, is_struck=False, unit__in=units)
    taken = set(entered.values_list("unit_id", flat=True))
    own = {document.unit_id} if document.state in READABLE else set()
    return bool(units - taken - own)


def with_units(rows: Any, on: date) -> Any:
    """The rows, each with `unit_name`: the short name of its unit on the day."""
    dated = FilteredRelation("unit__versions", condition=known_on(on, "unit__versions__"))
    return rows.annotate(dated=dated, unit_name=F("dated__short_name"))


def found_by(rows: Any, words: str) -> Any:
    """The rows in whose `folded` column each of the words stands; marks and capitals aside."""
    for word in words.split():
        rows = rows.filter(folded__contains=fold(word))
    return rows


def outgoing_steps_for(viewer: Person, outgoing: Outgoing) -> list[Transition]:
    """The steps `viewer` may take on an outgoing document now."""
    return [
        step
        for step in steps_from(TRANSITIONS, outgoing.state)
        if policy.may_on(viewer, Action(step.action), outgoing.unit_id)
        and (step.name != "approve" or may_approve(viewer, outgoing))
    ]


def may_approve(person: Person, outgoing: Outgoing) -> bool:
    """Whether nothing but the drafter's own hand stands against it: two people look at what a unit says, unless
    the installation serves units so small that one person is all there is (`APPROVE_OWN_DRAFT`)."""
    return bool(settings.APPROVE_OWN_DRAFT) or outgoing.drafted_by_id != person.pk


def units_kept_by(viewer: Person, action: Action = Action.REGISTER_DOCUMENT) -> UnitsOn:
    """The units whose registers `viewer` may keep (or `action` on), by name; those in force today."""
    today = clock.today()
    return Unit.objects.on(today).filter(pk__in=policy.reach(viewer, action)).order_by("name", "pk")


def own_units(viewer: Person, action: Action = Action.REGISTER_DOCUMENT) -> list[Any]:
    """The units on which `viewer` themselves was given the right, by name: where their desk stands."""
    granted = policy.granted_units(viewer, action)
    return list(Unit.objects.on(clock.today()).filter(pk__in=granted).order_by("name", "pk"))


def numbers_for(viewer: Person) -> QuerySet[Number]:
    """The numbers kept free and cancelled of outgoing series in sight of `viewer`, the latest first."""
    seen = policy.within_reach(viewer, Action.VIEW_REGISTER, "series__unit")
    rows = Number.objects.filter(seen).exclude(state=Number.State.USED).select_related("series", "taken_by")
    return rows.order_by("-taken_at", "-pk")


def free_numbers_for(viewer: Person, outgoing: Outgoing) -> list[Number]:
    """The numbers kept free that the release of an outgoing document can use, the smallest first."""
    rows = numbers_for(viewer).filter(
        state=Number.State.RESERVED, series__unit=outgoing.unit_id, series__type__in=("", outgoing.type)
    )
    return list(rows.order_by("number")[:50])


def series_for(viewer: Person) -> QuerySet[Series]:
    """The series of books in sight of `viewer`, the latest first."""
    seen = policy.within_reach(viewer, Action.VIEW_REGISTER, "unit")
    return Series.objects.filter(seen).select_related("term").order_by("-since", "book", "type", "pk")


def terms_for(viewer: Person) -> QuerySet[Term]:
    """The terms of units in sight of `viewer`, the latest first."""
    return Term.objects.filter(policy.within_reach(viewer, Action.VIEW_REGISTER, "unit"))


def late_for(viewer: Person) -> Any:
    """The assignments overdue today that `viewer` may decide on, the longest overdue first: whom to urge."""
    rows = assignments_for(viewer).filter(lateness=Lateness.OVERDUE, submitted_on=None)
    mine = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit")
    return rows.filter(mine).order_by("due_on", "unit_name", "pk")


def may_urge(viewer: Person, unit_id: int) -> bool:
    """Whether `viewer` may urge in the name of a unit: was given its directives and its registers."""
    both = (Action.DECIDE_ASSIGNMENT, Action.REGISTER_DOCUMENT)
    return all(unit_id in policy.granted_units(viewer, action) for action in both)


@dataclass(frozen=True)
class Urged:
    """That a unit was urged, and what came of it: "done" or "heard" within `URGING_DAYS` days, "nothing" or still
    "waiting"."""

    urging: Any
    outcome: str


def urgings_for(viewer: Person) -> Any:
    """Who was urged, by letters that were sent, the latest first; each with `unit_name`."""
    seen = policy.cleared(
        policy.sight(viewer, Action.VIEW_ASSIGNMENT),
        lambda units, wide: policy.holds("unit", units, clock.today(), wide=wide),
        "assignment__document__classification",
    )
    rows = Urging.objects.filter(seen, outgoing__state=OutgoingState.DISPATCHED)
    rows = rows.select_related("outgoing", "assignment__duty", "assignment__document")
    rows = rows.defer("assignment__document__text", "assignment__document__reading", "outgoing__text")
    return with_units(rows, clock.today()).order_by("-outgoing__sent_at", "unit_name", "pk")


def last_urged(viewer: Person, unit_ids: Iterable[int]) -> dict[int, datetime]:
    """When the last letter that urged each of the units was sent; units that were not urged are left out."""
    rows = urgings_for(viewer).filter(unit__in=list(unit_ids)).order_by()
    return dict(rows.values_list("unit_id").annotate(last=Max("outgoing__sent_at")))


def outcomes_of(urgings: Any, today: date) -> list[Urged]:
    """What came of each urging by today."""
    return [Urged(row, _outcome(row, row.assignment, today)) for row in urgings]


def _outcome(urging: Urging, assignment: Assignment, today: date) -> str:
    assert urging.outgoing.sent_at
    sent = timezone.localdate(urging.outgoing.sent_at)
    until = sent + timedelta(days=settings.URGING_DAYS)
    if assignment.submitted_on and sent <= assignment.submitted_on <= until:
        return "done"
    if sent <= assignment.news_on <= until and assignment.news_on != sent:
        return "heard"
    return "waiting" if today <= until else "nothing"
