"""Lists of assignments: gathered or walked along the indexes, they hold the same rows in the same order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import time_machine
from django.db import connection

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.work import listing, reached, wanted
from motbuoc.domains.work.inbox import INBOX, Mark, Narrowing
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.listing import Listing, listing_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.parts import PARTS
from motbuoc.domains.work.selectors import inbox_for, owed_by
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import CLOSED, HANDED_IN, OWED, STOPPED, AssignmentState
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_directive, make_unit

S = AssignmentState
TODAY = date(2026, 5, 10)


@pytest.fixture
def many(cast):
    """Assignments in every state, with every kind of time and day, some supported by others."""
    for number in range(12):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    make_directive(cast), make_directive(cast), make_directive(cast)
    rng = Random(11)
    rows = list(Assignment.objects.order_by("pk"))

    def day(nearest: int, furthest: int) -> date:
        return TODAY + timedelta(days=rng.randint(nearest, furthest))

    for row in rows:
        row.state, row.time_kind = rng.choice(list(S)), rng.choice(list(TimeKind))
        row.due_on, row.news_on = rng.choice([None, day(-9, 9)]), day(-90, 0)
        row.submitted_on = day(-9, 0) if row.state in (*HANDED_IN, S.ACCEPTED) else None
        row.accepted_on = day(-5, 0) if row.state == S.ACCEPTED else None
        row.suspended_on = day(-5, 0) if row.state == S.SUSPENDED else None
    days = ["due_on", "news_on", "submitted_on", "accepted_on", "suspended_on"]
    Assignment.objects.bulk_update(rows, ["state", "time_kind", *days])
    for row in rng.sample(rows, 9):
        row.supporting_units.add(cast.unit_b if row.unit_id != cast.unit_b.pk else cast.unit_a)
    for row in rng.sample(rows, 4):
        Assignment.objects.filter(pk=row.pk).update(monitor=cast.unit_b)
    owed, needed = [row for row in rows if row.state in OWED], [row for row in rows if row.state not in CLOSED]
    for row in rng.sample(owed, 5):
        needs = rng.choice([other for other in needed if other.pk != row.pk])
        Prerequisite.objects.create(assignment=row, needs=needs, stated_by=cast.officer)
    return rows


def walked(viewer, narrowing):
    """The list as it is made for somebody who sees thousands of units."""
    asked = listing_for(viewer, narrowing).asked
    wide = tuple((classes, count, True) for classes, count, _wide in asked.seen)
    return Listing(replace(asked, seen=wide, ways=asked.ways._replace(by="parts")), False)


NARROWINGS = (
    Narrowing(),
    *(Narrowing(lateness=value.value) for value in Lateness),
    *(Narrowing(state=value.value) for value in S),
    Narrowing(words="doi thoai"),
    Narrowing(words="Chi bộ SỐ 3"),
    Narrowing(words="số 3 hội nghị 12-cv"),
    Narrowing(words="không có gì như thế"),
    Narrowing(words="thường xuyên", state="returned", lateness=3),
)


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
@pytest.mark.parametrize("name", ["officer", "secretary_b", "member", "stranger"])
def test_walked_and_gathered_are_the_same(cast, many, name):
    viewer = getattr(cast, name)
    for narrowing in NARROWINGS:
        gathered, walk = listing_for(viewer, narrowing), walked(viewer, narrowing)
        assert gathered.is_gathered
        assert gathered.counts().parts == walk.counts().parts, narrowing
        for tab in INBOX:
            expected = [row.pk for row in inbox_for(viewer, tab, narrowing)]
            assert [task.pk for task in gathered.rows(tab, 0, 999)] == expected
            assert [task.pk for task in walk.rows(tab, 0, 999)] == expected, (tab, narrowing)
            assert [task.pk for task in walk.rows(tab, 7, 31)] == expected[7:31]
            assert gathered.counts().held(tab).number == len(expected)


LIMITS = {
    "all is named": {},
    "no word is rare": {"wanted.FEW": -1},
    "too many units to be named": {"reached.MOST_UNITS": 0, "wanted.FEW": -1},
    "rare words over units that are not named": {"reached.MOST_UNITS": 0},
    "too many tasks of others": {"reached.MOST_OTHERS": 0, "wanted.FEW": -1},
    "too many duties and units with a word": {"words.MOST_NAMED": 0},
    "nothing is named": {"words.MOST_NAMED": 0, "reached.MOST_UNITS": 0},
}


BY_IDS = (
    Narrowing(),
    Narrowing(lateness=Lateness.QUIET.value),
    Narrowing(state="returned"),
    Narrowing(own=True),
    *(narrowing for narrowing in NARROWINGS if narrowing.words),
    Narrowing(words="chi bộ", own=True, state="assigned"),
)


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
@pytest.mark.parametrize("limits", LIMITS.values(), ids=LIMITS)
def test_by_ids_it_is_the_same(cast, many, monkeypatch, limits):
    for place, value in limits.items():
        monkeypatch.setattr(f"motbuoc.domains.work.{place}", value)
    for module, name in (
        (wanted, "_prepared_having"),
        (reached, "_prepared_units"),
        (reached, "_prepared_others"),
    ):
        kept = getattr(module, name)  # with other limits
        monkeypatch.setattr(module, name, type(kept)(kept.build, spare=kept.spare))
    rare = []
    for viewer in (cast.officer, cast.secretary_b):
        for narrowing in BY_IDS:
            walk = walked(viewer, narrowing)
            asked, is_rare = walk.asked.by_ids(viewer)
            found = Listing(asked, is_rare)
            counts = found.counts()
            rare.append(is_rare)
            assert counts.parts == walk.counts().parts, narrowing
            for tab in ("owed", "all"):
                expected = [task.pk for task in walk.rows(tab, 0, 999)]
                assert [task.pk for task in found.rows(tab, 0, 999)] == expected, (tab, narrowing)
                assert [task.pk for task in found.rows(tab, 7, 31, counts)] == expected[7:31], (tab, narrowing)
    assert any(rare) == ("wanted.FEW" not in limits)
    assert not all(rare)


def test_what_is_reached_is_asked_once_and_holds_what_is_of_others(cast, many, django_assert_num_queries):
    viewer = Person.objects.get(pk=cast.secretary_b.pk)
    asked = walked(viewer, Narrowing()).asked
    first, _is_rare = asked.by_ids(viewer)
    assert first.ways.reached == (True,)
    with django_assert_num_queries(0):
        assert asked.by_ids(viewer)[0] == first


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_going_on_from_a_mark_gives_each_row_once(cast, many):
    for tab in INBOX:
        walk, found = walked(cast.officer, Narrowing()), []
        page = walk.rows(tab, 0, 7)
        while page:
            found += page
            page = walk.rows_after(tab, Mark.read(page[-1].mark.written), 7)
        assert [task.pk for task in found] == [row.pk for row in inbox_for(cast.officer, tab)]


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_every_assignment_is_in_one_part(cast, many):
    parts = listing_for(cast.officer, Narrowing()).counts().parts
    assert sum(parts) == len(many) == len(inbox_for(cast.officer, "all"))
    assert min(parts) > 0, "the example should hold some of each part"


def test_a_list_that_is_walked_says_where_counting_ended(cast, many, monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    monkeypatch.setattr(
        listing, "_prepared_caps", listing.PreparedCounts(listing._counted_parts, spare=listing.DAYS)
    )
    counts = walked(cast.officer, Narrowing()).counts()
    assert max(counts.parts) == 4
    assert counts.held("all").is_more
    assert counts.held("all").number <= 3 * len(PARTS)


def test_a_supported_assignment_is_listed_once(cast, many):
    both = Assignment.objects.filter(unit=cast.unit_a).first()
    both.supporting_units.add(cast.unit_b, cast.department)
    found = [task.pk for task in listing_for(cast.officer, Narrowing()).rows("all", 0, 999)]
    assert len(found) == len(set(found))


def test_each_part_has_an_index_in_its_order(cast, many):
    """On SQLite the plan is the same whatever the tables hold; no sorting is in it."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a small table whole")
    asked = walked(cast.officer, Narrowing()).asked
    for place, part in enumerate(PARTS):
        if part.states[0] in (*STOPPED, S.QUESTIONED):
            continue  # rare, and sorted
        if part.lateness is Lateness.WAITS:
            continue  # found by the few that are waited for
        shape = (place, Narrowing(), False, 0, 20, asked.seen, asked.ways)
        sql, parameters = listing._prepared_walk.statement(*shape, **asked.values)
        with connection.cursor() as cursor:
            cursor.execute(f"explain query plan {sql}", parameters)
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "TEMP B-TREE" not in plan, (part, plan)
        assert "USING INDEX assignment_" in plan, (part, plan)


def test_ones_own_are_those_one_works_for_not_those_one_supports(cast, many):
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        for viewer in (cast.secretary, cast.secretary_b):
            expected = [row.pk for row in owed_by(viewer)]
            found = listing_for(viewer, Narrowing(own=True)).rows("owed", 0, 500)
            assert [task.pk for task in found] == expected
            far = walked(viewer, Narrowing(own=True)).rows("owed", 0, 500)
            assert [task.pk for task in far] == expected
        assert len(owed_by(cast.secretary_b)) < len(inbox_for(cast.secretary_b))
        assert listing_for(cast.officer, Narrowing(own=True)).rows("all", 0, 500) == []
        Document.objects.update(classification="restricted")
        assert listing_for(cast.member, Narrowing(own=True)).rows("all", 0, 500) == []
