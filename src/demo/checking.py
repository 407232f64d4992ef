"""Inspections in the months lived: a plan with its sample, one visit concluded and mended, one waiting for
comment."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.changes import CONVERTED, MERGED, Change
from demo.people import SIGNER, Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.inspections import services, visiting
from motbuoc.domains.inspections.drafting import conclusion_of, draft_of
from motbuoc.domains.inspections.models import CheckItem, CheckPlan, Visit
from motbuoc.domains.inspections.states import VisitState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.services import issue_directive, take_step
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import BUILT_IN
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file

SUBJECT = "việc thực hiện Công văn số 38-CV/ĐUK"
R = CheckItem.Result
FOUND = (
    ("Sổ theo dõi đối thoại chưa ghi đủ ý kiến và người trả lời", "Bổ sung sổ theo dõi đối thoại định kỳ", 20),
    ("Quy chế dân chủ ở cơ sở chưa niêm yết công khai", "Niêm yết công khai quy chế dân chủ ở cơ sở", 75),
)
WAITING = (("Biên bản hội nghị quán triệt thiếu danh sách dự họp", "Hoàn thiện biên bản hội nghị quán triệt", 30),)
MENDED = {
    "acknowledge": "",
    "progress": "Đã phân công đồng chí phó bí thư thực hiện.",
    "submit": "Đã bổ sung sổ theo dõi, có xác nhận của người trả lời.",
}


@dataclass
class Checking:
    """The inspections, each step on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first; workdays counted from the day of the dispatch."""
        acts = {88: self.plan, 100: self.visit, 108: self.conclude, 118: self.mend, 164: self.send_draft}
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    def plan(self) -> str:
        """A plan of the year: its sample drawn, the unit that visitors sign in to added, approved."""
        officer, today = self.officer, clock.today()
        self._remember(today)
        size = min(12, max(3, len(self.province.bases) // 4))
        asked: dict[str, Any] = {"year": today.year, "subject": SUBJECT, "size": size, "seed": f"{today:%Y-%m}"}
        plan = services.make_plan(actor=officer, unit_id=self.province.bloc.pk, **asked)
        plan = services.draw_sample(actor=officer, plan=plan, version=plan.version)
        first = self.province.bases[0].unit
        if not plan.chosen.filter(unit=first).exists():
            words = "Đơn vị làm điểm, cấp ủy đề nghị kiểm tra để rút kinh nghiệm"
            services.add_chosen(actor=officer, plan=plan, version=plan.version, unit=first, words=words)
        last = plan.chosen.order_by("position").last()
        if last and last.unit_id != first.pk and plan.chosen.count() > size:
            services.take_out(actor=officer, chosen=last, words="Đã được Ủy ban Kiểm tra kiểm tra trong quý")
        plan = CheckPlan.objects.get(pk=plan.pk)
        services.take_plan_step(actor=officer, plan=plan, version=plan.version, name="approve_plan")
        return f"inspections planned: {plan.chosen.count()}"

    def _remember(self, today: date) -> None:
        """The inspections of former years, as the office's own list has them: of most units, not of all."""
        rng = random.Random(f"{today.year} {len(self.province.bases)}")
        days = [(base.unit, today - timedelta(days=rng.randint(200, 2600))) for base in self.province.bases]
        visits = [
            Visit(
                by_unit=self.province.bloc,
                unit=unit,
                subject=f"công tác dân vận năm {day.year}",
                day=day,
                state=VisitState.CONCLUDED,
            )
            for unit, day in days
            if rng.random() < 0.85
        ]
        Visit.objects.bulk_create(visits)
        acts = (Act("plan_visit", "visit", v.pk, v.unit_id, {"day": v.day.isoformat()}) for v in visits)
        write_lines(self.officer, acts)

    @property
    def officer(self) -> Person:
        """Who inspects."""
        return self.staff.officers[0]

    def visit(self) -> str:
        """The first unit of the sample is visited and told what was found."""
        unit = next(self._units())
        visit = self._inspected(unit, FOUND)
        self._step(visit, self.officer, "send_draft", draft_of(visit))
        return "inspected: 1"

    def conclude(self) -> str:
        """It comments, and the conclusion is issued to it."""
        visit = Visit.objects.get(state=VisitState.DRAFT_SENT)
        secretary = self.staff.secretaries[visit.unit_id]
        words = "Cấp ủy thống nhất với dự thảo, đề nghị cho thời gian niêm yết quy chế sau khi sửa đổi."
        visit = self._step(visit, secretary, "comment_draft", words)
        content = conclusion_of(visit, draft_of(visit), "21", ("PHÓ BÍ THƯ", SIGNER))
        upload = SimpleUploadedFile("21-TB-DUK.docx", conclusion_file(content), WORD)
        answer = "Tiếp thu: thời hạn niêm yết quy chế được lùi theo đề nghị."
        asked: dict[str, Any] = {"visit": visit, "version": visit.version, "answer": answer, "upload": upload}
        visit = visiting.conclude_visit(actor=self.officer, **asked)
        document = Document.objects.get(concluded_visit=visit)
        document = confirm_document(actor=self.officer, document=document, version=document.version)
        issue_directive(actor=self.officer, document=document, version=document.version)
        return f"concluded: {document.code}"

    def mend(self) -> str:
        """One remedy is done and accepted; the other is still open."""
        remedy = Assignment.objects.filter(document__concluded_visit__isnull=False).order_by("pk")[0]
        secretary = self.staff.secretaries[remedy.unit_id]
        for name, text in MENDED.items():
            remedy = self._take(remedy, secretary, name, text)
        self._take(remedy, self.officer, "accept", "Đã xem sổ, đạt yêu cầu.")
        return "mended: 1"

    def send_draft(self) -> str:
        """The unit that visitors sign in to has a draft to comment on."""
        visit = self._inspected(self.province.bases[0].unit, WAITING)
        self._step(visit, self.officer, "send_draft", draft_of(visit))
        return "waits for comment: 1"

    def _units(self) -> Iterator[Unit]:
        """Units of the sample to which nothing else happens."""
        chosen = set(CheckPlan.objects.get().chosen.filter(taken_out_by=None).values_list("unit", flat=True))
        bases = [base.unit for base in self.province.bases[2:] if base.host.name not in (CONVERTED, *MERGED)]
        yield from (unit for unit in bases if unit.pk in chosen)
        yield from bases  # in a small province the sample may hold none of them
        yield self.province.bases[-1].unit

    def _inspected(self, unit: Unit, found: tuple[tuple[str, str, int], ...]) -> Visit:
        """A visit of today with its checklist gone through and these findings."""
        plan = CheckPlan.objects.get()
        visit = Visit(plan=plan, by_unit=plan.unit, unit=unit, subject=SUBJECT, day=clock.today())
        visit = services.plan_visit(actor=self.officer, visit=visit, team=[self.officer], others="")
        visit = self._step(visit, self.officer, "begin_visit")
        for item in visit.items.select_related("assignment"):
            is_done = item.assignment.state in (AssignmentState.ACCEPTED, AssignmentState.SUBMITTED)
            seen = (R.AS_REPORTED, "") if is_done else (R.IN_PART, "Đang làm, chưa đủ hồ sơ.")
            asked: dict[str, Any] = {"version": item.version, "result": seen[0], "note": seen[1]}
            visiting.note_item(actor=self.officer, item=item, **asked)
        for text, remedy, days in found:
            due = clock.today() + timedelta(days=days)
            visiting.add_finding(actor=self.officer, visit=visit, text=text, remedy=remedy, due_on=due)
        return Visit.objects.get(pk=visit.pk)

    def _step(self, visit: Visit, actor: Person, name: str, text: str = "") -> Visit:
        fresh, last = Visit.objects.get(pk=visit.pk), BUILT_IN.add_workdays(clock.today(), 10)
        if fresh.unit_id == self.province.bases[0].unit.pk:
            last = max(last, self.days.until + timedelta(days=7))  # a visitor may still comment
        asked: dict[str, Any] = {"version": fresh.version, "name": name, "text": text, "comment_by": last}
        return visiting.take_visit_step(actor=actor, visit=fresh, **asked)

    def _take(self, assignment: Assignment, actor: Person, name: str, text: str) -> Assignment:
        fresh = Assignment.objects.get(pk=assignment.pk)
        asked: dict[str, Any] = {"version": fresh.version, "name": name, "text": text}
        take_step(actor=actor, assignment=fresh, product=Product(why_none="Sản phẩm gửi sau"), **asked)
        return fresh
