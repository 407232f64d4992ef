"""The board of many units: by level of the tree, narrowed, leafed through, and downloaded as it is seen."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.boards import OUTSIDE, View, board_reading
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import LONG_AGO, make_directive, make_unit, step_on
from tests.interfaces.web.work.test_board import body_of, words_of

LATER = "2026-05-10T02:00:00Z"


@pytest.fixture
def deep(cast):
    """A directive of which unit A hands its tasks in a cell below it, and so does B."""
    cells = [
        make_unit(f"Chi bộ {name} {number}", UnitKind.PARTY_CELL, above)
        for name, above in (("Ánh", cast.unit_a), ("Bình", cast.unit_b))
        for number in range(3)
    ]
    directive = make_directive(cast)
    for number, assignment in enumerate(directive.assignments.exclude(unit=cast.department).order_by("pk")):
        if number in (2, 3, 5):
            below = cells[:3] if assignment.unit_id == cast.unit_a.pk else cells[3:]
            Assignment.objects.filter(pk=assignment.pk).update(unit=below[number % 3])
    return directive


def get(client, directive, **asked):
    response = client.get(reverse("board", args=[directive.pk]), asked)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(html):
    return [words_of(row) for row in body_of(html).split("</tr>")[:-1]]


class TestLevels:
    """One row a unit at the level, with all below it; opened, one row for each unit below."""

    def test_every_level_adds_up_to_the_whole(self, cast, deep):
        whole = board_reading(cast.officer, deep)
        assert [level.steps for level in whole.levels] == [1, 2]
        for level in (1, 2):
            groups = board_reading(cast.officer, deep, View(level=level)).groups()
            assert sum(group.together.count for group in groups) == whole.totals.count == 7
            assert sum(group.units for group in groups) == whole.totals.units
        assert [row.name for row in whole.rows()] == sorted(row.name for row in whole.rows())

    def test_a_row_counts_by_state_all_below_it(self, cast, as_person, deep):
        moved = Assignment.objects.filter(
            unit__in=[row.unit_id for row in board_reading(cast.officer, deep).rows()]
        )
        below = moved.exclude(unit__in=[cast.unit_a, cast.unit_b, cast.department]).first()
        Assignment.objects.filter(pk=below.pk).update(state=AssignmentState.ACCEPTED)
        html = get(as_person(cast.officer), deep, level=1)
        found = [row for row in rows_of(html) if " 1/3 " in row]
        assert len(found) == 1
        assert "Not received 2 Done 1" in found[0]
        assert "units" in found[0]

    def test_opened_it_shows_what_is_below_and_the_way_back(self, cast, as_person, deep):
        client = as_person(cast.officer)
        html = get(client, deep, under=cast.unit_a.pk)
        assert "Bình" not in body_of(html)
        assert "Chi bộ Ánh" in body_of(html)
        assert f'href="?under={cast.bloc.pk}"' in html
        own = get(client, deep, under=cast.unit_a.pk, level=1)
        assert "Chi bộ Ánh" in body_of(own)

    def test_a_great_board_begins_with_the_first_level(self, cast, as_person, deep, monkeypatch):
        monkeypatch.setattr("motbuoc.interfaces.web.work.board_views.MOST_BY_ITSELF", 2)
        html = get(as_person(cast.officer), deep)
        assert '<a href="?level=1" aria-current="page">' in html
        assert len(rows_of(html)) == 3
        assert len(rows_of(get(as_person(cast.officer), deep, level=0))) > 3

    def test_what_is_not_in_reach_is_not_opened(self, cast, as_person, deep):
        secretary = as_person(cast.secretary)
        for unit in (cast.unit_b, cast.bloc, cast.province):
            answer = secretary.get(reverse("board", args=[deep.pk]), {"under": unit.pk})
            assert answer.status_code == 404
        assert "Bình" not in get(secretary, deep, level=1)

    def test_two_grants_one_below_the_other_count_nothing_twice(self, cast, deep):
        role = Role.DEPARTMENT_OFFICER
        Grant.objects.create(person=cast.officer, role=role, unit=cast.unit_a, valid_from=LONG_AGO)
        viewer = Person.objects.get(pk=cast.officer.pk)  # without what it remembers of its rights
        reading = board_reading(viewer, deep, View(level=1))
        assert set(reading.granted) == {cast.bloc.pk, cast.unit_a.pk}
        assert reading.starts == (cast.bloc.pk,)
        assert sum(group.together.count for group in reading.groups()) == reading.totals.count == 7


class TestNarrowed:
    """By item, state, lateness, name; the units that fit, and the sums of these."""

    def test_by_item(self, cast, deep):
        item = deep.provisions.get(number="1")
        reading = board_reading(cast.officer, deep, View(item_id=item.pk))
        assert reading.columns == [item]
        assert reading.totals.count == 2
        assert board_reading(cast.officer, deep, View(item_id=OUTSIDE)).columns == []

    @time_machine.travel(LATER, tick=False)
    def test_by_state_and_lateness(self, cast, directive):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        step_on(assignment, "acknowledge", cast.secretary)
        known = board_reading(cast.officer, directive, View(state=AssignmentState.ACKNOWLEDGED))
        assert [row.unit_id for row in known.rows()] == [cast.unit_a.pk]
        late = board_reading(cast.officer, directive, View(lateness=Lateness.OVERDUE.value))
        assert {row.unit_id for row in late.rows()} == {cast.unit_a.pk, cast.unit_b.pk}
        both = View(state=AssignmentState.ASSIGNED, lateness=Lateness.OVERDUE.value)
        assert [row.unit_id for row in board_reading(cast.officer, directive, both).rows()] == [cast.unit_b.pk]

    def test_by_the_name_of_a_unit_above(self, cast, deep):
        found = board_reading(cast.officer, deep, View(words="binh minh"))
        names = [row.name for row in found.rows()]
        assert names
        assert all("Bình" in name for name in names)
        assert any(name.startswith("Chi bộ") for name in names)

    def test_what_makes_no_sense_asks_for_nothing(self, cast, as_person, deep):
        client = as_person(cast.officer)
        plain = rows_of(get(client, deep))
        for asked in ({"item": "x"}, {"state": "y"}, {"lateness": "99"}, {"level": "-1"}, {"level": "29"}):
            assert rows_of(get(client, deep, **asked)) == plain
        item = make_directive(cast).provisions.first()
        assert rows_of(get(client, deep, item=item.pk)) == plain


class TestDownloads:
    """Exactly what is seen, for whoever sees it; no cell runs as a formula."""

    def table(self, client, directive, kind, **asked):
        answer = client.get(reverse("board_export", args=[directive.pk, kind]), asked)
        assert answer.status_code == 200
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert "attachment" in answer["Content-Disposition"]
        if kind == "csv":
            assert content.startswith("\ufeff".encode())
            return list(csv.reader(StringIO(content.decode("utf-8-sig"))))
        sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
        return [[str(int(c)) if isinstance(c, float) else str(c) for c in row] for row in sheet.to_python()[3:]]

    def test_both_hold_the_rows_of_the_page(self, cast, as_person, deep):
        client = as_person(cast.officer)
        for asked in ({}, {"level": 1}, {"words": "binh"}, {"under": cast.unit_a.pk}):
            names = rows_of(get(client, deep, **asked))
            excel, text = (self.table(client, deep, kind, **asked) for kind in ("xlsx", "csv"))
            assert excel == text
            assert excel[1][0] == "All units"
            assert len(excel) == len(names) + 2
            assert all(shown.startswith(row[0]) for shown, row in zip(names, excel[2:], strict=True))

    def test_all_pages(self, cast, as_person, deep, monkeypatch):
        monkeypatch.setattr("motbuoc.interfaces.web.work.boards.BOARD_ROWS", 2)
        monkeypatch.setattr("motbuoc.interfaces.papers.board_sheet.AT_ONCE", 2)
        whole = board_reading(cast.officer, deep)
        assert len(self.table(as_person(cast.officer), deep, "csv")) == whole.row_count + 2

    def test_what_is_not_for_all_bears_its_mark(self, cast, as_person, deep):
        client, url = as_person(cast.officer), reverse("board_export", args=[deep.pk, "xlsx"])

        def top() -> tuple[str, str]:
            answer = client.get(url)
            sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content)))
            return str(sheet.get_sheet_by_index(0).to_python()[2][0]), answer["Content-Disposition"]

        assert (top()[0], "restricted" in top()[1]) == ("", False)
        deep.classification = Classification.RESTRICTED
        deep.save()
        assert (top()[0], "restricted" in top()[1]) == ("RESTRICTED", True)

    def test_a_name_is_no_formula(self, cast, as_person):
        make_unit("=HYPERLINK(1)", UnitKind.PARTY_BASE_CELL, cast.bloc)
        directive = make_directive(cast)
        text = self.table(as_person(cast.officer), directive, "csv")
        assert any(row[0] == "'=HYPERLINK(1)" for row in text)
        assert any(row[0] == "=HYPERLINK(1)" for row in self.table(as_person(cast.officer), directive, "xlsx"))

    def test_the_same_policy(self, cast, as_person, deep):
        url = reverse("board_export", args=[deep.pk, "csv"])
        assert as_person(cast.stranger).get(url).status_code == 404
        assert as_person(cast.member).get(url).status_code == 403
        assert as_person(cast.officer).post(url).status_code == 405
        assert as_person(cast.officer).get(reverse("board_export", args=[deep.pk, "exe"])).status_code == 404
        own = self.table(as_person(cast.secretary), deep, "csv")
        assert not any("Bình" in cell for row in own for cell in row)
        deep.classification = Classification.RESTRICTED
        deep.save()
        assert as_person(cast.central_officer).get(url).status_code == 404


def test_the_same_queries_for_three_units_as_for_thirty(cast, as_person, deep):
    client = as_person(cast.officer)
    with CaptureQueriesContext(connection) as few:
        get(client, deep, level=1, words="i")
    for number in range(30):
        below = make_unit(f"Đảng bộ số {number}", UnitKind.PARTY_BASE_ORG, cast.bloc)
        make_unit(f"Chi bộ thứ {number}", UnitKind.PARTY_CELL, below)
    larger = make_directive(cast)
    Assignment.objects.filter(document=larger, unit=cast.unit_a).update(
        unit=deep.assignments.exclude(unit__in=[cast.unit_a, cast.unit_b, cast.department]).first().unit
    )
    with CaptureQueriesContext(connection) as many:
        assert len(rows_of(get(client, larger, level=1, words="i"))) > 20
    assert len(many) <= len(few) + 1  # one more where units stand above the level as well
    assert len(many) <= 24


@pytest.mark.parametrize("level", [0, 1])
def test_an_item_given_while_the_board_is_read_waits_for_the_next_look(cast, deep, level):
    reading = board_reading(cast.officer, deep, View(level=level))
    left_out = next(iter(reading.by_item))
    reading.by_item.pop(left_out)  # as if it had been given just after the columns were counted
    rows = reading.groups() if level else reading.rows()
    assert rows
    assert all(len(row.cells) == len(reading.columns) for row in rows)
