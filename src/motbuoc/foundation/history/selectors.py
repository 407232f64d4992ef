"""Reads of the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.history.sights import acts_in_sight, in_sight, in_sight_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

FEW = 20  # units whose lines are quicker found by unit than by leafing through all
MANY = 200  # people or units that one word may mean


def length_of_history() -> int:
    """How many lines there are."""
    return HistoryHead.objects.filter(pk=1).values_list("count", flat=True).first() or 0


def writes_so_far() -> int:
    """How many lines tell of a write: who sees the same number twice knows that nothing was written meanwhile."""
    return HistoryHead.objects.filter(pk=1).values_list(F("count") - F("looks"), flat=True).first() or 0


def history_of(
    viewer: Person, object_type: str, object_id: int, classification: str = Classification.NORMAL
) -> QuerySet[HistoryLine]:
    """The lines about one object that `viewer` may see, oldest first; `classification` is the object's class now.

    A line never changes, but the class of what it tells of does: so the class is asked of the object.
    """
    units = policy.granted_for(viewer, Action.VIEW_HISTORY, classification)
    lines = HistoryLine.objects.filter(object_type=object_type, object_id=object_id)
    seen = lines.filter(unit__in=policy.below(units, clock.today()))
    seen = seen.filter(acts_in_sight(viewer, object_type))
    return seen.select_related("actor", "position", "personal").order_by("pk")


@dataclass(frozen=True)
class Narrowing:
    """Which lines are asked for; empty means all. `person` and `unit` are parts of names, days are inclusive.

    `before`: only lines older than the one of this number, to leaf through them.
    """

    action: str = ""
    person: str = ""
    unit: str = ""
    object_type: str = ""
    object_id: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None


def lines_for(viewer: Person, asked: Narrowing) -> QuerySet[HistoryLine]:
    """Those of the lines asked for that `viewer` may see, newest first; never counted, so a million is cheap."""
    return _newest_first(_narrowed(_in_reach(viewer).filter(in_sight(viewer)), asked))


def own_acts_since(viewer: Person, object_type: str, action: str, since: datetime) -> QuerySet[HistoryLine, int]:
    """The ids of the objects of a kind on which `viewer` did this act since a moment: a query, to be joined."""
    lines = HistoryLine.objects.filter(actor=viewer, object_type=object_type, action=action, at__gt=since)
    return lines.order_by().values_list("object_id", flat=True)


def acts_since(viewer: Person, object_type: str, actions: Iterable[str], since: datetime) -> QuerySet[HistoryLine]:
    """The lines of others since a moment that tell of these acts on objects of a kind, and that `viewer` may see;
    newest first.
    """
    lines = _in_reach(viewer).filter(object_type=object_type, action__in=list(actions), at__gt=since)
    return _newest_first(lines.filter(in_sight_of(viewer, object_type)).exclude(actor=viewer))


def all_lines(since: date | None, until: date | None, unit: Unit | None) -> QuerySet[HistoryLine]:
    """Every line of these days, of a unit and all below it today: for whoever runs the installation."""
    lines = _narrowed(HistoryLine.objects.all(), Narrowing(since=since, until=until))
    if unit:
        lines = lines.filter(unit__in=policy.below([unit.pk], clock.today()))
    return lines.select_related("actor", "position", "personal").order_by("pk")


def unit_coded(code: str) -> Unit | None:
    """The unit with this code today."""
    found: Unit | None = Unit.objects.on(clock.today()).filter(code=code).order_by("pk").first()
    return found


def _in_reach(viewer: Person) -> QuerySet[HistoryLine]:
    """Few units are looked up by themselves; for many, the lines are leafed through and each unit looked up."""
    today = clock.today()
    units = list(islice(policy.reach(viewer, Action.VIEW_HISTORY).distinct()[: FEW + 1], FEW + 1))
    if len(units) <= FEW:
        return HistoryLine.objects.filter(unit__in=units)
    granted = policy.granted_units(viewer, Action.VIEW_HISTORY)
    seen = UnitClosure.objects.filter(in_force(today), ancestor__in=granted, descendant=OuterRef("unit"))
    return HistoryLine.objects.filter(Exists(seen))


def _narrowed(lines: QuerySet[HistoryLine], asked: Narrowing) -> QuerySet[HistoryLine]:
    if asked.action:
        lines = lines.filter(action=asked.action)
    if asked.object_type:
        lines = lines.filter(object_type=asked.object_type)
    if asked.object_id is not None:
        lines = lines.filter(object_id=asked.object_id)
    if asked.person:
        people = Person.objects.filter(full_name__icontains=asked.person)
        lines = lines.filter(actor__in=list(people.values_list("pk", flat=True)[:MANY]))
    if asked.unit:
        named = Q(name__icontains=asked.unit) | Q(short_name__icontains=asked.unit)
        units = UnitVersion.objects.filter(named).values_list("unit_id", flat=True).distinct()
        lines = lines.filter(unit__in=list(units[:MANY]))
    if asked.since:
        lines = lines.filter(at__gte=_midnight(asked.since))
    if asked.until and asked.until < date.max:
        lines = lines.filter(at__lt=_midnight(asked.until + timedelta(days=1)))
    return _older_than(lines, asked.before) if asked.before else lines


def _older_than(lines: QuerySet[HistoryLine], number: int) -> QuerySet[HistoryLine]:
    at = HistoryLine.objects.filter(pk=number).values_list("at", flat=True).first()
    if at is None:
        return lines.none()
    return lines.filter(Q(at__lt=at) | Q(at=at, pk__lt=number), at__lte=at)  # the last for the index


def _newest_first(lines: QuerySet[HistoryLine]) -> QuerySet[HistoryLine]:
    return lines.select_related("actor", "position", "personal").order_by("-at", "-pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def unit_names_of(lines: Iterable[HistoryLine]) -> dict[int, str]:
    """The short name of each line's unit on the day of the line, by the number of the line; in one query."""
    lines = list(lines)
    versions: dict[int, list[tuple[date, str]]] = {}
    known = UnitVersion.objects.filter(unit__in={line.unit_id for line in lines}).order_by("valid_from")
    for unit_id, since, name in known.values_list("unit_id", "valid_from", "short_name"):
        versions.setdefault(unit_id, []).append((since, name))
    names = {}
    for line in lines:
        day, dated = timezone.localdate(line.at), versions.get(line.unit_id, [])
        then = [name for since, name in dated if since <= day]
        names[line.pk] = then[-1] if then else dated[0][1] if dated else ""
    return names
