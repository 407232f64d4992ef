"""The board: every cell says its state and lateness in words, sums add up, units see their own row."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.board import Cell, Row
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.web.work.board_html import SHORT, Links, rows_of
from tests.factories import make_directive, make_unit, step_on

LINKS = Links(assignment="/viec/", inbox="/viec/?tab=all&directive=1")


def url_of(directive, **asked):
    return reverse("board", args=[directive.pk])


def html_of(client, directive, **asked):
    response = client.get(url_of(directive), asked)
    assert response.status_code == 200
    return response.content.decode()


def body_of(html):
    return html.split("<tbody>")[1].split("</tbody>")[0]


def words_of(html):
    """What is read on the page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_tells_the_whole_in_five_numbers_and_each_cell_in_words(cast, as_person, directive):
    assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
        assignment = step_on(assignment, name, actor, "Đã làm")
    html = html_of(as_person(cast.officer), directive)
    line = words_of(html.split('class="figures"')[1].split("</ul>")[0])
    for words in (
        "14 % Done 1 of 7 tasks",
        "0 Waiting for acceptance",
        "1 Overdue",
        "6 Not acknowledged",
        "3 Units",
    ):
        assert words in line
    rows = [words_of(row) for row in body_of(html).split("</tr>")[:-1]]
    assert [row.split(" nothing")[0] for row in rows] == [
        "Ban Tuyên giáo Đảng ủy Khối 0/1",
        "Chi bộ Sở Ánh Dương 1/3 Done 1/1 Not received 0/2 Quiet for long",
        "Đảng bộ Công ty Bình Minh 0/3 1 overdue Not received 0/1 Overdue Not received 0/2 Quiet for long",
    ]
    totals = words_of(html.split('class="totals"')[1].split("</tr>")[0])
    assert "1/2 50 % 1 overdue" in totals
    assert 'title="1. Tổ chức hội nghị quán triệt trong tháng 4."' in html


def test_cells_lead_to_the_assignment_or_to_the_list_of_them(cast, as_person, directive):
    body = body_of(html_of(as_person(cast.officer), directive))
    alone = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    item = directive.provisions.get(number="2")
    assert f'href="{reverse("assignment_detail", args=[alone.pk])}"' in body
    several = (
        f"{reverse('inbox')}?tab=all&amp;directive={directive.pk}&amp;unit={cast.unit_a.pk}&amp;item={item.pk}"
    )
    assert f'href="{several}"' in body
    followed = as_person(cast.officer).get(several.replace("&amp;", "&")).content.decode()
    assert followed.count('class="task-words"') == 2


@time_machine.travel("2026-05-10T02:00:00Z", tick=False)
def test_narrows_without_javascript_and_sums_what_is_left(cast, as_person, directive):
    client = as_person(cast.officer)
    html = html_of(client, directive, words="binh minh")
    assert body_of(html).count("<tr>") == 1
    assert "1 of 3 units shown" in html
    assert "Đảng bộ Công ty Bình Minh" in body_of(html)
    late = body_of(html_of(client, directive, lateness=3))
    assert late.count("<tr>") == 2
    assert "Ban Tuyên giáo" not in late
    assert "No unit fits" in html_of(client, directive, words="không có")


class TestRights:
    """Own rows for a unit, all for the readers above, nothing for others."""

    def test_a_unit_sees_its_own_row_and_sums(self, cast, as_person, directive):
        html = html_of(as_person(cast.secretary), directive)
        assert body_of(html).count("<tr>") == 1
        assert "Bình Minh" not in html
        assert "0 of 3 tasks" in html

    @pytest.mark.parametrize("reader", ["officer", "second_officer", "central_officer", "inspector"])
    def test_readers_above_see_all(self, cast, as_person, directive, reader):
        assert body_of(html_of(as_person(getattr(cast, reader)), directive)).count("<tr>") == 3

    def test_only_who_may_make_a_report_is_offered_one(self, cast, as_person, directive):
        url = reverse("report_request", args=[directive.pk])
        assert url in html_of(as_person(cast.officer), directive)
        for reader in (cast.inspector, cast.central_officer, cast.secretary):
            assert url not in html_of(as_person(reader), directive)

    def test_a_member_may_not(self, cast, as_person, directive):
        response = as_person(cast.member).get(url_of(directive))
        assert response.status_code == 403
        assert "Chi bộ Sở Ánh Dương 0/3" not in words_of(response.content.decode())

    def test_a_stranger_finds_nothing(self, cast, as_person, directive):
        assert as_person(cast.stranger).get(url_of(directive)).status_code == 404

    def test_reading_only(self, cast, as_person, directive):
        assert as_person(cast.officer).post(url_of(directive)).status_code == 405


def test_the_same_queries_for_three_units_as_for_thirty(cast, as_person, directive):
    client = as_person(cast.officer)
    with CaptureQueriesContext(connection) as few:  # made anew: nobody has looked yet
        assert body_of(html_of(client, directive)).count("<tr>") == 3
    for number in range(30):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    larger = make_directive(cast)
    with CaptureQueriesContext(connection) as many:
        assert body_of(html_of(client, larger)).count("<tr>") == 33
    # One of them is the small one for the working calendar's stamp, one looks whether it is still being issued.
    assert len(many) == len(few) <= 18


CELLS = st.builds(
    Cell,
    unit_id=st.integers(1, 10**6),
    provision_id=st.none() | st.integers(1, 10**6),
    count=st.integers(1, 99),
    done=st.integers(0, 99),
    waiting=st.just(0),
    overdue=st.integers(0, 9),
    not_acknowledged=st.just(0),
    state=st.sampled_from(AssignmentState),
    lateness=st.sampled_from(Lateness),
    assignment_id=st.integers(1, 10**6),
)


@given(cell=CELLS)
def test_every_cell_says_state_and_lateness_in_words(cell):
    html = rows_of([Row(1, "Đơn vị", [cell], 1, 0, 0)], LINKS)
    words = words_of(html)
    assert f"{SHORT[cell.state]} {cell.done}/{cell.count}" in words
    if cell.lateness is not Lateness.NONE:
        assert words.endswith(str(cell.lateness.label))
    assert html.count("<svg") == (2 if cell.lateness is not Lateness.NONE else 1)
    assert f'title="{cell.state.label}' in html


@given(name=st.text(max_size=40))
def test_names_are_escaped(name):
    html = rows_of([Row(1, f"{name}<script>\"'&", [], 0, 0, 0)], LINKS)
    assert isinstance(html, SafeString)
    assert "<script" not in html
    assert html.count("<") == html.count("<tr") + html.count("<th") + html.count("<a") + html.count(
        "<td"
    ) + html.count("<b>") + html.count("</")
