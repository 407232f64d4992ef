"""The sweep: what of the tracker somebody must be told of today, and when to look next.

It reads only the assignments whose `look_on` has come, in batches; a batch is one transaction that keeps its
notices and puts `look_on` off. So it may be killed, run twice or run by two machines at once: a batch is wholly
done or not begun, two machines take different rows, and the key of a notice makes it once whatever happens. A row
whose days cannot be counted is logged and put off by a day: it stops nobody else's reminders.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.states import CLOSED, AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.notices.ladders import LOOK_AGAIN, LadderBook, Step, Steps, kinds_of
from motbuoc.foundation.notices.occasions import Occasion
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.units.models import Unit, UnitClosure
from motbuoc.foundation.workdays.selectors import calendar

logger = logging.getLogger(__name__)
S = AssignmentState
BATCH = 1000  # assignments in one transaction

OCCASIONS: dict[str, tuple[Occasion, ...]] = {
    S.ASSIGNED: (Occasion.ASSIGNED, Occasion.NOT_ACKNOWLEDGED, Occasion.BEFORE_DUE, Occasion.AFTER_DUE),
    S.ACKNOWLEDGED: (Occasion.BEFORE_DUE, Occasion.AFTER_DUE, Occasion.QUIET),
    S.IN_PROGRESS: (Occasion.BEFORE_DUE, Occasion.AFTER_DUE, Occasion.QUIET),
    S.RETURNED: (Occasion.RETURNED, Occasion.BEFORE_DUE, Occasion.AFTER_DUE),
    S.SUBMITTED: (Occasion.WAITING,),
}
"""What somebody may be told of in each state; in a state that is not here, nothing."""

PATIENT = (Occasion.NOT_ACKNOWLEDGED, Occasion.AFTER_DUE, Occasion.RETURNED, Occasion.QUIET)
"""Where the patience with a kind of unit counts: it never makes a reminder before the due day later."""

COLUMNS = (
    "pk",
    "unit_id",
    "document__unit_id",
    "document__classification",
    "state",
    "time_kind",
    "due_on",
    "assigned_on",
    "news_on",
    "submitted_on",
    "looked_on",
)


class Watched(NamedTuple):
    """What the sweep reads of an assignment."""

    pk: int
    unit: int
    issuer: int
    classification: str
    state: str
    time_kind: str
    due_on: date | None
    assigned_on: date
    news_on: date
    submitted_on: date | None
    looked_on: date | None


class Falling(NamedTuple):
    """A rung that falls on `day`, counted from `since`."""

    day: date
    since: date
    step: Step


class Days:
    """Counts working days either way, each question once."""

    def __init__(self) -> None:
        self._calendar = calendar()
        self._after: dict[tuple[date, int], date] = {}
        self._before: dict[tuple[date, int], date] = {}

    def after(self, day: date, count: int) -> date:
        """The day `count` working days after `day`."""
        if (day, count) not in self._after:
            self._after[day, count] = self._calendar.add_workdays(day, count)
        return self._after[day, count]

    def before(self, day: date, count: int) -> date:
        """The last day from which `day` is at least `count` working days away."""
        if (day, count) not in self._before:
            found = day
            while self.after(found, count) > day:
                found -= clock.ONE_DAY
            self._before[day, count] = found
        return self._before[day, count]


class Sweep:
    """One run, on one day: what it knows of ladders, people and working days is read once."""

    def __init__(self, today: date, batch: int = BATCH) -> None:
        self.today, self.size = today, batch
        self.days, self.book, self.people = Days(), LadderBook(today), Recipients(today)
        self._kinds: dict[int, str] = {}

    def run(self) -> int:
        """Look at everything whose day has come; how many assignments were looked at."""
        total = 0
        while count := self.batch():
            total += count
        return total

    @transaction.atomic
    def batch(self) -> int:
        """Look at some of them, in one transaction; how many."""
        due = Assignment.objects.filter(look_on__lte=self.today).order_by("look_on", "unit_id", "pk")
        locked = due.select_for_update(of=("self",), skip_locked=True)
        rows = [Watched(*row) for row in locked.values_list(*COLUMNS)[: self.size]]
        if rows:
            self._load(rows)
            self._look_at(rows)
        return len(rows)

    def _load(self, rows: list[Watched]) -> None:
        units = {row.unit for row in rows}
        self.people.load(units, {row.issuer for row in rows})
        if new := units - self._kinds.keys():
            self._kinds |= dict.fromkeys(new, "") | kinds_of(new, self.today)

    def _look_at(self, rows: list[Watched]) -> None:
        returned, notices = returned_on(rows), list[News]()
        next_looks: dict[date | None, list[int]] = defaultdict(list)
        beyond: list[int] = []
        for row in rows:
            try:
                falling = list(self._falling(row, returned.get(row.pk)))
                notices += list(self._notices(row, falling))
            except (ArithmeticError, ValueError, LookupError):
                logger.exception("the reminders of assignment %s cannot be counted", row.pk)
                beyond.append(row.pk)
                continue
            next_looks[min((one.day for one in falling if one.day > self.today), default=None)].append(row.pk)
        notify(notices)
        # Not marked as looked at: once its days are right, what was missed is made up for.
        Assignment.objects.filter(pk__in=beyond).update(look_on=self.today + clock.ONE_DAY)
        for day, found in next_looks.items():
            Assignment.objects.filter(pk__in=found).update(look_on=day, looked_on=self.today)

    def _falling(self, row: Watched, returned_on: date | None) -> Iterator[Falling]:
        ladder = self.book.of(row.issuer)
        return falling(row, ladder, self.days, kind=self._kinds[row.unit], returned_on=returned_on)

    def _notices(self, row: Watched, falling: list[Falling]) -> Iterator[News]:
        """One for each person and object: the newest rung that has come since the last look."""
        since = (row.looked_on or row.assigned_on) - clock.ONE_DAY  # what came later on that day, too
        come = [one for one in falling if since < one.day <= self.today or one.day == self.today]
        told: dict[int, Falling] = {}
        for one in sorted(come, key=lambda one: one.day):
            for person in self.people.of(one.step.recipient, row.unit, row.issuer, row.classification):
                told[person] = one
        for person, one in told.items():
            yield self._notice(row, person, one)

    def _notice(self, row: Watched, person: int, one: Falling) -> News:
        return News(
            person=person,
            occasion=one.step.occasion,
            since=one.since,
            object_type="assignment",
            object_id=row.pk,
            unit=row.unit,
            reach=one.step.reach,
            key=f"assignment/{row.pk}/{one.step.occasion}/{one.step.days}/{one.since.isoformat()}/{person}",
        )


def falling(
    row: Watched, ladder: Steps, days: Days, *, kind: str = "", returned_on: date | None = None
) -> Iterator[Falling]:
    """Every rung of `ladder` for an assignment as it is now, past or to come, with the day it falls on."""
    patience = int(ladder.patience.get(kind, 0))
    for occasion in OCCASIONS.get(row.state, ()):
        since = _since(row, occasion, returned_on)
        if since is None:
            continue
        for step in ladder.by_occasion.get(occasion, ()):
            if occasion == Occasion.BEFORE_DUE:
                day = days.before(since, step.days)
            else:
                day = days.after(since, step.days + (patience if occasion in PATIENT else 0))
            yield Falling(day, since, step)


def _since(row: Watched, occasion: Occasion, returned_on: date | None) -> date | None:
    """The day from which the rungs of an occasion count; None: there is no such day."""
    if occasion in (Occasion.BEFORE_DUE, Occasion.AFTER_DUE):
        return row.due_on
    if occasion == Occasion.ASSIGNED:
        return row.assigned_on
    if occasion == Occasion.NOT_ACKNOWLEDGED:
        return row.news_on  # the day it was given, or resumed before anybody acknowledged it
    if occasion == Occasion.WAITING:
        return row.submitted_on
    if occasion == Occasion.RETURNED:
        return returned_on
    if row.time_kind not in (TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT):
        return None
    return row.news_on + timedelta(days=settings.QUIET_DAYS + 1)


def returned_on(rows: list[Watched]) -> dict[int, date]:
    """When each of those that were returned or opened again was, the last time."""
    ids = [row.pk for row in rows if row.state == S.RETURNED]
    if not ids:
        return {}
    back = Entry.objects.filter(assignment__in=ids, step__in=("return", "reopen")).order_by()
    moments = back.values_list("assignment_id").annotate(last=Max("written_at"))
    return {pk: timezone.localdate(moment) for pk, moment in moments}


def look_again(unit: Unit) -> None:
    """Let the sweep look today at all open work of documents of a unit and of those below it."""
    below = UnitClosure.objects.filter(in_force(clock.today()), ancestor=unit.pk)
    watched = Assignment.objects.exclude(state__in=CLOSED)
    watched.filter(document__unit__in=below.values("descendant")).update(look_on=clock.today())


LOOK_AGAIN.append(look_again)
