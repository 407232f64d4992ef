"""What the department charged to track, check and urge reads on its desk: what is late, and who was told of it.

Everything is of tasks of units in reach, as the inbox lists them; nothing tells of persons, only of units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet

from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import overdue
from motbuoc.domains.work.states import OWED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.notices.models import Delivery, DeliveryState, Notice
from motbuoc.foundation.notices.occasions import Occasion
from motbuoc.foundation.notices.posted import TROUBLED
from motbuoc.foundation.people.models import Person, Position
from motbuoc.foundation.units.models import Unit

LOOKED_BACK = timedelta(days=14)
"""How far back the desk tells of reminders."""

REMINDS = (Occasion.AFTER_DUE, Occasion.URGED)
"""What tells a unit that something of it is overdue: the ladder, or somebody who urged."""


@dataclass(frozen=True)
class LateUnit:
    """What a unit owes overdue, since when, and when its own people were last reminded of such in the app."""

    unit_id: int
    name: str
    count: int
    since: date
    reminded_at: datetime | None


@dataclass(frozen=True)
class LateItem:
    """An item of a directive that is overdue: of how many units, since when."""

    document: Document
    provision: Provision | None
    count: int
    units: int
    since: date


@dataclass(frozen=True)
class Unreached:
    """A unit whose people were sent messages of its tasks that did not arrive."""

    unit_id: int
    name: str
    count: int
    last_at: datetime


def on_desk(viewer: Person) -> QuerySet[Assignment]:
    """The tasks of units in reach of `viewer`, each if the class of its document may be seen there."""
    today = clock.today()
    seen = policy.cleared(
        policy.sight(viewer, Action.VIEW_ASSIGNMENT),
        lambda units, wide: policy.holds("unit", units, today, wide=wide),
        "document__classification",
    )
    return Assignment.objects.filter(seen)


def _late(viewer: Person) -> QuerySet[Assignment]:
    return on_desk(viewer).filter(overdue(clock.today()), state__in=OWED).order_by()


def late_unit_count(viewer: Person) -> int:
    """How many units owe something overdue."""
    return _late(viewer).aggregate(units=Count("unit", distinct=True))["units"] or 0


def late_units_for(viewer: Person, most: int) -> list[LateUnit]:
    """The units that owe most overdue, at most so many; in three queries."""
    rows: Any = _late(viewer).values_list("unit_id").annotate(count=Count("pk"), since=Min("due_on"))
    found = list(rows.order_by("-count", "since", "unit_id")[:most])
    ids = [unit for unit, _count, _since in found]
    names = _names(ids)
    notices = Notice.objects.filter(_own(), object_type="assignment", occasion__in=REMINDS, unit__in=ids)
    mine = on_desk(viewer).order_by().values("pk")
    reminded = dict(
        notices.filter(object_id__in=mine).order_by().values_list("unit_id").annotate(last=Max("made_at"))
    )
    return [LateUnit(pk, names[pk], count, since, reminded.get(pk)) for pk, count, since in found]


def late_items_for(viewer: Person, most: int) -> list[LateItem]:
    """The items that are overdue in most units, at most so many; in three queries."""
    rows: Any = _late(viewer).values_list("document_id", "provision_id")
    rows = rows.annotate(count=Count("pk"), units=Count("unit", distinct=True), since=Min("due_on"))
    found = list(rows.order_by("-count", "since", "document_id", "provision_id")[:most])
    documents = Document.objects.defer("reading", "layout").in_bulk({row[0] for row in found})
    provisions = Provision.objects.in_bulk({row[1] for row in found if row[1]})
    return [LateItem(documents[row[0]], provisions.get(row[1]), *row[2:]) for row in found]


def _reminders(viewer: Person, since: datetime) -> QuerySet[Notice]:
    mine = on_desk(viewer).order_by().values("pk")
    return Notice.objects.filter(object_type="assignment", made_at__gte=since, object_id__in=mine).order_by()


def reminded_by_channel(viewer: Person) -> dict[str, int]:
    """How many reminders of overdue tasks there were of late: in the app ("app"), and messages by each channel.

    In two queries.
    """
    since = clock.now() - LOOKED_BACK
    told = _reminders(viewer, since).filter(occasion=Occasion.AFTER_DUE)
    inside = told.filter(person=OuterRef("person"), told_at=OuterRef("told_at"))
    sent = Delivery.objects.filter(Exists(inside), made_at__gte=since, state=DeliveryState.SENT).order_by()
    return {"app": told.count(), **dict(sent.values_list("channel").annotate(count=Count("pk")))}


def _own() -> Q:
    """Notices to the unit's own people: those with a role or a position on it.

    Whoever decides on its work, or tracks it, is told of it too.
    """
    today, there = clock.today(), {"person": OuterRef("person"), "unit": OuterRef("unit")}
    granted, held = (
        Grant.objects.filter(in_force(today), **there),
        Position.objects.filter(in_force(today), **there),
    )
    return Q(Exists(granted)) | Q(Exists(held))


def messages_mark() -> tuple[object, ...]:
    """What differs as soon as a reminder was made, or a message sent or given up: no line of history tells of
    these, so a page that counts them and is remembered rests on this as well. In two queries."""
    last = Notice.objects.aggregate(last=Max("pk"))["last"]
    late = Delivery.objects.filter(made_at__gte=clock.now() - LOOKED_BACK).order_by()
    return (last, *sorted(late.values_list("state").annotate(count=Count("pk"))))


def unreached_for(viewer: Person, most: int) -> list[Unreached]:
    """The units whose people could not be reached outside the app of late, the latest first; in two queries."""
    failed = Delivery.objects.filter(person=OuterRef("person"), told_at=OuterRef("told_at"), state__in=TROUBLED)
    rows: Any = _reminders(viewer, clock.now() - LOOKED_BACK).filter(_own(), Exists(failed))
    rows = rows.values_list("unit_id")
    rows = rows.annotate(count=Count("told_at", distinct=True), last=Max("told_at"))
    found = list(rows.order_by("-last", "unit_id")[:most])
    names = _names([unit for unit, *_more in found])
    return [Unreached(pk, names[pk], count, last) for pk, count, last in found]


def _names(ids: list[int]) -> dict[int, str]:
    return dict(Unit.objects.known_by(clock.today()).filter(pk__in=ids).values_list("pk", "name"))
