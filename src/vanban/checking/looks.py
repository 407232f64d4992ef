"""How a paragraph and its runs are printed: direct formatting over styles over the defaults of the file.

Sources: ECMA-376 part 1, 17.7.2 (the order of styles), 17.3.1.33 (spacing), 17.3.1.12 (indents).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vanban.checking.wordfile import Paragraph, W, WordFile

_THEME = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_DEPTH = 20  # styles that may rest one on another
_AUTO = 14.0  # points that "automatic" spacing comes to
# fmt: off
# The order of the schema (ECMA-376 part 1, annex A).
_RUN_ORDER = [
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline",
    "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w",
    "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign",
    "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath", "rPrChange",
]
_PARAGRAPH_ORDER = [
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr",
    "suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap",
    "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid",
    "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
]
# fmt: on


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a stretch of text is printed; `size` in points."""

    font: str | None
    size: float
    bold: bool
    italic: bool
    underline: bool
    caps: bool


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """How a paragraph is set: indents in millimetres, spacings in points.

    One of `exactly`, `at_least` (points) and `times` (of a single line) is the height of its lines.
    """

    align: str
    left_mm: float
    first_line_mm: float
    before: float
    after: float
    numbered: bool
    exactly: float | None = None
    at_least: float | None = None
    times: float | None = None


