"""PDF files with a text layer, page by page."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.stamps import is_stamped, stamped_text
from vanban.text import laid_out, normalise, without_running_lines

_FEW = 20  # characters a page: less is a scan with a stamp or a page number


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text of the PDF in `data`, normalised, without running lines, wrapped lines joined.

    Raises `Refused` (encrypted, unreadable, too_many_pages, scan_only).
    """
    pages = _pages(data, limits)
    if sum(len(page.strip()) for page in pages) < _FEW * len(pages):
        raise Refused(
            "scan_only",
            "The PDF holds pictures of pages and no text.",
            "Send the Word file, or a PDF that was made from it; or have the scan read by OCR first.",
        )
    # PDFium writes a hyphen that ends a line as U+0002 and drops the line end.
    lines = (normalise(page.replace("\x02", "-")).split("\n") for page in pages)
    kept = without_running_lines([[line for line in page if line.strip()] for page in lines])
    return laid_out("\f".join("\n".join(page) for page in kept), tight=True)


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
