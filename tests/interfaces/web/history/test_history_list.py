"""The history page: what each may see, filters, leafing through, the same queries whatever it holds."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import classify_document
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.services import Act, erase_personal, record
from motbuoc.foundation.people.models import Person
from tests.factories import Cast, make_directive, step_on


def signed_in(person: Person) -> Client:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    client.force_login(person.account)
    return client


def html_of(client: Client, **asked) -> str:
    answer = client.get("/lich-su/", asked)
    assert answer.status_code == 200
    return answer.content.decode()


def rows_of(html: str) -> int:
    return html.count('<th scope="row">')


def rows_in_csv(client: Client, **asked) -> list[list[str]]:
    answer = client.get("/lich-su/csv/", asked)
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


@pytest.fixture
def worked(cast: Cast) -> Cast:
    """A directive issued, and unit A acknowledging a task of it."""
    make_directive(cast)
    step_on(cast.unit_a.assignments.order_by("pk").first(), "acknowledge", cast.secretary)
    return cast


def test_a_line_says_who_in_what_position_did_what(worked: Cast) -> None:
    html = html_of(signed_in(worked.officer), action="acknowledge")
    assert rows_of(html) == 1
    row = html.split('<th scope="row">')[1]
    assert "Acknowledge" in row
    assert "Phạm Thử Thư" in row
    assert "Secretary" in row
    assert "Chi bộ Sở Ánh Dương" in row
    assert "<del>Not acknowledged</del> → <ins>Acknowledged</ins>" in row


def test_each_sees_what_is_in_reach(worked: Cast) -> None:
    everything = HistoryLine.objects.count()
    assert rows_of(html_of(signed_in(worked.officer))) == everything
    assert rows_of(html_of(signed_in(worked.inspector))) == everything
    mine = html_of(signed_in(worked.secretary))
    assert 0 < rows_of(mine) < everything
    assert "Đảng bộ Công ty Bình Minh" not in mine
    assert len(rows_in_csv(signed_in(worked.secretary))) == 1 + rows_of(mine)


def test_for_others_there_is_no_such_page(worked: Cast) -> None:
    for person in (worked.member, worked.stranger):
        client = signed_in(person)
        for path in ("/lich-su/", "/lich-su/csv/", "/lich-su/goc/"):
            assert client.get(path).status_code == 404
        assert 'href="/lich-su/"' not in client.get("/").content.decode()
    assert 'href="/lich-su/"' in signed_in(worked.secretary).get("/").content.decode()


def test_writing_to_it_is_not_possible(worked: Cast) -> None:
    for path in ("/lich-su/", "/lich-su/csv/", "/lich-su/goc/"):
        assert signed_in(worked.officer).post(path).status_code == 405


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"person": "thử thư"}, 1),
        ({"person": "Thử Thư"}, 1),
        ({"person": "nobody"}, 0),
        ({"unit": "Bình Minh"}, 3),
        ({"action": "confirm_document"}, 1),
        ({"object_type": "assignment", "action": "assign"}, 7),
        ({"until": "01/01/2020"}, 0),
        ({"since": "01/01/2020", "action": "issue_document"}, 1),
    ],
)
def test_narrowing(worked: Cast, asked: dict, count: int) -> None:
    client = signed_in(worked.officer)
    html = html_of(client, **asked)
    assert rows_of(html) == count
    assert ("No line fits" in html) == (count == 0)
    assert len(rows_in_csv(client, **asked)) == 1 + count


def test_all_about_one_object(worked: Cast) -> None:
    line = HistoryLine.objects.get(action="acknowledge")
    html = html_of(signed_in(worked.officer), object_type="assignment", object_id=line.object_id)
    assert rows_of(html) == 2
    assert "Only one object is shown." in html


@pytest.mark.parametrize("asked", [{"since": "yesterday"}, {"before": "x"}, {"object_id": 2**70}, {"action": "x"}])
def test_what_makes_no_sense_is_said(worked: Cast, asked: dict) -> None:
    client = signed_in(worked.officer)
    assert "The filter cannot be understood" in html_of(client, **asked)
    answer = client.get("/lich-su/csv/", asked)
    assert answer.status_code == 409
    assert "The filter cannot be understood" in answer.content.decode()


def test_leafing_through_shows_every_line_once(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("motbuoc.interfaces.web.history.pages.PAGE_SIZE", 4)
    record(cast.officer, *(Act("create_unit", "unit", number, cast.bloc.pk) for number in range(10)))
    client, address, seen = signed_in(cast.officer), "/lich-su/", []
    for _page in range(3):
        html = client.get(address).content.decode()
        seen += map(int, re.findall(r'<small class="muted">(\d+)</small></td>', html))
        older = re.search(r'rel="next" href="([^"]+)"', html)
        address = "/lich-su/" + older[1].replace("&amp;", "&") if older else ""
    assert seen == list(range(10, 0, -1))
    assert address == ""
    assert rows_of(html_of(client, before=999)) == 0


def test_three_lines_cost_as_many_queries_as_thirty(cast: Cast) -> None:
    client, counts = signed_in(cast.officer), []
    for number in (3, 30):
        record(cast.secretary, *(Act("create_unit", "unit", n, cast.unit_a.pk) for n in range(number)))
        with CaptureQueriesContext(connection) as queries:
            html_of(client)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10
    counting = [query["sql"] for query in queries if "COUNT(" in query["sql"]]
    # The one number is that beside the bell, of the viewer's unread notices; lines are never counted.
    assert len(counting) == 1
    assert 'FROM "motbuoc_notice"' in counting[0]
    assert "motbuoc_historyline" not in counting[0]


def test_erased_values_are_said_to_be(cast: Cast) -> None:
    personal = {"born_on": ["", "1970-01-01"]}
    record(cast.officer, Act("grant_role", "person", cast.member.pk, cast.unit_a.pk, {}, personal))
    client = signed_in(cast.officer)
    assert "1970-01-01" in html_of(client)
    assert "1970-01-01" in rows_in_csv(client)[1][10]
    erase_personal(actor=cast.officer, person=cast.member, unit_id=cast.unit_a.pk)
    html = html_of(client)
    assert "1970-01-01" not in html
    assert "erased as the rules demand" in html
    assert rows_in_csv(client)[2][10] == "erased as the rules demand"
    client.post("/ngon-ngu/", {"language": "vi", "next": "/"})
    assert "đã xóa theo quy định" in html_of(client)


def test_the_list_is_remembered_until_something_is_written(cast: Cast) -> None:
    client = signed_in(cast.officer)
    first = html_of(client)
    with CaptureQueriesContext(connection) as queries:
        assert html_of(client) == first
    assert len(queries) == 3  # session, account, length of the history
    record(cast.officer, Act("grant_role", "person", cast.member.pk, cast.unit_a.pk, {}))
    assert rows_of(html_of(client)) == rows_of(first) + 1


def test_no_cell_is_a_formula(cast: Cast) -> None:
    cast.officer.full_name = '=HYPERLINK("http://x")'
    cast.officer.save()
    record(cast.officer, Act("create_unit", "unit", 1, cast.bloc.pk))
    assert rows_in_csv(signed_in(cast.officer))[1][2] == '\'=HYPERLINK("http://x")'


def test_the_request_is_in_the_answer_and_in_the_line(worked: Cast) -> None:
    assignment = worked.unit_a.assignments.order_by("pk")[1]
    answer = signed_in(worked.secretary).post(
        f"/viec/{assignment.pk}/", {"step": "acknowledge", "version": assignment.version}
    )
    line = HistoryLine.objects.latest("pk")
    assert (line.action, line.object_id) == ("acknowledge", assignment.pk)
    assert re.fullmatch("[0-9a-f]{12}", line.request)
    assert answer["X-Request-ID"] == line.request
    sent = Client().get("/dang-nhap/", headers={"X-Request-ID": "evil"})
    assert sent["X-Request-ID"] not in ("evil", line.request)


@pytest.mark.parametrize("kind", ["document", "assignment", "report"])
def test_the_pages_of_objects_show_their_history(worked: Cast, kind: str) -> None:
    from motbuoc.domains.reporting.services import request_report

    directive = worked.unit_a.assignments.first().document
    day = timezone.localdate(directive.released_at)
    with transaction.atomic():
        report = request_report(actor=worked.officer, document=directive, start=day, end=day)
    address, words = {
        "document": (f"/van-ban/{directive.pk}/", "Issued to units"),
        "assignment": (f"/viec/{worked.unit_a.assignments.order_by('pk')[0].pk}/", "Given to the unit"),
        "report": (f"/bao-cao/{report.pk}/", "Report asked for"),
    }[kind]
    html = signed_in(worked.officer).get(address).content.decode()
    history = html.split('id="history"')[1]
    assert words in history
    assert "Lê Thử Ban" in history


def test_lines_are_seen_only_with_what_they_tell_of(worked: Cast) -> None:
    """A directive that is made restricted leaves the lists of those who may not read it."""
    document = Document.objects.get()
    rows = rows_of(html_of(signed_in(worked.central_officer)))
    assert rows
    assert rows_of(html_of(signed_in(worked.administrator))) == 0
    classify_document(
        actor=worked.officer,
        document=document,
        version=document.version,
        classification="restricted",
        reason="Thử",
    )
    assert rows_of(html_of(signed_in(worked.central_officer))) == 0
    assert document.code not in html_of(signed_in(worked.central_officer))
    assert rows_of(html_of(signed_in(worked.officer))) > rows
