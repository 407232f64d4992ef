"""The solid lines that are drawn under names and summary: borders, shapes, or underlined words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from vanban.checking.elements import Element
from vanban.checking.finding import Departure
from vanban.checking.looks import Looks
from vanban.checking.wordfile import Paragraph, W, WordFile
from vanban.formats import Layout
from vanban.patterns.checks import HYPHENS

_SHAPES = ("drawing", "pict", "object")


def drawn_departures(
    file: WordFile, elements: Sequence[Element], looks: Looks, layout: Layout
) -> Iterator[Departure]:
    """Yield the lines that the layout asks for and the file does not draw."""
    last_banner = layout.letterhead.banner[-1]
    wanted = []
    if last_banner.rule_mm:
        wanted.append((last_banner.style, "banner.rule"))
    if layout.letterhead.issuer_rule_share:
        wanted.append(("issuer", "issuer.rule"))
    if layout.title.rule_share:
        wanted.append(("subject", "title.rule"))
    for name, code in wanted:
        element = next((element for element in reversed(elements) if element.name == name), None)
        if element and not _is_ruled(file, element, looks):
            words = element.paragraph.text[element.start : element.end] if code == "banner.rule" else None
            yield Departure(code, words, None, element.span)


def _is_ruled(file: WordFile, element: Element, looks: Looks) -> bool:
    """Tell whether a line is drawn at the element or near it: in its cell, or two paragraphs on."""
    paragraph = element.paragraph
    pieces = paragraph.between(element.start, element.end)
    if any(looks.of_run(piece.run, paragraph.element).underline for piece in pieces):
        return True
    return any(_draws(near) for near in _near(file, paragraph))


def _near(file: WordFile, paragraph: Paragraph) -> Iterator[Any]:
    if paragraph.cell is not None:
        yield paragraph.cell
        row = paragraph.cell.getparent()
        below = row.getnext() if row is not None else None
        if below is not None:
            yield below
    else:
        for other in file.paragraphs[max(0, paragraph.number - 2) : paragraph.number + 2]:
            yield other.element


def _draws(element: Any) -> bool:
    """Tell whether a shape, a border, or a row of signs that looks like a line is here."""
    if any(HYPHENS.fullmatch(words) for words in _lines(element)):
        return True
    if any(next(element.iter(W + shape), None) is not None for shape in _SHAPES):
        return True
    for borders in element.iter(W + "pBdr", W + "tcBorders"):
        if any(side.get(W + "val") not in (None, "nil", "none") for side in borders):
            return True
    return False


def _lines(element: Any) -> Iterator[str]:
    for paragraph in element.iter(W + "p"):
        words = [text.text or "" for text in paragraph.iter(W + "t")]
        yield from ("".join(words).strip(), *map(str.strip, words))
