"""The months as they are planned: days, chances and words, without a database."""

from __future__ import annotations

import random
import zlib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from demo.evidence import HEIGHT, WIDTH, picture
from demo.naming import SECTORS, Codes, People, hosts
from demo.plans import Job, Outcome, drawn_outcome, planned_steps
from demo.province import BASE_CELLS, BASE_ORGS
from demo.review import SETTLED
from demo.timetable import Timetable, timetable
from demo.voice import Voice
from motbuoc.domains.work.states import TRANSITIONS, AssignmentState
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.workdays.calendar import BUILT_IN

UNTIL = [date(2026, 11, 23), date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31), date(2026, 6, 5)]


def jobs(days: Timetable, rng: random.Random, count: int) -> list[Job]:
    return [
        Job(
            settled.kind,
            getattr(days, settled.due) if settled.due else days.runs_until,
            settled.cycle,
            days.start,
            days.until,
            rng.betavariate(2.4, 2.0),
        )
        for settled in SETTLED
        if not settled.is_charged
        for _ in range(count)
    ]


def final_state(steps) -> str:
    """The state after walking the steps through the table of transitions."""
    state: str = AssignmentState.ASSIGNED
    for planned in steps:
        state = step(TRANSITIONS, planned.name, state).target
    return state


@pytest.mark.parametrize("until", UNTIL, ids=str)
def test_the_timetable_lies_within_eight_months(until: date):
    days = timetable(until)
    assert 235 <= (until - days.start).days <= 246
    assert days.start.weekday() < 5
    due = [days.study, days.works, days.models, days.regulations, days.supervision, days.congress]
    assert days.start < due[0]
    assert due == sorted(due)
    assert due[-1] < until <= days.runs_until
    assert all(days.start < end < until for end in days.quarter_ends)
    assert len(days.quarter_ends) >= 2


@pytest.mark.parametrize("until", UNTIL, ids=str)
def test_steps_follow_the_life_of_an_assignment_on_working_days(until: date):
    rng, days = random.Random(1), timetable(until)
    for job in jobs(days, rng, 40):
        steps = planned_steps(rng, job, drawn_outcome(rng, job))
        final_state(steps)  # raises on a step that is not possible
        assert all(earlier.day < later.day for earlier, later in pairwise(steps))
        assert all(days.start < planned.day < until and BUILT_IN.is_workday(planned.day) for planned in steps)


@pytest.mark.parametrize("until", UNTIL, ids=str)
def test_at_the_end_the_work_looks_alive(until: date):
    rng, days = random.Random(2), timetable(until)
    states, overdue, given = Counter(), 0, jobs(days, rng, 300)
    for job in given:
        state = final_state(planned_steps(rng, job, drawn_outcome(rng, job)))
        states[state] += 1
        overdue += job.kind == "dated" and job.is_past_due and state not in ("accepted", "submitted")
    share = {state: count / len(given) for state, count in states.items()}
    assert 0.53 <= share["accepted"] <= 0.67
    assert 0.02 <= share["assigned"] <= 0.06
    assert share["returned"] >= 0.02
    assert share["submitted"] >= 0.03
    assert 0.05 <= overdue / len(given) <= 0.12


def test_a_diligent_unit_does_better_than_a_lazy_one():
    days, rng = timetable(UNTIL[0]), random.Random(3)
    done = {}
    for diligence in (0.1, 0.9):
        job = Job("dated", days.study, "", days.start, days.until, diligence)
        drawn = Counter(drawn_outcome(rng, job) for _ in range(500))
        done[diligence] = drawn[Outcome.DONE] + drawn[Outcome.DONE_LATE]
    assert done[0.9] > done[0.1] + 50


@pytest.mark.parametrize("sector", SECTORS)
def test_every_template_is_filled_and_nothing_is_said_twice(sector: str):
    voice, day = Voice(random.Random(4), sector, 120), date(2026, 5, 4)
    said = []
    for settled in SETTLED:
        for number in range(30):
            said.append(voice.progress(settled.key, day + timedelta(days=number)))
            said.append(voice.result(settled.key, day + timedelta(days=number), again=number % 3 == 0))
        assert voice.file_title(settled.key, day).endswith("04-05-2026")
    said += [voice.reason(SETTLED[0].product, day) for _ in range(5)]
    assert len(set(said)) == len(said)
    assert not [
        text
        for text in said
        if "{" in text or "  " in text or ".." in text or (not text[0].isupper() and text[0] != "“")
    ]


def test_ten_times_as_many_units_still_have_names_and_codes_of_their_own():
    wanted = {"large": BASE_ORGS * 10, "small": BASE_CELLS * 10}
    names = [
        host.name for size, count in wanted.items() for host, _ in zip(hosts(size), range(count), strict=False)
    ]
    codes, people = Codes(), People(random.Random(5))
    assert len(set(names)) == len(names) == sum(wanted.values())
    assert len({codes.of(name) for name in names}) == len(names)
    assert len({people.name() for _ in range(3000)}) == 3000


@pytest.mark.parametrize("title", ["Ảnh ra quân", "Biên bản hội nghị"])
def test_evidence_is_a_real_picture(title: str):
    content = picture(random.Random(6), title)
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    start = content.index(b"IDAT")
    length = int.from_bytes(content[start - 4 : start])
    assert len(zlib.decompress(content[start + 4 : start + 4 + length])) == (WIDTH * 3 + 1) * HEIGHT
