"""The numbers that Word draws itself (numbering.xml): "1.", "a)", "I.", "-" before a paragraph of a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_Level = tuple[str, str, int]  # format, text ("%1."), start


class Numbering:
    """Counts the lists of one document; `next_for` is asked once for every paragraph, in order."""

    def __init__(self, numbering: _Element | None, styles: _Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._lists: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._styles: dict[str, tuple[str | None, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        if numbering is not None:
            self._read_levels(numbering)
        if styles is not None and self._lists:
            self._read_styles(styles)

    def _read_levels(self, numbering: _Element) -> None:
        for abstract in numbering.iterfind(_W + "abstractNum"):
            levels = {_number(level, "ilvl"): _level(level) for level in abstract.iterfind(_W + "lvl")}
            self._levels[abstract.get(_W + "abstractNumId", "")] = levels
        for entry in numbering.iterfind(_W + "num"):
            key = entry.get(_W + "numId", "")
            self._lists[key] = _child(entry, "abstractNumId") or ""
            for override in entry.iterfind(_W + "lvlOverride"):
                start = _child(override, "startOverride")
                if start and start.isdecimal():
                    self._starts[key, _number(override, "ilvl")] = int(start)

    def _read_styles(self, styles: _Element) -> None:
        for style in styles.iterfind(_W + "style"):
            properties = style.find(f"{_W}pPr/{_W}numPr")
            if properties is not None:
                self._styles[style.get(_W + "styleId", "")] = _list_of(properties)

    def next_for(self, properties: _Element) -> str:
        """Return the number Word draws before the paragraph of these `properties`, with a space, or ""."""
        if not self._lists:
            return ""
        direct = properties.find(_W + "numPr")
        key, depth = _list_of(direct) if direct is not None else (None, 0)
        if key is None:
            style = _child(properties, "pStyle")
            key, styled = self._styles.get(style or "", (None, 0))
            depth = depth or styled
        return self._drawn(key, depth) if key and key in self._lists else ""

    def _drawn(self, key: str, depth: int) -> str:
        abstract = self._lists[key]
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [None] * _LEVELS)
        self._restart(key, counts)
        before = counts[depth]
        counts[depth] = levels[depth][2] if before is None else before + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        form, text, _ = levels[depth]
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        drawn = _PLACE.sub(lambda place: self._figure(levels, counts, int(place[1]) - 1), text)
        return f"{drawn} " if drawn.strip() else ""

    def _restart(self, key: str, counts: list[int | None]) -> None:
        """A list that starts anew at its first paragraph sets its levels back."""
        if key in self._begun:
            return
        self._begun.add(key)
        for (owner, depth), start in self._starts.items():
            if owner == key and depth < _LEVELS:
                counts[depth] = start - 1

    def _figure(self, levels: dict[int, _Level], counts: list[int | None], depth: int) -> str:
        if depth not in levels:
            return ""
        form, _, start = levels[depth]
        value = counts[depth]
        return written(start if value is None else value, form)


def _level(level: _Element) -> _Level:
    start = _child(level, "start") or "1"
    return (
        _child(level, "numFmt") or "decimal",
        _child(level, "lvlText") or "",
        int(start) if start.isdecimal() else 1,
    )


def _list_of(properties: _Element) -> tuple[str | None, int]:
    depth = _child(properties, "ilvl") or "0"
    return _child(properties, "numId"), min(int(depth), _LEVELS - 1) if depth.isdecimal() else 0


def _child(element: _Element, name: str) -> str | None:
    child = element.find(_W + name)
    return child.get(_W + "val") if child is not None else None


def _number(element: _Element, name: str) -> int:
    value = element.get(_W + name, "0")
    return int(value) if value.isdecimal() else 0


def written(value: int, form: str) -> str:
    """Return `value` in one of Word's number formats ("decimal", "lowerLetter", "upperRoman", …)."""
    if form in ("upperRoman", "lowerRoman"):
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    if form in ("lowerLetter", "upperLetter") and 0 < value <= 26 * 4:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    drawn = ""
    for size, sign in _ROMAN:
        while value >= size and len(drawn) < 12:
            drawn += sign
            value -= size
    return drawn
