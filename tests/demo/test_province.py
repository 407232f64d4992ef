"""What a visitor finds in the demo: the tree, the cast, the months lived."""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.conf import settings
from django.db.models import Count

from demo.dispatch import dispatch_file
from demo.timetable import timetable
from motbuoc.domains.documents.models import Document
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.work.models import Assignment, Entry, Evidence
from motbuoc.domains.work.standing import Lateness, with_lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.proving import verify
from motbuoc.foundation.people.models import Account, Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import BASE_KINDS, LINE_OF, UnitKind
from motbuoc.foundation.units.models import Unit
from tests.demo.conftest import UNTIL, storages
from tests.demo.links import dead_links

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CAST = ("tw", "chuyenvien", "chuyenvien2", "bithu", "dangvien", "nguoila", "thanhtra")


def person(username: str) -> Person:
    return Account.objects.get(username=username).person


def test_the_tree_has_a_bloc_with_departments_a_youth_union_base_units_and_cells():
    kinds = Counter(Unit.objects.on(UNTIL).values_list("kind", flat=True))
    assert kinds[UnitKind.BLOC_COMMITTEE] == kinds[UnitKind.BLOC_YOUTH] == kinds[UnitKind.PARTY_ORG_PROVINCE] == 1
    assert kinds[UnitKind.DEPARTMENT] == 4
    assert kinds[UnitKind.PARTY_BASE_ORG] == 5 + 1  # one of five base cells was made an organisation,
    assert kinds[UnitKind.PARTY_BASE_CELL] == 5 - 1 - 1  # and two became one
    assert kinds[UnitKind.PARTY_CELL] >= 20


def test_codes_are_unique_and_so_are_short_names_within_a_line():
    units = list(Unit.objects.on(UNTIL).values_list("code", "short_name", "kind"))
    assert len({code for code, _name, _kind in units}) == len(units)
    assert len({(name, LINE_OF[UnitKind(kind)]) for _code, name, kind in units}) == len(units)


def test_every_base_unit_has_a_secretary_who_may_work_for_it_but_the_vacant_one():
    for unit in Unit.objects.on(UNTIL).filter(kind__in=BASE_KINDS):
        position = Position.objects.get(unit=unit, title=PositionTitle.SECRETARY)
        works = policy.may_on(position.person, Action.WORK_ON_ASSIGNMENT, unit.pk, on=UNTIL)
        assert works == (position.valid_until is None)


def test_ban_tuyen_giao_has_a_head():
    department = Unit.objects.on(UNTIL).get(code="BTG")
    assert Position.objects.filter(unit=department, title=PositionTitle.HEAD).count() == 1


@pytest.mark.parametrize("username", CAST)
def test_the_cast_can_sign_in(client, username: str):
    assert client.login(username=username, password=settings.DEMO_PASSWORD)


def test_each_of_the_cast_may_do_what_is_theirs_and_no_more():
    bloc = Unit.objects.on(UNTIL).get(kind=UnitKind.BLOC_COMMITTEE).pk
    may = {
        (name, action): policy.may_on(person(name), action, bloc, on=UNTIL)
        for name in CAST
        for action in (Action.VIEW_BOARD, Action.ISSUE_DIRECTIVE)
    }
    assert {name for name, action in may if may[name, action] and action == Action.ISSUE_DIRECTIVE} == {
        "chuyenvien",
        "chuyenvien2",
    }
    assert {name for name, action in may if may[name, action] and action == Action.VIEW_BOARD} == {
        "tw",
        "chuyenvien",
        "chuyenvien2",
        "thanhtra",
    }
    assert not person("nguoila").grants.exists()


def test_the_dispatch_was_read_from_its_file_and_issued(demo_files: Path):
    document = Document.objects.get(code="38-CV/ĐUK")
    assert [provision.number for provision in document.provisions.all()] == list("1234567")
    assert document.state == "issued"
    assert (document.report_cycle, document.runs_until) == ("quarter", timetable(UNTIL).runs_until)
    kept = (demo_files / document.file.content.name).read_bytes()
    assert kept == dispatch_file(timetable(UNTIL))
    assert docx.Document(BytesIO(kept)).tables  # the two-column letterhead


def test_every_base_unit_and_the_youth_union_got_every_duty_and_the_department_item_seven():
    dispatched = Assignment.objects.filter(document__code="38-CV/ĐUK")
    by_code = Counter(row.given_to.versions.all()[0].code for row in dispatched)
    assert by_code.pop("BTG") == 2
    assert set(by_code.values()) == {13}
    assert len(by_code) == 11
    seven = dispatched.filter(provision__number="7").values_list("unit__versions__code", flat=True)
    assert set(seven) == {"BTG"}


def test_the_secretary_a_visitor_signs_in_as_has_something_of_everything():
    unit = person("bithu").grants.get().unit
    owed = list(with_lateness(Assignment.objects.filter(unit=unit), UNTIL))
    assert {row.state for row in owed} == set(AssignmentState.values) - {
        "acknowledged",
        "suspended",
        "cancelled",
    }
    assert {Lateness(row.lateness) for row in owed} >= {Lateness.NONE, Lateness.OVERDUE, Lateness.QUIET}
    assert person("dangvien").grants.get().unit == unit


def test_nothing_happens_outside_the_months_lived():
    days = timetable(UNTIL)
    moments = list(Entry.objects.values_list("written_at", flat=True))
    assert moments
    assert min(moments).date() > days.start
    assert max(moments).date() < UNTIL


def test_no_unit_writes_the_same_words_twice():
    twice = (
        Entry.objects.exclude(text="")
        .values("assignment__given_to", "text")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    assert Entry.objects.exclude(text="").count() > 100
    assert not twice.exists()


def test_no_words_name_a_person():
    names = list(Person.objects.values_list("full_name", flat=True))
    assert not [text for text in Entry.objects.values_list("text", flat=True) if any(n in text for n in names)]


def test_evidence_is_there_and_kept_as_pictures():
    kept = Evidence.objects.select_related("file")
    assert kept.count() > 10
    assert {row.file.media_type for row in kept} == {"image/png"}


def test_a_report_was_made_at_the_end_of_each_quarter():
    made = Report.objects.order_by("period_end").values_list("period_end", "state")
    assert [(day.isoformat(), state) for day, state in made] == [("2026-06-30", "ready"), ("2026-09-30", "ready")]
    assert all(report.file and report.file.size > 10_000 for report in Report.objects.select_related("file"))


def test_the_history_is_whole_and_holds_every_step():
    count, broken = verify()
    assert broken is None
    assert count == HistoryLine.objects.count() > Entry.objects.count()


@pytest.mark.parametrize("username", ["chuyenvien", "canbo", "bithu", "tw", "thanhtra", "dangvien", "quantri"])
def test_every_link_that_somebody_is_shown_opens(settings, demo_files, username):
    settings.STORAGES = storages(demo_files)
    assert dead_links(username) == []
