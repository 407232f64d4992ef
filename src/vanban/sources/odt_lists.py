"""The numbers that an .odt draws before the items of its lists and before its headings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from vanban.sources.numbering import written

if TYPE_CHECKING:
    from lxml.etree import _Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _STYLE = f"{_OASIS}text:1.0}}", f"{_OASIS}style:1.0}}"
_LEVELS = 10
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HEADINGS = "\x00headings"


class _Level(NamedTuple):
    form: str  # one of _FORMS, "bullet", or "" for none
    before: str
    after: str
    shown: int  # how many levels the number shows ("1.2." shows two)
    start: int


class Lists:
    """Counts the lists of one document, in order."""

    def __init__(self, roots: list[_Element]) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, list[int]] = {}
        self._open: list[str] = []  # the styles of the lists begun
        self._due = False  # whether the next paragraph is the first of its item
        for root in roots:
            for style in root.iter(_TEXT + "list-style", _TEXT + "outline-style"):
                name = style.get(_STYLE + "name", "") if style.tag == _TEXT + "list-style" else _HEADINGS
                self._levels[name] = dict(map(_level, style))

    def begin(self, element: _Element) -> None:
        """Begin a list, maybe within an item of another, whose style it then has if it names none."""
        style = element.get(_TEXT + "style-name") or (self._open[-1] if self._open else "")
        goes_on = element.get(_TEXT + "continue-numbering") == "true" or element.get(_TEXT + "continue-list")
        if not self._open and not goes_on:
            self._counts.pop(style, None)
        self._open.append(style)

    def end(self) -> None:
        """End the list last begun."""
        self._open.pop()
        self._due = False

    def item(self, element: _Element, *, numbered: bool) -> None:
        """Begin an item of the list; a list header has no number."""
        self._due = numbered
        start = element.get(_TEXT + "start-value", "")
        if numbered and start.isdecimal() and len(start) < 7 and self._open:
            depth = min(len(self._open), _LEVELS) - 1
            self._count(self._open[-1])[depth] = int(start) - 1
            self._count(self._open[-1])[depth + 1 :] = [-1] * (_LEVELS - depth - 1)

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read something (a table) in which no list around it goes on."""
        outer, self._open = self._open, []
        self._due = False
        yield
        self._open = outer

    def next_for(self, paragraph: _Element) -> str:
        """Return the number drawn before `paragraph`, with a space after it, or ""."""
        if self._open:
            due, self._due = self._due, False
            return self._drawn(self._open[-1], len(self._open) - 1) if due else ""
        level = paragraph.get(_TEXT + "outline-level", "")
        if paragraph.tag == _TEXT + "h" and level.isdecimal() and len(level) < 3 and _HEADINGS in self._levels:
            return self._drawn(_HEADINGS, int(level) - 1)
        return ""

    def _count(self, style: str) -> list[int]:
        return self._counts.setdefault(style, [-1] * _LEVELS)

    def _drawn(self, style: str, depth: int) -> str:
        levels = self._levels.get(style, {})
        level = levels.get(depth)
        if level is None or not 0 <= depth < _LEVELS:
            return ""
        counts = self._count(style)
        counts[depth] = level.start if counts[depth] < 0 else counts[depth] + 1
        counts[depth + 1 :] = [-1] * (_LEVELS - depth - 1)
        if level.form == "bullet":
            return "- "
        if not level.form:
            return ""
        first = max(depth - level.shown + 1, 0)
        figures = [
            written(max(counts[at], levels[at].start if counts[at] < 0 else 0), levels[at].form)
            for at in range(first, depth + 1)
            if at in levels and levels[at].form not in ("", "bullet")
        ]
        return f"{level.before}{'.'.join(figures)}{level.after} "


def _level(element: _Element) -> tuple[int, _Level]:
    """Return the depth (from 0) that a level style is for, and what it draws."""
    depth = _figure(element.get(_TEXT + "level", "1")) - 1
    if element.tag == _TEXT + "list-level-style-bullet":
        return depth, _Level("bullet", "", "", 1, 1)
    return depth, _Level(
        _FORMS.get(element.get(_STYLE + "num-format", ""), ""),
        element.get(_STYLE + "num-prefix", ""),
        element.get(_STYLE + "num-suffix", ""),
        _figure(element.get(_TEXT + "display-levels", "1")),
        _figure(element.get(_TEXT + "start-value", "1")),
    )


def _figure(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 7 else 1
