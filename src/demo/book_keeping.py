"""The registers in these months: a term opened, papers in, letters out, late units urged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.changes import Change
from demo.people import Staff
from demo.province import NAME, Province
from demo.timetable import Timetable
from motbuoc.domains.documents.copies import answer_copy
from motbuoc.domains.documents.models import Copy
from motbuoc.domains.registers.drafting import Draft, draft_text, letterhead_of
from motbuoc.domains.registers.incoming import Paper, correct_incoming, register_incoming, route_incoming
from motbuoc.domains.registers.models import Incoming, Outgoing
from motbuoc.domains.registers.numbering import continue_series, open_term, reserve_number
from motbuoc.domains.registers.selectors import late_for
from motbuoc.domains.registers.sending import release_outgoing, send_outgoing
from motbuoc.domains.registers.services import draft_outgoing, set_recipients, take_outgoing_step
from motbuoc.domains.registers.urging import draft_urging
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.calendar import BUILT_IN

GIVEN = 873  # numbers the incoming paper book had given before
DISPATCHES = 561  # the next number of the bloc's own dispatches
URGED = 6  # late duties in the letter

ARRIVED = (
    ("Tỉnh ủy Sông Mây", "1021-CV/TU", "Về chuẩn bị sơ kết công tác dân vận", "Ban Tuyên giáo tham mưu, trình ký"),
    (
        "Ban Dân vận Tỉnh ủy",
        "88-HD/BDVTU",
        "Hướng dẫn xây dựng mô hình “Dân vận khéo”",
        "Ban Tuyên giáo nghiên cứu",
    ),
    ("Sở Nội vụ", "2140/SNV-CCHC", "Cung cấp số liệu cải cách hành chính", "Văn phòng tổng hợp"),
    ("Liên đoàn Lao động tỉnh", "317/LĐLĐ", "Phối hợp tổ chức Tháng Công nhân", ""),
)
"""From whom, number, subject, and what the head wrote on it."""

REFUSED = "Văn bản gửi trùng với công văn mời của Ban Tuyên giáo, đề nghị xác nhận lại"

MEETING = """Thực hiện Chương trình công tác năm, Đảng ủy Khối tổ chức hội nghị giao ban công tác dân vận quý.

1. Thành phần: bí thư hoặc phó bí thư các chi bộ, đảng bộ trực thuộc.

2. Nội dung: kết quả thực hiện nhiệm vụ trong quý; khó khăn, vướng mắc; nhiệm vụ trọng tâm quý tới.

Đề nghị các đơn vị chuẩn bị báo cáo, tham dự đúng thành phần.
"""


@dataclass
class BookKeeping:
    """What the bloc's office enters, numbers and sends, each on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Each act with its day; workdays counted from the day of the dispatch."""
        acts = {1: self.open_books, 6: self.register, 60: self.invite, 118: self.urge, 150: self.draft_another}
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    def open_books(self) -> str:
        """The term of the committee, and where its paper books ended."""
        year, bloc, drafter = self.days.start.year - 1, self.province.bloc, self.staff.officers[0]
        open_term(
            actor=drafter,
            unit=bloc,
            name=f"{year}-{year + 5}",
            begins_on=date(year, 7, 25),
            basis=f"Bế mạc Đại hội đại biểu Đảng bộ Khối nhiệm kỳ {year}-{year + 5}",
        )
        common: dict[str, Any] = {"actor": drafter, "unit": bloc, "regime": "party"}
        continue_series(**common, kind="CV", book="outgoing", start=DISPATCHES, reason="Tiếp sổ giấy")
        continue_series(**common, kind="", book="incoming", start=GIVEN, reason="Tiếp sổ giấy")
        reserve_number(**common, kind="CV", reason="Công văn ký tại hội nghị Ban Chấp hành")
        return ""

    def register(self) -> str:
        """Papers that came, each with the head's note; one line is corrected."""
        clerk, today, rows = self.staff.officers[1], clock.today(), list[Incoming]()
        for sender, code, subject, note in ARRIVED:
            paper = Paper(sender, subject, today, code, today - timedelta(days=3))
            rows.append(register_incoming(actor=clerk, unit=self.province.bloc, paper=paper))
            if note:
                due = BUILT_IN.add_workdays(today, 7)
                to, _space, rest = note.partition(" tham mưu")
                route_incoming(actor=clerk, incoming=rows[-1], text=note, to=to if rest else note, due_on=due)
        row = rows[-1]
        fixed = Paper(row.sender, row.subject, today, "317/LĐLĐ-VP", row.issued_on)
        correct_incoming(actor=clerk, incoming=row, version=1, paper=fixed, reason="Ghi thiếu ký hiệu")
        return f"{len(rows)} incoming papers registered"

    def invite(self) -> str:
        """A letter goes out to some units, to a body outside, and to a unit where nobody receives it."""
        body = next(iter(self.province.bodies.values()))
        units = [(base.unit.pk, base.name) for base in self.province.bases[:4]]
        units.append((body.pk, self.province.bases[0].host.name))
        subject = "về việc tổ chức hội nghị giao ban công tác dân vận"
        outgoing = self._drafted(subject, MEETING)
        outgoing = set_recipients(
            actor=self.staff.officers[0],
            outgoing=outgoing,
            version=outgoing.version,
            units=units,
            others=[(f"Báo {NAME}", "post")],
        )
        sent = self._sent(outgoing)
        for place, base in enumerate(self.province.bases[:4]):
            copy = Copy.objects.get(document=sent.document, unit=base.unit)
            secretary, reason = self.staff.secretaries[base.unit.pk], "" if place < 3 else REFUSED
            name = "refuse_copy" if reason else "accept_copy"
            answer_copy(actor=secretary, copy=copy, version=1, name=name, reason=reason)
        return f"letter {sent.code} sent"

    def urge(self) -> str:
        """The first late units are urged."""
        officer = self.staff.officers[0]
        late = [row.pk for row in late_for(officer)[:URGED]]
        if not late:
            return ""
        until = BUILT_IN.add_workdays(clock.today(), 10)
        letter = draft_urging(actor=officer, unit=self.province.bloc, assignment_ids=late, answer_by=until)
        return f"urging letter {self._sent(letter).code} sent"

    def draft_another(self) -> str:
        """A draft that waits."""
        self._drafted("về việc chuẩn bị tổng kết công tác dân vận", MEETING)
        return ""

    def _drafted(self, subject: str, body: str) -> Outgoing:
        bloc = self.province.bloc
        head = letterhead_of(bloc.pk, clock.today(), NAME)
        draft = Draft(head, "CV", subject, body, ["Các chi ủy, đảng ủy cơ sở"], ["Như trên", "Lưu Văn phòng"])
        return draft_outgoing(
            actor=self.staff.officers[0],
            unit=bloc,
            regime=head.regime,
            kind="CV",
            subject=subject,
            text=draft_text(draft),
        )

    def _sent(self, outgoing: Outgoing) -> Outgoing:
        """Checked by its drafter, approved and released by the other officer, sent."""
        first, second = self.staff.officers
        for name, actor in (("check", first), ("approve", second)):
            outgoing = take_outgoing_step(actor=actor, outgoing=outgoing, version=outgoing.version, name=name)
        outgoing = release_outgoing(actor=second, outgoing=outgoing, version=outgoing.version)
        return send_outgoing(actor=first, outgoing=outgoing, version=outgoing.version)
