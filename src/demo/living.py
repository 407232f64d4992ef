"""The eight months lived: every planned step taken on its day, by the person whose step it is."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from demo.evidence import picture
from demo.naming import Host
from demo.people import Staff
from demo.plans import Job, Outcome, PlannedStep, drawn_outcome, planned_steps
from demo.province import BaseUnit, Province
from demo.review import SETTLED
from demo.timetable import Timetable
from demo.voice import Voice
from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

# What becomes of the duties of the unit whose secretary a visitor first signs in as: something of everything.
SHOWN = {
    "study": Outcome.DONE,
    "agenda": Outcome.WORKING,
    "situation": Outcome.WAITING,
    "dialogue": Outcome.WORKING,
    "emulation": Outcome.WORKING,
    "works": Outcome.DONE_LATE,
    "democracy": Outcome.QUIET,
    "regulations": Outcome.DONE,
    "unions": Outcome.RETURNED,
    "supervision": Outcome.WAITING,
    "congress": Outcome.WORKING,
    "campaigns": Outcome.UNREAD,
    "models": Outcome.DONE,
}
ON_PAPER = "Sản phẩm là bản giấy có chữ ký, đã gửi văn thư Đảng ủy Khối"
CHARGED = "BTG"  # the department of item 7: it never rests and never falls behind
PRODUCTS = {settled.key: settled.product for settled in SETTLED}


@dataclass
class Actor:
    """A unit at work: who acts for it, how it writes, how diligent it is."""

    unit: Unit
    secretary: Person
    deputy: Person
    voice: Voice
    rng: random.Random
    diligence: float
    is_shown: bool = False
    is_charged: bool = False
    threads: list[Thread] = field(default_factory=list)


@dataclass
class Thread:
    """One assignment being worked on; `version` is that of its row after the steps taken so far."""

    assignment: Assignment
    key: str
    actor: Actor
    version: int
    returns: int = 0


@dataclass(frozen=True)
class Due:
    """A planned step with its moment, for the thread it belongs to."""

    moment: datetime
    step: PlannedStep
    thread: Thread


def actors_of(province: Province, staff: Staff, seed: int) -> list[Actor]:
    """Base units, the youth union and Ban Tuyên giáo; each draws its chances from the seed and its code."""
    office = Host("", "agency")
    hosts = [(base, base.code) for base in province.bases]
    hosts.append((BaseUnit(province.youth, "ĐK", "", office, 240), "ĐK"))
    hosts.append((BaseUnit(province.departments["BTG"], "BTG", "", office, 12), "BTG"))
    return [
        _actor(base, staff, random.Random(f"{seed} {code}"), base is province.bases[0]) for base, code in hosts
    ]


def _actor(base: BaseUnit, staff: Staff, rng: random.Random, is_shown: bool) -> Actor:
    secretary = staff.secretaries[base.unit.pk]
    return Actor(
        unit=base.unit,
        secretary=secretary,
        deputy=staff.deputies.get(base.unit.pk, secretary),
        voice=Voice(rng, base.host.sector, base.size),
        rng=rng,
        diligence=1.0 if base.code == CHARGED else rng.betavariate(2.4, 2.0),
        is_charged=base.code == CHARGED,
        is_shown=is_shown,
    )


def planned_days(
    actors: Sequence[Actor], assignments: Sequence[Assignment], keys: dict[int, str], days: Timetable
) -> Iterator[list[Due]]:
    """All steps of all assignments, day by day, each day's in order of time."""
    by_unit = {actor.unit.pk: actor for actor in actors}
    dues = [
        due
        for assignment in sorted(assignments, key=lambda a: (a.unit_id, a.duty_id))
        for due in _dues(_begun(by_unit[assignment.unit_id], assignment, keys[assignment.duty_id]), days)
    ]
    dues.sort(key=lambda due: due.moment)  # stable: equal moments stay in the order of units and duties
    for _day, group in groupby(dues, key=lambda due: due.step.day):
        yield list(group)


