"""Dialogues in the months lived: one of the bloc held, answered and published, with a promise that was not kept at
first; the next one announced, with questions that wait; one of the unit that visitors sign in to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.changes import Change
from demo.people import SIGNER, Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.dialogue import asking, concluding, services
from motbuoc.domains.dialogue.concluding import Promise
from motbuoc.domains.dialogue.drafting import conclusion_of, draft_of
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import found_by_receipt
from motbuoc.domains.dialogue.services import Plan
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.receipts import code_of
from motbuoc.domains.work.services import issue_directive
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import BUILT_IN
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file

H = Question.Handling
HEAD = "Bí thư Đảng ủy Khối"
HELD = (
    (
        "Phụ cấp cho cán bộ chi bộ kiêm nhiệm bao giờ được chi trả đủ?",
        H.ON_THE_SPOT,
        "Đã có hướng dẫn, chi trả từ tháng sau.",
    ),
    ("Phụ cấp kiêm nhiệm còn chậm, đề nghị có lịch chi cụ thể", "", ""),
    (
        "Nhà để xe của khu hành chính dột nhiều năm, khi nào sửa?",
        H.IN_WRITING,
        "Đã giao khảo sát, sửa xong trước mùa mưa.",
    ),
    (
        "Phần mềm một cửa hay lỗi giờ cao điểm, ai chịu trách nhiệm xử lý?",
        H.RAISED,
        "Đã kiến nghị cấp trên nâng cấp máy chủ.",
    ),
    ("Có lớp bồi dưỡng kỹ năng dân vận cho đoàn viên trẻ không?", H.ON_THE_SPOT, "Mở hai lớp trong quý tới."),
)
PROMISED = ("Sửa chữa nhà để xe khu hành chính", "Mở hai lớp bồi dưỡng kỹ năng dân vận cho đoàn viên trẻ")
NEXT = (
    ("Sáp nhập cơ quan thì người lao động hợp đồng được bố trí thế nào?", 14),
    ("Làm thêm giờ cuối năm có được nghỉ bù không?", 9),
    ("Nhà trẻ gần khu công nghiệp bao giờ có?", 6),
    ("Khám sức khỏe định kỳ năm nay tổ chức ở đâu?", 0),
    ("Bao giờ có lịch tiếp công dân của người đứng đầu?", 0),
)
OF_A_UNIT = (
    "Căng tin cơ quan bán suất ăn chưa bảo đảm, đề nghị kiểm tra",
    "Đề nghị công khai quy chế chi tiêu nội bộ",
)


@dataclass
class Meeting:
    """The dialogues, each step on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first; workdays counted from the day of the dispatch."""
        acts = {
            90: self.plan,
            94: self.ask,
            101: self.hold,
            104: self.conclude,
            112: self.publish,
            160: self.announce_next,
        }
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    @property
    def officer(self) -> Person:
        """Who holds the dialogues of the bloc."""
        return self.staff.officers[0]

    def plan(self) -> str:
        """The rules are taken over, and the first dialogue is announced."""
        bloc = self.province.bloc
        rules = services.take_standard_rules(actor=self.officer, unit_id=bloc.pk)
        subject = "Đời sống, việc làm của công chức, viên chức, người lao động trong Khối"
        self._announce(
            bloc, self.officer, subject, 11, next(rule.pk for rule in rules if "bloc_committee" in rule.kinds)
        )
        return f"rules of dialogues: {len(rules)}"

    def ask(self) -> str:
        """People ask, some by the code on the sheet, one on paper; two ask the same."""
        dialogue = self._last(self.province.bloc)
        asked = [self._ask(dialogue, text, f"truoc-{n}") for n, (text, _how, _answer) in enumerate(HELD)]
        paper = Words("Đề nghị trả lời về chế độ đi học của cán bộ đoàn", "demo-giay")
        asking.note_question(actor=self.officer, dialogue=dialogue, words=paper, channel="paper")
        asking.group_question(actor=self.officer, question=asked[1], version=1, other=asked[0])
        return f"asked: {len(asked) + 1}"

    def hold(self) -> str:
        """It is held; most is answered there, and two things are promised."""
        dialogue = self._last(self.province.bloc)
        counts = {"officials": 86, "workers": 41, "youth": 33}
        asked: dict[str, Any] = {
            "held_on": clock.today(),
            "counts": counts,
            "minutes": "Ghi theo trình tự hội nghị.",
        }
        services.hold_dialogue(actor=self.officer, dialogue=dialogue, version=dialogue.version, **asked)
        for number, (_text, how, answer) in enumerate(HELD, 1):
            if how:
                self._answer(dialogue.questions.get(number=number), how, answer)
        questions = {3: PROMISED[0], 5: PROMISED[1]}
        for number, words in questions.items():
            due = clock.today() + timedelta(days=45)
            what = Promise(words, self.staff_unit.pk, due, dialogue.questions.get(number=number).pk)
            concluding.promise(actor=self.officer, dialogue=dialogue, what=what)
        return f"promised: {len(questions)}"

    @property
    def staff_unit(self) -> Unit:
        """The department that does what was promised."""
        return self.province.departments["BTG"]

    def conclude(self) -> str:
        """The notice is written and issued: what was promised are tasks now."""
        dialogue = self._last(self.province.bloc)
        content = conclusion_of(dialogue, draft_of(dialogue), "27", ("PHÓ BÍ THƯ", SIGNER))
        upload = SimpleUploadedFile("27-TB-DUK.docx", conclusion_file(content), WORD)
        asked: dict[str, Any] = {"dialogue": dialogue, "version": dialogue.version, "upload": upload}
        done = concluding.conclude_dialogue(actor=self.officer, **asked)
        document = Document.objects.get(concluded_dialogue=done)
        document = confirm_document(actor=self.officer, document=document, version=document.version)
        issue_directive(actor=self.officer, document=document, version=document.version)
        return f"concluded: {document.code}"

    def publish(self) -> str:
        """The results stand on the public page; whoever asked of the shed says that it is not solved."""
        dialogue = self._last(self.province.bloc)
        asked: dict[str, Any] = {"version": dialogue.version, "name": "publish_dialogue"}
        services.take_dialogue_step(actor=self.officer, dialogue=dialogue, **asked)
        code = code_of("demo-truoc-2")
        question = found_by_receipt(code)
        assert question
        words = Words("Nhà để xe mới che tạm, mưa vẫn dột", "demo-chua-xong")
        asking.say_unsolved(code=code, question=question, words=words)
        return "published: 1"

    def announce_next(self) -> str:
        """The next dialogue of the bloc and one of the unit that visitors sign in to take questions."""
        first, bloc = self.province.bases[0].unit, self.province.bloc
        days = (self.days.until - clock.today()).days + 14
        dialogue = self._announce(bloc, self.officer, "Sắp xếp tổ chức và chính sách với người lao động", days)
        for number, (text, supports) in enumerate(NEXT):
            question = self._ask(dialogue, text, f"sau-{number}")
            if supports:
                asked: dict[str, Any] = {"question": question, "version": 1, "is_shown": True}
                asking.show_question(actor=self.officer, **asked)
                for _each in range(supports):
                    asking.support(question=question)
        secretary = self.staff.secretaries[first.pk]
        own = self._announce(first, secretary, "Điều kiện làm việc tại cơ quan", days + 3)
        for number, text in enumerate(OF_A_UNIT):
            self._ask(own, text, f"don-vi-{number}")
        return "dialogues announced: 2"

    def _announce(self, unit: Unit, actor: Person, subject: str, days: int, rule: int | None = None) -> Dialogue:
        host = HEAD if unit == self.province.bloc else "Bí thư cấp ủy"
        plan = Plan(rule, subject, host, clock.today() + timedelta(days=days), "Hội trường tầng 2")
        dialogue = services.plan_dialogue(actor=actor, unit_id=unit.pk, plan=plan)
        asked: dict[str, Any] = {"version": dialogue.version, "name": "announce_dialogue"}
        return services.take_dialogue_step(actor=actor, dialogue=dialogue, **asked)

    def _last(self, unit: Unit) -> Dialogue:
        return Dialogue.objects.filter(unit=unit).order_by("pk")[0]

    def _ask(self, dialogue: Dialogue, text: str, key: str) -> Question:
        return asking.ask(dialogue=dialogue, words=Words(text, f"demo-{key}")).question

    def _answer(self, question: Question, how: str, answer: str) -> None:
        asked: dict[str, Any] = {"version": question.version, "text": answer, "handling": how}
        asking.answer_question(actor=self.officer, question=question, **asked)
