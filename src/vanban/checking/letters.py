"""How letters are encoded in a Word file: loose marks, and Icelandic letters in place of Đ and đ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from vanban.checking.finding import Departure
from vanban.checking.wordfile import Paragraph
from vanban.document import Span
from vanban.text import normalise


def encoding_departures(paragraphs: Sequence[Paragraph]) -> Iterator[Departure]:
    """Yield letters typed with loose marks, and the Icelandic letters that stand for Đ and đ."""
    for paragraph in paragraphs:
        words = paragraph.text
        if any("\u0300" <= letter <= "\u036f" for letter in words) and normalise(words) != words:
            yield Departure(
                "text.composed", None, None, _whole(paragraph), partial(_compose, paragraph), paragraph.number
            )
        for wrong, right in (("Ð", "Đ"), ("ð", "đ")):
            if wrong in words:
                mend = partial(_swap, paragraph, wrong, right)
                yield Departure("text.letter", right, wrong, _whole(paragraph), mend, paragraph.number)


def _whole(paragraph: Paragraph) -> Span | None:
    return paragraph.span if paragraph.at is not None else None


def _compose(paragraph: Paragraph) -> None:
    import unicodedata

    for piece in paragraph.pieces:
        if piece.element.tag.endswith("}t"):
            piece.element.text = unicodedata.normalize("NFC", piece.text)


def _swap(paragraph: Paragraph, wrong: str, right: str) -> None:
    for piece in paragraph.pieces:
        if piece.element.tag.endswith("}t"):
            piece.element.text = piece.text.replace(wrong, right)
