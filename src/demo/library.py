"""A small family of papers around the dispatch: what it rests on, what amends it, and one left missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.changes import Change
from demo.dispatch import CITED
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.services import import_document
from motbuoc.domains.documents.touching import touches_of
from motbuoc.domains.reporting.composer import short_date
from motbuoc.foundation.workdays.calendar import BUILT_IN

PAPER = """{letterhead}

Số {code}
{subject}

ĐẢNG CỘNG SẢN VIỆT NAM
Sông Mây, ngày {day:%d} tháng {month} năm {day:%Y}

{basis}

{body}

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ
Võ Thanh Khê
"""
PROVINCE = "ĐẢNG CỘNG SẢN VIỆT NAM\nTỈNH ỦY SÔNG MÂY"
BLOC = "ĐẢNG BỘ TỈNH SÔNG MÂY\nĐẢNG ỦY KHỐI CƠ QUAN - DOANH NGHIỆP TỈNH"

RESOLUTION = 400
"""Days before the dispatch on which the resolution was issued that the programme rests on, and nobody has."""


@dataclass(frozen=True)
class Kin:
    """One paper of the family: its number, what it is about, what it rests on and says."""

    code: str
    letterhead: str
    subject: str
    basis: str
    body: str


PROGRAMME = Kin(
    "14-CTr/TU",
    PROVINCE,
    "CHƯƠNG TRÌNH\nđổi mới công tác dân vận trong cơ quan, doanh nghiệp",
    "Căn cứ Nghị quyết số 02-NQ/TU, ngày {resolution} của Ban Chấp hành Đảng bộ tỉnh về công tác dân vận;",
    "1. Các cấp ủy đổi mới nội dung, phương thức công tác dân vận trong cơ quan, doanh nghiệp.\n\n"
    "2. Người đứng đầu đối thoại định kỳ với đoàn viên, hội viên và người lao động.",
)
PLAN = Kin(
    "12-KH/ĐUK",
    BLOC,
    "KẾ HOẠCH\nphong trào thi đua “Nhịp cầu mới”",
    "Thực hiện Chương trình số 14-CTr/TU, ngày {programme} của Ban Thường vụ Tỉnh ủy;",
    "1. Các chi ủy, đảng ủy cơ sở đăng ký công trình, phần việc thi đua hằng năm.\n\n"
    "2. Sơ kết phong trào vào cuối năm, chọn điển hình để nhân rộng.",
)
AMENDMENT = Kin(
    "66-CV/ĐUK",
    BLOC,
    "Sửa đổi một số nội dung của Công văn số 38-CV/ĐUK",
    "Căn cứ Kế hoạch số 12-KH/ĐUK, ngày {plan} của Ban Thường vụ Đảng ủy Khối;",
    "1. Sửa đổi mục 4 Công văn số 38-CV/ĐUK, ngày {start} của Ban Thường vụ Đảng ủy Khối: việc rà soát quy chế "
    "dân chủ làm cùng với tổng kết năm.",
)


@dataclass
class Library:
    """The family, each paper brought in on its day: two after the dispatch, the amendment months later."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Each paper with the day on which it is brought in."""
        issued = {name: self.days.start - timedelta(days=before) for name, before in CITED.items()}
        papers = ((2, PROGRAMME, issued["programme"]), (3, PLAN, issued["plan"]), (150, AMENDMENT, None))
        return [
            Change(day := BUILT_IN.add_workdays(self.days.start, count), partial(self.bring, paper, on or day))
            for count, paper, on in papers
        ]

    def bring(self, paper: Kin, day: date) -> str:
        """Bring one in, and confirm what it changes."""
        officer = self.staff.officers[0]
        cited = {name: short_date(self.days.start - timedelta(days=before)) for name, before in CITED.items()}
        cited |= {"resolution": short_date(self.days.start - timedelta(days=RESOLUTION))}
        cited |= {"start": short_date(self.days.start)}
        text = PAPER.format(
            letterhead=paper.letterhead,
            code=paper.code,
            subject=paper.subject,
            day=day,
            month=f"{day.month:02d}" if day.month < 3 else str(day.month),
            basis=paper.basis.format(**cited),
            body=paper.body.format(**cited),
        )
        upload = SimpleUploadedFile(f"{paper.code.replace('/', '-')}.txt", text.encode(), "text/plain")
        document = import_document(actor=officer, unit=self.province.bloc, upload=upload)
        for touch in touches_of(officer, document):
            if touch.pinpoint and not touch.link:
                state_link(
                    actor=officer,
                    source=document,
                    target=touch.target,
                    relation=touch.relation,
                    provision=touch.provision,
                    pinpoint=touch.pinpoint,
                    effective_on=day,
                )
        return f"brought in {document.code}"
