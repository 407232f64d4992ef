"""What base units made of the dispatch: three plans of different quality, issued to cells, and study sessions.

The unit of the cast has no plan yet: whoever signs in as its officer can write one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from demo.changes import Change
from demo.people import Staff
from demo.province import BaseUnit, Province
from demo.timetable import Timetable
from motbuoc.domains.cascade.disseminating import disseminate
from motbuoc.domains.cascade.drafting import Draft, PlanItem, first_values
from motbuoc.domains.cascade.models import Form
from motbuoc.domains.cascade.services import write_plan
from motbuoc.domains.documents.models import Document, Duty
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.products import Product
from motbuoc.domains.work.services import issue_directive, take_step
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import BUILT_IN

ON_PAPER = Product(why_none="Sản phẩm là bản giấy, đã gửi văn thư Đảng ủy cơ sở")
WHAT = {
    "study": "Tổ chức hội nghị học tập, quán triệt chỉ thị cho toàn thể đảng viên tại hội trường",
    "agenda": "Đưa việc thực hiện các nghị quyết về dân vận vào sinh hoạt chi bộ hằng tháng",
    "situation": "Mỗi chi bộ nắm tình hình đoàn viên, người lao động, báo cáo theo nhóm vấn đề hằng tuần",
    "dialogue": "Đồng chí bí thư và thủ trưởng cơ quan đối thoại với đoàn viên, người lao động sáu tháng một lần",
    "emulation": "Phát động thi đua “Nhịp cầu mới”, mỗi chi bộ có ít nhất một sáng kiến bớt thời gian chờ đợi",
    "works": "Mỗi chi bộ đăng ký một công trình, phần việc thi đua gửi về cấp ủy",
    "democracy": "Niêm yết công khai thủ tục, mức chi, kết quả nâng lương, khen thưởng tại trụ sở",
    "regulations": "Rà soát, sửa quy chế dân chủ và quy chế phối hợp với công đoàn cơ sở",
    "unions": "Đổi mới nội dung sinh hoạt đoàn thể theo tổ, đội",
    "supervision": "Tổ chức một hội nghị góp ý xây dựng Đảng, xây dựng chính quyền",
    "congress": "Giúp các đoàn thể cơ sở chuẩn bị và tổ chức đại hội",
    "campaigns": "Vận động đoàn viên tham gia “Thứ Bảy vì cộng đồng”, giúp hai hộ khó khăn ở địa bàn kết nghĩa",
    "models": "Xây dựng và đăng ký một mô hình “Dân vận khéo”",
}
TARGETS = {
    "study": "100% đảng viên dự",
    "dialogue": "2 cuộc trong năm",
    "emulation": "mỗi chi bộ 1 sáng kiến",
    "supervision": "1 hội nghị",
    "campaigns": "2 hộ",
    "models": "1 mô hình",
}


@dataclass(frozen=True)
class Quality:
    """How a unit localised: its place among the base units, after how many workdays, what it left out, what it set
    later than the dispatch (by so many days)."""

    place: int
    after: int
    left_out: frozenset[str] = frozenset()
    later: Mapping[str, int] | None = None
    undated: frozenset[str] = frozenset()


PLANS = (
    Quality(1, 8),
    Quality(2, 19, frozenset({"dialogue", "supervision", "models"}), {"works": 20}, frozenset({"regulations"})),
    Quality(3, 47, frozenset({"situation"}), {"study": 15, "models": 31}),
)
STUDIED_AFTER = 26  # workdays after the dispatch: most have held their conference


@dataclass
class Localising:
    """The plans and the study sessions. `keys` gives the key of `demo.review.SETTLED` by the id of a duty."""

    province: Province
    staff: Staff
    days: Timetable
    document: Document
    keys: dict[int, str]
    seed: int

    def planned(self) -> Iterator[Change]:
        """Each with its day; workdays counted from the day of the dispatch."""
        start = self.days.start
        for quality in PLANS:
            if quality.place < len(self.staff.base_officers):
                yield Change(BUILT_IN.add_workdays(start, quality.after), partial(self.localise, quality))
        yield Change(BUILT_IN.add_workdays(start, STUDIED_AFTER), self.study)

    def localise(self, quality: Quality) -> str:
        """Write the plan of one base unit, look it through and issue it to the cells, which begin with it."""
        base, officer = self.province.bases[quality.place], self.staff.base_officers[quality.place]
        dated = Unit.objects.on(clock.today()).get(pk=base.unit.pk)
        values = first_values(self.document, dated, clock.today())
        draft = Draft(
            **values | {"code": f"{20 + quality.place}{values['code']}"},
            units=tuple(cell.pk for cell in base.cells),
            items=tuple(self._items(quality)),
        )
        made = write_plan(actor=officer, directive=self.document, unit=base.unit, draft=draft)
        plan = Document.objects.get(pk=made.plan_id)
        plan = confirm_document(actor=officer, document=plan, version=plan.version)
        tasks = issue_directive(actor=officer, document=plan, version=plan.version)
        self._begin(base, officer, [task.pk for task in tasks])
        return f"plan {plan.code} of {base.name}: {len(tasks)} assignments for {len(base.cells)} cells"

    def _items(self, quality: Quality) -> Iterator[PlanItem]:
        for duty in Duty.objects.filter(pk__in=self.keys).order_by("position"):
            key = self.keys[duty.pk]
            if key in WHAT and key not in quality.left_out:
                due_on = self._due(duty, key, quality)
                yield PlanItem(duty, WHAT[key], (), due_on, duty.product, TARGETS.get(key, ""))

    def _due(self, duty: Duty, key: str, quality: Quality) -> date | None:
        if duty.due_on is None or key in quality.undated:
            return None
        return duty.due_on + timedelta(days=(quality.later or {}).get(key, -5 if quality.place == 1 else 0))

    def _begin(self, base: BaseUnit, officer: Person, tasks: list[int]) -> None:
        """The cells take on what they were given; some hand in a result, and their own committee decides."""
        secretary, rng = self.staff.secretaries[base.unit.pk], random.Random(f"{self.seed} {base.code} cells")
        for task in Assignment.objects.filter(pk__in=tasks).order_by("unit_id", "duty__position"):
            if rng.random() < 0.6:
                take_step(actor=secretary, assignment=task, version=1, name="acknowledge")
                if rng.random() < 0.25:
                    words = f"Chi bộ đã họp, phân công đảng viên và làm xong: {task.duty.text}."
                    take_step(
                        actor=secretary, assignment=task, version=2, name="submit", text=words, product=ON_PAPER
                    )
                    take_step(actor=officer, assignment=task, version=3, name="accept")

    def study(self) -> str:
        """Two base units of three record their conference, the first also the meetings of a cell."""
        recorded = 0
        for place, base in enumerate(self.province.bases):
            rng = random.Random(f"{self.seed} {base.code} study")
            if place and rng.random() < 0.35:
                continue
            due = max(5, base.size // 6)
            self._record(base, base.unit, Form.CONFERENCE, 1, due, rng)
            recorded += 1
        first = self.province.bases[0]
        if first.cells:
            self._record(first, first.cells[0], Form.CELL_MEETING, 2, 18, random.Random(f"{self.seed} cell"))
        return f"study sessions of {recorded} base units"

    def _record(self, base: BaseUnit, unit: Unit, form: Form, sessions: int, due: int, rng: random.Random) -> None:
        disseminate(
            actor=self.staff.secretaries[base.unit.pk],
            document=self.document,
            unit=unit,
            held_on=clock.today() - timedelta(days=rng.randint(0, 12)),
            form=form,
            sessions=sessions,
            attended=due - rng.randint(0, due // 5),
            expected=due,
        )
