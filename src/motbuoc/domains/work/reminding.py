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
from django.db.models import Max, Q
from django.utils import timezone

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment, Entry, Request
from motbuoc.domains.work.prerequisites import released_among, waiting_among
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
TOLD_WITHIN = timedelta(days=370)  # of a decision: the longest rung, MOST_DAYS working days, lies within

OCCASIONS: dict[str, tuple[Occasion, ...]] = {
    S.ASSIGNED: (Occasion.ASSIGNED, Occasion.NOT_ACKNOWLEDGED, Occasion.BEFORE_DUE, Occasion.AFTER_DUE),
    S.ACKNOWLEDGED: (Occasion.BEFORE_DUE, Occasion.AFTER_DUE, Occasion.QUIET),
    S.IN_PROGRESS: (Occasion.BEFORE_DUE, Occasion.AFTER_DUE, Occasion.QUIET),
    S.RETURNED: (Occasion.RETURNED, Occasion.BEFORE_DUE, Occasion.AFTER_DUE),
    S.SUBMITTED: (Occasion.WAITING,),
    S.QUESTIONED: (Occasion.QUESTIONED,),
}
"""What somebody may be told of in each state; in a state that is not here, nothing."""

PATIENT = (Occasion.NOT_ACKNOWLEDGED, Occasion.AFTER_DUE, Occasion.RETURNED, Occasion.QUIET)
"""Where the patience with a kind of unit counts: it never makes a reminder before the due day later."""

AT_EASE = (Occasion.BEFORE_DUE, Occasion.AFTER_DUE, Occasion.QUIET)
"""What nobody is told of while the work waits for another: it cannot be late (`standing.overdue`)."""

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
    "monitor_id",
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
    monitor: int | None


class Falling(NamedTuple):
    """A rung that falls on `day`, counted from `since`; `turn`: the entry that made it somebody's turn, if any."""

    day: date
    since: date
    step: Step
    turn: int = 0


class Turn(NamedTuple):
    """That it became somebody's turn on a day, by an entry."""

    on: date
    entry: int


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
        self.people.load(units | {row.monitor for row in rows if row.monitor}, {row.issuer for row in rows})
        if new := units - self._kinds.keys():
            self._kinds |= dict.fromkeys(new, "") | kinds_of(new, self.today)

    def _look_at(self, rows: list[Watched]) -> None:
        turns, asked, notices = turns_of(rows), asked_about(rows, self.today), list[News]()
        waiting, released = waiting_among(row.pk for row in rows), released_among(row.pk for row in rows)
        next_looks: dict[date | None, list[int]] = defaultdict(list)
        beyond: list[int] = []
        for row in rows:
            try:
                falling = list(self._falling(row, turns.get(row.pk), released.get(row.pk)))
                if row.pk in waiting:
                    falling = [one for one in falling if one.step.occasion not in AT_EASE]
                notices += list(self._notices(row, falling))
                for request in asked.get(row.pk, ()):
                    rungs = list(falling_of_request(request, self.book.of(row.issuer), self.days))
                    notices += list(self._notices(row, rungs, "request", request.pk))
                    falling += rungs
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

    def _falling(self, row: Watched, turn: Turn | None, released_on: date | None) -> Iterator[Falling]:
        ladder, kind = self.book.of(row.issuer), self._kinds[row.unit]
        return falling(row, ladder, self.days, kind=kind, turn=turn, released_on=released_on)

    def _notices(
        self, row: Watched, falling: list[Falling], object_type: str = "assignment", object_id: int = 0
    ) -> Iterator[News]:
        """One for each person and object: the newest rung that has come since the last look."""
        since = (row.looked_on or row.assigned_on) - clock.ONE_DAY  # what came later on that day, too
        come = [one for one in falling if since < one.day <= self.today or one.day == self.today]
        told: dict[int, Falling] = {}
        for one in sorted(come, key=lambda one: one.day):
            meant = (one.step.recipient, row.unit, row.issuer, row.classification, row.monitor)
            for person in self.people.of(*meant):
                told[person] = one
        for person, one in told.items():
            yield self._notice(row, person, one, object_type, object_id or row.pk)

    def _notice(self, row: Watched, person: int, one: Falling, object_type: str, object_id: int) -> News:
        return News(
            person=person,
            occasion=one.step.occasion,
            since=one.since,
            object_type=object_type,
            object_id=object_id,
            unit=row.unit,
            reach=one.step.reach,
            key=_key(one, f"{object_type}/{object_id}", person),
        )


