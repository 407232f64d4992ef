"""Due days counted anew after the working calendar was changed (decision 0026).

Only open work whose rule gives another day than before is touched. The first due day stays what was promised; what
the rule gives now is kept beside it (`Assignment.corrected_due_on`). An extension stays, days that stood still are
added again, and no day that has not passed is put into the past. Each assignment gets a line that says why
(`Correction`), one of history, and whoever works on it a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.models import Assignment, Entry, Request
from motbuoc.domains.work.moves import due_from
from motbuoc.domains.work.selectors import HEAVY
from motbuoc.domains.work.states import CLOSED, AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.notices.occasions import Occasion, Reach, Recipient
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.calendar import Calendar
from motbuoc.foundation.workdays.models import CalendarChange
from motbuoc.foundation.workdays.planning import days_of
from motbuoc.foundation.workdays.rules import Rule, explain
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.foundation.workdays.services import kept_on

BATCH = 500  # assignments in one transaction
GROUPS_AT_ONCE = 50
GROUP = ("due_count", "due_unit", "rolls", "is_before", "counted_on", "corrected_due_on", "first_due_on")


class Effect(NamedTuple):
    """How many open tasks of how many units would get another counted day."""

    tasks: int
    units: int


@dataclass(frozen=True, slots=True)
class Redated:
    """An open assignment whose rule gives another day than it did; `due_on` is what it would be due on then."""

    assignment: Assignment
    counted_before: date
    counted_on: date
    due_on: date


def counted_open() -> QuerySet[Assignment]:
    """Open work whose first due day a rule counted. What is periodic goes on by its series, and is left alone."""
    counted = Assignment.objects.filter(
        due_count__isnull=False, counted_on__isnull=False, first_due_on__isnull=False
    )
    return counted.exclude(state__in=CLOSED).exclude(time_kind=TimeKind.PERIODIC)


def effect_for(viewer: Person, planned: Calendar) -> Effect:
    """What a planned calendar would move, in figures; nothing for whoever does not keep the calendar."""
    if kept_on(viewer) is None:
        return Effect(0, 0)
    found = _ids(calendar(), planned)
    return Effect(len(found), len({unit for _pk, unit in found}))


def counted(row: Assignment, days: Calendar) -> date | None:
    """What the rule of an assignment gives over a calendar; None where nothing can be counted."""
    return _counted(row.rule, row.counted_on, days)


def _counted(rule: Rule | None, start: date | None, days: Calendar) -> date | None:
    if rule is None or start is None:
        return None
    try:
        return explain(rule, start, days).due_on
    except (OverflowError, ValueError):  # a day out of time, from which nothing can be counted
        return None


def _ids(before: Calendar, after: Calendar) -> list[tuple[int, int]]:
    """Assignments, with their units, whose rule gives another day after than before, and than they have."""
    rows = counted_open()
    return sorted(pair for some in differing(rows, after, before) for pair in some.values_list("pk", "unit_id"))


def differing(
    rows: QuerySet[Assignment], after: Calendar, before: Calendar | None = None
) -> Iterator[QuerySet[Assignment]]:
    """Those of `rows` whose rule gives another day over `after` than they have (and than over `before`), in a few
    queries: what is counted alike is counted once, however many assignments it is of.
    """
    alike = rows.order_by().values_list(*GROUP).distinct()
    groups = [group for group in alike if _differs(group, before, after)]
    for start in range(0, len(groups), GROUPS_AT_ONCE):
        yield rows.filter(reduce(or_, map(_is, groups[start : start + GROUPS_AT_ONCE]))).order_by()


def _differs(group: tuple[Any, ...], before: Calendar | None, after: Calendar) -> bool:
    count, unit, rolls, is_before, start, corrected, first = group
    rule = Rule(count, unit, rolls=rolls, is_before=is_before)
    now = _counted(rule, start, after)
    if now is None or now == (corrected or first):
        return False
    return before is None or now != _counted(rule, start, before)


def _is(group: tuple[Any, ...]) -> Q:
    columns = dict(zip(GROUP, group, strict=True))
    missing = {f"{name}__isnull": True for name, value in columns.items() if value is None}
    return Q(**{name: value for name, value in columns.items() if value is not None}, **missing)


def recount(change_id: int) -> CalendarChange:
    """Count the due days anew that hang on a change of the calendar; may be run twice or go on after it was ended.

    In the name of whoever made the change. A batch is wholly done or not begun.
    """
    change = CalendarChange.objects.select_related("year", "made_by").get(pk=change_id)
    if change.recounted_at:
        return change
    before = calendar().with_days(change.year.year, days_of(change.before))
    ids = [pk for pk, _unit in _ids(before, calendar())]
    for start in range(0, len(ids), BATCH):
        _recount_batch(change, ids[start : start + BATCH])
    made = Correction.objects.filter(change=change)
    change.moved, change.units = made.count(), made.order_by().values("assignment__unit").distinct().count()
    change.recounted_at, change.failed_at = clock.now(), None
    change.save()
    return change


def note_failure(change_id: int) -> None:
    """Say with the change that its due days could not be counted now; no act of anybody, so no line of history."""
    CalendarChange.objects.filter(pk=change_id, recounted_at=None).update(failed_at=clock.now())


@transaction.atomic
def _recount_batch(change: CalendarChange, ids: list[int]) -> None:
    # What an earlier run of this change moved is not moved by it again: a later change has its own turn.
    moved = Correction.objects.filter(change=change, assignment__in=ids).values("assignment")
    open_ones = counted_open().filter(pk__in=ids).exclude(pk__in=moved)
    rows = open_ones.select_for_update(of=("self",)).select_related("document").defer(*HEAVY)
    found = list(redated(rows.order_by("pk"), calendar()))
    write_corrections(change.made_by, found, change)


def redated(rows: Iterable[Assignment], days: Calendar) -> Iterator[Redated]:
    """Those of the assignments whose rule gives another day than they have, with what they would be due on."""
    differing = [(row, now) for row in rows if (now := counted(row, days)) and now != base_of(row)]
    ids = [row.pk for row, _now in differing]
    entries: dict[int, list[Entry]] = {}
    for entry in Entry.objects.filter(assignment__in=ids, step__in=("suspend", "resume")).order_by(
        "written_at", "pk"
    ):
        entries.setdefault(entry.assignment_id, []).append(entry)
    requests: dict[int, list[Request]] = {}
    for request in Request.objects.filter(assignment__in=ids, granted_on__isnull=False).order_by("pk"):
        requests.setdefault(request.assignment_id, []).append(request)
    for row, now in differing:
        yield _redated(row, now, entries.get(row.pk, []), requests.get(row.pk, []))


def base_of(row: Assignment) -> date:
    """The day that an assignment's rule gave when it was counted last."""
    base = row.corrected_due_on or row.first_due_on
    assert base, "only what was counted is counted anew"
    return base


