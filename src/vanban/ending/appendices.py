"""Appendices behind the end of a document ("Phụ lục I", "Mẫu số 01"), and where the document's own end stops."""

from __future__ import annotations

from dataclasses import dataclass, replace

from vanban import patterns
from vanban.document import Appendix, Field, Span
from vanban.ending.tail import appendix_at, find_tail
from vanban.lines import Line, Zones, field, title_at
from vanban.text import is_upper

_TITLE_LINES = 16  # lines under "Phụ lục I" in which its title stands
_NAME_LINES = 4  # filled lines before a second letterhead that belong to it: organ, superior, number


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that opens an appendix. `form` tells "Mẫu số 01" from "Phụ lục I"."""

    line: int
    form: bool
    number: str | None


def ended(lines: list[Line], zones: Zones) -> Zones:
    """Return `zones` with the end stopping before appendices and before the letterhead of another document."""
    for number in range(zones.tail + 1, zones.stop):
        words = lines[number].text
        if not words:
            continue
        if appendix_at(words) or patterns.CAPTION.match(words):
            return replace(zones, stop=number)
        if number > zones.tail + 1 and any(name.search(words) for name in _OTHER_HEADS):
            return replace(zones, stop=_head_start(lines, number, zones.tail + 1))
    return zones


_OTHER_HEADS = (patterns.STATE_NAME, patterns.PARTY_NAME)


def _head_start(lines: list[Line], number: int, first: int) -> int:
    """Return the first of the lines in capitals that stand directly above line `number`."""
    start = number
    for above in range(number - 1, max(first, number - _NAME_LINES), -1):
        words = lines[above].text
        if not words or not is_upper(words) or patterns.AUTHORITY_LINE.match(words):
            break
        start = above
    return start


def read_appendices(text: str, lines: list[Line], first: int) -> tuple[Appendix, ...]:
    """Return the appendices in `lines` from line `first`; forms inside an appendix are part of it."""
    heads = _heads(lines, first)
    last = next((line.end for line in reversed(lines) if line.text), 0)
    ends = [*(lines[head.line].start for head in heads[1:]), last]
    return tuple(_appendix(text, lines, head, end) for head, end in zip(heads, ends, strict=False))


def _heads(lines: list[Line], first: int) -> list[_Head]:
    found = []
    for number in range(first, len(lines)):
        match = appendix_at(lines[number].text)
        if match:
            found.append(_Head(number, match["form"] is not None, match["number"]))
    annexed = next((i for i, head in enumerate(found) if not head.form), len(found))
    return _once([head for i, head in enumerate(found) if i < annexed or not head.form])


def _once(heads: list[_Head]) -> list[_Head]:
    """Drop the rows of a table of contents (the number comes again later) and a head that a page repeats."""
    last = {(head.form, head.number): i for i, head in enumerate(heads) if head.number}
    kept: list[_Head] = []
    for i, head in enumerate(heads):
        again = kept and head.number and (kept[-1].form, kept[-1].number) == (head.form, head.number)
        listed = head.number and last[head.form, head.number] > i and heads[i + 1].number != head.number
        if not again and not listed:
            kept.append(head)
    return kept


def _appendix(text: str, lines: list[Line], head: _Head, end: int) -> Appendix:
    line = lines[head.line]
    match = appendix_at(line.text)
    number = field(text, *_shifted(match.span("number"), line)) if match and match["number"] else None
    printed = field(text, *_shifted(match.span("title"), line)) if match and match["title"] else None
    return Appendix(
        Span(line.start, end - _blank(text, line.start, end)), number, _title(text, lines, head, printed)
    )


def _shifted(span: tuple[int, int], line: Line) -> tuple[int, int]:
    return line.start + span[0], line.start + span[1]


def _blank(text: str, start: int, end: int) -> int:
    return len(text[start:end]) - len(text[start:end].rstrip())


def _title(text: str, lines: list[Line], head: _Head, printed: Field | None) -> Field | None:
    """Return the title: on the line of the number, or in the lines under it, until the caption "(Kèm theo …)".

    A form prints a letterhead of its own first: its title is the first line in capitals under that.
    """
    taken: list[Line] = []
    for line in lines[head.line + 1 : head.line + 1 + _TITLE_LINES]:
        words = line.text
        if taken and (not words or not is_upper(words) or patterns.ORNAMENT.fullmatch(words)):
            break
        if patterns.CAPTION.match(words) or patterns.MARKER.match(words) or appendix_at(words):
            break
        if _in_letterhead(words) or (printed and not is_upper(words)):
            continue
        taken.append(line)
        if not is_upper(words):
            break
    if printed and not (taken and is_upper(printed.value) and taken[0] is _below(lines, head)):
        return printed
    if not taken or len(taken[0].text) > _LONGEST_TITLE or taken[-1].text.endswith((";", ",", ":")):
        return None
    start = printed.span.start if printed and printed.span else taken[0].start
    sure = 1.0 if printed or taken[0] is _below(lines, head) else _UNDER_LETTERHEAD
    return field(text, start, taken[-1].end, sure)


_UNDER_LETTERHEAD = 0.6  # a form's own letterhead stood between: its organ may be taken for the title


def _below(lines: list[Line], head: _Head) -> Line | None:
    return next((line for line in lines[head.line + 1 :] if line.text), None)


def _in_letterhead(words: str) -> bool:
    """Tell whether the line is blank, a rule, or belongs to the letterhead that a form shows."""
    if not words or patterns.ORNAMENT.fullmatch(words) or words.startswith(_LETTERHEAD) or "CHỦ NGHĨA" in words:
        return True
    return bool(patterns.MOTTO.search(words) or "ngày" in words or "…" in words or "..." in words)


_LETTERHEAD = ("CỘNG H", "XÃ HỘI", "Độc lập", "TÊN ", "Số", "ĐẢNG CỘNG SẢN", "[", "CƠ QUAN")
_LONGEST_TITLE = 300  # characters


_LEAD = 20  # characters of a caption that say whether the text was issued or only attached
_ENCLOSED_REACH = 8  # lines from the title of an enclosure to "(Ban hành kèm theo …)"


def find_enclosure(lines: list[Line], zones: Zones) -> tuple[int, int] | None:
    """Return (first, last) lines of the rules or plan that a decision encloses, behind its signature.

    An enclosure prints its kind in capitals and under it "(Ban hành kèm theo …)"; annexes and forms do not. The
    statutes of an association that a decision only recognises ("(Kèm theo …)") are not rules of the decision.
    """
    for number in range(zones.tail + 1, len(lines)):
        words = lines[number].text
        if not words[:3].isupper() or title_at(lines, number) is None:
            continue
        for below in range(number + 1, min(number + _ENCLOSED_REACH, len(lines))):
            caption = lines[below].text
            if patterns.ENCLOSED.match(caption):
                if words.startswith("ĐIỀU LỆ") and "an hành" not in caption[:_LEAD]:
                    return None
                return below + 1, find_tail(lines, below + 1)
    return None
