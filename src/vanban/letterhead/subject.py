"""What the document is about (trích yếu): under the title, after "V/v", or the lines under a dispatch's number."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from vanban import patterns
from vanban.document import Field, Header, Span
from vanban.lines import Line, Title, field, line_at
from vanban.text import is_upper, squash

if TYPE_CHECKING:
    from vanban.letterhead.header import Letterhead

_MOST_LINES = 12
_LONG = 200  # characters: a line longer than this is a paragraph of the body
_LEADS = ("về ", "Về ", "VỀ ", "V/v", "V/V")
_AUTHORS = (
    "CHÍNH PHỦ",
    "QUỐC HỘI",
    "CHỦ TỊCH",
    "BỘ TRƯỞNG",
    "GIÁM ĐỐC",
    "ỦY BAN",
    "UỶ BAN",
    "HỘI ĐỒNG",
    "BAN THƯỜNG VỤ",
    "BAN CHẤP HÀNH",
    "THỦ TƯỚNG",
    "TỔNG GIÁM ĐỐC",
    "HIỆU TRƯỞNG",
    "CỤC TRƯỞNG",
    "TRƯỞNG",
)


def read_subject(
    head: Letterhead, title: Title | None, code: Field | None, *, dispatch: bool
) -> tuple[Field | None, int]:
    """Return the subject, its lines marked as taken, and where the printed kind ends (0 without one)."""
    end = title.end if title else 0
    if title:
        found, end = _under_title(head, title)
    else:
        found = _after_lead(head) or (_under_number(head, code) if dispatch else None)
    if found and found.span:
        head.take(found.span.start, found.span.end)
    return found, end


def read_appendix(text: str, lines: list[Line]) -> tuple[Header, int] | None:
    """Read the head of an appendix in a file of its own: its number is the kind, its title the subject.

    Return it and the offset after it; None if the text opens with something else.
    """
    filled = [line for line in lines[:_OPENING] if line.text]
    if not filled or not patterns.APPENDIX_HEAD.fullmatch(filled[0].text):
        return None
    first = filled[0]
    titled = list(takewhile(lambda line: not patterns.CAPTION.match(line.text), filled[1:_MOST_LINES]))
    titled = list(takewhile(lambda line: is_upper(line.text) == is_upper(titled[0].text), titled))
    subject = field(text, titled[0].start, _end(titled), 0.9) if titled else None
    name = field(text, first.start, first.start + len(first.text.rstrip(" .:")), 0.9)
    end = titled[-1].end if titled else first.end
    return Header(type=Field("PL", Span(first.start, first.end), 0.9), type_name=name, subject=subject), end


_OPENING = 40  # lines


def _under_title(head: Letterhead, title: Title) -> tuple[Field | None, int]:
    """Return what stands under the title and where the title ends: behind its author if one is on its line."""
    first = line_at(head.lines, title.end)
    line = head.lines[first]
    rest = head.text[title.end : line.end].strip(" :-–_*.")
    below = next((each.text for each in head.lines[first + 1 : first + 3] if each.text), "")
    if rest.startswith("CỦA ") or (is_upper(rest) and patterns.SUBJECT_LEAD.match(below)):
        last = _author_end(head, first)
        taken = _gather(head, [], last + 1)
        if taken:
            return field(head.text, taken[0].start, _end(taken)), head.lines[last].end
    taken = [] if rest else _gather(head, [], first + 1)
    if taken and not rest and is_upper(taken[0].text) and taken[0].text.startswith("CỦA "):
        under = _gather(head, [], _author_end(head, line_at(head.lines, taken[0].start)) + 1)
        if under and under[0].text.startswith(_LEADS):  # "CHỈ THỊ" / "CỦA BAN THƯỜNG VỤ TỈNH ỦY" / "về …"
            return field(head.text, under[0].start, _end(under)), title.end
    author = patterns.AUTHOR_BEFORE.match(taken[0].text) if taken else None
    if author:  # "QUYẾT ĐỊNH" / "CỦA ỦY BAN NHÂN DÂN V/V PHÊ DUYỆT …"
        return field(head.text, taken[0].start + author.end(), _end(taken)), title.end
    glued = [Line(head.text.index(rest, title.end), rest)] if rest else []
    taken = _gather(head, glued, first + 1)
    return (field(head.text, taken[0].start, _end(taken)) if taken else None), title.end


def _author_end(head: Letterhead, first: int) -> int:
    """Return the last line of an author that begins on the title's line and goes on in capitals."""
    last = first
    for number in range(first + 1, min(first + 4, head.zones.tail)):
        words = head.lines[number].text
        if (
            not is_upper(words)
            or words.startswith(("VỀ ", "V/V", "TẠI ", "("))
            or patterns.ORNAMENT.fullmatch(words)
        ):
            break
        last = number
    return last


def _gather(head: Letterhead, taken: list[Line], first: int) -> list[Line]:
    blank = False
    for line in head.lines[first : min(first + _MOST_LINES * 2, head.zones.tail)]:
        if not line.text or (not taken and patterns.ORNAMENT.fullmatch(line.text)):
            blank = True
            continue
        marked = any(span.start <= line.start and line.end <= span.end for span in head.taken)
        if marked and not taken and head.gazette:
            continue  # "SỐ 12/2007/NĐ-CP NGÀY 3 THÁNG 8 NĂM 2007" between the kind and the subject
        if marked or len(taken) >= _MOST_LINES or _stops(taken, line, blank=blank):
            break
        taken.append(line)
        blank = False
    return _without_author(head, taken)


