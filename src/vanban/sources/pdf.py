"""PDF files with a text layer, page by page."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from vanban import patterns
from vanban.refusal import Limits, Refused
from vanban.sources.stamps import is_stamped, stamped_text
from vanban.text import normalise, rejoin

_FEW = 20  # characters a page: less is a scan with a stamp or a page number


def text_of(data: bytes, limits: Limits) -> str:
    """Return the text of the PDF in `data`, normalised, without page numbers, wrapped lines rejoined.

    Raises `Refused` (encrypted, unreadable, too_many_pages, scan_only).
    """
    pages = _pages(data, limits)
    if sum(len(page.strip()) for page in pages) < _FEW * len(pages):
        raise Refused(
            "scan_only",
            "The PDF holds pictures of pages and no text.",
            "Send the Word file, or a PDF that was made from it; or have the scan read by OCR first.",
        )
    lines: list[str] = []
    for page in pages:
        # PDFium writes a hyphen that ends a line as U+0002 and drops the line end.
        lines.extend(_without_page_number(normalise(page.replace("\x02", "-")).strip("\n").split("\n")))
    return rejoin("\n".join(lines), tight=True)


def _pages(data: bytes, limits: Limits) -> list[str]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _unopened(error) from error
    try:
        count = len(document)
        if count > limits.pages:
            most = f"The PDF has more than {limits.pages} pages."
            raise Refused("too_many_pages", most, "Send the document without its annexes.")
        if count == 0:
            raise Refused("empty", "The PDF has no pages.", "Check that the right file was chosen.")
        return [_page_text(document, number, data) for number in range(count)]
    finally:
        document.close()


def _page_text(document: pdfium.PdfDocument, number: int, data: bytes) -> str:
    try:
        page = document[number]
        words = page.get_textpage()
        text: str = stamped_text(data, number, words) if is_stamped(page) else words.get_text_bounded()
        words.close()
        page.close()
    except pdfium.PdfiumError:
        return ""  # one broken page does not hide the others
    return text


def _unopened(error: pdfium.PdfiumError) -> Refused:
    if getattr(error, "err_code", None) == pdfium_raw.FPDF_ERR_PASSWORD or "assword" in str(error):
        return Refused(
            "encrypted", "The PDF is protected with a password.", "Remove the password and send it again."
        )
    return Refused("unreadable", "The PDF is damaged.", "Print or export the document to PDF again.")


def _without_page_number(lines: list[str]) -> list[str]:
    """Return the lines of a page without the number at its head or foot."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    for number in (filled[:1] + filled[-1:]) if len(filled) > 1 else []:
        if patterns.PAGE_NUMBER.fullmatch(lines[number]):
            lines[number] = ""
    return [line for line in lines if line.strip()]
