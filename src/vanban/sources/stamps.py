"""Number and day that a clerk stamped on a PDF when it was signed: they stand in form fields, not in the page.

Systems for signing documents put "156" and "25" as signature fields over the blanks of "Số:    /TTr-SNV" and
"ngày    tháng 8". The text of the page has only the blanks; the stamp is put back where it is seen.
"""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MOST_STAMPS = 12  # form fields on a page; more is a form to fill in
_LONGEST = 6  # digits


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


_Box = tuple[float, float, float, float]


def stamps_of(data: bytes, number: int, printed: int) -> list[tuple[str, _Box]]:
    """Return the figures that appear once the fields are made part of page `number`, and where (in points).

    `printed` is how many characters the page has without them.
    """
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
