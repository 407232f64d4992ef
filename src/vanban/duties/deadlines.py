"""When a duty falls due: a day, a cycle, so many days after an event, always, or not said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache

from vanban import patterns
from vanban.dates import day_of, month_end
from vanban.document import Cycle, Deadline, Field, Span, TimeKind
from vanban.lines import field
from vanban.vocabulary import table

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_UNITS = {"tuần": Cycle.WEEK, "tháng": Cycle.MONTH, "quý": Cycle.QUARTER, "năm": Cycle.YEAR}
_MONTHS = {3: Cycle.QUARTER, 6: Cycle.HALF_YEAR, 9: Cycle.NINE_MONTHS, 12: Cycle.YEAR}
_COUNTS = {"ba": 3, "sáu": 6, "chín": 9}
_NEAR = 40  # characters between "hằng tháng" and "trước ngày 20"
_REPORT_REACH = 90  # characters from "báo cáo" to "hằng năm"
# One of these stands in every way to say when: a quick look before the patterns.
_CYCLE_HINTS = ("hằng ", "hàng ", "mỗi ", "lần", "theo ", "quý", "định kỳ")
_DUE_HINTS = ("trước ", "hết ", "nhất", "xong", "trong ", "cuối ", "hạn ")
_EVENT_HINTS = ("kể từ", "sau ", "trong ", "trước ", "nhất ", "theo thời gian")


def find_deadline(text: str, start: int, end: int, verb: int | None = None, year: int | None = None) -> Deadline:
    """Return when the duty in `text[start:end]` falls due.

    `verb` is where its verb stands, `year` the year of the document, for days printed without one. Years of a
    campaign, terms ("nhiệm kỳ 2022 - 2027"), stages and visions are no deadlines: a day counts only after a word
    such as "trước", "chậm nhất", "trong". "Định kỳ" without a period has "period" in `missing`.
    """
    words = _small(text[start:end])
    found = _periodic(words) if any(map(words.__contains__, _CYCLE_HINTS)) else None
    if found is None or found.cycle:
        dated = _dated(words, year) if any(map(words.__contains__, _DUE_HINTS)) else None
        if found and dated and dated.due:
            found = replace(found, due=dated.due)
        found = found or dated
    if found is None and any(map(words.__contains__, _EVENT_HINTS)):
        found = _event(words)
    found = found or _continuous(words, (start if verb is None else verb) - start)
    return _placed(text, start, found) if found else Deadline(TimeKind.UNDATED)


def deadline_of_block(text: str, start: int, end: int, year: int | None = None) -> Deadline:
    """Return the deadline that a labelled line ("Thời gian thực hiện: …") states in `text[start:end]`."""
    span = Span(start, start + len(text[start:end].rstrip(" .;")))
    printed = text[span.start : span.end]
    words = _small(printed)
    cycle = patterns.CYCLE.search(words)
    bare = patterns.BARE_PERIOD.match(words)
    if cycle:
        found = Deadline(TimeKind.PERIODIC, cycle=_cycles(cycle)[0], also=_cycles(cycle)[1:])
    elif bare:
        due = _day(bare, year) if bare["day"] else _last_day(bare, year)
        found = Deadline(TimeKind.DATED, due, missing=_lacking(bare, due))
    else:
        found = find_deadline(text, start, span.end, year=year)
    if found.kind is TimeKind.UNDATED and patterns.ALWAYS.search(words):
        found = Deadline(TimeKind.CONTINUOUS)
    return replace(found, raw=printed, span=span)


def _small(part: str) -> str:
    """Return `part` in small letters, each where it stood (a few letters of the world become two)."""
    small = part.lower()
    if len(small) == len(part):
        return small
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in part)


def _placed(text: str, start: int, found: Deadline) -> Deadline:
    """Return the deadline with the words as printed: until here its spans count from the start of the sentence."""
    if found.span is None:
        return found
    span = Span(start + found.span.start, start + found.span.end)
    event = _moved(text, start, found.event)
    return replace(found, raw=text[span.start : span.end], span=span, event=event)


def _moved(text: str, start: int, event: Field | None) -> Field | None:
    if event is None or event.span is None:
        return None
    return field(text, start + event.span.start, start + event.span.end, event.confidence)


def _periodic(words: str) -> Deadline | None:
    word = words.find("định kỳ")
    for cycle in patterns.CYCLE.finditer(words):
        begin, end = cycle.span()
        near = patterns.DAY_OF_CYCLE.search(words, max(0, begin - _NEAR), min(len(words), end + _NEAR))
        counted = "lần" in cycle[0] or words.startswith("mỗi", begin) or cycle["more"]
        if not (word >= 0 or near or counted or _reports_before(words, begin)):
            continue
        cycles = _cycles(cycle)
        if near:
            touches = not words[min(near.end(), end) : max(near.start(), begin)].strip()
            begin, end = (min(near.start(), begin), max(near.end(), end)) if touches else near.span()
        return Deadline(
            TimeKind.PERIODIC,
            cycle=cycles[0],
            span=Span(begin, end),
            also=cycles[1:],
            day=near["day"] if near else None,
            before=bool(near and near[0].startswith("trước")),
        )
    if word >= 0:
        return Deadline(TimeKind.PERIODIC, span=Span(word, word + len("định kỳ")), missing=("period",))
    return None


def _cycles(match: re.Match[str]) -> tuple[Cycle, ...]:
    """Return the cycles that a match of `patterns.CYCLE` names, in their order, each once."""
    named = (_cycle_of(each) for each in patterns.PERIOD.finditer(match[0]))
    return tuple(dict.fromkeys(cycle for cycle in named if cycle)) or (Cycle.YEAR,)


def _cycle_of(period: re.Match[str]) -> Cycle | None:
    count = period["count"]
    number = (_COUNTS.get(count) or int(count)) if count else 1
    if number == 1:
        return _UNITS[period["unit"]]
    return _MONTHS.get(number) if period["unit"] == "tháng" else None


def _reports_before(words: str, at: int) -> bool:
    """Tell whether "hằng năm" at `at` times a report or opens the sentence, not "the budget of every year"."""
    return at <= 2 or bool(patterns.REPORTS.search(words, max(0, at - _REPORT_REACH), at))


def _dated(words: str, year: int | None) -> Deadline | None:
    match = patterns.DUE.search(words)
    if match is None:
        return None
    due = _day(match, year) if match["day"] else _due_by(match, year)
    before = "trước" in match["when"]
    span = Span(match.start("when"), match.end())
    return Deadline(TimeKind.DATED, due, span=span, missing=_lacking(match, due), before=before)


def _lacking(match: re.Match[str], due: date | None) -> tuple[str, ...]:
    """Return what the printed words leave open: the year, or all of the day (there is no 31/02)."""
    if due is not None:
        return ()
    return ("date",) if _year(match, None) else ("year",)


def _year(match: re.Match[str], year: int | None) -> int | None:
    printed = match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"]
    return int(printed) if printed else year


def _day(match: re.Match[str], year: int | None) -> date | None:
    return day_of(match["day"], match["month"], str(_year(match, year) or ""))


def _due_by(match: re.Match[str], year: int | None) -> date | None:
    """Return the last day of a month, quarter, half or whole year; "trước" one means the day it begins."""
    if "trước" not in match["when"]:
        return _last_day(match, year)
    of_year = _year(match, year)
    try:
        return date(of_year, _months(match)[0], 1) if of_year else None
    except ValueError:
        return None


def _last_day(match: re.Match[str], year: int | None) -> date | None:
    of_year = _year(match, year)
    return month_end(of_year, _months(match)[1]) if of_year else None


def _months(match: re.Match[str]) -> tuple[int, int]:
    """Return the first and the last month of the period that a match of `patterns.DUE` names."""
    if match["in_month"]:
        return int(match["in_month"]), int(match["in_month"])
    if match["quarter"]:
        last = 3 * _QUARTERS[match["quarter"]]
        return last - 2, last
    if match["half"]:
        return (1, 6) if match["half"] == "đầu" else (7, 12)
    return 1, 12


def _event(words: str) -> Deadline | None:
    match = patterns.EVENT.search(words)
    if match is None:
        return None
    what = match["event"] or match["event2"] or match["event3"]
    begin = next((match.start(name) for name in ("event", "event2", "event3") if match[name]), 0)
    printed = match["count"] or match["count2"]
    unit = match["unit"] or match["unit2"]
    working = "làm việc" in match[0][:60]
    units = {"ngày": "working_day" if working else "day", "tháng": "month"}
    return Deadline(
        TimeKind.EVENT,
        span=Span(*match.span()),
        count=int(printed) if printed and unit in units else None,
        unit=units.get(unit or ""),
        event=Field(what, Span(begin, begin + len(what.rstrip()))) if what and what.strip() else None,
        before=match[0].startswith("trước"),
    )


def _continuous(words: str, verb: int) -> Deadline | None:
    """Tell by the opening words (in small letters) that the duty has no single end."""
    daily = patterns.DAILY.search(words) if " ngày" in words else None
    if daily:
        return Deadline(TimeKind.CONTINUOUS, span=Span(*daily.span()))
    always = _continuous_words()
    opens = words.lstrip(' -–+*"“').startswith(always) or words[verb:].startswith(always)
    near = words[: verb + 80]
    return Deadline(TimeKind.CONTINUOUS) if opens or "thường xuyên" in near or "liên tục" in near else None


@cache
def _continuous_words() -> tuple[str, ...]:
    return tuple(table("duties")["continuous"]["words"])
