"""The words of a PDF page and where they are printed, whichever way up the page is."""

from __future__ import annotations

from collections import Counter
from math import pi

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vanban import patterns
from vanban.sources.rows import Word
from vanban.sources.stamps import is_stamped, stamps_of
from vanban.text import normalise

_QUARTER = pi / 2
_APART = 10_000.0  # points: words that run another way are read after the page


def printed_words(page: pdfium.PdfPage, number: int, data: bytes) -> list[Word]:
    """Return the words of page `number` of the PDF in `data`, with their boxes in points from the top left."""
    layer = page.get_textpage()
    text = _text(layer)
    height = page.get_height()
    box = raw.FS_RECTF()
    found = [_word(layer, box, match.start(), match[0]) for match in patterns.PRINTED_WORD.finditer(text)]
    if is_stamped(page):
        found += [(0, _placed(words, place, 0)) for words, place in stamps_of(data, number, len(text))]
    layer.close()
    most = Counter(quarter for quarter, _ in found).most_common(1)
    upright = most[0][0] if most else 0
    return [word if quarter == upright else _aside(word, height) for quarter, word in found]


def _text(layer: pdfium.PdfTextPage) -> str:
    """Return the characters of the page, as many as PDFium counts, so that places agree."""
    text: str = layer.get_text_range()
    count = layer.count_chars()
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(layer, index) for index in range(count))
    return "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)


def _word(layer: pdfium.PdfTextPage, box: raw.FS_RECTF, start: int, printed: str) -> tuple[int, Word]:
    """Return how many quarters the word is turned, and the word as its reader holds the page.

    `box` is a place for PDFium to write to. Its boxes are of the line, equal for all letters of a font.
    """
    handle = layer.raw
    end = start + len(printed) - 1
    if printed[-1] in "\x02\ufffe":
        printed, end = printed[:-1] + "-", end - 1
    text = printed if printed.isascii() else normalise(printed)
    raw.FPDFText_GetLooseCharBox(handle, start, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    raw.FPDFText_GetLooseCharBox(handle, end, box)
    quarter = -round(raw.FPDFText_GetCharAngle(handle, start) / _QUARTER) % 4  # PDFium counts clockwise
    if not quarter:
        return 0, Word(text, left, -max(top, box.top), box.right, -min(bottom, box.bottom))
    whole = (min(left, box.left), min(bottom, box.bottom), max(right, box.right), max(top, box.top))
    return quarter, _placed(text, whole, quarter)


_Box = tuple[float, float, float, float]


def _placed(text: str, box: _Box, quarter: int) -> Word:
    """Return the word with its box to the right and downwards as it is read."""
    left, bottom, right, top = box
    if quarter == 1:  # written upwards
        return Word(text, bottom, left, top, right)
    if quarter == 2:
        return Word(text, -right, bottom, -left, top)
    if quarter == 3:
        return Word(text, -top, -right, -bottom, -left)
    return Word(text, left, -top, right, -bottom)


def _aside(word: Word, height: float) -> Word:
    return word._replace(top=word.top + _APART + height, bottom=word.bottom + _APART + height)
