"""Every role × every class × every page of a document and of what was made of it: a badge, or nothing at all."""

from __future__ import annotations

import io
import re

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import classify_document
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.models import Evidence
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.selectors import content_of
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import make_directive, picture, step_on

NORMAL, INTERNAL, RESTRICTED = Classification
BADGES = {INTERNAL: '#sign-house"/></svg>Nội bộ', RESTRICTED: '#sign-lock"/></svg>Hạn chế'}
READERS = {"officer": 3, "inspector": 3, "secretary": 3, "central_officer": 2, "member": 1, "stranger": 0}
NO_BOARD = {"member", "stranger"}
NO_REPORTS = {"member", "stranger", "secretary"}
CODE = "77-CV/THỬ"


def browser(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


@pytest.fixture(params=list(Classification))
def made(request, cast):
    """A directive of a class with all that can be made of one, and the addresses that show it."""
    classification = request.param
    directive = make_directive(cast, classification)
    directive = Document.objects.get(pk=directive.pk)
    directive.code = CODE
    directive.save()  # with the words it is found by
    directive.refresh_from_db()
    assignment = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    step_on(assignment, "acknowledge", cast.secretary)
    step_on(assignment, "progress", cast.secretary, "Đã họp", files=[picture("anh-hop.png")])
    today = clock.today()
    report = request_report(actor=cast.officer, document=directive, start=today, end=today)
    make_report.call(report.pk)
    evidence = Evidence.objects.get()
    return classification, directive, assignment, Report.objects.get(), evidence


@pytest.mark.parametrize("name", READERS)
def test_a_page_shows_the_class_or_is_not_there(cast, made, name):
    classification, directive, assignment, report, evidence = made
    client, seen = browser(getattr(cast, name)), list(Classification).index(classification) < READERS[name]
    pages = {
        reverse("document_detail", args=[directive.pk]): seen,
        reverse("assignment_detail", args=[assignment.pk]): seen,
        reverse("report_detail", args=[report.pk]): seen and name not in NO_REPORTS,
        reverse("report_sources", args=[report.pk, 1]): seen and name not in NO_REPORTS,
    }
    for address, is_there in pages.items():
        answer = client.get(address)
        assert answer.status_code == (200 if is_there else 404), address
        assert_told(answer, classification, is_there)
    board = client.get(reverse("board", args=[directive.pk]))
    assert board.status_code == (404 if name == "stranger" else 403 if name in NO_BOARD else 200 if seen else 404)
    if board.status_code == 200:
        assert_told(board, classification, True)
    files = {
        reverse("document_file", args=[directive.pk]): seen,
        reverse("evidence_file", args=[evidence.pk]): seen,
        reverse("report_file", args=[report.pk]): seen and name not in NO_REPORTS,
    }
    for address, is_there in files.items():
        assert got(client, address) == is_there, address


@pytest.mark.parametrize("name", READERS)
def test_a_list_shows_the_class_or_holds_nothing(cast, made, name):
    classification, *_rest = made
    client, seen = browser(getattr(cast, name)), list(Classification).index(classification) < READERS[name]
    lists = {
        reverse("document_list"): seen,
        reverse("document_list") + f"?words={CODE}": seen,
        reverse("inbox") + "?tab=all": seen,
        reverse("inbox") + f"?tab=all&words={CODE}": seen,
        reverse("directive_list"): seen,
        reverse("report_list"): seen and name not in NO_REPORTS,
        reverse("today"): seen,
    }
    for address, is_there in lists.items():
        answer = client.get(address)
        assert answer.status_code in ((200,) if is_there else (200, 404))
        html = re.sub(r"</?mark>", "", answer.content.decode()).replace(f'value="{CODE}"', "")
        assert (CODE in html) == is_there, address
        assert_told(answer, classification, is_there)
    inbox = client.get(reverse("inbox") + "?tab=all").content.decode()
    counts = re.findall(r'<span class="count">(\d+)</span>', inbox)
    assert any(count != "0" for count in counts) == seen


def got(client, address) -> bool:
    """Whether the file is handed out; otherwise there is no such file."""
    answer = client.get(address)
    if answer.status_code == 200:
        return bool(b"".join(answer.streaming_content))
    assert answer.status_code == 404
    return False


def assert_told(answer, classification, is_there):
    html = answer.content.decode()
    shown = {name for name, badge in BADGES.items() if badge in html}
    assert shown == ({classification} - {NORMAL} if is_there else set())
    assert is_there or "Việc làm mẫu" not in html


def test_a_page_that_was_remembered_is_not_shown_after_the_class_is_raised(cast):
    directive = make_directive(cast)
    client = browser(cast.member)
    addresses = [reverse("inbox") + "?tab=all", reverse("directive_list")]
    assert all("12-CV/ĐUK" in client.get(address).content.decode() for address in addresses * 2)
    change = {"classification": INTERNAL, "reason": "Theo dấu", "version": directive.version}
    classify_document(actor=cast.officer, document=directive, **change)
    assert not any("12-CV/ĐUK" in client.get(address).content.decode() for address in addresses)


@pytest.mark.parametrize("classification", list(Classification))
def test_the_word_report_of_what_is_not_for_all_carries_the_mark(cast, classification):
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        directive = make_directive(cast, classification)
        today = clock.today()
        report = request_report(actor=cast.officer, document=directive, start=today, end=today)
        make_report.call(report.pk)
        report.refresh_from_db()
    file = docx.Document(io.BytesIO(content_of(report.file)))
    head = " ".join(paragraph.text for paragraph in file.sections[0].first_page_header.paragraphs)
    page = browser(cast.officer).get(reverse("report_detail", args=[report.pk])).content.decode()
    is_marked = classification != NORMAL
    assert ("LƯU HÀNH NỘI BỘ" in head) == is_marked
    assert ("LƯU HÀNH NỘI BỘ" in page) == is_marked


def test_a_unit_narrows_the_files_it_sends(cast):
    directive = make_directive(cast)
    assignment = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    address = reverse("assignment_detail", args=[assignment.pk])
    sent = {"step": "progress", "text": "Đã họp", "version": assignment.version, "classification": "restricted"}
    answer = browser(cast.secretary).post(address, {**sent, "evidence": picture("anh-hop.png")})
    assert answer.status_code == 302
    evidence = Evidence.objects.get()
    file = reverse("evidence_file", args=[evidence.pk])
    for person, is_there in ((cast.secretary, True), (cast.officer, True), (cast.member, False)):
        html = browser(person).get(address).content.decode()
        assert "Đã họp" in html
        assert ("anh-hop.png" in html) == is_there
        assert (BADGES[RESTRICTED] in html) == is_there
        assert got(browser(person), file) == is_there


@pytest.mark.parametrize(
    ("classification", "offered"),
    [(NORMAL, {"internal", "restricted"}), (INTERNAL, {"restricted"}), (RESTRICTED, set())],
)
def test_only_what_is_narrower_than_the_directive_is_offered(cast, classification, offered):
    directive = make_directive(cast, classification)
    assignment = directive.assignments.filter(unit=cast.unit_a).order_by("pk").first()
    assignment = step_on(assignment, "acknowledge", cast.secretary)
    client, address = browser(cast.secretary), reverse("assignment_detail", args=[assignment.pk])
    html = client.get(address).content.decode()
    assert set(re.findall(r'<option value="(normal|internal|restricted)"', html)) == offered
    sent = {"step": "progress", "text": "Đã họp", "version": assignment.version, "classification": "normal"}
    answer = client.post(address, {**sent, "evidence": picture()})
    assert answer.status_code == (422 if offered else 302)
