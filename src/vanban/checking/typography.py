"""How each element is printed, against its style in the layout: font, size, weight, place, spacings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from vanban.checking.elements import Element
from vanban.checking.finding import Departure
from vanban.checking.looks import Looks, ParagraphLook, RunLook, set_paragraph, set_run
from vanban.checking.rules import in_force, looks_of
from vanban.checking.wordfile import Paragraph
from vanban.formats import Layout, Range, TextStyle
from vanban.text import is_upper

FULL_LINE = 95  # characters: a paragraph as long as this fills a line, so that its alignment shows
_NEARLY_MM = 0.6
_OLD_FONTS = (".vn", "vni-", "vni ")
_ALIGNED = {"left": "left", "center": "in the middle", "right": "right", "justify": "justified"}


def look_departures(elements: Sequence[Element], looks: Looks, layout: Layout) -> Iterator[Departure]:
    """Yield what is printed otherwise than the layout lays down."""
    for element in elements:
        style = layout.styles[element.style]
        checked = [what for what in looks_of(element.name) if in_force(f"{element.name}.{what}", layout)]
        if element.name == "body":
            checked = [what for what in checked if what not in ("bold", "italic")]  # words may well be set off
        yield from _of_runs(element, style, looks, layout, checked)
        if element.alone:
            yield from _of_paragraph(element, style, looks, checked)


def _of_runs(
    element: Element, style: TextStyle, looks: Looks, layout: Layout, checked: Sequence[str]
) -> Iterator[Departure]:
    """Yield the first departure of each kind among the runs of an element; a mend is for all of it."""
    told: set[str] = set()
    for piece in element.paragraph.between(element.start, element.end):
        run = looks.of_run(piece.run, element.paragraph.element)
        for what, expected, found, change in _run_faults(run, style, layout, element):
            if what in checked and what not in told:
                told.add(what)
                code = f"{element.name}.{what}"
                mend = partial(mend_runs, element.paragraph, element.start, element.end, change)
                code = "text.encoding" if what == "font" and found.lower().startswith(_OLD_FONTS) else code
                yield Departure(code, expected, found, element.span, None if code == "text.encoding" else mend)


_Change = tuple[str, dict[str, str]]


def _run_faults(
    run: RunLook, style: TextStyle, layout: Layout, element: Element
) -> Iterator[tuple[str, str, str, _Change]]:
    size = style.allowed("size") or (style.size, style.size)
    if not (run.font or "").startswith(layout.font):  # some name the bold cut of the font
        fonts = dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), layout.font)
        yield "font", layout.font, run.font or "no font that is named", ("rFonts", fonts)
    if not size[0] - 0.05 <= run.size <= size[1] + 0.05:
        yield "size", ranged(size), f"{run.size:g}", ("sz", {"val": f"{round(_nearest(run.size, size) * 2)}"})
    weights = (("bold", "b"), ("italic", "i"))
    for what, tag in weights:
        wanted, is_so = getattr(style, what), getattr(run, what)
        if wanted != is_so:
            named = (what, f"not {what}")
            yield what, named[not wanted], named[not is_so], (tag, {"val": "1" if wanted else "0"})
    if style.underline and not run.underline:
        yield "underline", "underlined", "not underlined", ("u", {"val": "single"})
    words = element.paragraph.text[element.start : element.end]
    if not run.caps and not is_upper(words):
        yield "caps", "capitals", words, ("caps", {"val": "1"})


def mend_runs(paragraph: Paragraph, start: int, end: int, change: _Change) -> None:
    """Set one property on all runs of a stretch of a paragraph, with the dash before and the marks after it."""
    name, attributes = change
    for run in paragraph.isolate(*(_with_marks(paragraph.text, start, end) if name != "u" else (start, end))):
        if name == "rFonts":
            fonts = run.find(f"{run.tag[: run.tag.index('}') + 1]}rPr/{run.tag[: run.tag.index('}') + 1]}rFonts")
            if fonts is not None:
                for key in list(fonts.attrib):
                    del fonts.attrib[key]
        set_run(run, name, **attributes)
        if name == "sz":
            set_run(run, "szCs", **attributes)


def _with_marks(words: str, start: int, end: int) -> tuple[int, int]:
    """Return the range with the dash before the words and the marks after them, which look like the words."""
    while start > 0 and not words[start - 1].isalnum() and words[start - 1] not in ":\t\n":
        start -= 1
    while end < len(words) and not words[end].isalnum() and words[end] not in "-–\t\n":
        end += 1
    return start, end


def _of_paragraph(element: Element, style: TextStyle, looks: Looks, checked: Sequence[str]) -> Iterator[Departure]:
    look = looks.of_paragraph(element.paragraph.element)
    long_enough = style.align != "justify" or element.end - element.start >= FULL_LINE
    pushed = style.align == "center" and _is_pushed(element, look)
    settled = pushed or (style.align == "justify" and look.align == "center")
    if "align" in checked and look.align != style.align and long_enough and not settled:
        expected, found = _ALIGNED[style.align], _ALIGNED.get(look.align, look.align)
        value = {"justify": "both"}.get(style.align, style.align)
        mend = partial(set_paragraph, element.paragraph, "jc", val=value)
        yield Departure(f"{element.name}.align", expected, found, element.span, mend)
    allowed = style.first_line_mm_range
    indented = element.paragraph.text[:1] in "\t " or look.numbered or look.left_mm > _NEARLY_MM
    if "first_line" in checked and allowed and look.align in ("justify", "left") and not indented:
        low, high = allowed
        if not low - _NEARLY_MM <= look.first_line_mm <= high + _NEARLY_MM:
            indent = f"{round(style.first_line_mm * 1440 / 25.4)}"
            mend = partial(_indent, element.paragraph, indent)
            found = f"{look.first_line_mm:.1f}".removesuffix(".0")
            yield Departure(f"{element.name}.first_line", ranged(allowed), found, element.span, mend)


def _is_pushed(element: Element, look: ParagraphLook) -> bool:
    """Tell whether words were pushed to their place by spaces, tabs or indents: they may well be in the middle."""
    lead = element.paragraph.text[: element.start]
    return bool(lead) or element.paragraph.text[:1].isspace() or max(look.left_mm, look.first_line_mm) > _NEARLY_MM


def _indent(paragraph: Paragraph, twips: str) -> None:
    set_paragraph(paragraph, "ind", firstLine=twips)
    indents = next(child for child in paragraph.element[0] if child.tag.endswith("}ind"))
    for key in [key for key in indents.attrib if key.endswith(("}hanging", "}hangingChars", "}firstLineChars"))]:
        del indents.attrib[key]


def ranged(values: Range) -> str:
    """Write a range as a person would: "14", "13–14", "6 or more"."""
    low, high = values
    if high == float("inf"):
        return f"{low:g} or more"
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"


def _nearest(value: float, allowed: Range) -> float:
    return min(max(value, allowed[0]), allowed[1])
