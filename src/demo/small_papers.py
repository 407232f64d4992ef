"""Two short papers beside the dispatch, an internal one and one that only few may read; and a spoken order."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.changes import Change
from demo.library import Library
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.documents.services import DutyUnits, confirm_document, correct_duty, import_document
from motbuoc.domains.documents.spoken import Asked, Said, ToWhom
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.ordering import give_order
from motbuoc.domains.work.prerequisites import add_prerequisite
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.calendar import BUILT_IN

LETTER = """ĐẢNG BỘ TỈNH SÔNG MÂY
ĐẢNG ỦY KHỐI CƠ QUAN - DOANH NGHIỆP TỈNH

Số {number}-CV/ĐUK
{subject}

ĐẢNG CỘNG SẢN VIỆT NAM
Sông Mây, ngày {day:%d} tháng {day:%m} năm {day:%Y}

Kính gửi: {units}

1. {duty} trước ngày {due:%d/%m/%Y}.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Võ Thanh Khê
"""


@dataclass(frozen=True)
class Paper:
    """A letter with one duty, due so many days later, for the first few base units."""

    number: int
    subject: str
    duty: str
    classification: Classification
    receivers: int
    due_in: int = 60


INTERNAL = Paper(
    57,
    "Về rà soát nội dung sinh hoạt chi bộ quý IV",
    "Rà soát nội dung sinh hoạt chi bộ quý IV và gửi kết quả về Đảng ủy Khối",
    Classification.INTERNAL,
    receivers=2,
)
RESTRICTED = Paper(
    61,
    "Về chuẩn bị hồ sơ nhân sự bổ sung cấp ủy",
    "Chuẩn bị hồ sơ nhân sự bổ sung cấp ủy theo mẫu và gửi về Đảng ủy Khối",
    Classification.RESTRICTED,
    receivers=1,
)

SPEAKER = "đồng chí Phó Bí thư Thường trực Đảng ủy Khối"
SPOKEN = (
    ("Rà soát đội ngũ cán bộ làm công tác dân vận của đơn vị", "Danh sách cán bộ"),
    ("Đề xuất người tham gia lớp bồi dưỡng nghiệp vụ dân vận", "Văn bản đề xuất"),
)
"""What was said at the meeting, and what is to come of it."""


@dataclass
class SmallPapers:
    """The two papers, each brought in and issued on its day, and an order without a paper."""

    province: Province
    staff: Staff
    days: Timetable
    papers: dict[int, Paper] = field(default_factory=lambda: {148: INTERNAL, 158: RESTRICTED})

    def planned(self) -> list[Change]:
        """Each paper with its day, workdays counted from that of the dispatch; and the family of the library."""
        issued = [
            Change(BUILT_IN.add_workdays(self.days.start, count), partial(self.issue, paper))
            for count, paper in self.papers.items()
        ]
        spoken = Change(BUILT_IN.add_workdays(self.days.start, 152), self.say)
        return [*issued, spoken, *Library(self.province, self.staff, self.days).planned()]

    def issue(self, paper: Paper) -> str:
        """Bring one in, say whom its duty is for, and issue it."""
        officer, document = self.staff.officers[0], self._brought(paper)
        duty, units = document.duties.get(), [base.unit.pk for base in self.province.bases[: paper.receivers]]
        changes = {"time_kind": TimeKind.DATED, "due_on": self._due(paper), "what": paper.duty, "verb": "Gửi"}
        lead = DutyUnits(for_addressees=False, leads=units)
        correct_duty(actor=officer, duty=duty, version=duty.version, changes=changes, units=lead)
        document = Document.objects.get(pk=document.pk)
        document = confirm_document(actor=officer, document=document, version=document.version)
        issue_directive(actor=officer, document=document, version=document.version)
        return f"{paper.classification} dispatch {document.code}"

    def say(self) -> str:
        """An order given at a meeting, noted by the officer: its second task waits for the first in each unit."""
        officer, today = self.staff.officers[0], clock.today()
        said = Said("meeting", SPEAKER, today, "hội nghị giao ban công tác dân vận")
        due = [BUILT_IN.add_workdays(today, count) for count in (15, 25)]
        tasks = [Asked(what, day, product) for (what, product), day in zip(SPOKEN, due, strict=True)]
        to = ToWhom([base.unit.pk for base in self.province.bases[:3]])
        document = give_order(actor=officer, unit=self.province.bloc, said=said, asked=tasks, to=to)
        given = list(Assignment.objects.filter(document=document).order_by("unit_id", "duty__position"))
        for first, second in zip(given[::2], given[1::2], strict=True):
            add_prerequisite(actor=officer, assignment=second, needs=first)
        return f"spoken order of {len(given)} assignments"

    def _brought(self, paper: Paper) -> Document:
        named = ", ".join(base.name for base in self.province.bases[: paper.receivers])
        text = LETTER.format(
            number=paper.number,
            subject=paper.subject,
            day=clock.today(),
            units=named,
            duty=paper.duty,
            due=self._due(paper),
        )
        upload = SimpleUploadedFile(f"{paper.number}-CV-DUK.txt", text.encode(), "text/plain")
        return import_document(
            actor=self.staff.officers[0],
            unit=self.province.bloc,
            upload=upload,
            classification=paper.classification,
        )

    def _due(self, paper: Paper) -> date:
        return clock.today() + timedelta(days=paper.due_in)
