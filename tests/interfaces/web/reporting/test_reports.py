"""Asking for a report, waiting for it, reading it, and pulling its threads back to the words of the directive."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import Cycle, Document, TimeKind
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.models import Assignment
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import make_document, step_on

DAYS = {"start": date(2026, 3, 6), "end": date(2026, 5, 10)}


@pytest.fixture
def report(cast, directive):
    with time_machine.travel("2026-04-10T02:00:00Z", tick=False):
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
            assignment = step_on(assignment, name, actor, "Đã tổ chức <03> hội nghị")
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        return request_report(actor=cast.officer, document=directive, **DAYS)


@pytest.fixture
def ready(report):
    make_report.enqueue(report.pk)
    return Report.objects.get(pk=report.pk)


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def html_of(client, name, *args):
    response = page(client, name, *args)
    assert response.status_code == 200
    return response.content.decode()


class TestRequest:
    """One click, or days of one's choice."""

    @time_machine.travel("2026-05-10T02:00:00Z", tick=False)
    def test_one_click_on_the_board_makes_it(self, cast, as_person, directive, django_capture_on_commit_callbacks):
        Document.objects.filter(pk=directive.pk).update(report_cycle=Cycle.QUARTER)
        client = as_person(cast.officer)
        board = html_of(client, "board", directive.pk)
        form = re.search(r'<form class="post-button".*?</form>', board.split("page-actions")[1], re.DOTALL)[0]
        sent = dict(re.findall(r'name="(start|end)" value="([^"]+)"', form))
        assert sent == {"start": "2026-04-01", "end": "2026-05-10"}
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(reverse("report_request", args=[directive.pk]), sent)
        report = Report.objects.get()
        assert response.url == reverse("report_detail", args=[report.pk])
        assert (report.period_start, report.period_end) == (date(2026, 4, 1), date(2026, 5, 10))
        assert report.state == Report.State.READY

    @time_machine.travel("2026-05-10T02:00:00Z", tick=False)
    def test_offers_periods_that_fill_the_form(self, cast, as_person, directive):
        client = as_person(cast.officer)
        url = reverse("report_request", args=[directive.pk])
        html = client.get(url).content.decode()
        assert "?start=01/01/2026&amp;end=31/03/2026" in html
        filled = client.get(url, {"start": "01/01/2026", "end": "31/03/2026"}).content.decode()
        assert 'value="01/01/2026"' in filled
        assert 'value="31/03/2026"' in filled

    @time_machine.travel("2026-05-10T02:00:00Z", tick=False)
    @pytest.mark.parametrize(
        "typed", [("01/05/2026", "11/05/2026"), ("02/05/2026", "01/05/2026"), ("abc", "01/05/2026")]
    )
    def test_days_that_make_no_period_keep_what_was_typed(self, cast, as_person, directive, typed):
        url = reverse("report_request", args=[directive.pk])
        response = as_person(cast.officer).post(url, dict(zip(("start", "end"), typed, strict=True)))
        assert response.status_code == 422
        for value in typed:
            assert f'value="{value}"' in response.content.decode()
        assert not Report.objects.exists()

    @pytest.mark.parametrize(
        ("person", "status"),
        [("inspector", 403), ("central_officer", 403), ("secretary", 403), ("member", 403), ("stranger", 404)],
    )
    def test_not_by_others(self, cast, as_person, directive, person, status):
        client, url = as_person(getattr(cast, person)), reverse("report_request", args=[directive.pk])
        assert client.get(url).status_code == status
        assert client.post(url, {"start": "2026-03-06", "end": "2026-03-07"}).status_code == status
        assert not Report.objects.exists()

    def test_not_of_a_document_still_in_review(self, cast, as_person):
        url = reverse("report_request", args=[make_document(cast).pk])
        assert as_person(cast.officer).get(url).status_code == 404


