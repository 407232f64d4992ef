"""Opinions in the months lived: what people write into the box of the bloc week by week, grouped into themes that
are named and sorted; one of them rises towards the end. Every sentence is put together by lot."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from demo.changes import Change
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.listening import services, sorting
from motbuoc.domains.listening.intake import Words
from motbuoc.domains.listening.models import Opinion, OpinionBox, Theme
from motbuoc.domains.listening.publishing import publish_weeks
from motbuoc.domains.listening.services import BoxTerms
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.calendar import BUILT_IN


class Spoken(NamedTuple):
    """What people speak of: parts of sentences, how many a week, how they stand to it, and what is being done."""

    name: str
    begins: tuple[str, ...]
    goes_on: tuple[str, ...]
    ends: tuple[str, ...]
    a_week: tuple[int, ...]
    tendencies: str
    told: str = ""


SPOKEN = (
    Spoken(
        "Hồ sơ một cửa trả kết quả chậm",
        ("Nộp hồ sơ ở bộ phận một cửa", "Làm thủ tục hành chính tại một cửa", "Hồ sơ một cửa", "Giấy tờ một cửa"),
        ("chờ quá hẹn", "trả kết quả chậm", "bị trễ hẹn trả kết quả", "phải đi lại nhiều lần vì hồ sơ trễ hẹn"),
        ("", ", mong giải quyết đúng hẹn", ", đề nghị công khai ngày trả kết quả", ", không được xin lỗi trễ hẹn"),
        (6, 7, 6, 8),
        "upset worried worried neutral",
        "Rà soát hồ sơ trễ hẹn từng tuần; trễ hẹn phải có thư xin lỗi và hẹn lại ngày trả.",
    ),
    Spoken(
        "Tiền trọ, giá điện của công nhân",
        (
            "Tiền thuê nhà trọ",
            "Giá điện ở nhà trọ công nhân",
            "Tiền trọ và tiền điện",
            "Phòng trọ công nhân giá thuê",
        ),
        (
            "tăng cao so với lương",
            "lại tăng từ đầu quý",
            "cao hơn giá quy định",
            "tăng mà lương công nhân không tăng",
        ),
        ("", ", đề nghị kiểm tra giá điện nhà trọ", ", mong có nhà ở công nhân", ", công nhân sống chật vật"),
        (3, 2, 3),
        "worried worried upset agree",
    ),
    Spoken(
        "Phụ cấp cán bộ đoàn thể kiêm nhiệm",
        ("Phụ cấp cán bộ công đoàn kiêm nhiệm", "Chế độ phụ cấp kiêm nhiệm", "Phụ cấp kiêm nhiệm đoàn thể"),
        ("chi trả chậm", "còn thấp", "chưa được chi đủ", "chậm so với hướng dẫn"),
        ("", ", đề nghị chi trả hằng quý", ", mong có lịch chi trả cụ thể"),
        (2, 1, 2),
        "worried neutral agree",
        "Đã thống nhất chi trả phụ cấp theo quý.",
    ),
)
OTHERS = (
    "Đề nghị mở thêm lớp học bơi cho trẻ em dịp hè",
    "Cây xanh trước trụ sở gãy cành, cần cắt tỉa",
    "Loa phát thanh mở quá sớm",
)
HEEDED = "Đã tổng hợp, đưa vào nội dung làm việc quý tới với các đơn vị liên quan."
ROSE_BY = 24  # more of the first in one week near the end
EVERY, FIRST, LAST = 5, 12, 172  # workdays


@dataclass
class Voices:
    """What is said into the box, each week on its day, and what the office makes of it."""

    province: Province
    staff: Staff
    days: Timetable

    def planned(self) -> list[Change]:
        """Every act with its day, the first first; workdays counted from the day of the dispatch."""
        days = [BUILT_IN.add_workdays(self.days.start, count) for count in range(FIRST, LAST, EVERY)]
        days = [day for day in days if day < self.days.until]
        weeks = [Change(day, partial(self.week, number, len(days))) for number, day in enumerate(days)]
        return [Change(days[0], self.open_box), *weeks, Change(days[-1], self.sort)]

    @property
    def officer(self) -> Person:
        """Who listens for the bloc."""
        return self.staff.officers[0]

    @property
    def box(self) -> OpinionBox:
        """The box of the bloc."""
        return OpinionBox.objects.get(unit=self.province.bloc)

    def open_box(self) -> str:
        """The box is opened; its sheet hangs in the reception."""
        bloc = self.province.bloc
        words = "Xin góp ý về công việc, đời sống, thủ tục. Không cần nêu tên. Mỗi ý kiến đều được đọc và trả lời."
        terms = BoxTerms(bloc.pk, "Hòm thư góp ý của Đảng ủy Khối", words)
        services.make_box(actor=self.officer, unit_id=bloc.pk, terms=terms)
        return "boxes for opinions: 1"

    def week(self, number: int, weeks: int) -> str:
        """What is said in a week."""
        lot, box, count = random.Random(number), self.box, 0
        for at, spoken in enumerate(SPOKEN):
            many = spoken.a_week[number % len(spoken.a_week)]
            many += ROSE_BY if at == 0 and number == weeks - 2 else 0
            for _each in range(many):
                text = f"{lot.choice(spoken.begins)} {lot.choice(spoken.goes_on)}{lot.choice(spoken.ends)}"
                services.say(box=box, words=Words(text, f"demo-y-kien-{number}-{count}"))
                count += 1
        if number < len(OTHERS):
            services.say(box=box, words=Words(OTHERS[number], f"demo-khac-{number}"))
        return f"opinions: {count}"

    def sort(self) -> str:
        """They are grouped; what was found is named, most is sorted, some is answered; the weeks are published."""
        grown = sorting.group_again(actor=self.officer, unit_id=self.province.bloc.pk)
        for spoken in SPOKEN:
            self._name(spoken)
        for opinion in Opinion.objects.filter(box=self.box, tendency="").order_by("-pk")[2:30:4]:
            answer = "Cảm ơn ý kiến. Bộ phận một cửa đã được yêu cầu rà soát, kết quả báo lại trong tháng."
            services.answer_opinion(actor=self.officer, opinion=opinion, version=opinion.version, text=answer)
        for theme in Theme.objects.filter(unit=self.province.bloc, is_named=True):
            until = clock.today() - timedelta(days=10)
            services.heed_theme(actor=self.officer, theme=theme, reason=theme.told or HEEDED, until=until)
        publish_weeks()
        return f"themes: {grown.new}"

    def _name(self, spoken: Spoken) -> None:
        """Name the largest theme of what is spoken of, merge the smaller ones into it, and sort most of it."""
        found = list(Opinion.objects.filter(box=self.box, text__startswith=spoken.begins[0]).exclude(theme=None))
        themes = {opinion.theme_id for opinion in found if opinion.theme_id}
        rows = sorted(Theme.objects.filter(pk__in=themes), key=lambda theme: -theme.opinions.count())
        if not rows:
            return
        first, lot = rows[0], random.Random(len(spoken.name))
        first = sorting.name_theme(
            actor=self.officer, theme=first, version=first.version, name=spoken.name, told=spoken.told
        )
        for other in rows[1:]:
            sorting.merge_themes(actor=self.officer, theme=other, version=other.version, into=first)
        for opinion in first.opinions.order_by("pk"):
            if lot.random() < 0.8:
                tendency = lot.choice(spoken.tendencies.split())
                sorting.sort_opinion(
                    actor=self.officer,
                    opinion=opinion,
                    version=opinion.version,
                    theme=first,
                    tendency=tendency,
                    is_pressing=False,
                )
