"""Text as the reader wants it: one Unicode form, plain spaces, wrapped lines rejoined; and folding for search.

Spans of a `Document` refer to the text after `normalise` (and `laid_out`), never to the bytes of the file.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from vanban import patterns
from vanban.document import Span
from vanban.sources.content import Content

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FULL = 70  # characters: a line this long that ends in ":" was cut by its measure, not by its sense
_TAIL = 12  # characters: more than the words that leave a line hanging
_RUNNING = 3  # lines at most that run at one end of a page
_NARROW = 16  # characters: a line no longer may be the first words of a cell
_HEADING = 24  # characters: a numbered line no longer is a heading if the next one opens with a capital
_HYPHENS = "\u2010\u2011\u2212"


@cache
def _characters() -> dict[int, str | None]:
    kept = {ord("\n"), ord("\t"), *map(ord, _BREAKS)}
    table: dict[int, str | None] = {code: None for code in (*range(32), *range(127, 160)) if code not in kept}
    table |= dict.fromkeys(map(ord, _ZERO_WIDTH)) | dict.fromkeys(map(ord, _SPACES), " ")
    table |= dict.fromkeys(map(ord, _BREAKS), "\n") | dict.fromkeys(map(ord, _HYPHENS), "-")
    # Ð and ð are Icelandic; old keyboards typed them for Đ and đ. A tab is a gap between columns.
    return table | {ord("Ð"): "Đ", ord("ð"): "đ", ord("\t"): "    "}


def normalise(raw: str) -> str:
    """Return `raw` in NFC with Vietnamese Đ, plain spaces and hyphens, "\\n" for line ends, no invisible signs."""
    text = raw.replace("\r\n", "\n")
    if patterns.ODD_CHARACTER.search(text):
        text = patterns.SURROGATE.sub("", text.translate(_characters()))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def squash(text: str) -> str:
    """Return `text` with every run of white space as one space, and none at the ends."""
    return " ".join(text.split()) if "\n" in text or "  " in text else text.strip()


def fold(text: str) -> str:
    """Return `text` for search: lower case, no marks, đ as d; "Uỷ ban" and "Ủy ban" become the same."""
    return squash(unicodedata.normalize("NFC", text).lower().translate(_folds()))


@cache
def _folds() -> dict[int, str | None]:
    """Return marked letter → plain letter, for the letters of Latin scripts; loose marks fall away."""
    letters = {
        code: unicodedata.normalize("NFD", chr(code))[0] for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
    }
    return dict.fromkeys(range(0x300, 0x370)) | letters | {ord("đ"): "d"}


def is_upper(text: str) -> bool:
    """Tell whether `text` is set in capitals: at least two letters, and none of them small."""
    return text == text.upper() and sum(map(str.isalpha, text)) >= 2


def unmark(text: str) -> str:
    """Return `text` without the marks of Markdown: stars, underlines, number signs and the bars of tables."""
    if not patterns.MARKDOWN.search(text):
        return text
    text = patterns.TABLE_RULE.sub("\n", text)
    text = patterns.TABLE_ROW.sub(_cells, text)
    text = patterns.BAR.sub("\n", text)
    text = patterns.STARS.sub(lambda stars: stars["alone"] or "", text)
    text = patterns.UNDERLINE.sub(lambda rule: "\n" if len(rule[0]) > 2 else "", text)
    return patterns.HASHES.sub("", text)


def _cells(row: re.Match[str]) -> str:
    # A table row on one line has lost its line ends; wide gaps are what is left of them.
    cells = (patterns.WIDE_GAP.sub("\n", cell.strip()) for cell in row[0].strip().strip("|").split("|"))
    return "\n" + "\n\n".join(cells) + "\n"


def rejoin(text: str, *, tight: bool | None = None) -> str:
    """Return the text of `laid_out`: wrapped lines joined."""
    return laid_out(text, tight=tight).text


def laid_out(text: str, *, tight: bool | None = None, doubts: Sequence[tuple[Span, float]] = ()) -> Content:
    """Return normalised `text` with the wrapped lines of one paragraph joined, and where pages and lines began.

    A "\f" stands in the place of the line end between two pages; text without one has no pages. A line end becomes
    a space; between the halves of a code ("126/2024/NĐ-" "CP") it falls away, and `doubts` move with the text.
    `tight` says that no empty lines stand between paragraphs (the text of a PDF): then a line goes on only if
    it filled its measure. None: judge by the text itself. Text whose lines are whole paragraphs stays as it is.
    """
    pages = list(accumulate((len(page) + 1 for page in text.split("\f")[:-1]), initial=0)) if "\f" in text else []
    lines = text.replace("\f", "\n").split("\n")
    joints = _joints(lines, tight)
    if joints is None:
        return Content("\n".join(lines), pages=tuple(pages), doubts=tuple(doubts))
    parts, wraps, lost = [lines[0]], [], []
    raw = at = len(lines[0])  # in `text`, and in what comes of it
    for line, joint in zip(lines[1:], joints, strict=True):
        parts += (joint, line)
        if not joint:
            lost.append(raw)
        at += len(joint)
        if joint != "\n":
            wraps.append(at)
        at += len(line)
        raw += len(line) + 1
    moved = [(Span(_moved(span.start, lost), _moved(span.end, lost)), sure) for span, sure in doubts]
    return Content("".join(parts), tuple(_moved(page, lost) for page in pages), tuple(wraps), doubts=tuple(moved))


def _moved(offset: int, lost: list[int]) -> int:
    return offset - bisect_left(lost, offset)


def _joints(lines: list[str], tight: bool | None) -> list[str] | None:
    """Return what stands between each two lines: a line end, a space or nothing; None if every line stays one."""
    measure = _measure(lines)
    if not measure or not (tight or _looks_wrapped(lines)):
        alone = [number for number, line in enumerate(lines[:-1]) if len(line) < 16 and _stands_alone(line)]
        alone = [number for number in alone if lines[number + 1][:1].strip()]
        if not alone:
            return None
        joints = ["\n"] * (len(lines) - 1)
        for number in alone:
            joints[number] = " "
        return joints
    if tight is None:
        tight = sum(not line.strip() for line in lines) * 12 < len(lines)
    measure = measure if tight else 0
    stripped = [line.strip() for line in lines]
    return [_joint(above, below, measure) for above, below in pairwise(stripped)]


def _stands_alone(line: str) -> bool:
    """Tell whether the line is nothing but the number of what follows."""
    return bool(patterns.MARK_ALONE.fullmatch(line))


def _joint(above: str, below: str, measure: int) -> str:
    if above[-1:] in ("-", "/") and patterns.CODE_BROKEN.search(above) and patterns.CODE_REST.match(below):
        return ""
    return " " if _goes_on(above, below, measure) else "\n"


def without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the lines of each page without page numbers and without lines that run at its head or foot.

    A line runs if it opens with the same letters, figures aside, at the same end of at least three pages and two
    pages in five. Empty lines at the ends of a page fall away too.
    """
    for end in (0, -1):
        for _ in range(_RUNNING):
            pages = [_peeled(lines) for lines in pages]
            keys = Counter(_running_key(lines[end]) for lines in pages if lines)
            running = {key for key, count in keys.items() if key and count >= max(3, len(pages) * 0.4)}
            kept = [_without_end(lines, end, running) for lines in pages]
            if kept == pages:
                break
            pages = kept
    return pages


