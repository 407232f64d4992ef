"""A report is asked for by who may, tells what was true on its last day, and stays as it was made."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from motbuoc.domains.documents.models import Cycle, TimeKind
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.selectors import (
    facts_of,
    items_of,
    reporter_of,
    reports_for,
    run_of,
    runs_of,
    sources_for,
    title_of,
)
from motbuoc.domains.reporting.services import compose_report, fail_report, finish_report, request_report
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.people.models import Position, PositionTitle
from tests.factories import LONG_AGO, make_directive, make_document, make_person, step_on


@pytest.fixture
def directive(cast):
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        return make_directive(cast)


@pytest.fixture
def report(cast, directive):
    assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
    steps = (
        ("04-10", "acknowledge", cast.secretary),
        ("04-20", "submit", cast.secretary),
        ("04-25", "accept", cast.officer),
    )
    for day, name, actor in steps:
        with time_machine.travel(f"2026-{day}T02:00:00Z", tick=False):
            assignment = step_on(assignment, name, actor, "Đã tổ chức 03 hội nghị")
    with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
        return request_report(
            actor=cast.officer, document=directive, start=date(2026, 3, 6), end=date(2026, 5, 10)
        )


def finished(report):
    return finish_report(report=report, content=compose_report(report), word_file=b"PK")


class TestRequest:
    """Who may ask, for which days."""

    def test_is_written_down(self, cast, report, directive):
        assert report.unit_id == cast.department.pk
        line = HistoryLine.objects.latest("pk")
        assert (line.action, line.unit_id, line.values["end"]) == ("request_report", cast.bloc.pk, "2026-05-10")

    @pytest.mark.parametrize("end", [date(2026, 3, 5), date(1, 1, 1)])
    def test_not_on_a_time_before_the_directive_was_issued(self, cast, directive, end):
        with pytest.raises(Refusal, match="06/03/2026"):
            request_report(actor=cast.officer, document=directive, start=date(1, 1, 1), end=end)
        assert not Report.objects.exists()

    @pytest.mark.parametrize("person", ["inspector", "central_officer", "secretary", "member", "stranger"])
    def test_not_by_others(self, cast, directive, person):
        with pytest.raises(NotAllowed):
            request_report(
                actor=getattr(cast, person), document=directive, start=date(2026, 3, 6), end=date(2026, 3, 6)
            )
        assert not Report.objects.exists()

    @time_machine.travel("2026-05-10T02:00:00Z", tick=False)
    @pytest.mark.parametrize(
        ("start", "end"), [(date(2026, 5, 2), date(2026, 5, 1)), (date(2026, 5, 1), date(2026, 5, 11))]
    )
    def test_days_that_make_no_period(self, cast, directive, start, end):
        with pytest.raises(Refusal):
            request_report(actor=cast.officer, document=directive, start=start, end=end)

    def test_not_before_it_is_issued(self, cast):
        document = make_document(cast)
        with pytest.raises(Refusal):
            request_report(actor=cast.officer, document=document, start=date(2026, 1, 1), end=date(2026, 1, 2))


class TestContent:
    """What it says."""

    def test_figures_are_those_of_the_records(self, cast, report):
        content = compose_report(report)
        summary = "".join(run["text"] for run in content["sections"][0]["paragraphs"][0])
        assert "Đã giao 07 nhiệm vụ cho 03 đơn vị." in summary
        assert "Hoàn thành 01 nhiệm vụ (14,2%)" in summary
        assert "Quá hạn 01 nhiệm vụ, tại: Đảng bộ Công ty Bình Minh." in summary
        assert "Chưa tiếp nhận 06 nhiệm vụ" in summary
        assert [section["item"] for section in content["sections"]] == ["", "1", "2", "3", ""]
        assert "Chi bộ Sở Ánh Dương: Đã tổ chức 03 hội nghị." in str(content["sections"][1])

    def test_letterhead_and_signature(self, cast, report):
        head = make_person("Đinh Thử Trưởng", "truong-ban")
        Position.objects.create(person=head, unit=cast.department, title=PositionTitle.HEAD, valid_from=LONG_AGO)
        content = compose_report(report)
        header = content["header"]
        assert (header["superior"], header["issuer"]) == ("ĐẢNG ỦY KHỐI MẪU", "BAN TUYÊN GIÁO")
        assert (header["symbol"], header["place"], header["date"]) == ("BC/BTG", "Mẫu", "2026-05-10")
        assert content["signature"] == {"authority": "", "title": "TRƯỞNG BAN", "name": "Đinh Thử Trưởng"}
        opening = content["opening"][0]["text"]
        assert "Công văn số 12-CV/ĐUK, ngày 05/3/2026 của Đảng ủy Khối Mẫu về việc làm mẫu" in opening
        assert "từ ngày 06/3/2026 đến ngày 10/5/2026" in opening

    def test_a_past_period_tells_of_its_own_last_day(self, cast, directive, report):
        before = {fact.assignment_id: fact for fact in facts_of(directive, date(2026, 3, 6), date(2026, 4, 22))}
        assignment = Assignment.objects.get(unit=cast.unit_a, time_kind=TimeKind.DATED)
        assert before[assignment.pk].state == "submitted"
        assert not any(fact.is_overdue for fact in before.values())

    def test_words_are_those_of_the_period(self, cast, directive, report):
        told = [fact.words for fact in facts_of(directive, date(2026, 5, 1), date(2026, 5, 10)) if fact.words]
        assert told == []

    def test_a_dated_duty_accepted_in_a_later_period_keeps_its_lateness(self, cast, directive):
        assignment = Assignment.objects.get(unit=cast.unit_b, time_kind=TimeKind.DATED)
        for at, name, actor in (
            ("2026-04-01", "acknowledge", cast.secretary_b),
            ("2026-05-02", "submit", cast.secretary_b),
            ("2026-05-03", "accept", cast.officer),
        ):
            with time_machine.travel(f"{at}T02:00:00Z", tick=False):
                assignment = step_on(assignment, name, actor, "Đã làm")
        late = [
            fact.assignment_id
            for fact in facts_of(directive, date(2026, 3, 1), date(2026, 12, 1))
            if fact.is_done_late
        ]
        assert late == [assignment.pk]

    def test_a_later_period_in_time_is_not_done_late(self, cast, directive):
        found = Assignment.objects.filter(unit=cast.unit_a, time_kind=TimeKind.PERIODIC)
        found.update(cycle=Cycle.MONTH, due_on=date(2026, 3, 31), first_due_on=date(2026, 3, 31))
        assignment = found.get()
        for at, name, actor in (
            ("2026-03-20", "acknowledge", cast.secretary),
            ("2026-03-30", "submit", cast.secretary),
            ("2026-04-01", "accept_period", cast.officer),
            ("2026-04-29", "submit", cast.secretary),
            ("2026-05-01", "accept", cast.officer),
        ):
            with time_machine.travel(f"{at}T02:00:00Z", tick=False):
                assignment = step_on(assignment, name, actor, "Đã làm")
        fact = next(
            f for f in facts_of(directive, date(2026, 3, 1), date(2026, 6, 1)) if f.assignment_id == assignment.pk
        )
        assert (fact.state, fact.is_done_late) == ("accepted", False)

    def test_duties_in_no_item_have_a_section_and_a_column(self, cast, directive, report):
        Assignment.objects.filter(time_kind=TimeKind.DATED).update(provision=None)
        assert [item.number for item in items_of(directive)] == ["2", "3", ""]
        content = compose_report(report)
        assert content["sections"][3]["title"] == "Nhiệm vụ khác"
        assert content["annex"]["columns"][-1] == "Nhiệm vụ khác"

    def test_the_directives_own_unit_reports_where_no_department_is_charged(self, cast, directive):
        Assignment.objects.filter(unit=cast.department).delete()
        assert reporter_of(directive, date(2026, 5, 10)).pk == cast.bloc.pk
        with time_machine.travel("2026-05-10T02:00:00Z", tick=False):
            days = {"start": date(2026, 3, 6), "end": date(2026, 5, 10)}
            content = compose_report(request_report(actor=cast.officer, document=directive, **days))
        assert (content["header"]["superior"], content["header"]["issuer"]) == (
            "ĐẢNG BỘ TỈNH MẪU",
            "ĐẢNG ỦY KHỐI MẪU",
        )
        assert content["signature"]["authority"] == "T/M BAN THƯỜNG VỤ"

    def test_titles_in_the_items_own_words(self):
        assert title_of("2. Nắm tình hình đoàn viên; báo cáo.", "2") == "Nắm tình hình đoàn viên"
        assert title_of("1. " + "rất dài " * 40, "1").endswith("…")
        clause = "Đổi mới cách sinh hoạt của các đoàn thể ở cơ quan"
        assert title_of(f"1. {clause} theo {'Kết luận dài ' * 20}", "1") == clause


class TestFrozen:
    """What was reported stays."""

    def test_later_work_changes_nothing(self, cast, report):
        made = finished(report)
        before = Report.objects.get(pk=made.pk).content
        step_on(
            Assignment.objects.get(unit=cast.unit_b, time_kind=TimeKind.DATED), "acknowledge", cast.secretary_b
        )
        assert compose_report(made) == before  # a past day stands as it stood
        assert Report.objects.get(pk=made.pk).content == before

    def test_it_is_made_once(self, report):
        made = finished(report)
        with pytest.raises(Refusal):
            finish_report(report=made, content={}, word_file=b"PK other")
        assert Report.objects.get(pk=made.pk).content["header"]["type"] == "BC"
        assert StoredFile.objects.filter(report__isnull=False).count() == 1

    def test_a_finished_one_cannot_fail(self, report):
        made = finished(report)
        fail_report(report=made)
        assert Report.objects.get(pk=made.pk).state == Report.State.READY

    def test_one_that_could_not_be_made_says_so(self, report):
        fail_report(report=report)
        assert Report.objects.get(pk=report.pk).state == Report.State.FAILED
        line = HistoryLine.objects.latest("pk")
        assert (line.action, line.object_id) == ("fail_report", report.pk)


class TestSources:
    """Pulling a thread."""

    def test_each_run_leads_to_exactly_what_it_counts(self, cast, report):
        made = finished(report)
        runs = list(runs_of(made.content))
        for place, run in enumerate(runs):
            found = sources_for(cast.officer, made, place)
            assert {assignment.pk for assignment in found} == set(run["sources"])
            assert run_of(made, place) == run
        with pytest.raises(IndexError):
            sources_for(cast.officer, made, len(runs))

    def test_nobody_pulls_more_than_they_may_see(self, cast, report):
        made = finished(report)
        assert {a.unit_id for a in sources_for(cast.secretary, made, 0)} == {cast.unit_a.pk}
        assert not sources_for(cast.stranger, made, 0).exists()

    def test_reports_are_for_readers_of_the_directives_unit(self, cast, report):
        for reader in (cast.officer, cast.inspector, cast.central_officer):
            assert reports_for(reader).get() == report
        for other in (cast.secretary, cast.member, cast.stranger):
            assert not reports_for(other).exists()
