"""The figures of these months: a monthly form of the bloc, filled by its larger base units and accepted there.

Most report in time; one forgets, one has nothing to report and says why, one hands in last month's figures again,
one found a mistake in what was accepted.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone

from demo.changes import Change
from demo.living import Actor
from demo.people import Staff
from demo.province import Province
from demo.timetable import Timetable
from motbuoc.domains.documents.models import Document
from motbuoc.domains.ledger.choices import Comparison, PeriodCycle
from motbuoc.domains.ledger.defining import set_target
from motbuoc.domains.ledger.filling import (
    CellKey,
    Entered,
    Held,
    Line,
    lines_of,
    save_cells,
    save_words,
    say_nothing,
)
from motbuoc.domains.ledger.forming import make_form, put_box, put_check, put_field, use_form
from motbuoc.domains.ledger.models import Indicator, ReportForm
from motbuoc.domains.ledger.periods import around
from motbuoc.domains.ledger.scheduling import Terms, make_schedule, open_period
from motbuoc.domains.ledger.services import accept, ask_correction, hand_in, reopen, send_back
from motbuoc.domains.ledger.standard import take_standard_indicators
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule, Submission
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person

MONTHS = 3  # the last ones: two that are over, and the one that is open
CODE, NAME = "01-DV", "Kết quả công tác dân vận hằng tháng"


class Counted(NamedTuple):
    """A field, by its code in the standard list; `usual` a month in a unit of a hundred people, `within` at most
    the figure of another.
    """

    code: str
    item: str
    usual: float = 0
    within: str = ""
    is_broken_down: bool = False
    scale: int = 1


ASKED = (
    Counted("i1_01", "1", 0.6),
    Counted("i1_02", "1", 45),
    Counted("i1_07", "1", 3),
    Counted("i2_02", "2", 4),
    Counted("i2_05", "2", 0.3),
    Counted("i2_07", "2", 14, is_broken_down=True),
    Counted("i2_08", "2", 3),
    Counted("i2_09a", "2", 2, within="i2_08"),
    Counted("i3_02b", "3", 0.7),
    Counted("i4_04b", "4", 1),
    Counted("i5_05", "5", 0.2),
    Counted("i6_03", "6", 1.2),
    Counted("i6_05a", "6", 6, scale=1_000_000),
    Counted("i7_01b", "7"),
)
COUNTED_BY_THE_SYSTEM = ("i7_01b",)
TARGETS = (("i2_05", 180), ("i6_05a", 6_000_000_000))
BOXES = (
    ("2", "Tình hình tư tưởng, dư luận nổi bật", "Nêu theo nhóm vấn đề, không nêu tên cá nhân."),
    ("6", "Cách làm hay, mô hình mới", "Việc đã làm, kết quả, có thể nhân rộng ở đâu."),
)
SAID = {
    "2": (
        "Cán bộ, đảng viên đồng tình với kết quả sáu tháng, quan tâm nhiều đến việc sắp xếp tổ chức bộ máy.",
        "Đoàn viên, người lao động mong sớm có hướng dẫn về chế độ làm thêm giờ.",
        "Tư tưởng đảng viên ổn định; dư luận quan tâm giá cả cuối năm.",
    ),
    "6": (
        "Tổ công nghệ số của chi bộ hướng dẫn người dân nộp hồ sơ trực tuyến vào sáng thứ Bảy.",
        "Duy trì mô hình “Ngày không hẹn”, trả kết quả trong ngày cho thủ tục đơn giản.",
        "Phối hợp xã kết nghĩa sửa hai tuyến đường nội ấp.",
    ),
}
STORIES = {0: "corrects", 1: "forgets", 2: "nothing", 3: "copies", 4: "returned"}
"""What happens with the first units in a month that is over."""


@dataclass
class Counting:
    """What the bloc's office asks for each month, and what its base units report."""

    province: Province
    staff: Staff
    actors: dict[int, Actor]
    days: Timetable
    document: Document
    seed: int
    indicators: dict[str, Indicator] = field(default_factory=dict)
    schedule: Schedule | None = None
    last: dict[int, dict[str, int]] = field(default_factory=dict)

    def planned(self) -> list[Change]:
        """The form is made a month before it is first asked for; each month is asked for on its 20th."""
        months = [around(PeriodCycle.MONTH, self.days.until - timedelta(days=1))]
        while len(months) < MONTHS:
            months.insert(0, around(PeriodCycle.MONTH, months[0].start - timedelta(days=1)))
        made = Change(months[0].start, self.make)
        opened = []
        for span in months:
            day = min(span.start + timedelta(days=19), self.days.until - timedelta(days=2))
            opened.append(Change(day, lambda span=span: self.open(span.end)))  # type: ignore[misc]
            if (over := span.end + timedelta(days=6)) < self.days.until:
                opened.append(Change(over, lambda span=span: self.report(span.end, is_over=True)))  # type: ignore[misc]
        opened.append(
            Change(self.days.until - timedelta(days=1), lambda: self.report(months[-1].end, is_over=False))
        )
        return [made, *opened]

    @property
    def officer(self) -> Person:
        """Who asks and accepts."""
        return self.staff.officers[0]

    def make(self) -> str:
        """Indicators, form, checks, schedule and targets."""
        unit = self.province.bloc.pk
        take_standard_indicators(actor=self.officer, unit_id=unit)
        self.indicators = {row.code: row for row in Indicator.objects.filter(unit=unit)}
        self.schedule = self._schedule(self._form())
        for code, amount in TARGETS:
            set_target(
                actor=self.officer,
                unit_id=unit,
                indicator=self.indicators[code],
                year=self.days.until.year,
                amount=Decimal(amount),
            )
        return f"form {CODE}: {len(ASKED)} indicators"

    def _form(self) -> ReportForm:
        form = make_form(actor=self.officer, unit_id=self.province.bloc.pk, code=CODE, name=NAME)

        def version() -> int:
            return ReportForm.objects.get(pk=form.pk).version

        fields = {
            one.code: put_field(
                actor=self.officer,
                form=form,
                version=version(),
                indicator=self.indicators[one.code],
                heading=f"Mục {one.item}" if one.item != before else "",
                is_broken_down=one.is_broken_down,
            )
            for before, one in zip(["", *(each.item for each in ASKED)], ASKED, strict=False)
        }
        for item, title, hint in BOXES:
            put_box(actor=self.officer, form=form, version=version(), title=title, item=item, hint=hint)
        for one in ASKED:
            if one.within:
                put_check(
                    actor=self.officer,
                    form=form,
                    version=version(),
                    field=fields[one.code],
                    comparison=Comparison.AT_MOST,
                    others=[fields[one.within]],
                )
        return use_form(actor=self.officer, form=form, version=version())

    def _schedule(self, form: ReportForm) -> Schedule:
        units = [base.unit for base in self.province.bases if base.cells]
        return make_schedule(
            actor=self.officer,
            unit_id=self.province.bloc.pk,
            form=form,
            terms=Terms("Báo cáo tháng về công tác dân vận", PeriodCycle.MONTH, due_days=(5, 3)),
            units=units,
            basis=self.document,
        )

    def open(self, end: date) -> str:
        """Ask for a month."""
        assert self.schedule is not None
        span = around(PeriodCycle.MONTH, end)
        period = open_period(actor=self.officer, schedule=self.schedule, span=span)
        return f"{period.label} asked of {period.submissions.count()} units"

    def report(self, end: date, *, is_over: bool) -> str:
        """What the units hand in of a month, and the office accepts; of one that is not over some begin."""
        assert self.schedule is not None
        period = self.schedule.periods.get(end=end)
        rows = list(period.submissions.order_by("pk"))
        for place, row in enumerate(rows):
            actor = self.actors.get(row.assignment.unit_id)
            if actor is not None and (is_over or place % 3 == 0):
                self._fill(period, row, actor, place, is_over=is_over)
        return f"{period.label}: {period.submissions.exclude(handed_in_at=None).count()} units handed in"

    def _fill(self, period: ReportingPeriod, row: Submission, actor: Actor, place: int, *, is_over: bool) -> None:
        rng = random.Random(f"{self.seed}-{period.end}-{row.unit_id}")
        story = "" if actor.is_shown else STORIES.get(place, "") if is_over else ""
        if story == "forgets":
            return  # has forgotten, and is named as missing
        if story == "nothing":
            say_nothing(
                actor=actor.secretary, submission=row, because="Đơn vị đang tổ chức lại, chưa có hoạt động."
            )
        else:
            amounts = self._amounts(rng, row.unit_id, is_copied=story == "copies")
            self._enter(row, actor, amounts, rng)
        if not is_over:
            return
        late = timedelta(days=4 if rng.random() > actor.diligence else 0)
        moment = min(clock.now() - timedelta(days=2) + late, _at(self.days.until - timedelta(days=1)))
        with clock.living_at(moment):
            hand_in(actor=actor.secretary, submission=row, version=_version(row))
        if story == "returned":
            reason = f"Số lượt người dự {period.label.lower()} chưa khớp với số hội nghị."
            send_back(actor=self.officer, submission=row, version=_version(row), reason=reason)
            return
        with clock.living_at(moment + timedelta(hours=3)):
            accept(actor=self.officer, submission=row, version=_version(row))
        if story == "corrects":
            self._correct(row, actor, moment + timedelta(hours=5))

    def _amounts(self, rng: random.Random, unit_id: int, *, is_copied: bool) -> dict[str, int]:
        if is_copied and unit_id in self.last:
            return self.last[unit_id]
        size = next((base.size for base in self.province.bases if base.unit.pk == unit_id), 100) / 100
        amounts: dict[str, int] = {}
        for one in ASKED:
            if one.code not in COUNTED_BY_THE_SYSTEM:
                drawn = round(rng.gauss(one.usual * size, one.usual * size / 3))
                most = amounts[one.within] if one.within else drawn
                amounts[one.code] = max(0, min(drawn, most)) * one.scale
        self.last[unit_id] = amounts
        return amounts

    def _enter(self, row: Submission, actor: Actor, amounts: dict[str, int], rng: random.Random) -> None:
        lines = lines_of(row.period.form_id)
        entered = [
            Entered(key, Held(Decimal(part), is_estimate=rng.random() < 0.05))
            for line in lines
            if not line.is_counted
            for key, part in _shared(line, amounts[line.field.indicator.code], rng)
        ]
        save_cells(actor=actor.secretary, submission=row, entered=entered)
        boxes = row.period.form.boxes.all()
        words = {box.pk: rng.choice(SAID[box.item]) for box in boxes if rng.random() < 0.6}
        save_words(actor=actor.secretary, submission=row, words=words)

    def _correct(self, row: Submission, actor: Actor, moment: datetime) -> None:
        """The unit finds a mistake in what was accepted; the office gives the form back, and accepts it again."""
        reason = f"Cộng nhầm một hội nghị của chi bộ trực thuộc ({row.period.label.lower()})."
        with clock.living_at(moment):
            ask_correction(actor=actor.secretary, submission=row, version=_version(row), reason=reason)
            reopen(actor=self.officer, submission=row, version=_version(row), reason=reason)
            line = next(each for each in lines_of(row.period.form_id) if each.field.indicator.code == "i1_01")
            save_cells(actor=actor.secretary, submission=row, entered=[Entered(line.keys[0], Held(Decimal(0)))])
            hand_in(actor=actor.secretary, submission=row, version=_version(row))
            accept(actor=self.officer, submission=row, version=_version(row))


def _shared(line: Line, amount: int, rng: random.Random) -> list[tuple[CellKey, int]]:
    """An amount over the cells of a line."""
    if len(line.keys) == 1:
        return [(line.keys[0], amount)]
    first = round(amount * rng.uniform(0.35, 0.6))
    return [(line.keys[0], first), (line.keys[1], amount - first)]


def _version(row: Submission) -> int:
    return Submission.objects.values_list("version", flat=True).get(pk=row.pk)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(15)))