def _without_end(lines: list[str], end: int, running: set[str]) -> list[str]:
    if len(lines) < 2 or not (patterns.PAGE_NUMBER.fullmatch(lines[end]) or _running_key(lines[end]) in running):
        return lines
    return _peeled(lines[1:] if end == 0 else lines[:-1])


def _peeled(lines: list[str]) -> list[str]:
    first, last = 0, len(lines)
    while first < last and not lines[first].strip():
        first += 1
    while last > first and not lines[last - 1].strip():
        last -= 1
    return lines[first:last]


def _running_key(line: str) -> str:
    """Return the first letters of a short line, "" for a long one or one with few letters."""
    letters = "".join(filter(str.isalpha, fold(line)))[:8] if len(line) < 100 else ""
    return letters if len(letters) > 3 else ""


def _measure(lines: list[str]) -> int:
    """Return the width at which lines were wrapped, 0 if they were not."""
    lengths = sorted(len(line) for line in lines if len(line) > 25)
    if len(lengths) < 4:
        return 0
    widest = lengths[int(len(lengths) * 0.95)]
    return 0 if widest > 150 else widest


def _looks_wrapped(lines: list[str]) -> bool:
    """Tell whether sentences run over line ends: a line without a stop, then one that opens in small letters."""
    running = 0
    for above, below in pairwise(lines):
        if above and below and above.rstrip()[-1:] not in ".;:!?" and below.lstrip()[:1].islower():
            running += 1
    return running >= max(2, len(lines) // 40)


def _goes_on(above: str, below: str, measure: int) -> bool:
    """Tell whether `below` belongs to the paragraph of `above`. `measure` 0: blank lines part the paragraphs."""
    if not above or not below or patterns.ORNAMENT.fullmatch(above):
        return False
    if len(above) < _NARROW and _cell_goes_on(above, below):
        return True
    if patterns.OPENING.match(below) or (patterns.ADDRESS.match(above) and patterns.BASIS.match(below)):
        return False
    if _is_mark(above) or _is_mark(below):
        return False
    if patterns.BARE_MARK.fullmatch(above):
        return True
    if (above[-1] in "./" or above.startswith("Nơi nhận")) and patterns.CLOSED_LINE.search(above):
        return False
    if is_upper(above) or is_upper(below):
        return _capitals_go_on(above, below, measure)
    if below[0].islower() or below[0] in ",.;:)”%/":
        return above[-1] not in ":;" or len(above) > _FULL
    if above[-1] in ".;:!?”":
        return False
    if above[-1] in "-–(&" or (above[-1] == "," and not measure) or patterns.HANGING.search(above[-_TAIL:]):
        return True
    if not measure:
        return len(above) > _HEADING or not (
            patterns.NUMBERED.match(above) or patterns.YEARS_ALONE.fullmatch(above)
        )
    return len(above) + len(below.split(" ", 1)[0]) + 1 >= measure * 0.86


def _cell_goes_on(above: str, below: str) -> bool:
    """Tell whether a narrow column of the letterhead parted a number from its label, a name or a place in two."""
    if patterns.NUMBER_LABEL.fullmatch(above):
        return patterns.NUMBER_BEGINS.match(below) is not None
    if patterns.NAME_BEGINS.fullmatch(above):
        return is_upper(below)
    return bool(patterns.PLACE_ENDS.match(below) and patterns.PLACE_BEGINS.fullmatch(above))


def _is_mark(line: str) -> bool:
    """Tell whether the line is a mark of secrecy or urgency, which belongs to no paragraph."""
    return len(line) < 40 and bool(patterns.SECRECY.fullmatch(line) or patterns.URGENCY.fullmatch(line))


def _capitals_go_on(above: str, below: str, measure: int) -> bool:
    if is_upper(above) and patterns.YEARS_ALONE.fullmatch(below):
        return True
    if is_upper(above) and is_upper(below):
        return bool(patterns.NUMBERED.match(above)) or above[-1] in ",-–"
    full = len(above) + len(below.split(" ", 1)[0]) + 1 >= measure * 0.86 if measure else len(above) > 40
    return not is_upper(above) and full and above[-1] not in ".;:" and len(below) < 60


# The characters that XML 1.0 forbids, half surrogates among them (www.w3.org/TR/xml, production 2).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """Return the text in composed form (NFC) without the characters that XML, and so a Word file, cannot hold."""
    return unicodedata.normalize("NFC", _NOT_IN_XML.sub("", text))
