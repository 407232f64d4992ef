"""What units asked for and officers decided on the last of the days: later days, rests, questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.living import ON_PAPER
from demo.people import Staff
from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.work.models import Assignment, Request
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.requesting import ask, decide
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.states import AT_WORK, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

ASKED_DUTY = "supervision"  # the duty of the shown unit about whose result there is a question
FORTNIGHT = timedelta(days=14)
LATER = "Cơ sở gửi số liệu chậm do sắp xếp lại các tổ; đề nghị thêm hai tuần để kiểm tra, tổng hợp."
GRANTED = "Đồng ý, đề nghị đơn vị không lùi thêm."
REFUSED = "Nội dung này phải tổng hợp báo cáo cấp trên đúng hạn; đề nghị đơn vị tập trung hoàn thành."
REST = "Đơn vị đang chuyển trụ sở, hồ sơ niêm phong; đề nghị tạm dừng đến khi ổn định."
SUSPENDED = "Chờ hướng dẫn mới của cấp trên về nội dung này."
CANCELLED = "Giao trùng với nhiệm vụ của cơ quan khác."
RESULT = "Đã giám sát 4 cuộc, có thông báo kết quả từng cuộc."
QUESTION = "Báo cáo nêu đã giám sát 4 cuộc nhưng chỉ gửi 3 biên bản. Cuộc thứ tư diễn ra ngày nào?"
ANSWER = "Cuộc thứ tư họp ngày cuối tháng trước, biên bản đang chờ ký; đơn vị sẽ gửi bổ sung."


@dataclass
class Deciding:
    """The last day's requests, decisions and questions about one directive; `shown` is whose a visitor opens."""

    document: Document
    staff: Staff
    shown: Unit
    keys: dict[int, str]

    def act(self) -> str:
        """Everything of that day."""
        officers, rows = self.staff.officers, self._at_work()
        if mine := self._of_shown():
            self._later(mine)
        for row, grant in zip(rows, (True, True, False), strict=False):
            self._decided(row, officers[0], grant)
        for row, _turn in zip(rows, range(2), strict=False):
            self._later(row)
        for row, _turn in zip(rows, range(1), strict=False):
            self._ask(row, Request.Kind.SUSPENSION, REST, None)
        for row, name, reason in zip(
            rows, ("suspend", "suspend", "cancel"), (SUSPENDED, SUSPENDED, CANCELLED), strict=False
        ):
            self._step(row, name, officers[0], reason)
        for turn, row in enumerate(self._handed_in()):
            self._step(row, "ask", officers[-1], QUESTION)
            if turn == 1:
                self._step(row, "answer", self._worker(row), ANSWER)
        return "later days and rests asked for and decided, questions about results"

    def _at_work(self) -> Iterator[Assignment]:
        """The dated tasks at work of other units."""
        found = Assignment.objects.filter(document=self.document, state__in=AT_WORK, due_on__isnull=False)
        for row in found.exclude(time_kind=TimeKind.PERIODIC).exclude(unit=self.shown).order_by("pk"):
            if policy.who_may(Action.WORK_ON_ASSIGNMENT, row.unit).exists():
                yield row

    def _of_shown(self) -> Assignment | None:
        mine = Assignment.objects.filter(document=self.document, unit=self.shown, state__in=AT_WORK)
        return mine.filter(due_on__isnull=False).order_by("pk").first()

    def _handed_in(self) -> list[Assignment]:
        """That of the shown unit, and two of others."""
        found = Assignment.objects.filter(document=self.document, state=AssignmentState.SUBMITTED).order_by("pk")
        return [*self._result_of_shown(), *found.exclude(unit=self.shown)[:2]]

    def _result_of_shown(self) -> Iterator[Assignment]:
        """The one to be asked about; handed in now where the days before did not come to it."""
        for row in Assignment.objects.filter(document=self.document, unit=self.shown).order_by("pk"):
            if self.keys[row.duty_id] == ASKED_DUTY:
                if row.state in AT_WORK:
                    self._step(row, "submit", self._worker(row), RESULT)
                yield row

    def _worker(self, row: Assignment) -> Person:
        return policy.who_may(Action.WORK_ON_ASSIGNMENT, row.unit).order_by("pk")[0]

    def _later(self, row: Assignment) -> Request:
        day = max(row.due_on or clock.today(), clock.today()) + FORTNIGHT
        return self._ask(row, Request.Kind.EXTENSION, LATER, day)

    def _ask(self, row: Assignment, kind: Request.Kind, reason: str, wanted_on: date | None) -> Request:
        return ask(
            actor=self._worker(row),
            assignment=row,
            version=row.version,
            kind=kind,
            reason=reason,
            wanted_on=wanted_on,
        )

    def _decided(self, row: Assignment, officer: Person, grant: bool) -> None:
        asked = self._later(row)
        decide(
            actor=officer,
            request=asked,
            version=asked.version,
            grant=grant,
            answer=GRANTED if grant else REFUSED,
        )

    def _step(self, row: Assignment, name: str, actor: Person, text: str) -> None:
        fresh = Assignment.objects.get(pk=row.pk)
        product = Product(why_none=ON_PAPER) if name == "submit" else Product()
        take_step(actor=actor, assignment=fresh, version=fresh.version, name=name, text=text, product=product)
