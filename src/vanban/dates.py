"""Days as they are written, and when a duty falls due."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from vanban import patterns
from vanban.document import Cycle, Deadline, Span, TimeKind
from vanban.vocabulary import table

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def day_of(day: str | None, month: str | None, year: str | None) -> date | None:
    """Return the date of three printed numbers, None if one is blank or there is no such day."""
    try:
        return date(int(year or ""), int(month or ""), int(day or ""))
    except ValueError:
        return None


def day_in(match: re.Match[str]) -> date | None:
    """Return the date that a match of a pattern with `patterns.DATE_WORDS` read."""
    return day_of(match["d1"] or match["d2"], match["m1"] or match["m2"], match["y1"] or match["y2"])


# Words one of which every way of saying "how often" holds: a quick look before the patterns.
_HINTS = (
    "hằng ",
    "hàng ",
    "định kỳ",
    "mỗi ",
    "lần",
    "theo tuần",
    "theo tháng",
    "theo quý",
    "theo năm",
    "cuối quý",
    "cuối của quý",
)
_DUE_HINTS = (
    "trước ",
    "hết ",
    "nhất",
    "xong",
    "trong tháng",
    "trong quý",
    "trong năm",
    "cuối ",
    "trong thời",
    "trong vòng",
    "sau ",
    "kể từ",
    "theo thời",
)


@dataclass(frozen=True, slots=True)
class _Found:
    kind: TimeKind
    start: int
    end: int
    due: date | None = None
    cycle: Cycle | None = None
    missing: tuple[str, ...] = ()


def find_deadline(text: str, start: int, end: int, verb: int | None = None) -> Deadline:
    """Return when the duty in `text[start:end]` falls due; `verb` is where its verb stands.

    Years of a campaign, terms ("nhiệm kỳ 2022 - 2027"), stages and visions are no deadlines: a date counts only
    after a word such as "trước", "chậm nhất", "hoàn thành trong". "Định kỳ" without a period has it in `missing`.
    """
    words = text[start:end].lower()
    found = None
    if any(hint in words for hint in _HINTS):
        found = _periodic(text, start, end)
    if found and found.cycle and (dated := _dated(text, start, end)):
        found = replace(found, due=dated.due)
    if found is None and any(hint in words for hint in _DUE_HINTS):
        found = _dated(text, start, end) or _event(text, start, end)
    found = found or _continuous(words, start, start if verb is None else verb)
    if found is None:
        return Deadline(TimeKind.UNDATED)
    printed = text[found.start : found.end] if found.end > found.start else None
    span = Span(found.start, found.end) if printed else None
    return Deadline(found.kind, found.due, found.cycle, printed, span, found.missing)


def deadline_of_block(text: str, start: int, end: int) -> Deadline:
    """Return the deadline that a labelled line ("Thời gian thực hiện: …") states in `text[start:end]`."""
    printed = text[start:end].rstrip(" .;")
    span = Span(start, start + len(printed))
    month = patterns.BARE_MONTH.match(printed)
    if month:
        return Deadline(TimeKind.DATED, _month_end(int(month["year"]), int(month["month"])), None, printed, span)
    always = patterns.ALWAYS.search(printed)
    for name, pattern in patterns.CYCLES:
        if pattern.search(printed):
            return Deadline(TimeKind.PERIODIC, None, Cycle(name), printed, span)
    found = find_deadline(text, start, span.end)
    kind = TimeKind.CONTINUOUS if always and found.kind is TimeKind.UNDATED else found.kind
    return Deadline(kind, found.due, found.cycle, printed, span, found.missing)


def _periodic(text: str, start: int, end: int) -> _Found | None:
    word = patterns.PERIODIC.search(text, start, end)
    for name, pattern in patterns.CYCLES:
        for cycle in pattern.finditer(text, start, end):
            near = patterns.DAY_OF_CYCLE.search(text, max(start, cycle.start() - 40), min(end, cycle.end() + 40))
            counted = "lần" in cycle[0].lower() or cycle[0].lower().startswith("mỗi")
            if not (word or near or counted or _reports_before(text, start, cycle.start())):
                continue
            first, last = near.span() if near else cycle.span()
            if near and not text[min(near.end(), cycle.end()) : max(near.start(), cycle.start())].strip():
                first, last = min(first, cycle.start()), max(last, cycle.end())
            return _Found(TimeKind.PERIODIC, first, last, None, Cycle(name))
    if word:
        return _Found(TimeKind.PERIODIC, word.start(), word.end(), missing=("period",))
    return None


def _reports_before(text: str, start: int, at: int) -> bool:
    """Tell whether "hằng năm" at `at` times a report or opens the sentence, not "the budget of every year"."""
    return at <= start + 2 or bool(patterns.REPORTS.search(text, max(start, at - 90), at))


def _dated(text: str, start: int, end: int) -> _Found | None:
    match = patterns.DUE_DATE.search(text, start, end)
    if match:
        due = day_in(match)
        return _Found(TimeKind.DATED, match.start(), match.end(), due, missing=() if due else ("date",))
    match = patterns.DUE_IN.search(text, start, end)
    return _Found(TimeKind.DATED, match.start("when"), match.end(), _end_of(match)) if match else None


def _end_of(match: re.Match[str]) -> date | None:
    """Return the last day of the month, quarter or year named by a match of `patterns.DUE_IN`."""
    try:
        if match["month"]:
            return _month_end(int(match["year1"]), int(match["month"]))
        if match["quarter"]:
            return _month_end(int(match["year2"]), 3 * _QUARTERS[match["quarter"].upper()])
        return date(int(match["year3"]), 12, 31)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    try:
        return date(year, month, monthrange(year, month)[1])
    except ValueError:
        return None


def _event(text: str, start: int, end: int) -> _Found | None:
    match = patterns.EVENT.search(text, start, end)
    return _Found(TimeKind.EVENT, match.start(), match.end()) if match else None


def _continuous(words: str, start: int, verb: int) -> _Found | None:
    """Tell by the opening words (in small letters) that the duty has no single end."""
    daily = patterns.DAILY.search(words) if " ngày" in words else None
    if daily:
        return _Found(TimeKind.CONTINUOUS, start + daily.start(), start + daily.end())
    continuous = _continuous_words()
    opening = words.lstrip(' -–+*"“')
    if opening.startswith(continuous) or words[verb - start :].startswith(continuous):
        return _Found(TimeKind.CONTINUOUS, start, start)
    near = words[: verb - start + 80]
    return _Found(TimeKind.CONTINUOUS, start, start) if "thường xuyên" in near or "liên tục" in near else None


@cache
def _continuous_words() -> tuple[str, ...]:
    return tuple(table("duties")["continuous"]["words"])
