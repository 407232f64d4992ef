"""Text as the reader wants it: one Unicode form, plain spaces, wrapped lines rejoined; and folding for search.

Spans of a `Document` refer to the text after `normalise` (and `rejoin`), never to the bytes of the file.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from vanban import patterns

_ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAKS = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_FULL = 70  # characters: a line this long that ends in ":" was cut by its measure, not by its sense
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
    """Return `text` with the wrapped lines of one paragraph joined by a space (lengths do not change).

    `tight` says that no empty lines stand between paragraphs (the text of a PDF): then a line goes on only if
    it filled its measure. None: judge by the text itself. Text whose lines are whole paragraphs stays as it is.
    """
    lines = text.split("\n")
    measure = _measure(lines)
    if not measure or not (tight or _looks_wrapped(lines)):
        return patterns.MARK_ALONE.sub(r"\1 ", text)
    if tight is None:
        tight = sum(not line.strip() for line in lines) * 12 < len(lines)
    joined = [lines[0]]
    last = lines[0]
    for line in lines[1:]:
        goes_on = _goes_on(last.strip(), line.strip(), measure if tight else 0)
        joined.append(" " if goes_on else "\n")
        joined.append(line)
        last = line
    return "".join(joined)


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
    if not above or not below or patterns.OPENING.match(below) or patterns.ORNAMENT.fullmatch(above):
        return False
    if _is_mark(above) or _is_mark(below):
        return False
    if patterns.BARE_MARK.fullmatch(above):
        return True
    if patterns.CLOSED_LINE.search(above):
        return False
    if is_upper(above) or is_upper(below):
        return _capitals_go_on(above, below, measure)
    if below[0].islower() or below[0] in ",.;:)”%/":
        return above[-1] not in ":;" or len(above) > _FULL
    if above[-1] in ".;:!?”":
        return False
    if above[-1] in "-–(&" or (above[-1] == "," and not measure) or patterns.HANGING.search(above):
        return True
    return not measure or len(above) + len(below.split(" ", 1)[0]) + 1 >= measure * 0.86


def _is_mark(line: str) -> bool:
    """Tell whether the line is a mark of secrecy or urgency, which belongs to no paragraph."""
    return len(line) < 40 and bool(patterns.SECRECY.fullmatch(line) or patterns.URGENCY.fullmatch(line))


def _capitals_go_on(above: str, below: str, measure: int) -> bool:
    if is_upper(above) and is_upper(below):
        return bool(patterns.NUMBERED.match(above)) or above[-1] in ",-–"
    full = len(above) + len(below.split(" ", 1)[0]) + 1 >= measure * 0.86 if measure else len(above) > 40
    return not is_upper(above) and full and above[-1] not in ".;:" and len(below) < 60
