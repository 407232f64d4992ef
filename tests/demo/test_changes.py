"""What was done to units and people in the months lived, as a visitor finds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demo.load import at
from demo.timetable import timetable
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.models import Assignment, Entry, HandOver
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.inspections import looks_for, windows_for
from motbuoc.foundation.administration.invitations import open_invitations
from motbuoc.foundation.administration.vacancies import vacancies_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Account, Invitation, Person, PositionTitle, StandIn
from motbuoc.foundation.reorganisation.models import Reorganisation
from motbuoc.foundation.reorganisation.selectors import stretches
from motbuoc.foundation.units.kinds import LINES, Line, UnitKind
from motbuoc.foundation.units.models import Unit, UnitGroup, UnitHost, UnitIdentifier
from motbuoc.foundation.units.selectors import differences, faults
from tests.demo.conftest import UNTIL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

DAYS = timetable(UNTIL)


@pytest.fixture
def today():
    """The day on which a visitor comes."""
    with clock.living_at(at(UNTIL, 12)):
        yield UNTIL


def person(username: str) -> Person:
    return Account.objects.get(username=username).person


def called(name: str, day=UNTIL):
    return Unit.objects.known_by(day).get(name=name)


def test_the_tree_is_whole_on_every_day_on_which_something_changed():
    days = {DAYS.start, UNTIL, *Reorganisation.objects.values_list("effective_on", flat=True)}
    assert [fault for day in days for fault in faults(day)] == []


def test_the_tree_of_the_first_day_differs_from_that_of_the_last():
    rows = differences(DAYS.start, UNTIL, list(Unit.objects.values_list("pk", flat=True)))
    assert {change for row in rows for change in row.changes} >= {"began", "ended", "renamed", "converted"}


def test_the_peoples_committee_is_the_root_of_the_state_line_and_base_units_are_at_home_in_its_bodies():
    bodies = Unit.objects.on(UNTIL).filter(kind__in=LINES[Line.STATE])
    assert bodies.get(parent_id=None).code == "UBND"
    tied = UnitHost.objects.filter(valid_until=None)
    hosts = bodies.filter(pk__in=tied.values("host"))
    assert set(bodies) - set(hosts) == {bodies.get(code="UBND")}
    museum = called("Chi bộ Bảo tàng - Thư viện Sông Mây")
    assert tied.filter(unit=museum).count() == 2


def test_the_merged_unit_works_on_what_both_left_and_its_record_says_so():
    merged = called("Chi bộ Bảo tàng - Thư viện Sông Mây")
    made = Reorganisation.objects.get(kind="merge")
    given = {pk for row in made.handed_over if row["what"] == "assignments" for pk in row["ids"]}
    assert given == set(HandOver.objects.filter(target=merged).values_list("assignment", flat=True))
    assert given == set(Assignment.objects.filter(unit=merged).values_list("pk", flat=True))
    later = Entry.objects.filter(assignment__in=given, written_at__date__gt=made.effective_on)
    assert later.values("assignment__given_to").distinct().count() == 2
    told = {row["what"] for row in made.handed_over}
    assert told >= {"positions", "ended_positions", "grants", "kept_grants", "hosts", "groups"}
    assert [s.start for s in stretches(merged.pk, DAYS.start, UNTIL)].count(DAYS.start) == 3


def test_every_assignment_counts_its_changes():
    handed = set(HandOver.objects.values_list("assignment", flat=True))
    for row in Assignment.objects.prefetch_related("entries", "requests"):
        asked_and_granted = sum(1 + (request.state == "granted") for request in row.requests.all())
        assert row.version == 1 + row.entries.count() + asked_and_granted + (row.pk in handed)


def test_a_converted_unit_has_cells_of_its_own_with_secretaries():
    unit = called("Đảng bộ Sở Tư pháp")
    assert unit.kind == UnitKind.PARTY_BASE_ORG
    cells = Unit.objects.on(UNTIL).filter(parent_id=unit.pk)
    assert [cell.positions.get().title for cell in cells] == [PositionTitle.SECRETARY] * 2


def test_there_are_unions_and_a_temporary_body_with_an_end():
    kinds = list(Unit.objects.on(UNTIL).filter(kind__in=LINES[Line.UNION]).values_list("kind", flat=True))
    assert (kinds.count(UnitKind.UNION_UPPER), kinds.count(UnitKind.UNION_BASE)) == (1, 3)
    body = Unit.objects.on(UNTIL).get(kind=UnitKind.TASK_BODY)
    assert body.versions.get().valid_until == UNTIL + timedelta(days=60)


def test_units_have_identifiers_and_the_bloc_groups_of_its_own():
    assert UnitIdentifier.objects.filter(valid_until=None).count() == 10 - 2 + 1
    groups = UnitGroup.objects.filter(owner__isnull=False)
    assert {"Ban Thường vụ Đoàn Khối", "Khối doanh nghiệp"} <= set(groups.values_list("name", flat=True))


def test_a_unit_without_a_secretary_says_who_is_next_in_line(today):
    found = {row.unit_name: row for row in vacancies_for(person("chuyenvien"), today, 50)}
    vacancy = found["Chi bộ Sở Dân tộc và Tôn giáo"]
    assert (vacancy.has_head, vacancy.has_worker) == (False, True)
    assert vacancy.next_title == PositionTitle.DEPUTY_SECRETARY.label


def test_somebody_stands_in_and_may_work_for_the_unit(today):
    stand_in = StandIn.objects.get()
    assert stand_in.valid_from < today < stand_in.valid_until
    assert policy.may_on(stand_in.person, Action.WORK_ON_ASSIGNMENT, stand_in.position.unit_id, on=today)


def test_three_were_invited_and_one_still_may_come(today):
    assert Invitation.objects.count() == 3
    assert open_invitations().count() == 1
    assert Account.objects.filter(username="bithu.chibo").exists()


def test_the_secretary_sees_how_the_inspector_looked(today):
    viewer = person("bithu")
    windows = list(windows_for(viewer, today))
    looks = looks_for(viewer, today, windows)
    assert len(windows) == 1
    assert looks.count() >= 12
    assert {look.actor for look in looks} == {person("thanhtra")}


def test_an_internal_and_a_restricted_paper_are_read_by_those_cleared_for_them(today):
    seen = {
        name: set(documents_for(person(name)).values_list("classification", flat=True))
        for name in ("chuyenvien", "bithu", "tw", "dangvien")
    }
    assert seen["chuyenvien"] == seen["bithu"] == {"normal", "internal", "restricted"}
    assert seen["tw"] == {"normal", "internal"}
    assert seen["dangvien"] == {"normal"}
