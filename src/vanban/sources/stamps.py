"""Number and day that a clerk stamped on a PDF when it was signed: they stand in form fields, not in the page.

Systems for signing documents put "156" and "25" as signature fields over the blanks of "Số:    /TTr-SNV" and
"ngày    tháng 8". The text of the page has only the blanks; the stamp is put back where it is seen.
"""

from __future__ import annotations

from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MOST_STAMPS = 12  # form fields on a page; more is a form to fill in
_LONGEST = 6  # digits
_NEAR = 90.0  # points from the word before the blank to the stamp


def is_stamped(page: pdfium.PdfPage) -> bool:
    """Tell whether the page has form fields, and few enough to be stamps."""
    count = raw.FPDFPage_GetAnnotCount(page)
    return 0 < count <= _MOST_STAMPS and any(_is_field(page, number) for number in range(count))


def _is_field(page: pdfium.PdfPage, number: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page, number)
    if not annotation:
        return False
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return bool(kind == raw.FPDF_ANNOT_WIDGET)


def stamped_text(data: bytes, number: int, words: Any) -> str:
    """Return the text of page `number` with its stamps; `words` is the text page without them."""
    text: str = words.get_text_range()
    if len(text) != words.count_chars():
        return text
    found = []
    for stamp, (left, bottom, _, top) in _stamps(data, number, len(text)):
        place = _before(words, text, left, (bottom + top) / 2)
        if place is not None:
            found.append((place, stamp))
    for place, stamp in sorted(found, reverse=True):
        text = f"{text[:place]} {stamp} {text[place:]}"
    return text


_Box = tuple[float, float, float, float]


def _stamps(data: bytes, number: int, printed: int) -> list[tuple[str, _Box]]:
    """Return the figures that appear once the fields are made part of the page, and where."""
    document = pdfium.PdfDocument(data)
    try:
        document.init_forms()
        page = document[number]
        if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
            return []
        page.close()
        words = document[number].get_textpage()
        characters = [
            (words.get_text_range(i, 1), words.get_charbox(i)) for i in range(printed, words.count_chars())
        ]
    except pdfium.PdfiumError:
        return []
    finally:
        document.close()
    return [stamp for stamp in _grouped(characters) if stamp[0].isdigit() and len(stamp[0]) <= _LONGEST]


def _grouped(characters: list[tuple[str, _Box]]) -> list[tuple[str, _Box]]:
    """Join characters that follow each other on one line."""
    groups: list[tuple[str, _Box]] = []
    for sign, box in characters:
        if not sign.strip():
            groups.append(("", box))
            continue
        word, (left, bottom, right, top) = groups[-1] if groups else ("", box)
        if word and -2 <= box[0] - right <= top - bottom:
            groups[-1] = (word + sign, (left, min(bottom, box[1]), box[2], max(top, box[3])))
        else:
            groups.append((sign, box))
    return [group for group in groups if group[0]]


def _before(words: Any, text: str, left: float, middle: float) -> int | None:
    """Return the index behind the character that stands just before `left` on the line at height `middle`."""
    best: tuple[float, int] | None = None
    for index, sign in enumerate(text):
        if sign.isspace():
            continue
        box = words.get_charbox(index)
        beside = box[1] - 4 <= middle <= box[3] + 4 and box[2] <= left + 3 and left - box[2] < _NEAR
        if beside and (best is None or box[2] > best[0]):
            best = (box[2], index)
    return best[1] + 1 if best else None
