"""Loading the demo: everything or nothing, in one transaction."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import chain

from django.db import transaction
from django.utils import timezone

from demo.administering import Administering
from demo.book_keeping import BookKeeping
from demo.changes import Change, Changing
from demo.checking import Checking
from demo.consultation import Consulted
from demo.counting import Counting
from demo.deciding import Deciding
from demo.helping import Helping
from demo.living import Actor, Due, actors_of, live, planned_days
from demo.localising import Localising
from demo.meeting import Meeting
from demo.opinions import Voices
from demo.people import Staff, settle_people
from demo.province import Province, build_province
from demo.quarters import Quarters
from demo.review import bring_in
from demo.small_papers import SmallPapers
from demo.surroundings import save_groups, surround
from demo.surveys import Asked
from demo.timetable import Timetable, timetable
from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.estimating import estimate
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.sealing import seal_lines
from motbuoc.foundation.history.services import Act, write_lines

Say = Callable[[str], None]


@transaction.atomic
def load(*, seed: int, scale: float, until: date, say: Say) -> None:
    """Build the province and live its eight months up to the day before `until`; all of it or nothing is kept.

    The same `seed`, `scale` and `until` give the same data. `say` is told how far it has come.
    """
    days = timetable(until)
    with clock.living_at(at(days.start - timedelta(days=30), 9)):
        province, staff = _settle(seed, scale, days, say)
    with clock.living_at(at(days.start, 9)):
        document, keys = bring_in(staff.officers[0], province, days)
        say(f"dispatch {document.code}: {len(keys)} duties")
    with clock.living_at(at(days.start, 14)):
        assignments = issue_directive(actor=staff.officers[0], document=document, version=document.version)
        save_groups(province, staff)
    say(f"{len(assignments)} assignments issued on {days.start:%d/%m/%Y}")
    actors = actors_of(province, staff, seed)
    dues = planned_days(actors, assignments, keys, days)
    localising = Localising(province, staff, days, Document.objects.get(pk=document.pk), keys, seed)
    at_work = {actor.unit.pk: actor for actor in actors}
    counting = Counting(province, staff, at_work, days, Document.objects.get(pk=document.pk), seed)
    changes = _changes(province, staff, at_work, days, localising, counting)
    steps = _live_through(dues, changes, Document.objects.get(pk=document.pk), staff, days, say)
    with clock.living_at(at(until - timedelta(days=1), 16)):
        shown = next(actor.unit for actor in actors if actor.is_shown)
        say(Deciding(Document.objects.get(pk=document.pk), staff, shown, keys).act())
    with clock.living_at(at(until, 1)):
        estimate()
    with clock.living_at(at(until, 7)):
        say(f"{Sweep(until).run()} open tasks looked at for reminders")
    say(f"{steps} steps taken, {seal_lines()} lines of history sealed")


def _changes(
    province: Province,
    staff: Staff,
    actors: dict[int, Actor],
    days: Timetable,
    localising: Localising,
    counting: Counting,
) -> list[Change]:
    """What is done to units and people in these months, in the order of its days."""
    acting = (
        Changing(province, staff, actors, days),
        Administering(province, staff, actors, days),
        SmallPapers(province, staff, days),
        localising,
        BookKeeping(province, staff, days),
        Checking(province, staff, days),
        Helping(province, staff, days),
        counting,
        Meeting(province, staff, days),
        Consulted(province, staff, days),
        Asked(province, staff, days),
        Voices(province, staff, days),
    )
    return sorted(chain.from_iterable(one.planned() for one in acting), key=lambda change: change.day)


def _make(changes: list[Change], until: date, say: Say) -> None:
    """Make those that are due by a day, each in the morning of its own, and take them off the list."""
    while changes and changes[0].day <= until:
        change = changes.pop(0)
        with clock.living_at(at(change.day, 7)):
            if made := change.act():
                say(made)


def _live_through(
    planned: Iterable[list[Due]],
    changes: list[Change],
    document: Document,
    staff: Staff,
    days: Timetable,
    say: Say,
) -> int:
    """Day after day, with what changes, and a report at the end of each quarter; how many steps were taken."""
    quarters, steps, month = Quarters(days.start, days.quarter_ends), 0, 0
    for dues in planned:
        day = dues[0].step.day
        if end := quarters.ended_before(day):
            _make(changes, end, say)
            with clock.living_at(at(end, 18)):
                quarters.report(staff.officers[0], document)
            say(f"report on the time until {end:%d/%m/%Y}")
        if day.month != month:
            month = day.month
            say(f"living {day:%m/%Y}")
        _make(changes, day, say)
        live(dues, staff.officers)
        steps += len(dues)
    _make(changes, days.until - timedelta(days=1), say)
    return steps


def at(day: date, hour: int) -> datetime:
    """The moment at the full `hour` of a day, in the installation's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def _settle(seed: int, scale: float, days: Timetable, say: Say) -> tuple[Province, Staff]:
    rng = random.Random(seed)
    opened = date(days.start.year - 6, 1, 1)
    province = build_province(rng, scale, opened)
    since = date(days.start.year - 1, 1, 1)
    staff = settle_people(rng, province, since=since)
    units = list(province.units())
    write_lines(
        staff.central, (Act("create_unit", "unit", unit.pk, unit.pk, {"code": code}) for unit, code in units)
    )
    surround(province, staff, since=since)
    say(f"{len(province.bases)} base units among {len(units)} units, at home in {len(province.bodies)} bodies")
    return province, staff
