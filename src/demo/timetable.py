"""The days of the simulation: eight months of work, and the due days a careful office would set within them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from motbuoc.foundation.workdays.calendar import BUILT_IN

MONTHS = 8


@dataclass(frozen=True)
class Timetable:
    """When the dispatch is sent, what falls due when, and the first day no longer lived (`until`)."""

    start: date
    until: date
    runs_until: date
    study: date
    works: date
    models: date
    regulations: date
    supervision: date
    congress: date
    dialogue: date
    report: date

    @property
    def span_of_work(self) -> str:
        """The time the dispatch speaks of: its year, or what is left of it and the next one."""
        if self.runs_until.year == self.start.year:
            return f"năm {self.start.year}"
        return f"những tháng cuối năm {self.start.year} và năm {self.runs_until.year}"

    @property
    def quarter_ends(self) -> list[date]:
        """The last days of the quarters that end in the time lived through, a month after the start at least."""
        days = [self.start + timedelta(days=n) for n in range(30, (self.until - self.start).days - 5)]
        return [day for day in days if day.month % 3 == 0 and (day + timedelta(days=1)).day == 1]


def timetable(until: date) -> Timetable:
    """The timetable of the eight months that end the day before `until`."""
    start = BUILT_IN.add_workdays(_months_before(until, MONTHS) - timedelta(days=1), 1)
    year = start.year if date(start.year, 12, 31) >= until else start.year + 1

    def landmark(days: int) -> date:
        return _landmark(start + timedelta(days=days))

    return Timetable(
        start=start,
        until=until,
        runs_until=date(year, 12, 31),
        study=landmark(38),
        works=landmark(52),
        models=landmark(68),
        regulations=landmark(105),
        supervision=landmark(160),
        congress=landmark(200),
        dialogue=_end_of_span(start + timedelta(days=60), 6),
        report=_end_of_span(start + timedelta(days=30), 3),
    )


def _months_before(day: date, count: int) -> date:
    months = day.year * 12 + day.month - 1 - count
    first = date(months // 12, months % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), _end_of_span(first, 1))


def _landmark(day: date) -> date:
    """The next 15th or last day of a month."""
    return day.replace(day=15) if day.day <= 15 else _end_of_span(day, 1)


def _end_of_span(day: date, months: int) -> date:
    """The last day of the span of so many months, counted from January, in which `day` lies."""
    last = (day.month - 1) // months * months + months
    following = date(day.year + last // 12, last % 12 + 1, 1)
    return following - timedelta(days=1)
