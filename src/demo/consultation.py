"""A draft laid before units and people in the months lived: an invented regulation in two versions, commented on
by units and by people, most of it dealt with; of each kind of answer some."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import docx
from django.core.files.uploadedfile import SimpleUploadedFile

from demo.changes import Change
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.consultation import disposing, replying, services
from motbuoc.domains.consultation.commenting import Phrase, comment
from motbuoc.domains.consultation.disposing import Answer
from motbuoc.domains.consultation.models import AskedUnit, CommentGroup, Consultation, ConsultedProvision
from motbuoc.domains.consultation.replying import Reply
from motbuoc.domains.consultation.selectors import provisions_in, version_of
from motbuoc.domains.consultation.services import Plan
from motbuoc.domains.listening.intake import Words
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.calendar import BUILT_IN
from motbuoc.interfaces.papers.conclusion import WORD

SUBJECT = "dự thảo Quy chế tiếp nhận và trả lời kiến nghị của đoàn viên, hội viên, người lao động (minh họa)"
DRAFT = """ĐẢNG BỘ TỈNH MẪU
ĐẢNG ỦY KHỐI MẪU

DỰ THẢO

QUY CHẾ
tiếp nhận và trả lời kiến nghị của đoàn viên, hội viên, người lao động

Chương I
QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định việc tiếp nhận, trả lời kiến nghị tại các cơ quan, đơn vị trong Khối.
2. Quy chế này không áp dụng với khiếu nại, tố cáo theo luật.

Điều 2. Nguyên tắc
1. Mỗi kiến nghị có một đơn vị chịu trách nhiệm trả lời.
2. Người kiến nghị không phải nêu tên.

Chương II
TIẾP NHẬN VÀ TRẢ LỜI

Điều 3. Tiếp nhận
1. Kiến nghị được tiếp nhận tại hội nghị đối thoại, qua hộp thư và trên trang điện tử.
2. Đơn vị tiếp nhận ghi sổ trong ba ngày làm việc.

Điều 4. Thời hạn trả lời
1. Kiến nghị được trả lời trong hai mươi ngày làm việc kể từ ngày tiếp nhận.
2. Việc phức tạp được gia hạn một lần.

Chương III
TỔ CHỨC THỰC HIỆN

Điều 5. Công khai
Kết quả trả lời được niêm yết tại trụ sở.