def _begun(actor: Actor, assignment: Assignment, key: str) -> Thread:
    actor.threads.append(Thread(assignment, key, actor, 1))
    return actor.threads[-1]


def pass_on(actor: Actor, given: Collection[int], secretary: Person, deputy: Person) -> None:
    """The actor's unit went on in another: these two act for it there, on the assignments that were `given` (ids).

    The hand-over counted as a change of each of these, and of no other.
    """
    actor.secretary, actor.deputy = secretary, deputy
    for thread in actor.threads:
        thread.version += thread.assignment.pk in given


def _dues(thread: Thread, days: Timetable) -> Iterator[Due]:
    assignment, actor = thread.assignment, thread.actor
    job = Job(
        assignment.time_kind,
        assignment.due_on,
        assignment.cycle,
        assignment.assigned_on,
        days.until,
        actor.diligence,
    )
    for step in planned_steps(actor.rng, job, _outcome(thread, job)):
        yield Due(_moment(actor.rng, step), step, thread)


def _outcome(thread: Thread, job: Job) -> Outcome:
    if thread.actor.is_shown:
        return SHOWN[thread.key]
    if thread.actor.is_charged:
        return Outcome.DONE if job.kind == TimeKind.PERIODIC else Outcome.WORKING
    return drawn_outcome(thread.actor.rng, job)


def _moment(rng: random.Random, step: PlannedStep) -> datetime:
    """A minute within office hours of the step's day."""
    start = time(7, 30) if rng.random() < 0.6 else time(13, 30)
    day = timezone.make_aware(datetime.combine(step.day, start))
    return day + timedelta(seconds=rng.randint(0, 3 * 3600 + 1200))


@transaction.atomic
def live(dues: Sequence[Due], officers: Sequence[Person]) -> None:
    """Take the steps of one day."""
    for due in dues:
        with clock.living_at(due.moment):
            _take(due, officers)


def _take(due: Due, officers: Sequence[Person]) -> None:
    thread, step = due.thread, due.step
    actor = thread.actor
    is_ours = step.name in ("acknowledge", "progress", "submit")
    person = _hand(actor, step) if is_ours else actor.rng.choice(officers)
    files = _files(thread, step) if is_ours else []
    on_paper = Product(why_none=ON_PAPER) if step.name == "submit" and not files else Product()
    take_step(
        actor=person,
        assignment=thread.assignment,
        version=thread.version,
        name=step.name,
        text=_text(thread, step),
        percent=step.percent,
        figures=actor.voice.figures(thread.key, step.percent) if step.name in ("progress", "submit") else (),
        files=files,
        product=on_paper,
    )
    thread.version += 1
    thread.returns += step.name == "return"


def _hand(actor: Actor, step: PlannedStep) -> Person:
    """The secretary submits; a deputy may do the rest."""
    return actor.secretary if step.name == "submit" or actor.rng.random() < 0.75 else actor.deputy


def _text(thread: Thread, step: PlannedStep) -> str:
    voice = thread.actor.voice
    match step.name:
        case "progress":
            return voice.progress(thread.key, step.day)
        case "submit":
            return voice.result(thread.key, step.day, again=thread.returns > 0)
        case "return":
            return voice.reason(PRODUCTS[thread.key], step.day)
        case "accept" | "accept_period":
            return voice.acceptance(step.day)
        case _:
            return ""


def _files(thread: Thread, step: PlannedStep) -> list[SimpleUploadedFile]:
    """Evidence with half of the submissions and a sixth of the progress; more of it after a return."""
    rng = thread.actor.rng
    chance = {"submit": 0.5, "progress": 0.16}.get(step.name, 0.0) + (0.4 if thread.returns else 0.0)
    if step.name == "acknowledge" or rng.random() >= chance:
        return []
    title = thread.actor.voice.file_title(thread.key, step.day)
    return [SimpleUploadedFile(f"{title}.png", picture(rng, title), "image/png")]