def _redated(row: Assignment, now: date, entries: list[Entry], requests: list[Request]) -> Redated:
    before, due = base_of(row), row.due_on or base_of(row)
    then = due_from(now, row, entries, requests)
    if due_from(before, row, entries, requests) != due:  # something else moved it, which stays
        then = max(then, due)
    today = clock.today()
    is_in = row.state == AssignmentState.SUBMITTED and row.submitted_on
    floor = min(due, row.submitted_on or today) if is_in else min(due, today)
    return Redated(row, before, now, max(then, floor))


def write_corrections(actor: Person, rows: list[Redated], change: CalendarChange | None) -> None:
    """Give each its corrected day, with a line that says why, one of history, and a notice to who works on it.

    Whose due day stays (an extension holds it, or it may not fall into the past) is not told that it moved.

    Inside the transaction in which the rows were locked.
    """
    moved = [row for row in rows if row.assignment.due_on != row.due_on]
    acts = [_correct(actor, row, change) for row in rows]
    write_lines(actor, iter(acts))
    notify(_news([row for row in moved if row.assignment.state != AssignmentState.SUSPENDED]))


def _correct(actor: Person, row: Redated, change: CalendarChange | None) -> Act:
    fresh = row.assignment
    Correction.objects.create(
        assignment=fresh,
        change=change,
        made_by=actor,
        made_on=clock.today(),
        counted_before=row.counted_before,
        counted_after=row.counted_on,
        due_before=fresh.due_on or row.counted_before,
        due_after=row.due_on,
    )
    values: dict[str, Any] = {
        "counted_due_on": [row.counted_before.isoformat(), row.counted_on.isoformat()],
        "due_on": [fresh.due_on.isoformat() if fresh.due_on else None, row.due_on.isoformat()],
    }
    if change:
        values["basis"] = change.legal_basis
    fresh.corrected_due_on, fresh.due_on = row.counted_on, row.due_on
    fresh.version += 1
    fresh.looked_on = None  # rungs that are past on the new day have not been told
    fresh.save()
    return Act("recalculate_deadline", "assignment", fresh.pk, fresh.unit_id, values)


def _news(rows: list[Redated]) -> Iterator[News]:
    people = Recipients(clock.today())
    people.load({row.assignment.unit_id for row in rows}, {row.assignment.document.unit_id for row in rows})
    for row in rows:
        task = row.assignment
        document = task.document
        told = people.of(Recipient.OWNER, task.unit_id, document.unit_id, document.classification)
        for person in told:
            yield News(
                person=person,
                occasion=Occasion.MOVED,
                since=row.due_on,
                object_type="assignment",
                object_id=task.pk,
                unit=task.unit_id,
                reach=Reach.DIGEST,
                key=f"assignment/{task.pk}/moved/{task.version}/{person}",
            )
