"""Reads of the tracker."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.inbox import INBOX, Narrowing, given_to, named, visible
from motbuoc.domains.work.models import Assignment, Entry, Evidence, HandOver, Issuing, Request
from motbuoc.domains.work.parts import ORDER, in_parts
from motbuoc.domains.work.practices import place_of
from motbuoc.domains.work.prerequisites import waiting_by
from motbuoc.domains.work.standing import (
    Horizon,
    Standing,
    WithLateness,
    lateness,
    standing_of,
    stood,
)
from motbuoc.domains.work.states import CLOSED, HANDED_IN, TRANSITIONS, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.transitions import Transition, steps_from
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from vanban.text import fold

S = AssignmentState
HEAVY = ("document__text", "document__reading")  # read when asked for, never for a list


def assignments_for(viewer: Person) -> WithLateness:
    """The assignments of units in reach of `viewer`, or supported by one; each with `unit_name` and `lateness`."""
    return _seen_by(viewer, Horizon.on(clock.today()))


def _seen_by(viewer: Person, days: Horizon) -> WithLateness:
    rows = visible(*policy.sight(viewer, Action.VIEW_ASSIGNMENT), days.today).annotate(lateness=lateness(days))
    return named(rows, days.today).select_related("duty", "document", "provision").defer(*HEAVY)


def inbox_for(viewer: Person, tab: str = "owed", narrowing: Narrowing | None = None) -> WithLateness:
    """The same assignments as `listing.tasks_for`, in the same order, as they are in the tables."""
    days = Horizon.on(clock.today())
    rows = _seen_by(viewer, days).filter(INBOX[tab], (narrowing or Narrowing()).condition(days.today))
    return in_parts(rows, days).order_by(*ORDER)


def owed_by(viewer: Person) -> WithLateness:
    """What is still owed by the units for which `viewer` works, the most urgent first."""
    return inbox_for(viewer).filter(policy.within_reach(viewer, Action.WORK_ON_ASSIGNMENT, "unit"))


def owes(column: str = "unit") -> Q:
    """The condition that the unit in `column` owes something; asked of each, along the index of a unit's own."""
    still_open = [state for state in S if state not in (*CLOSED, S.SUSPENDED)]
    return Q(Exists(Assignment.objects.filter(unit=OuterRef(column), state__in=still_open).order_by()))


def waiting_for(viewer: Person) -> WithLateness:
    """The results `viewer` decides on, but their own; the oldest first. Requests: `asked.requests_to_decide`."""
    mine_to_decide = policy.within_reach(viewer, Action.DECIDE_ASSIGNMENT, "document__unit")
    rows = assignments_for(viewer).filter(mine_to_decide, state=S.SUBMITTED)
    return rows.exclude(submitted_by=viewer).order_by("submitted_on", "pk")


def steps_for(viewer: Person, assignment: Assignment) -> list[Transition]:
    """The steps `viewer` may take on the assignment now; the guard and the buttons are drawn from here."""
    allowed = {
        action
        for action in (Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT)
        if policy.may_on(viewer, action, asked_on(action, assignment))
    }
    place = place_of(assignment.pk)
    elsewhere = place.practice.steps if place else frozenset()
    return [
        step
        for step in steps_from(TRANSITIONS, assignment.state)
        if step.action in allowed
        and step.name not in elsewhere
        and (step.name != "accept_period" or goes_on(assignment))
        and not (on_result(step, assignment) and assignment.submitted_by_id == viewer.pk)
    ]


def asked_on(action: str, assignment: Assignment) -> int:
    """The unit on which a step's action is asked: decisions on the one that issued, work on the one that owes."""
    return assignment.document.unit_id if action == Action.DECIDE_ASSIGNMENT else assignment.unit_id


def on_result(step: Transition, assignment: Assignment) -> bool:
    """Whether it decides on what was submitted, which whoever submitted it may not do."""
    return step.action == Action.DECIDE_ASSIGNMENT and (step.asks != "grounds" or assignment.state in HANDED_IN)


def open_question(assignment: Assignment, entries: Iterable[Entry]) -> Entry | None:
    """The question about the result that waits for the unit's answer, of its `entries`, the oldest first."""
    if assignment.state != S.QUESTIONED:
        return None
    return next((entry for entry in reversed(list(entries)) if entry.step == "ask"), None)