class Looks:
    """The looks of everything in one Word file."""

    def __init__(self, file: WordFile) -> None:
        self._styles: dict[str, Any] = {}
        self._chains: dict[str, list[Any]] = {}
        self._normal = ""
        self._defaults: Any = None
        self._fonts = _theme_fonts(file.part("word/theme/theme1.xml"))
        styles = file.part("word/styles.xml")
        if styles is None:
            return
        self._defaults = styles.find(W + "docDefaults")
        for style in styles.iterfind(W + "style"):
            key = style.get(W + "styleId", "")
            self._styles[key] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._normal = key

    def of_run(self, run: Any, paragraph: Any) -> RunLook:
        """Return how a run of a paragraph is printed."""
        around = list(self._run_properties(run, paragraph))
        size = number_in(_value(_first(around, "sz")))
        underline = _first(around, "u")
        return RunLook(
            font=self._font(around),
            size=size / 2 if size else 10.0,
            bold=_on(_first(around, "b")),
            italic=_on(_first(around, "i")),
            underline=underline is not None and _value(underline) != "none",
            caps=_on(_first(around, "caps")),
        )

    def of_paragraph(self, paragraph: Any) -> ParagraphLook:
        """Return how a paragraph is set."""
        around = list(self._paragraph_properties(paragraph))
        align = _value(_first(around, "jc")) or "left"
        first = _twips(around, "ind", "firstLine")
        hanging = _twips(around, "ind", "hanging")
        left = _twips(around, "ind", "left")
        numbering = _first(around, "numPr")
        rule = _attribute(around, "spacing", "lineRule") or "auto"
        line = number_in(_attribute(around, "spacing", "line")) or 240.0
        return ParagraphLook(
            align={"both": "justify", "distribute": "justify", "start": "left", "end": "right"}.get(align, align),
            left_mm=_mm(left if left is not None else _twips(around, "ind", "start") or 0),
            first_line_mm=_mm(-hanging if hanging else first or 0),
            before=_spacing(around, "before"),
            after=_spacing(around, "after"),
            numbered=numbering is not None and _value(numbering.find(W + "numId")) not in (None, "0"),
            exactly=line / 20 if rule == "exact" else None,
            at_least=line / 20 if rule == "atLeast" else None,
            times=line / 240 if rule == "auto" else None,
        )

    def _run_properties(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """Yield the sets of run properties that speak about a run, the strongest first."""
        own = run.find(W + "rPr")
        if own is not None:
            yield own
            yield from self._of_styles(_value(own.find(W + "rStyle")), "rPr")
        properties = paragraph.find(W + "pPr")
        named = _value(properties.find(W + "pStyle")) if properties is not None else None
        yield from self._of_styles(named or self._normal, "rPr")
        yield from self._of_table(paragraph, "rPr")
        yield from self._default("rPr")

    def _paragraph_properties(self, paragraph: Any) -> Iterator[Any]:
        own = paragraph.find(W + "pPr")
        named = None
        if own is not None:
            yield own
            named = _value(own.find(W + "pStyle"))
        yield from self._of_styles(named or self._normal, "pPr")
        yield from self._of_table(paragraph, "pPr")
        yield from self._default("pPr")

    def _of_styles(self, key: str | None, what: str) -> Iterator[Any]:
        if key not in self._chains:
            chain: list[Any] = []
            at = self._styles.get(key or "")
            while at is not None and len(chain) < _DEPTH:
                chain.append(at)
                at = self._styles.get(_value(at.find(W + "basedOn")) or "")
            self._chains[key or ""] = chain
        for style in self._chains[key or ""]:
            properties = style.find(W + what)
            if properties is not None:
                yield properties

    def _of_table(self, paragraph: Any, what: str) -> Iterator[Any]:
        table = next(paragraph.iterancestors(W + "tbl"), None)
        if table is not None:
            yield from self._of_styles(_value(table.find(f"{W}tblPr/{W}tblStyle")), what)

    def _default(self, what: str) -> Iterator[Any]:
        found = self._defaults.find(f"{W}{what}Default/{W}{what}") if self._defaults is not None else None
        if found is not None:
            yield found

    def _font(self, around: list[Any]) -> str | None:
        for properties in around:
            fonts = properties.find(W + "rFonts")
            if fonts is None:
                continue
            theme = fonts.get(W + "asciiTheme") or fonts.get(W + "hAnsiTheme")
            name = self._fonts.get(theme[:5]) if theme else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
            if name:
                return str(name)
        return None


def _theme_fonts(theme: Any) -> dict[str, str]:
    """Return "major" and "minor" → the name of the theme's font for Latin letters."""
    if theme is None:
        return {}
    found = {kind: theme.find(f".//{_THEME}{kind}Font/{_THEME}latin") for kind in ("major", "minor")}
    return {kind: latin.get("typeface") for kind, latin in found.items() if latin is not None}


def _first(around: list[Any], name: str) -> Any:
    return next((found for properties in around if (found := properties.find(W + name)) is not None), None)


def _value(element: Any) -> str | None:
    return None if element is None else element.get(W + "val", "1")


def _on(element: Any) -> bool:
    return element is not None and _value(element) not in _OFF


def _attribute(around: list[Any], name: str, attribute: str) -> str | None:
    for properties in around:
        element = properties.find(W + name)
        if element is not None and element.get(W + attribute) is not None:
            return str(element.get(W + attribute))
    return None


def _twips(around: list[Any], name: str, attribute: str) -> float | None:
    """Return a length in twentieths of a point. A first line and a hanging one undo each other."""
    other = {"firstLine": "hanging", "hanging": "firstLine"}.get(attribute)
    for properties in around:
        element = properties.find(W + name)
        if element is None:
            continue
        if element.get(W + attribute) is not None:
            return number_in(element.get(W + attribute))
        if other and element.get(W + other) is not None:
            return None
    return None


def _spacing(around: list[Any], side: str) -> float:
    automatic = _attribute(around, "spacing", f"{side}Autospacing")
    if automatic is not None and automatic not in _OFF:
        return _AUTO
    return (number_in(_attribute(around, "spacing", side)) or 0.0) / 20


def number_in(value: str | None) -> float | None:
    """Return a measure of the file as a number; None for what is none."""
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None  # no length of a page, and no infinity


def _mm(twips: float) -> float:
    return twips * 25.4 / 1440


def set_run(run: Any, name: str, **attributes: str) -> None:
    """Set one property of a run ("b", "sz", "rFonts" …) directly on it."""
    properties = run.find(W + "rPr")
    if properties is None:
        properties = run.makeelement(W + "rPr")
        run.insert(0, properties)
    _set(properties, name, attributes, _RUN_ORDER)


def set_paragraph(paragraph: Paragraph | Any, name: str, **attributes: str) -> None:
    """Set one property of a paragraph ("jc", "ind", "spacing" …) directly on it; other attributes stay."""
    element = paragraph.element if isinstance(paragraph, Paragraph) else paragraph
    properties = element.find(W + "pPr")
    if properties is None:
        properties = element.makeelement(W + "pPr")
        element.insert(0, properties)
    _set(properties, name, attributes, _PARAGRAPH_ORDER)


def _set(properties: Any, name: str, attributes: dict[str, str], order: list[str]) -> None:
    """Set attributes of a property, in the place that the schema gives it (Word refuses another order)."""
    element = properties.find(W + name)
    if element is None:
        element = properties.makeelement(W + name)
        later = {W + other for other in order[order.index(name) + 1 :]}
        follower = next((c for c in properties if c.tag in later or not str(c.tag).startswith(W)), None)
        if follower is None:
            properties.append(element)
        else:
            follower.addprevious(element)
    for key, value in attributes.items():
        element.set(W + key, value)
