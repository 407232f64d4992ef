"""PDF files, page by page: the words where they are printed, or recognised where a page is only a picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from vanban import patterns
from vanban.document import Note
from vanban.refusal import Limits, Refused
from vanban.sources import recognition, scan
from vanban.sources.columns import rows_of
from vanban.sources.content import Content
from vanban.sources.legacy import guessed, recoded
from vanban.sources.pdf_words import printed_words
from vanban.sources.printed import content_of_pages
from vanban.sources.rows import Word

_FEW = 20  # letters a page: less is a picture with a stamp or a page number
_SIGNED = 400  # letters: a page-wide picture with less text is a scan with the panel of a signature on it
_WIDE = 0.6  # of the page: a picture as large is the page
_LONGEST = 3400  # pixels a side of a page that is recognised
_MOST_LOST = 0.1  # of the characters of a text layer without a meaning
_ENOUGH = 200  # letters by which the language of a page can be told
_LEAST_MARKED = 0.08  # letters with Vietnamese marks: a fourth of a Vietnamese text, none of a broken text layer


class _Page(NamedTuple):
    words: list[Word]
    pictured: bool  # to be recognised
    notes: tuple[Note, ...] = ()


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text of the PDF in `data`, with its pages; pages that are pictures are recognised.

    Raises `Refused` (encrypted, unreadable, too_many_pages, empty, no_ocr, scan_only).
    """
    document = _opened(data)
    try:
        _check_count(len(document), limits)
        pages = [_page(document, number, data) for number in range(len(document))]
        pictured = [number for number, page in enumerate(pages) if page.pictured]
        recognised = _recognised(document, pages, pictured[: limits.scan_pages], limits)
    finally:
        document.close()
    words = [recognised.get(number, page.words) for number, page in enumerate(pages)]
    if not any(words):
        raise (
            scan.illegible()
            if pictured
            else Refused("empty", "The PDF holds no text.", "Check that the right file was chosen.")
        )
    return content_of_pages([rows_of(page) for page in words], _notes(pages, pictured, recognised))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise Refused(
                "encrypted", "The PDF is protected with a password.", "Remove the password and send it again."
            ) from error
        raise Refused("unreadable", "The PDF is damaged.", "Print or export the document to PDF again.") from error


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.pages:
        most = f"The PDF has more than {limits.pages} pages."
        raise Refused("too_many_pages", most, "Send the document without its annexes.")
    if count == 0:
        raise Refused("empty", "The PDF has no pages.", "Check that the right file was chosen.")


def _page(document: pdfium.PdfDocument, number: int, data: bytes) -> _Page:
    try:
        page = document[number]
        words, notes = _in_unicode(printed_words(page, number, data))
        pictured = _is_picture(page, words)
        page.close()
    except pdfium.PdfiumError:
        return _Page([], pictured=False)  # one broken page does not hide the others
    return _Page(words, pictured, notes)


def _in_unicode(words: list[Word]) -> tuple[list[Word], tuple[Note, ...]]:
    """Return the words, converted if an old font prints them, and the note that says so."""
    found = recoded("\n".join(word.text for word in words))
    if found.encoding is None:
        return words, ()
    texts = found.text.split("\n")
    return [word._replace(text=text) for word, text in zip(words, texts, strict=True)], guessed(found)


def _is_picture(page: pdfium.PdfPage, words: list[Word]) -> bool:
    """Tell whether the page is to be recognised: drawn without letters, a scan, or with a broken text layer."""
    letters = "".join(word.text for word in words)
    if len(letters) < _FEW:
        return bool(pdfium_raw.FPDFPage_CountObjects(page))
    return _is_garbled(letters) or (len(letters) < _SIGNED and _widest_picture(page) > _WIDE)


def _is_garbled(letters: str) -> bool:
    """Tell whether a text layer has lost its letters: it prints Vietnamese and says something else."""
    if len(patterns.NO_CHARACTER.findall(letters)) > len(letters) * _MOST_LOST:
        return True
    count = sum(map(str.isalpha, letters))
    return count > _ENOUGH and len(patterns.VIETNAMESE_LETTER.findall(letters)) < count * _LEAST_MARKED


def _widest_picture(page: pdfium.PdfPage) -> float:
    """Return the share of the page that its largest picture covers."""
    whole = max(page.get_width() * page.get_height(), 1.0)
    boxes = (
        picture.get_bounds()
        for picture in islice(page.get_objects(filter=[pdfium_raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), 50)
    )
    return max(((right - left) * (top - bottom) / whole for left, bottom, right, top in boxes), default=0.0)


def _recognised(
    document: pdfium.PdfDocument, pages: list[_Page], numbers: list[int], limits: Limits
) -> dict[int, list[Word]]:
    """Return the words of those pages that a machine reads better than the text layer, by number."""
    if not numbers:
        return {}
    try:
        recognition.require()
    except Refused:
        if any(page.words for page in pages):
            return {}  # the pages with text are read, and a note names the others
        raise
    layered = [number for number in numbers if len(pages[number].words) > 1]
    if len(layered) > 1 and not _read_better(document, pages, layered[:1], limits):
        numbers = [number for number in numbers if number not in layered]  # in another language, not damaged
    return _read_better(document, pages, numbers, limits)


def _read_better(
    document: pdfium.PdfDocument, pages: list[_Page], numbers: list[int], limits: Limits
) -> dict[int, list[Word]]:
    found = zip(numbers, recognition.recognised(_drawn(document, numbers), limits.scan_seconds), strict=True)
    return {number: words for number, words in found if _is_better(words, pages[number].words)}


def _drawn(document: pdfium.PdfDocument, numbers: list[int]) -> Iterator[pdfium.PdfBitmap]:
    from vanban.sources.pictures import DPI

    for number in numbers:
        page = document[number]
        scale = min(DPI / 72, _LONGEST / max(page.get_size()))
        yield page.render(scale=scale, grayscale=True).to_pil()
        page.close()


def _is_better(words: list[Word], layer: list[Word]) -> bool:
    read, said = ("".join(word.text for word in each) for each in (words, layer))
    return len(read) > len(said) if not _is_garbled(said) else not _is_garbled(read) and bool(read)


def _notes(pages: list[_Page], pictured: list[int], recognised: dict[int, list[Word]]) -> tuple[Note, ...]:
    left = [number for number in pictured if number not in recognised]
    unread = [number + 1 for number in left if not pages[number].words]
    garbled = [number + 1 for number in left if _is_garbled("".join(word.text for word in pages[number].words))]
    notes = dict.fromkeys(note for page in pages for note in page.notes)
    return (*notes, *scan.notes_on([number + 1 for number in recognised], unread, garbled))