def goes_on(assignment: Assignment) -> bool:
    """Whether accepting leads to a next period: periodic, with a cycle and a due day to count from."""
    return assignment.time_kind == TimeKind.PERIODIC and bool(assignment.cycle and assignment.due_on)


def requests_of(assignment: Assignment) -> QuerySet[Request]:
    """What was asked about an assignment, oldest first; for whoever may see it."""
    return assignment.requests.select_related("asked_by", "decided_by", "assignment__document")


def evidence_for(viewer: Person) -> QuerySet[Evidence]:
    """The evidence of assignments that `viewer` may see, as far as its own class may be seen there too."""
    today = clock.today()
    found = policy.cleared(
        policy.sight(viewer, Action.VIEW_ASSIGNMENT),
        lambda units, wide: given_to(units, wide, today, "entry__assignment__"),
        "classification",
        "entry__assignment__document__classification",
    )
    return Evidence.objects.filter(found).select_related("file", "entry__assignment")


def entries_for(viewer: Person, assignment: Assignment) -> QuerySet[Entry]:
    """What was written at each step of an assignment, oldest first, with figures and what evidence they see."""
    evidence = Prefetch("evidence", evidence_for(viewer))
    return assignment.entries.select_related("written_by").prefetch_related(evidence, "figures")


def supporters_of(assignment: Assignment) -> list[str]:
    """The names of the units that support an assignment, as of today."""
    units = Unit.objects.on(clock.today()).filter(supported_assignments=assignment)
    return list(units.order_by("name").values_list("name", flat=True))


def monitor_of(assignment: Assignment) -> str:
    """The name of the unit that tracks an assignment, "" where none does."""
    units = Unit.objects.known_by(clock.today()).filter(pk=assignment.monitor_id)
    return units.values_list("name", flat=True).first() or "" if assignment.monitor_id else ""


def directives_for(viewer: Person) -> QuerySet[Document]:
    """The issued documents that `viewer` may read, the latest issued first, without their texts."""
    issued = documents_for(viewer).filter(state=DocumentState.ISSUED)
    return issued.defer("text", "reading").order_by("-released_at", "-pk")


def stood_on(document: Document, day: date) -> list[tuple[Any, Standing]]:
    """Every assignment of a directive given by `day`, with how it stood at the end of that day, by unit name.

    Units are those that owed it on that day, with their names of then.
    """
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    entries = Entry.objects.filter(assignment__document=document, written_at__lt=until)
    steps: dict[int, list[tuple[str, date]]] = {}
    for pk, name, at in entries.order_by("written_at", "pk").values_list("assignment_id", "step", "written_at"):
        steps.setdefault(pk, []).append((name, timezone.localdate(at)))
    moved, corrected = _extensions(document, day), _corrections(document, day)
    waiting = waiting_by(document, until)
    given = list(Assignment.objects.filter(document=document, assigned_on__lte=day))
    owners = _owners(document, day)
    for row in given:
        row.unit_id = owners.get(row.pk, row.unit_id)
    names = dict(
        Unit.objects.known_by(day).filter(pk__in={row.unit_id for row in given}).values_list("pk", "name")
    )
    for row in given:
        row.unit_name = names[row.unit_id]  # type: ignore[attr-defined]
    given.sort(key=lambda row: (fold(names[row.unit_id]), row.pk))
    return [
        (
            row,
            stood(
                row,
                steps.get(row.pk, ()),
                moved.get(row.pk, ()),
                corrected.get(row.pk, ()),
                is_waiting=row.pk in waiting,
            ),
        )
        for row in given
    ]


def _extensions(document: Document, day: date) -> dict[int, list[tuple[date, date]]]:
    """The extensions granted by `day`, by assignment: on which day, until which."""
    granted = Request.objects.filter(
        assignment__document=document, decided_on__lte=day, granted_on__isnull=False
    ).order_by("decided_on", "pk")
    found: dict[int, list[tuple[date, date]]] = {}
    rows: Any = granted.values_list("assignment_id", "decided_on", "granted_on")
    for pk, on, until in rows:
        found.setdefault(pk, []).append((on, until))
    return found


