"""Surveys in the months lived: one of the bloc answered by three hundred people, closed and published; one of the
unit that visitors sign in to still open. Who answered what is drawn by lot."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from demo.changes import Change
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.surveys.answering import Sheet, answer_survey
from motbuoc.domains.surveys.building import Asking, add_question
from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.models import Survey, SurveyQuestion
from motbuoc.domains.surveys.selectors import questions_in
from motbuoc.domains.surveys.services import SurveyPlan, make_survey, take_survey_step
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.calendar import BUILT_IN

PEOPLE, OPEN_PEOPLE = 312, 41
CONSENT = "Tôi tự nguyện trả lời và đồng ý để câu trả lời của mình được tổng hợp chung với người khác."
GROUPS = ("Công chức, viên chức", "Người lao động trong doanh nghiệp", "Đoàn viên, thanh niên", "Khác")
WEIGHTS = {
    "Công chức, viên chức": 9,
    "Người lao động trong doanh nghiệp": 7,
    "Đoàn viên, thanh niên": 5,
    "Khác": 0.2,
}
TARGETS = {GROUPS[0]: 120, GROUPS[1]: 120, GROUPS[2]: 60}
ANSWERED = ("Đầy đủ, đúng hẹn", "Có trả lời nhưng chậm", "Chưa được trả lời", "Chưa hỏi bao giờ")
CHANNELS = ("Họp cơ quan, chi đoàn", "Trang thông tin điện tử", "Nhóm Zalo của cơ quan", "Loa truyền thanh")
FIRST = ("Phụ cấp, chế độ", "Điều kiện làm việc", "Đào tạo, bồi dưỡng")
ROWS = ("Thái độ tiếp dân", "Thời gian giải quyết", "Công khai thủ tục")
RATED = ("Tốt", "Khá", "Chưa tốt")
WORDS = (
    "Nên trả lời kiến nghị ngay tại cuộc họp, đừng để quá một tháng.",
    "Phòng làm việc nóng, máy tính cũ, đề nghị trang bị thêm.",
    "Mong có lịch tiếp xúc cố định để anh em sắp xếp công việc.",
    "Thủ tục nghỉ phép còn rườm rà.",
    "Cần lớp học kỹ năng số vào buổi tối cho người đi làm.",
    "Đề nghị công khai kết quả giải quyết từng ý kiến.",
)


@dataclass
class Asked:
    """The surveys, each step on its day."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first."""
        acts = {118: self.publish, 158: self.open_next}
        return [Change(BUILT_IN.add_workdays(self.days.start, count), act) for count, act in acts.items()]

    def publish(self) -> str:
        """A survey of the bloc: built, answered, closed, counted and published."""
        officer, bloc = self.staff.officers[0], self.province.bloc
        plan = self._plan("Mức độ hài lòng về đối thoại và giải quyết kiến nghị năm nay", 10, population=480)
        survey = make_survey(actor=officer, unit_id=bloc.pk, plan=plan)
        self._ask(officer, survey, "single", Asking("Ông/bà, anh/chị là", GROUPS, is_group=True, targets=TARGETS))
        self._ask(officer, survey, "single", Asking("Kiến nghị gần nhất được trả lời thế nào?", ANSWERED))
        asked = questions_in(survey)[1]
        spans = ("Dưới 1 tháng", "1 đến 3 tháng", "Trên 3 tháng")
        late = Asking("Chậm bao lâu thì không còn tác dụng?", spans, shown_if=asked.pk, shown_for=("2", "3"))
        self._ask(officer, survey, "single", late)
        pleased = Asking("Hài lòng chung về đối thoại", ("Rất không hài lòng", "Rất hài lòng"), points=5)
        self._ask(officer, survey, "scale", pleased)
        self._ask(officer, survey, "multiple", Asking("Thường biết thông tin qua đâu?", CHANNELS))
        self._ask(officer, survey, "matrix", Asking("Đánh giá bộ phận một cửa", RATED, ROWS))
        self._ask(officer, survey, "ranking", Asking("Cần làm trước điều gì?", FIRST))
        self._ask(officer, survey, "text", Asking("Góp ý thêm", is_required=False))
        survey = self._step(officer, survey, "open_survey")
        self._answer(survey, PEOPLE, random.Random(312))
        survey = self._step(officer, survey, "close_survey")
        count_survey(survey.pk)
        self._step(officer, survey, "publish_survey")
        return f"answered: {PEOPLE}, published"

    def open_next(self) -> str:
        """A shorter one of the unit that visitors sign in to, open until after the months lived."""
        first = self.province.bases[0].unit
        secretary = self.staff.secretaries[first.pk]
        days = (self.days.until - clock.today()).days + 20
        plan = self._plan("Điều kiện làm việc tại cơ quan", days, population=90)
        survey = make_survey(actor=secretary, unit_id=first.pk, plan=plan)
        pleased = Asking("Hài lòng về nơi làm việc", ("Rất không hài lòng", "Rất hài lòng"), points=5)
        self._ask(secretary, survey, "scale", pleased)
        scale = questions_in(survey)[0]
        choices = ("Phòng ốc", "Máy móc", "Giờ giấc")
        why = Asking("Điều gì cần sửa trước?", choices, shown_if=scale.pk, shown_for=("1", "2", "3"))
        self._ask(secretary, survey, "single", why)
        self._ask(secretary, survey, "text", Asking("Ý kiến khác", is_required=False))
        survey = self._step(secretary, survey, "open_survey")
        self._answer(survey, OPEN_PEOPLE, random.Random(41))
        return f"open: {OPEN_PEOPLE} sheets, sealed"

    def _plan(self, title: str, days: int, population: int) -> SurveyPlan:
        today = clock.today()
        return SurveyPlan(
            title,
            "Để cấp ủy điều chỉnh kế hoạch đối thoại và trả lời kiến nghị.",
            CONSENT,
            today,
            today + timedelta(days=days),
            introduction="Phiếu có vài câu, trả lời trong ba phút. Không ghi tên.",
            basis="Kế hoạch công tác dân vận năm của Khối (số liệu dùng thử)",
            population=population,
        )

    def _ask(self, actor: Person, survey: Survey, kind: str, asking: Asking) -> None:
        version = Survey.objects.get(pk=survey.pk).version
        add_question(actor=actor, survey=survey, version=version, kind=kind, asking=asking)

    def _step(self, actor: Person, survey: Survey, name: str) -> Survey:
        version = Survey.objects.get(pk=survey.pk).version
        return take_survey_step(actor=actor, survey=survey, version=version, name=name)

    def _answer(self, survey: Survey, people: int, lot: random.Random) -> None:
        questions = questions_in(survey)
        for number in range(people):
            answers = {str(question.pk): _drawn(question, lot) for question in questions}
            answer_survey(survey=survey, sheet=Sheet(answers, f"demo-{survey.pk}-{number}"))


def _drawn(question: SurveyQuestion, lot: random.Random) -> Any:
    """An answer drawn by lot."""
    keys = question.keys
    if question.is_group:
        return lot.choices(keys, [WEIGHTS[words] for _key, words in question.options])[0]
    if question.kind == "text":
        return lot.choice(WORDS) if lot.random() < 0.35 else ""
    if question.kind == "multiple":
        return sorted(lot.sample(keys, lot.randint(1, 3)))
    if question.kind == "ranking":
        return lot.sample(keys, len(keys))
    if question.kind == "matrix":
        return {row: lot.choices(keys, (6, 3, 1))[0] for row, _words in question.rows}
    return lot.choices(keys, range(2, 2 + len(keys)))[0]
