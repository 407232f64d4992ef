"""How one assignment goes over the months: drawn first as an outcome, then as the steps that lead to it.

Pure: days and chances in, steps out. Nothing here knows the database.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.standing import next_due
from motbuoc.foundation.workdays.calendar import BUILT_IN

SILENCE = 45  # days without news after which the product calls a continuous duty quiet, by default


class Outcome(StrEnum):
    """How an assignment stands on the last day."""

    DONE = "done"
    DONE_LATE = "done_late"
    WAITING = "waiting"
    RETURNED = "returned"
    WORKING = "working"
    QUIET = "quiet"
    UNREAD = "unread"


# Out of a hundred assignments of an average unit, by whether their due day has passed. A unit's diligence moves
# weight from the second group (from WAITING on) to the first.
PAST_DUE = {
    Outcome.DONE: 60,
    Outcome.DONE_LATE: 20,
    Outcome.WAITING: 3,
    Outcome.RETURNED: 4,
    Outcome.WORKING: 9,
    Outcome.UNREAD: 4,
}
NOT_YET_DUE = {
    Outcome.DONE: 45,
    Outcome.DONE_LATE: 0,
    Outcome.WAITING: 10,
    Outcome.RETURNED: 5,
    Outcome.WORKING: 31,
    Outcome.QUIET: 6,
    Outcome.UNREAD: 3,
}


@dataclass(frozen=True)
class Job:
    """One assignment as the plan sees it, from the day it is given to the first day no longer lived."""

    kind: str
    due_on: date | None
    cycle: str
    start: date
    until: date
    diligence: float  # 0 to 1

    @property
    def is_past_due(self) -> bool:
        """Whether its (first) due day lies in the time lived through."""
        return self.due_on is not None and self.due_on < self.until


@dataclass(frozen=True)
class PlannedStep:
    """A step of `work.states.TRANSITIONS` on a day; `percent` where something was recorded."""

    day: date
    name: str
    percent: int | None = None


def drawn_outcome(rng: random.Random, job: Job) -> Outcome:
    """An outcome by the chances of a unit of this diligence."""
    chances = PAST_DUE if job.is_past_due else NOT_YET_DUE
    good = (Outcome.DONE, Outcome.DONE_LATE)
    weights = [
        w * (0.7 + 0.6 * job.diligence if o in good else 1.9 - 1.8 * job.diligence) for o, w in chances.items()
    ]
    return rng.choices(list(chances), weights)[0]


def planned_steps(rng: random.Random, job: Job, outcome: Outcome) -> list[PlannedStep]:
    """The steps of an assignment that comes to `outcome`, in order, each on a later day than the one before."""
    if outcome == Outcome.UNREAD:
        return []
    known = _acknowledged(rng, job)
    steps = [PlannedStep(known, "acknowledge")]
    if job.kind == TimeKind.PERIODIC:
        steps += _periods(rng, job, outcome, known)
    else:
        steps += _course(rng, job, outcome, known)
    return list(_in_order(steps, job.until))


def _in_order(steps: list[PlannedStep], until: date) -> Iterator[PlannedStep]:
    """The steps up to the last day, each moved at least to the working day after the one before."""
    last = date.min
    for step in steps:
        day = step.day if BUILT_IN.is_workday(step.day) else BUILT_IN.add_workdays(step.day, 1)
        day = day if day > last else BUILT_IN.add_workdays(last, 1)
        if day >= until:
            return
        yield PlannedStep(day, step.name, step.percent)
        last = day


def _acknowledged(rng: random.Random, job: Job) -> date:
    """Most within days, some within weeks."""
    quick = 0.55 + 0.4 * job.diligence
    roll = rng.random()
    days = rng.randint(1, 4) if roll < quick else rng.randint(5, 9) if roll < 0.95 else rng.randint(12, 26)
    return BUILT_IN.add_workdays(job.start, days)


def _course(rng: random.Random, job: Job, outcome: Outcome, known: date) -> list[PlannedStep]:
    """What happens once, between the acknowledgement and the outcome."""
    end = _handed_in(rng, job, outcome, known)
    steps = _progress(rng, known, end)
    if outcome in (Outcome.WORKING, Outcome.QUIET):
        share = max(rng.choice((60, 70, 80, 85)), *(step.percent or 0 for step in steps), 0)
        return [*steps, PlannedStep(end, "progress", share)]
    decided = BUILT_IN.add_workdays(end, rng.randint(1, 6))
    steps.append(PlannedStep(end, "submit", 100))
    if outcome == Outcome.WAITING:
        return steps
    if outcome == Outcome.RETURNED:
        return [*steps, PlannedStep(decided, "return")]
    if rng.random() < 0.19 - 0.1 * job.diligence:
        again = decided + timedelta(days=rng.randint(3, 12))
        steps += [PlannedStep(decided, "return"), PlannedStep(again, "submit", 100)]
        decided = BUILT_IN.add_workdays(again, rng.randint(1, 5))
    return [*steps, PlannedStep(decided, "accept")]


def _handed_in(rng: random.Random, job: Job, outcome: Outcome, known: date) -> date:
    """The day of the submission, or of the last news where there is none."""
    last = job.until - timedelta(days=1)
    latest = last - timedelta(days=12)
    match outcome:
        case Outcome.DONE if job.is_past_due and job.due_on:
            day = min(job.due_on - timedelta(days=rng.randint(0, 18)), latest)
        case Outcome.DONE_LATE if job.is_past_due and job.due_on:
            day = min(job.due_on + timedelta(days=rng.randint(2, 40)), latest)
        case Outcome.DONE | Outcome.DONE_LATE:
            day = latest - timedelta(days=rng.randint(0, (latest - job.start).days // 2))
        case Outcome.WAITING:
            day = last - timedelta(days=rng.randint(0, 7))
        case Outcome.RETURNED:
            day = last - timedelta(days=rng.randint(11, 24))
        case Outcome.QUIET:
            day = last - timedelta(days=SILENCE + rng.randint(3, 70))
        case _:
            day = last - timedelta(days=rng.randint(0, 35))
    return max(day, BUILT_IN.add_workdays(known, 2))


def _progress(rng: random.Random, known: date, end: date) -> list[PlannedStep]:
    """Zero to three entries between two days, their percent rising."""
    between = (end - known).days
    count = min(rng.choice((0, 1, 1, 2, 2, 3)) + (between > 150), between // 6)
    days = sorted(rng.sample(range(1, between), k=count)) if count else []
    return [
        PlannedStep(known + timedelta(days=day), "progress", min(95, round(day / between * 90 / 5) * 5 + 5))
        for day in days
    ]


def _periods(rng: random.Random, job: Job, outcome: Outcome, known: date) -> list[PlannedStep]:
    """Period after period: work, hand in around the due day, have it accepted; the outcome is that of the last."""
    steps: list[PlannedStep] = []
    begun, due = known, job.due_on
    while due and due < job.until:
        following = next_due(due, job.cycle)
        is_last = following >= job.until
        if is_last and outcome not in (Outcome.DONE, Outcome.DONE_LATE):
            return steps + _course(rng, _within(job, due), outcome, begun)
        late = rng.randint(1, 25) if rng.random() > 0.6 + 0.4 * job.diligence else -rng.randint(0, 12)
        handed_in = max(due + timedelta(days=late), BUILT_IN.add_workdays(begun, 2))
        decided = BUILT_IN.add_workdays(handed_in, rng.randint(1, 5))
        steps += _progress(rng, begun, handed_in)
        steps += [PlannedStep(handed_in, "submit", 100), PlannedStep(decided, "accept_period")]
        begun, due = decided, following
    last = job.until - timedelta(days=rng.randint(1, 20))
    return steps + (_progress(rng, begun, last) if last > begun else [])


def _within(job: Job, due: date) -> Job:
    return Job(job.kind, due, job.cycle, job.start, job.until, job.diligence)
