"""A form of the ledger, in use, and a period of it that units are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from motbuoc.domains.ledger.choices import Comparison, PeriodCycle
from motbuoc.domains.ledger.defining import Definition, define_breakdown, define_indicator
from motbuoc.domains.ledger.filling import CellKey, Entered, Held, lines_of, save_cells
from motbuoc.domains.ledger.forming import make_form, put_box, put_check, put_field, use_form
from motbuoc.domains.ledger.models import FormField, Indicator, NarrativeBox, ReportForm
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import Terms, make_schedule, open_period
from motbuoc.domains.ledger.services import accept, hand_in
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule, Submission
from motbuoc.foundation.people.models import Person
from tests.factories import LONG_AGO, Cast

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
NOVEMBER = Span(date(2026, 11, 1), date(2026, 11, 30))


@dataclass
class Ledger:
    """Indicators (one by men and women, one that the system counts), their form, and the schedule that asks."""

    dialogues: Indicator
    attendances: Indicator
    questions: Indicator
    done: Indicator
    answered: Indicator
    form: ReportForm
    box: NarrativeBox
    schedule: Schedule

    def field(self, indicator: Indicator) -> FormField:
        """The field that asks for an indicator."""
        return self.form.fields.get(indicator=indicator)


def make_ledger(cast: Cast, *, needs_check: bool = False, cycle: str = PeriodCycle.MONTH) -> Ledger:
    """What the bloc's department asks its two base units for, month by month."""
    officer, unit = cast.officer, cast.bloc.pk
    parts = define_breakdown(actor=officer, unit_id=unit, code="gioi", name="Giới", categories=["Nam", "Nữ"])

    def indicator(code: str, name: str, **more: object) -> Indicator:
        what = Definition(code, name, item="2", **more)  # type: ignore[arg-type]
        return define_indicator(actor=officer, unit_id=unit, what=what, valid_from=LONG_AGO)

    dialogues = indicator("i2_05", "Cuộc đối thoại")
    attendances = indicator("i2_07", "Lượt người dự đối thoại", breakdown_id=parts.pk)
    questions = indicator("i2_08", "Câu hỏi, kiến nghị")
    answered = indicator("i2_09", "Trả lời tại chỗ")
    done = indicator("i7_01", "Nhiệm vụ hoàn thành", counter="work.done")
    form = make_form(actor=officer, unit_id=unit, code="01-DV", name="Kết quả công tác dân vận")

    def version() -> int:
        return ReportForm.objects.get(pk=form.pk).version

    for each in (dialogues, attendances, questions, answered, done):
        put_field(actor=officer, form=form, version=version(), indicator=each, is_broken_down=each is attendances)
    box = put_box(actor=officer, form=form, version=version(), title="Tình hình nổi bật", item="2")
    put_check(
        actor=officer,
        form=form,
        version=version(),
        field=form.fields.get(indicator=answered),
        comparison=Comparison.AT_MOST,
        others=[form.fields.get(indicator=questions)],
    )
    form = use_form(actor=officer, form=form, version=version())
    schedule = make_schedule(
        actor=officer,
        unit_id=unit,
        form=form,
        terms=Terms("Báo cáo tháng", cycle, due_days=(5,), needs_check=needs_check),
        units=[cast.unit_a, cast.unit_b],
    )
    return Ledger(dialogues, attendances, questions, done, answered, form, box, schedule)


def open_month(cast: Cast, ledger: Ledger, span: Span = NOVEMBER) -> ReportingPeriod:
    """A month that both units are asked for."""
    return open_period(actor=cast.officer, schedule=ledger.schedule, span=span)


def submission_of(period: ReportingPeriod, unit_id: int) -> Submission:
    """The unit's form, as it is now."""
    return Submission.objects.select_related("period__schedule", "period__form", "assignment__document").get(
        period=period, unit=unit_id
    )


def enter(actor: Person, submission: Submission, **amounts: int | str | None) -> Submission:
    """Enter figures by the code of their indicator, into the first cell of its field."""
    lines = {line.field.indicator.code: line for line in lines_of(submission.period.form_id)}
    entered = [
        Entered(lines[code].keys[0], Held(None if amount is None else Decimal(amount)))
        for code, amount in amounts.items()
    ]
    save_cells(actor=actor, submission=submission, entered=entered)
    return submission_of(submission.period, submission.unit_id)


def key_of(submission: Submission, code: str, place: int = 0) -> CellKey:
    """The key of the cell of an indicator, the first or the one at a place."""
    lines = {line.field.indicator.code: line for line in lines_of(submission.period.form_id)}
    return lines[code].keys[place]


def report(
    cast: Cast, period: ReportingPeriod, actor: Person, unit_id: int, **amounts: int | str | None
) -> Submission:
    """A unit's figures, entered, handed in and accepted."""
    mine = enter(actor, submission_of(period, unit_id), **amounts)
    hand_in(actor=actor, submission=mine, version=mine.version)
    mine = submission_of(period, unit_id)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    return submission_of(period, unit_id)