class TestDetail:
    """The preview."""

    def test_waits_by_itself_while_it_is_made(self, cast, as_person, report):
        html = html_of(as_person(cast.officer), "report_detail", report.pk)
        assert 'hx-trigger="every 2s"' in html
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in html
        assert reverse("report_file", args=[report.pk]) not in html

    def test_reads_like_the_paper(self, cast, as_person, ready):
        html = html_of(as_person(cast.officer), "report_detail", ready.pk)
        assert "every 2s" not in html
        assert 'http-equiv="refresh"' not in html
        for words in ("BAN TUYÊN GIÁO", "ĐẢNG CỘNG SẢN VIỆT NAM", "BC/BTG", "BÁO CÁO", "Nơi nhận", "Phụ lục"):
            assert words in html
        assert "Đã tổ chức &lt;03&gt; hội nghị" in html
        assert "<03>" not in html

    def test_every_figure_is_a_thread_to_exactly_what_it_counts(self, cast, as_person, ready):
        client = as_person(cast.officer)
        html = html_of(client, "report_detail", ready.pk)
        threads = re.findall(r'<a class="thread" href="([^"]+)">([^<]*)</a>', html)
        assert len(threads) > 20
        for url, words in threads:
            sources = client.get(url).content.decode()
            told = re.search(r"\d+", words)
            counted = re.search(r"(\d+) tasks? stood behind", sources)
            rows = sources.split("<tbody>")[1].count("<tr>")
            assert int(counted[1]) == rows
            if words.startswith((" Hoàn thành", "Đã giao", " Quá hạn", " Chưa tiếp nhận")):
                assert int(told[0]) == rows

    def test_a_thread_ends_at_the_words_of_the_directive(self, cast, as_person, ready):
        client = as_person(cast.officer)
        html = html_of(client, "report_detail", ready.pk)
        url = next(
            url
            for url, words in re.findall(r'class="thread" href="([^"]+)">([^<]*)<', html)
            if "Ánh Dương:" in words
        )
        sources = client.get(url).content.decode()
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        assert reverse("assignment_detail", args=[assignment.pk]) in sources
        assert "<mark>Tổ chức hội nghị quán triệt</mark>" in html_of(client, "assignment_detail", assignment.pk)

    def test_one_that_failed_can_be_asked_for_again(self, cast, as_person, report):
        Report.objects.update(state=Report.State.FAILED)
        assert reverse("report_request", args=[report.document_id]) in html_of(
            as_person(cast.officer), "report_detail", report.pk
        )
        assert reverse("report_request", args=[report.document_id]) not in html_of(
            as_person(cast.inspector), "report_detail", report.pk
        )

    def test_reading_only(self, cast, as_person, ready):
        client = as_person(cast.officer)
        for url in (
            reverse("report_list"),
            reverse("report_detail", args=[ready.pk]),
            reverse("report_file", args=[ready.pk]),
        ):
            assert client.post(url).status_code == 405


class TestWhoReads:
    """Readers of the directive's unit, and nobody else."""

    @pytest.mark.parametrize("reader", ["officer", "second_officer", "inspector", "central_officer"])
    def test_readers(self, cast, as_person, ready, reader):
        client = as_person(getattr(cast, reader))
        assert reverse("report_detail", args=[ready.pk]) in html_of(client, "report_list")
        assert "BAN TUYÊN GIÁO" in html_of(client, "report_detail", ready.pk)
        assert page(client, "report_sources", ready.pk, 0).status_code == 200
        response = page(client, "report_file", ready.pk)
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Đã giao 07 nhiệm vụ" in "\n".join(
            p.text for p in docx.Document(io.BytesIO(response.getvalue())).paragraphs
        )

    @pytest.mark.parametrize("person", ["secretary", "secretary_b", "member", "stranger"])
    def test_others(self, cast, as_person, ready, person):
        client = as_person(getattr(cast, person))
        for url in (("report_detail", ready.pk), ("report_sources", ready.pk, 0), ("report_file", ready.pk)):
            assert page(client, *url).status_code == 404
        listed = page(client, "report_list")  # those of their own unit, for whoever writes such
        assert listed.status_code == (200 if person.startswith("secretary") else 404)
        assert ready.document.subject not in listed.content.decode()

    def test_places_and_files_that_are_not_there(self, cast, as_person, report):
        client = as_person(cast.officer)
        assert page(client, "report_sources", report.pk, 0).status_code == 404
        assert page(client, "report_file", report.pk).status_code == 404
        make_report.enqueue(report.pk)
        assert page(client, "report_sources", report.pk, 9999).status_code == 404


def test_the_list_costs_the_same_for_many(cast, as_person, report):
    client = as_person(cast.officer)
    html_of(client, "report_list")
    with CaptureQueriesContext(connection) as few:
        html_of(client, "report_list")
    for _turn in range(20):
        request_report(actor=cast.officer, document=report.document, **DAYS)
    with CaptureQueriesContext(connection) as many:
        assert html_of(client, "report_list").count("Việc làm mẫu") >= 21
    assert len(many) == len(few)


def test_an_empty_list_says_what_to_do(cast, as_person, directive):
    html = html_of(as_person(cast.officer), "report_list")
    assert "No report yet" in html
    assert reverse("report_request", args=[directive.pk]) in html
    assert reverse("report_request", args=[directive.pk]) not in html_of(as_person(cast.inspector), "report_list")
