"""The Word file of a report, opened again and held against the records."""

from __future__ import annotations

import io
import re
from datetime import date

import docx
import pytest
import time_machine

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.selectors import runs_of
from motbuoc.domains.reporting.services import request_report
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.files.selectors import content_of
from motbuoc.foundation.people.models import Position, PositionTitle
from motbuoc.interfaces.jobs.reports import make_report
from tests.factories import LONG_AGO, make_directive, make_person, step_on


@pytest.fixture
def report(cast):
    head = make_person("Đinh Thử Trưởng", "truong-ban")
    Position.objects.create(person=head, unit=cast.department, title=PositionTitle.HEAD, valid_from=LONG_AGO)
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        directive = make_directive(cast)
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        for name, actor in (("acknowledge", cast.secretary), ("submit", cast.secretary), ("accept", cast.officer)):
            assignment = step_on(assignment, name, actor, "Đã tổ chức 03 hội nghị")
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        days = {"start": date(2026, 3, 6), "end": date(2026, 5, 10)}
        asked = request_report(actor=cast.officer, document=directive, **days)
        make_report.enqueue(asked.pk)
    return Report.objects.get(pk=asked.pk)


@pytest.fixture
def word(report):
    assert report.state == Report.State.READY
    return docx.Document(io.BytesIO(content_of(report.file)))


def all_text(word):
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in word.paragraphs), *cells])


def test_looks_like_a_party_report(word):
    text = all_text(word)
    for words in ("ĐẢNG ỦY KHỐI MẪU", "BAN TUYÊN GIÁO", "ĐẢNG CỘNG SẢN VIỆT NAM", "BC/BTG", "BÁO CÁO"):
        assert words in text
    assert "ngày 10 tháng 5 năm 2026" in text
    assert "kết quả thực hiện Công văn số 12-CV/ĐUK, ngày 05/3/2026" in text
    assert "Nơi nhận" in text
    assert "TRƯỞNG BAN" in text
    assert "Đinh Thử Trưởng" in text


def test_figures_are_those_of_the_database(word):
    text = all_text(word)
    rows = Assignment.objects.all()
    given, done = rows.count(), rows.filter(state=AssignmentState.ACCEPTED).count()
    assert re.findall(r"Đã giao (\d+) nhiệm vụ cho (\d+) đơn vị", text)[0] == (f"{given:02d}", "03")
    assert f"Hoàn thành {done:02d} nhiệm vụ" in text
    assert "Chi bộ Sở Ánh Dương: Đã tổ chức 03 hội nghị." in text


def test_the_annex_holds_every_unit_and_its_counts(report, word):
    table = word.tables[-1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["STT", "Đơn vị", "Mục 1", "Mục 2", "Mục 3"]
    assert ["2", "Chi bộ Sở Ánh Dương", "1/1", "0/2", "–"] in rows
    assert ["3", "Đảng bộ Công ty Bình Minh", "0/1, quá hạn", "0/2", "–"] in rows
    assert rows[-3][2:] == ["1/2", "0/4", "0/1"]
    assert rows[-2][2:] == rows[-1][2:] == ["1/1", "0/0", "0/0"]


def test_every_run_with_sources_has_a_comment_that_names_them(report, word):
    resting = [run for run in runs_of(report.content) if run["sources"]]
    comments = list(word.comments)
    assert len(comments) == len(resting)
    for comment, run in zip(comments, resting, strict=True):
        named = {int(pk) for pk in re.findall(r"#(\d+)", comment.text)}
        assert named == set(run["sources"])
        assert f"{len(run['sources'])} nhiệm vụ (đến ngày 10/5/2026)" in comment.text


def test_a_report_that_cannot_be_made_says_so(cast, report, monkeypatch, caplog):
    asked = request_report(
        actor=cast.officer, document=report.document, start=date(2026, 3, 6), end=date(2026, 5, 10)
    )
    report.document.provisions.model.objects.filter(document=report.document).update(start=0, end=0)
    report.document.__class__.objects.filter(pk=report.document_id).update(regime="unheard of")
    result = make_report.enqueue(asked.pk)
    assert result.status == "FAILED"
    assert Report.objects.get(pk=asked.pk).state == Report.State.FAILED
    assert f"report {asked.pk} could not be made" in caplog.text