Điều 6. Hiệu lực
Quy chế có hiệu lực từ ngày ký.
"""
CHANGES = (
    ("trong hai mươi ngày làm việc", "trong mười ngày làm việc"),
    ("gia hạn một lần.", "gia hạn một lần, không quá năm ngày làm việc, và báo cho người kiến nghị biết."),
    ("được niêm yết tại trụ sở.", "được niêm yết tại trụ sở và đăng trên trang điện tử của đơn vị."),
)
SAID: dict[str, tuple[str, ...]] = {
    "dieu-4.khoan-1": (
        "Thời hạn trả lời hai mươi ngày quá dài, đề nghị rút còn mười ngày",
        "Đề nghị rút ngắn thời hạn trả lời còn mười ngày làm việc",
        "Thời hạn trả lời nên rút ngắn, hai mươi ngày là quá lâu",
        "Rút thời hạn trả lời xuống mười ngày cho người lao động đỡ chờ",
        "Thời hạn trả lời quá dài so với nhu cầu của công nhân",
        "Thời hạn trả lời nên còn năm ngày",
        "Nên phân biệt việc dễ và việc khó khi tính thời hạn",
    ),
    "dieu-4.khoan-2": (
        "Gia hạn phải báo cho người kiến nghị biết lý do",
        "Khi gia hạn cần báo cho người kiến nghị",
        "Gia hạn bao nhiêu ngày thì phải ghi rõ",
        "Cần ghi rõ gia hạn tối đa bao nhiêu ngày",
    ),
    "dieu-5": (
        "Nên đăng kết quả trên trang điện tử, không chỉ niêm yết ở trụ sở",
        "Đề nghị công khai kết quả trên trang điện tử của đơn vị",
        "Công khai trên trang điện tử để người làm ca xem được",
        "Niêm yết ở trụ sở thì người ở xa không xem được, nên đăng trang điện tử",
        "Công khai cả những kiến nghị chưa trả lời",
    ),
    "dieu-3.khoan-1": (
        "Thêm hình thức tiếp nhận qua điện thoại",
        "Nên tiếp nhận qua điện thoại cho người lớn tuổi",
        "Tiếp nhận qua nhóm Zalo của chi đoàn có được không",
        "Hộp thư góp ý đặt ở nơi dễ thấy",
    ),
    "dieu-2.khoan-2": (
        "Đồng ý không phải nêu tên",
        "Không nêu tên thì trả lời cho ai, cần ghi rõ cách nhận kết quả",
    ),
    "toan-van": ("Quy chế ngắn gọn, dễ hiểu", "Nên có phụ lục mẫu biểu"),
}
ANSWERS: dict[str, Answer] = {
    "dieu-4.khoan-1": Answer("accepted", "Tiếp thu, rút thời hạn còn mười ngày làm việc."),
    "dieu-4.khoan-2": Answer("accepted", "Tiếp thu, ghi rõ số ngày gia hạn và việc báo cho người kiến nghị."),
    "dieu-5": Answer("partly", "Tiếp thu việc đăng trang điện tử; kiến nghị chưa trả lời được theo dõi nội bộ."),
    "dieu-3.khoan-1": Answer("declined", "Đường dây điện thoại do quy định khác điều chỉnh."),
}
REPLIES = (
    ("dieu-4.khoan-1", "hai mươi ngày làm việc", "Đề nghị quy định mười ngày làm việc để thống nhất với đơn vị"),
    ("dieu-1.khoan-1", "", "Đề nghị bổ sung doanh nghiệp trong Khối vào phạm vi áp dụng"),
)


@dataclass
class Consulted:
    """The draft, each step on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first."""
        acts = {122: self.open, 128: self.comment, 146: self.deal_with}
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    @property
    def officer(self) -> Person:
        """Who holds it for the bloc."""
        return self.staff.officers[0]

    @property
    def made(self) -> Consultation:
        """The consultation, as it stands."""
        return Consultation.objects.get(unit=self.province.bloc)

    def open(self) -> str:
        """The draft is read from its Word file and laid before some units and everybody."""
        today = clock.today()
        question = "Thời hạn trả lời, cách công khai kết quả"
        plan = Plan(SUBJECT, today, today + timedelta(days=20), question=question, is_public=True)
        services.make_consultation(actor=self.officer, unit_id=self.province.bloc.pk, plan=plan)
        self._add_draft(DRAFT)
        units = [base.unit.pk for base in self.province.bases[:3]]
        asked: dict[str, Any] = {"units": units, "due_on": today + timedelta(days=14)}
        services.ask_units(actor=self.officer, consultation=self.made, version=self.made.version, **asked)
        self._step("open_consultation")
        return f"units asked about a draft: {len(units)}"

    def comment(self) -> str:
        """People comment on the public page; one unit replies with comments, one has none, one owes its reply."""
        said = [(anchor, text) for anchor, texts in SAID.items() for text in texts]
        for number, (anchor, text) in enumerate(said):
            words = Words(text, f"demo-gop-y-{number}")
            place = self._provision(anchor).number
            comment(consultation=self.made, number=place, words=words, phrase=Phrase(""))
        with_words, without = AskedUnit.objects.filter(consultation=self.made).order_by("pk")[:2]
        actor = self.staff.secretaries[with_words.unit_id]
        for anchor, quoted, text in REPLIES:
            asked = AskedUnit.objects.get(pk=with_words.pk)
            told: dict[str, Any] = {"text": text, "phrase": Phrase(quoted), "version": asked.version}
            number = self._provision(anchor).number
            replying.prepare_comment(actor=actor, asked=asked, number=number, **told)
        for row, reply in (
            (with_words, Reply("18-CV/CB", clock.today())),
            (without, Reply("7-CV/CB", clock.today(), has_no_comment=True)),
        ):
            asked = AskedUnit.objects.get(pk=row.pk)
            actor = self.staff.secretaries[row.unit_id]
            replying.send_reply(actor=actor, asked=asked, version=asked.version, reply=reply)
        return f"comments on a draft: {len(said) + len(REPLIES)}"

    def deal_with(self) -> str:
        """It is closed, a second version is made, and most groups get their answer; the rest waits."""
        self._step("close_consultation")
        text = DRAFT
        for before, after in CHANGES:
            text = text.replace(before, after)
        self._add_draft(text)
        for anchor in SAID:
            asked: dict[str, Any] = {"consultation": self.made, "provision": self._provision(anchor)}
            disposing.propose_groups(actor=self.officer, **asked)
            if anchor in ANSWERS:
                disposing.confirm_groups(actor=self.officer, **asked)
                self._answer(anchor, ANSWERS[anchor])
        return f"groups of comments answered: {CommentGroup.objects.exclude(disposition='').count()}"

    def _answer(self, anchor: str, answer: Answer) -> None:
        later = provisions_in(version_of(self.made, 2)).get(anchor=anchor)
        place = None if answer.disposition == "declined" else later.number
        for group in CommentGroup.objects.filter(provision=self._provision(anchor)):
            whole = Answer(answer.disposition, answer.reason, changed_in=place)
            disposing.dispose_group(actor=self.officer, group=group, version=group.version, answer=whole)

    def _provision(self, anchor: str) -> ConsultedProvision:
        return provisions_in(version_of(self.made)).get(anchor=anchor)

    def _step(self, name: str) -> None:
        asked: dict[str, Any] = {"consultation": self.made, "version": self.made.version, "name": name}
        services.take_consultation_step(actor=self.officer, **asked)

    def _add_draft(self, text: str) -> None:
        paper, saved = docx.Document(), BytesIO()
        for line in text.splitlines():
            paper.add_paragraph(line)
        paper.save(saved)
        upload = SimpleUploadedFile("du-thao-quy-che.docx", saved.getvalue(), WORD)
        made = self.made
        services.add_draft(actor=self.officer, consultation=made, version=made.version, upload=upload)