def _key(one: Falling, about: str, person: int) -> str:
    turn = f"/{one.turn}" if one.turn else ""
    return f"{about}/{one.step.occasion}/{one.step.days}/{one.since.isoformat()}{turn}/{person}"


def falling(
    row: Watched,
    ladder: Steps,
    days: Days,
    *,
    kind: str = "",
    turn: Turn | None = None,
    released_on: date | None = None,
) -> Iterator[Falling]:
    """Every rung of `ladder` for an assignment as it is now, past or to come, with the day it falls on.

    `released_on`: when the last thing it waited for was done; rungs after its due day count from there at least.
    """
    patience = int(ladder.patience.get(kind, 0))
    for occasion in OCCASIONS.get(row.state, ()):
        since = _since(row, occasion, turn.on if turn else None)
        if since is None:
            continue
        for step in ladder.by_occasion.get(occasion, ()):
            if occasion == Occasion.BEFORE_DUE:
                day = days.before(since, step.days)
            else:
                start = max(since, released_on or since) if occasion == Occasion.AFTER_DUE else since
                day = days.after(start, step.days + (patience if occasion in PATIENT else 0))
            yield Falling(day, since, step, turn.entry if turn and occasion in TURNED else 0)


class Asked(NamedTuple):
    """What the sweep reads of a request: since `on` it waits for a decision, or is decided."""

    pk: int
    on: date
    is_open: bool


def asked_about(rows: list[Watched], today: date) -> dict[int, list[Asked]]:
    """What was asked about each of those: what waits for a decision, and what was decided lately."""
    lately = Q(state__in=(Request.State.GRANTED, Request.State.REFUSED), decided_on__gt=today - TOLD_WITHIN)
    found: dict[int, list[Asked]] = defaultdict(list)
    requests = Request.objects.filter(
        lately | Q(state=Request.State.OPEN), assignment__in=[row.pk for row in rows]
    )
    for pk, assignment, asked_on, decided_on in requests.order_by("pk").values_list(
        "pk", "assignment_id", "asked_on", "decided_on"
    ):
        found[assignment].append(Asked(pk, decided_on or asked_on, decided_on is None))
    return found


def falling_of_request(request: Asked, ladder: Steps, days: Days) -> Iterator[Falling]:
    """Every rung of `ladder` for a request as it is now, past or to come."""
    for step in ladder.by_occasion.get(Occasion.REQUESTED if request.is_open else Occasion.DECIDED, ()):
        yield Falling(days.after(request.on, step.days), request.on, step)


def _since(row: Watched, occasion: Occasion, turned_on: date | None) -> date | None:
    """The day from which the rungs of an occasion count; None: there is no such day."""
    if occasion in (Occasion.BEFORE_DUE, Occasion.AFTER_DUE):
        return row.due_on
    if occasion == Occasion.ASSIGNED:
        return row.assigned_on
    if occasion == Occasion.NOT_ACKNOWLEDGED:
        return row.news_on  # the day it was given, or resumed before anybody acknowledged it
    if occasion == Occasion.WAITING:
        return turned_on or row.submitted_on  # answered: it waits anew
    if occasion in (Occasion.RETURNED, Occasion.QUESTIONED):
        return turned_on
    if row.time_kind not in (TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT):
        return None
    return row.news_on + timedelta(days=settings.QUIET_DAYS + 1)


TURNS = {S.RETURNED: ("return", "reopen"), S.QUESTIONED: ("ask",), S.SUBMITTED: ("submit", "answer")}
"""The steps that left it to the one whose turn it is, by state."""


TURNED = (Occasion.RETURNED, Occasion.QUESTIONED, Occasion.WAITING)
"""What is told anew each time it is somebody's turn again, also twice on one day."""


def turns_of(rows: list[Watched]) -> dict[int, Turn]:
    """When it became somebody's turn: as each was last returned, opened again, asked about or answered."""
    found: dict[int, Turn] = {}
    for state, steps in TURNS.items():
        if ids := [row.pk for row in rows if row.state == state]:
            taken = Entry.objects.filter(assignment__in=ids, step__in=steps).order_by()
            last = taken.values_list("assignment_id").annotate(at=Max("written_at"), entry=Max("pk"))
            found |= {pk: Turn(timezone.localdate(at), entry) for pk, at, entry in last}
    return found


def look_again(unit: Unit) -> None:
    """Let the sweep look today at all open work of documents of a unit and of those below it."""
    below = UnitClosure.objects.filter(in_force(clock.today()), ancestor=unit.pk)
    watched = Assignment.objects.exclude(state__in=CLOSED)
    watched.filter(document__unit__in=below.values("descendant")).update(look_on=clock.today())


LOOK_AGAIN.append(look_again)
