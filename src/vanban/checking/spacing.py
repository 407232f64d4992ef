"""The text as a whole: gaps between paragraphs, the height of lines, and whether all of it is bold or italic."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from vanban.checking.elements import Element
from vanban.checking.finding import Departure
from vanban.checking.looks import Looks, ParagraphLook, RunLook, set_paragraph
from vanban.checking.rules import in_force
from vanban.checking.typography import FULL_LINE, mend_runs, ranged
from vanban.formats import Layout, TextStyle

_NEARLY_PT = 0.3
_SINGLE = 1.15  # a single line of Times New Roman, in sizes of its letters


def text_look_departures(elements: Sequence[Element], looks: Looks, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the paragraphs of the text beside one another."""
    bodies = [element for element in elements if element.name == "body"]
    yield from _of_spacing(bodies, looks, layout)
    yield from _of_weight(bodies, looks, layout)


def _of_spacing(bodies: Sequence[Element], looks: Looks, layout: Layout) -> Iterator[Departure]:
    """Yield what is wrong with the gaps between paragraphs of the text and with the height of their lines."""
    style = layout.styles["body"]
    above: tuple[int, ParagraphLook] | None = None
    for element in bodies:
        paragraph, look = element.paragraph, looks.of_paragraph(element.paragraph.element)
        gap = style.before_range
        if (
            gap
            and above
            and above[0] == paragraph.number - 1
            and look.before + above[1].after < gap[0] - _NEARLY_PT
        ):
            found = f"{look.before + above[1].after:g}"
            mend = partial(set_paragraph, paragraph, "spacing", before=f"{round(style.before * 20)}")
            yield Departure("body.gap", ranged(gap), found, element.span, mend)
        above = (paragraph.number, look)
        if not _line_fits(look, style, _size_of(element, looks)):
            yield Departure(
                "body.line", _line_wanted(style), _line_found(look), element.span, _line_mend(element, style)
            )


def _of_weight(bodies: Sequence[Element], looks: Looks, layout: Layout) -> Iterator[Departure]:
    """Yield long paragraphs that are all bold or all italic, where most of the text is: some may well be."""
    style = layout.styles["body"]
    long = [element for element in bodies if element.end - element.start >= FULL_LINE]
    for what, tag in (("bold", "b"), ("italic", "i")):
        found = [element for element in long if all(getattr(look, what) for look in _looks_in(element, looks))]
        if getattr(style, what) or not in_force(f"body.{what}", layout) or len(found) * 2 <= len(long):
            continue
        for element in found:
            mend = partial(mend_runs, element.paragraph, element.start, element.end, (tag, {"val": "0"}))
            yield Departure(f"body.{what}", f"not {what}", what, element.span, mend)


def _looks_in(element: Element, looks: Looks) -> list[RunLook]:
    pieces = element.paragraph.between(element.start, element.end)
    return [looks.of_run(piece.run, element.paragraph.element) for piece in pieces]


def _size_of(element: Element, looks: Looks) -> float:
    found = _looks_in(element, looks)
    return found[0].size if found else 14.0


def _line_fits(look: ParagraphLook, style: TextStyle, size: float) -> bool:
    """Tell whether the lines are as high as the layout allows, said in points or in single lines."""
    exactly, times = style.line_exactly_range, style.line_times_range
    if look.exactly is not None and exactly:
        return exactly[0] - _NEARLY_PT <= look.exactly <= exactly[1] + _NEARLY_PT
    if times:
        points = look.exactly or look.at_least
        height = points / (size * _SINGLE) if points else look.times or 1.0
        low = times[0] if look.times else size / (size * _SINGLE)  # a font's own line is a matter of the program
        return low - 0.02 <= height <= times[1] + 0.05 or (look.at_least is not None and height < times[0])
    return not exactly


def _line_wanted(style: TextStyle) -> str:
    parts = []
    if style.line_times_range:
        parts.append(f"{ranged(style.line_times_range)} times a single line")
    if style.line_exactly_range:
        parts.append(f"exactly {ranged(style.line_exactly_range)} pt")
    return " or ".join(parts)


def _line_found(look: ParagraphLook) -> str:
    if look.exactly is not None:
        return f"of exactly {look.exactly:g} pt"
    if look.at_least is not None:
        return f"of at least {look.at_least:g} pt"
    return f"of {look.times or 1:.3g} times a single line"


def _line_mend(element: Element, style: TextStyle) -> Callable[[], None]:
    values: dict[str, Any] = {"line": f"{round((style.line_times or 1) * 240)}", "lineRule": "auto"}
    if style.line_exactly:
        values = {"line": f"{round(style.line_exactly * 20)}", "lineRule": "exact"}
    return partial(set_paragraph, element.paragraph, "spacing", **values)
