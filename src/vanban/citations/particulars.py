"""What stands around the number of a cited document: place in it, date, issuing body, term, title."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from vanban import patterns
from vanban.dates import day_in
from vanban.text import squash

_AFTER = 200  # characters after a number in which the issuing body stands
_TITLE = 700  # the longest title
_QUOTES = {"“": "”", '"': '"'}
_LAST = frozenset("0123456789abcdđeghikomIVXL,;")  # what may stand before the space after a place in a document


class Particulars(NamedTuple):
    """What follows a number. `end` is where the mention ends, `title_end` where its title does (or `end`)."""

    end: int
    title_end: int
    date: date | None = None
    issuer: str | None = None
    term: str | None = None
    title: str | None = None


def particulars_of(text: str, at: int, ceiling: int) -> Particulars:
    """Return what is said after the number that ends at `at`; the next number stands at `ceiling`.

    A verb right behind the number opens no title ("Điều 30 Nghị định số 1 quy định hội …"), only "về" does.
    """
    end, term = _term(text, at, ceiling)
    end, issued_on = _date(text, end)
    issuer, end = _issuer(text, end, ceiling, bare=issued_on is not None)
    if term is None:
        end, term = _term(text, end, ceiling)
    if issued_on is None and (issuer or term):
        end, issued_on = _date(text, end)
    if term is None and issuer:
        within = patterns.TERM.search(issuer)
        term = squash(within[0]) if within else None
    title, title_end = _title(text, end, verbs=bool(issued_on or issuer))
    return Particulars(end, title_end, issued_on, issuer, term, title)


def _date(text: str, at: int) -> tuple[int, date | None]:
    after = patterns.DATE_AFTER.match(text, at, min(len(text), at + 60))
    if after is None:
        return at, None
    closes = after[0].endswith(")") and "(" not in after[0]  # the bracket was opened before the mention
    return after.end() - closes, day_in(after)


def _term(text: str, at: int, ceiling: int) -> tuple[int, str | None]:
    """Return the session and term behind a number or a body: "Hội nghị Trung ương 7 khóa XI", "(khóa XI)"."""
    near = text[at : at + 12]
    if "kh" not in near and "Hội" not in near and "HN" not in near:
        return at, None
    found = patterns.MEETING.match(text, at, ceiling)
    return (found.end(), term_in(found)) if found else (at, None)


def term_in(match: re.Match[str]) -> str:
    """Return the session and term that `patterns.MEETING` found, with the bracket that closes one it opened."""
    term = squash(match["meeting"])
    return f"{term})" if term.count("(") > term.count(")") else term


def date_before(text: str, floor: int, begin: int) -> tuple[date | None, str | None]:
    """Return day and body of "Ngày 24/7/2024, Chủ tịch UBND tỉnh có Công văn số": in the same sentence."""
    window = text[max(floor, begin - 220) : begin]
    match = patterns.DATE_BEFORE.search(window) if "gày" in window else None
    issues = patterns.ISSUES.search(match["between"]) if match else None
    if not match or not issues:
        return None, None
    return day_in(match), squash(issues["who"]) or None


def asked_by(text: str, floor: int, begin: int) -> str | None:
    """Return the body of "đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số"."""
    window = text[max(floor, begin - 170) : begin]
    asked = patterns.ASKED_BY.search(window) if window.rstrip().endswith(("tại", "trong", "các")) else None
    return squash(asked["who"]) if asked else None


def pinpoint_before(text: str, floor: int, begin: int) -> tuple[int, str | None]:
    """Return where a mention begins with the place in it ("điểm a khoản 2 Điều 103 của"), and that place."""
    low = max(floor, begin - 120)
    if text[begin - 2 : begin - 1] not in _LAST:
        return begin, None
    near = text[max(low, begin - 28) : begin]
    if not (
        "iều " in near or "hoản " in near or "iểm " in near or "ục " in near or "hương " in near or "hần " in near
    ):
        return begin, None
    window = text[low:begin]
    match = patterns.PINPOINT.search(window)
    return (low + match.start(), squash(match["pinpoint"]).rstrip(" ,;")) if match else (begin, None)


def _issuer(text: str, end: int, ceiling: int, *, bare: bool) -> tuple[str | None, int]:
    """Return the body behind "của"; `bare`: one of the centre may stand right behind the day without it."""
    of = patterns.OF.match(text, end) or (patterns.BARE_ISSUER.match(text, end) if bare else None)
    if of is None or of.end() >= ceiling:
        return None, end
    stop = patterns.ISSUER_END.search(text, of.end(), min(len(text), of.end() + _AFTER))
    last = min(stop.start() if stop else min(len(text), of.end() + _AFTER), ceiling)
    name = squash(text[of.end() : last])
    if not name or len(name) > 150:
        return None, end
    return name, of.end() + len(text[of.end() : last].rstrip())


def _title(text: str, end: int, *, verbs: bool) -> tuple[str | None, int]:
    opening = patterns.TITLE_START.match(text, end)
    if opening is None or not (verbs or opening["about"]):
        return None, end
    start = at = opening.end()
    limit = min(len(text), start + _TITLE)
    if opening[0][-1:] in _QUOTES:
        closed = text.find(_QUOTES[opening[0][-1]], start, limit)
        limit = closed if closed > 0 else limit
    while stop := patterns.TITLE_END.search(text, at, limit):
        if stop[0] in ";\n" or not _inside(text[start : stop.start()], stop[0]):
            limit = stop.start()
            break
        at = stop.end()
    title = squash(text[start:limit]).rstrip(" ,")
    return (title, limit) if title else (None, end)


def _inside(before: str, mark: str) -> bool:
    """Tell whether a stop after `before` stands within quotation marks or brackets."""
    if before.count("“") - before.count("”") > 0:
        return True
    return mark == ")" and before.count("(") - before.count(")") > 0
