"""References without number and symbol: bare numbers, laws and resolutions by name, "this" and "the above"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban import patterns
from vanban.citations.found import Found, outside
from vanban.citations.heads import Head, head_before, kind_before
from vanban.citations.particulars import particulars_of, pinpoint_before, term_in
from vanban.dates import day_in
from vanban.document import MentionKind, Span
from vanban.text import squash
from vanban.vocabulary import type_names

# Kinds that are cited by a bare number without "số". Of programmes and schemes many bear a number as a nickname,
# so theirs counts only where the text cites such a one in full (see `antecedents`).
_BY_NUMBER = ("NQ", "QĐ", "CT", "KL", "TB", "HD", "KH", "CTr", "ĐA", "NĐ", "TT", "CV", "CĐ")
_LAW_WORDS = ("Luật ", "Bộ luật ", "Pháp lệnh ", "Hiến pháp", "Điều lệ ")
_NAMED = ("Nghị quyết ", "Kết luận ", "NGHỊ QUYẾT ")
_ABOVE = ("nêu trên", "nói trên", "kể trên")
# In small letters these are as often the thing itself (a project, a plan) as the paper.
_THINGS = ("DA", "ĐA", "CTr", "HĐ", "BC", "PA", "QH", "L")
_LAW_TYPES = {"luật": "L", "bộ luật": "BL", "pháp lệnh": "PL", "hiến pháp": "HP", "điều lệ": "ĐL"}


def without_symbol(text: str, within: Span, full: list[Found]) -> list[Found]:
    """Return the mentions in a part of the text that lie outside those in `full`, in order."""
    scans = (_named_laws, _named_resolutions, _bare, _pointing)
    return outside(full, (each for scan in scans for each in scan(text, within)))


def _places(text: str, needle: str, within: Span) -> Iterator[int]:
    at = text.find(needle, within.start, within.end)
    while at >= 0:
        yield at
        at = text.find(needle, at + len(needle), within.end)


def _bare(text: str, within: Span) -> Iterator[Found]:
    """Yield "Nghị quyết 18", and each of "các Chỉ thị 05, 06"."""
    for match in patterns.BARE_NUMBER.finditer(text, within.start, within.end):
        head = head_before(text, within.start, match.start())
        if _cites(text, match, head):
            yield from _listed(text, match, head, within)


def _cites(text: str, match: re.Match[str], head: Head) -> bool:
    if head.type is None or head.title or head.issuer:
        return False
    if head.numbered:
        return head.word[0].isupper() or head.type in _BY_NUMBER
    is_year = len(match[0]) == 4 and match[0][:2] in ("19", "20")
    if is_year or head.type not in _BY_NUMBER or not head.word[0].isupper():
        return False
    return bool(patterns.AFTER_NUMBER.match(text, match.end()))


def _listed(text: str, match: re.Match[str], head: Head, within: Span) -> Iterator[Found]:
    numbers = [(match[0], match.start(), match.end())]
    while following := patterns.NEXT_NUMBER.match(text, numbers[-1][2], within.end):
        if not patterns.AFTER_NUMBER.match(text, following.end()):
            break
        numbers.append((following["number"], following.start("number"), following.end()))
    last = numbers[-1][2]
    meeting = patterns.MEETING.match(text, last, within.end)
    after = particulars_of(text, meeting.end() if meeting else last, within.end)
    term = term_in(meeting) if meeting else after.term
    begin, pinpoint = pinpoint_before(text, within.start, head.begin)
    code_next = patterns.CODE.search(text, last, min(within.end, last + 24))
    kind = (
        MentionKind.LISTED
        if len(numbers) > 1 or (code_next and _joins(text, last, code_next))
        else MentionKind.SHORT
    )
    for place, (number, start, end) in enumerate(numbers):
        start = begin if place == 0 else start
        end = (
            max(end, after.end if after.end > last else meeting.end() if meeting else end) if end == last else end
        )
        yield Found(
            start,
            end,
            after.title_end if end >= last else end,
            kind,
            number=number,
            type=head.type,
            date=after.date if len(numbers) == 1 else None,
            issuer=after.issuer,
            title=after.title if len(numbers) == 1 else None,
            term=term,
            pinpoint=pinpoint if place == 0 else None,
        )


def _joins(text: str, end: int, code: re.Match[str]) -> bool:
    """Tell whether a code goes on with a list: "Quyết định số 217, 218-QĐ/TW"."""
    return text[end : code.start()].strip() in (",", "và", ", và", "&")


def _named_laws(text: str, within: Span) -> Iterator[Found]:
    """Yield "Luật Đất đai năm 2024", "Hiến pháp", "Điều lệ Đảng khóa II"."""
    for word in _LAW_WORDS:
        for at in _places(text, word, within):
            amending = patterns.AMENDING_LAW.match(text, at, within.end)
            match = amending or patterns.LAW_NAME.match(text, at, within.end)
            if match is None or text[at - 1 : at].isalnum():
                continue
            year = patterns.LAW_YEAR.match(text, match.end(), within.end)
            term = patterns.TERM.match(text, match.end() + 1, within.end)
            begin, pinpoint = pinpoint_before(text, within.start, at)
            end = year.end() if year else term.end() if term else match.end()
            yield Found(
                begin,
                end,
                end,
                MentionKind.NAME,
                type=_LAW_TYPES[word.strip().lower()],
                date=day_in(year) if year else None,
                year=int(year["year"]) if year and year["year"] else None,
                title=squash(match[0]),
                term=squash(term[0]) if term else None,
                pinpoint=pinpoint,
                confidence=0.95 if amending or match["known"] else 0.7,
            )


def _named_resolutions(text: str, within: Span) -> Iterator[Found]:
    """Yield "Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Đại hội XIII của Đảng"."""
    for word in _NAMED:
        for at in _places(text, word, within):
            match = patterns.RESOLUTION_NAME.match(text, at, within.end)
            if match is None or not (match["term"] or match["congress"] or match["session"] or match["meeting"]):
                continue
            after = particulars_of(text, match.end(), within.end)
            begin, pinpoint = pinpoint_before(text, within.start, at)
            term = patterns.TERM.search(match[0])
            yield Found(
                begin,
                after.end,
                after.title_end,
                MentionKind.NAME,
                type=type_names()[word.strip().lower()],
                date=after.date,
                issuer=after.issuer,
                title=squash(match[0]),
                term=squash(term[0]) if term else None,
                pinpoint=pinpoint,
                confidence=0.9,
            )


def _pointing(text: str, within: Span) -> Iterator[Found]:
    """Yield "Kế hoạch này", "Điều 5 của Luật này", "các văn bản nêu trên"."""
    for word in ("này", *_ABOVE):
        for at in _places(text, word, within):
            end = at + len(word)
            if text[at - 1 : at].isspace() and not text[end : end + 1].isalnum():
                head = kind_before(text, max(within.start, at - 40), at)
                if head and (kind := _pointing_kind(text, head, word)):
                    yield _pointed(text, within, head, end, kind)


def _pointing_kind(text: str, head: Head, word: str) -> MentionKind | None:
    is_paper = head.word[0].isupper() or head.word.lower() == "văn bản"
    if word in _ABOVE:
        return MentionKind.SHORT if is_paper else None
    if not is_paper and (head.type is None or head.type in _THINGS):
        return None
    return MentionKind.SHORT if _quoted(text, head.begin) else MentionKind.SELF


def _quoted(text: str, at: int) -> bool:
    """Tell whether `at` stands in words quoted from another document: there "this" is that document."""
    opened = text.rfind("“", max(0, at - 3000), at)
    return opened > text.rfind("”", max(0, at - 3000), at) and opened >= 0


def _pointed(text: str, within: Span, head: Head, end: int, kind: MentionKind) -> Found:
    begin, pinpoint = pinpoint_before(text, within.start, head.begin)
    small = 0.0 if head.word[0].isupper() else 0.1
    sure = (0.95 if kind is MentionKind.SELF else 0.6) - small
    quoted = kind is MentionKind.SHORT and text[end - 1] == "y"  # "này", not "nêu trên"
    return Found(begin, end, end, kind, type=head.type, pinpoint=pinpoint, confidence=sure, quoted=quoted)