def _without_author(head: Letterhead, taken: list[Line]) -> list[Line]:
    """Return the lines before who decides ("CHỦ TỊCH ỦY BAN NHÂN DÂN …", "KHÓA XV"), right before the bases."""
    last = len(taken) - 1
    while last > 1 and patterns.AUTHOR_GOES_ON.match(taken[last].text):
        last -= 1
    if last < 1 or patterns.NAME_FOLLOWS.search(taken[last - 1].text):
        return taken
    return taken[:last] if _is_author(taken[last]) and _bases_follow(head, taken[-1]) else taken


def _is_author(line: Line) -> bool:
    return is_upper(line.text) and line.text.startswith(_AUTHORS)


def _bases_follow(head: Letterhead, line: Line) -> bool:
    number = line_at(head.lines, line.start)
    below = next((after.text for after in head.lines[number + 1 : number + 4] if after.text), "")
    return below.lstrip("- ").startswith("Căn cứ ")


def read_author(head: Letterhead, title: Title) -> Field | None:
    """Return the body printed between the subject and the legal bases, for a text without its left column."""
    first = line_at(head.lines, title.end) + 1
    for line in head.lines[first : min(first + _MOST_LINES * 2, head.zones.tail)]:
        if line.text and _is_author(line) and _bases_follow(head, line):
            return field(head.text, line.start, line.end, 0.8)
    return None


def _stops(taken: list[Line], line: Line, *, blank: bool) -> bool:
    """Tell whether `line` is no part of the subject that holds `taken` so far."""
    words = line.text
    if patterns.ORNAMENT.fullmatch(words) or patterns.ADDRESS.match(words) or patterns.TELEGRAM.search(words):
        return True
    if (
        patterns.CAPTION.match(words)
        or patterns.MARKER.match(words)
        or patterns.NUMBER_LINE.match(words)
        or patterns.STATE_NAME.match(words)
    ):
        return True
    if not taken:
        sentence = words[-1] in ".:;" or len(words) > _LONG
        return len(words) > _LONG * 2 or bool(
            patterns.BODY_OPENING.match(words) or (sentence and patterns.BASIS_LEAD.match(words))
        )
    if patterns.YEARS_ALONE.fullmatch(words):
        return blank
    if is_upper(words):
        return not is_upper(taken[0].text) or (words.startswith(_AUTHORS) and (blank or words in _AUTHORS))
    if is_upper(taken[0].text) or words == taken[0].text:
        return not words.startswith(("Của ", "của "))  # "THÔNG BÁO KẾT LUẬN" / "của đồng chí …"
    parted = blank and not words[0].islower()
    return parted or len(words) > _LONG or words[-1] in ":;" or bool(patterns.BASIS.match(words))


def _goes_on(line: Line) -> bool:
    """Tell whether a line under a blank one goes on with a sentence: it opens in small letters."""
    return line.text[:1].islower()


def _end(taken: list[Line]) -> int:
    last = taken[-1]
    return last.start + len(last.text.rstrip(" .;:-_*"))


def _after_lead(head: Letterhead) -> Field | None:
    """Return what follows "V/v" in the left column, to the end of its lines."""
    for piece in head.pieces(head.zones.head, line_at(head.lines, head.end) + 1):
        if patterns.SUBJECT_LEAD.match(piece.text):
            return _column(head, piece)
    return None


def _under_number(head: Letterhead, code: Field | None) -> Field | None:
    """Return the line under the number of a party dispatch, which prints no lead word (36-HD/VPTW)."""
    if code is None or code.span is None:
        return None
    first = line_at(head.lines, code.span.end)
    for piece in head.pieces(first, min(first + 12, line_at(head.lines, head.end) + 1)):
        if piece.start < code.span.end or patterns.ORNAMENT.fullmatch(piece.text):
            continue
        if patterns.ADDRESS.match(piece.text) or is_upper(piece.text) or len(piece.text) > _LONG:
            continue
        return _column(head, piece)
    return None


def _column(head: Letterhead, piece: Line) -> Field | None:
    """Return the piece and the lines of the same cell under it."""
    taken = [piece]
    number = line_at(head.lines, piece.start)
    shared = piece.end < head.lines[number].end  # the other column goes on behind it on its line
    for place in range(number + 1, min(number + 6, len(head.lines))):
        line = head.lines[place]
        if not line.text and not shared and head.lines[place + 1 : place + 2] and _goes_on(head.lines[place + 1]):
            continue
        beside = head.pieces(place, place + 1)
        untouched = len(beside) == 1 and beside[0].text == line.text
        if not line.text or not untouched or is_upper(line.text) or patterns.ORNAMENT.fullmatch(line.text):
            break
        if patterns.ADDRESS.match(line.text) or patterns.BASIS.match(line.text) or len(line.text) > 100:
            break
        if shared and not line.text[0].islower():
            break
        taken.append(line)
    found = field(head.text, taken[0].start, _end(taken))
    if found is None or not shared or len(taken) == 1:
        return found
    words = " ".join(line.text for line in taken)
    return Field(squash(words).rstrip(" .;:-_*"), found.span, 0.9)