def _corrections(document: Document, day: date) -> dict[int, list[tuple[date, date, date]]]:
    """What was counted anew by `day`, by assignment: on which day, what the rule gave, the due day."""
    found: dict[int, list[tuple[date, date, date]]] = {}
    made = Correction.objects.filter(assignment__document=document, made_on__lte=day).order_by("pk")
    rows = made.values_list("assignment_id", "made_on", "counted_after", "due_after")
    for pk, on, counted, due in rows:
        found.setdefault(pk, []).append((on, counted, due))
    return found


def corrections_of(assignment: Assignment) -> QuerySet[Correction]:
    """How often its day was counted anew over a corrected calendar, oldest first; for whoever may see it."""
    return assignment.corrections.select_related("change", "made_by")


def _owners(document: Document, day: date) -> dict[int, int]:
    """Who owed on `day` what was handed over after it, by assignment: the source of the first hand-over since."""
    later = HandOver.objects.filter(assignment__document=document, on__gt=day).order_by("-on", "-pk")
    return dict(later.values_list("assignment_id", "source_id"))


def classes_seen_on(viewer: Person, unit_id: int) -> list[str]:
    """The classes of documents whose assignments `viewer` may see on a unit."""
    return [
        value
        for value in Classification.values
        if policy.below(policy.granted_for(viewer, Action.VIEW_ASSIGNMENT, value), clock.today())
        .filter(descendant=unit_id)
        .exists()
    ]


def figures_of(unit_id: int, start: date, end: date, classes: Collection[str]) -> dict[str, int]:
    """The assignments of a unit (not of those below it) in the days from `start` to `end`: given, done, on time.

    What was cancelled since counts nowhere.

    Given counts on the day it was assigned, for the unit it was given to. Done counts on the day it was accepted,
    for the unit that owed it then; what was handed over open is the successor's from there on. So along a lineage
    each counts once. On time: handed in by its due day, or without one; `on_time_first` counts of these what came
    by its first due day too, later by the days on which the work stood still or as the calendar was corrected. Of
    documents of `classes` only.
    """
    seen = Assignment.objects.filter(document__classification__in=classes)
    given = seen.filter(given_to=unit_id, assigned_on__range=(start, end)).exclude(state=S.CANCELLED)
    done = seen.filter(unit=unit_id, state=S.ACCEPTED, accepted_on__range=(start, end))
    punctual = Q(due_on__isnull=True) | Q(submitted_on__lte=F("due_on"))
    counts = done.aggregate(done=Count("pk"), on_time=Count("pk", filter=punctual))
    later = done.filter(
        punctual, submitted_on__gt=F("first_due_on"), requests__granted_on__isnull=False
    ).distinct()
    saved = sum(
        standing_of(row, row.entries.all(), row.requests.all(), row.corrections.all()).is_saved_by_extension()
        for row in later.distinct().prefetch_related("entries", "requests", "corrections")
    )
    return {"given": given.count(), **counts, "on_time_first": counts["on_time"] - saved}


def handed_to(assignment: Assignment) -> list[tuple[HandOver, str]]:
    """Every hand-over of an assignment, the first first, with the name its giver bore on the day before."""
    rows = list(assignment.handed_over.all())
    return [(row, _name_before(row)) for row in rows]


def _name_before(row: HandOver) -> str:
    known = Unit.objects.known_by(row.on - clock.ONE_DAY).filter(pk=row.source_id)
    return known.values_list("name", flat=True).first() or ""


def issuings_under_way() -> list[int]:
    """The ids of the directives that are being given to their units in the background."""
    return list(Issuing.objects.filter(state=Issuing.State.RUNNING).order_by("pk").values_list("pk", flat=True))


def issuing_of(document: Document) -> Issuing | None:
    """How far a great directive is on its way, for whoever may see the document; None if it was issued at once."""
    return Issuing.objects.filter(document=document).defer("units", "addressed").first()


def document_of(issuing_id: int) -> int:
    """The id of the directive that is given to its units in the background."""
    return Issuing.objects.values_list("document_id", flat=True).get(pk=issuing_id)
