"""A document becomes a Word file in the official layout of its regime and date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vanban.document import Annex, Document, Header, Paragraph, Table
from vanban.formats import Layout, NoLayout, layout_for
from vanban.text import printable
from vanban.writing import word
from vanban.writing.annexes import add_annexes
from vanban.writing.blocks import add_blocks, with_end_mark
from vanban.writing.closing import add_closing
from vanban.writing.letterhead import add_addressees, add_letterhead, add_title
from vanban.writing.pages import number_pages, set_page
from vanban.writing.sheet import AUTHOR, Sheet

__all__ = ["NoLayout", "write"]


def write(
    document: Document,
    body: Sequence[Paragraph | Table],
    annexes: Sequence[Annex] = (),
    *,
    on: date | None = None,
) -> bytes:
    """Write a document as .docx in the layout in force for its regime on its date; the same input, the same bytes.

    The header, addressees, distribution list and signature come from `document`, the text from `body`: the text
    of `document` itself is not printed. A header without `type_name` is a dispatch: its subject goes under the
    number, as given (no lead word is added). A missing number or day is left as a gap to be filled in by hand.

    Args:
        document: whose header, addressees, distribution and signature are printed.
        body: paragraphs, headings and tables, in order. A `Run` with a `source` carries it as a Word comment.
        annexes: appendices, on pages of their own after the signature.
        on: the day whose layout is taken, and whose month and year are printed, where the document has no date.

    Raises:
        NoLayout: the regime or the date is unknown, no layout is on file for them, or the document is classified
            (its marks are set by the law on State secrets, which no layout here carries).
        ValueError: a table's row or widths are not as many as its columns.
    """
    header = document.header
    day = header.date or on
    layout = layout_for(document.regime, day)
    if day is None or header.secrecy is not None:
        raise NoLayout("a classified document cannot be written here")
    sheet = Sheet.blank(layout, day)
    _describe(sheet, header, layout)
    line_mm = set_page(sheet.file.sections[0], layout)
    number_pages(sheet)
    add_letterhead(sheet, header)
    add_title(sheet, header)
    add_addressees(sheet, document)
    add_blocks(sheet, with_end_mark(body, layout.end_mark), line_mm)
    add_closing(sheet, document)
    add_annexes(sheet, annexes, header)
    return word.saved(sheet.file)


def _describe(sheet: Sheet, header: Header, layout: Layout) -> None:
    """Say in the file's properties what it is and whose; nothing of the machine or the program's template."""
    properties = sheet.file.core_properties
    title = " ".join(field.value for field in (header.type_name, header.subject) if field)
    properties.title = printable(" ".join(title.split()))[:255]  # the format allows no more
    properties.author = printable(" ".join(header.issuer.value.split()))[:255] if header.issuer else ""
    properties.last_modified_by = AUTHOR
    properties.comments = ""
    properties.language = layout.language
    properties.revision = 1
    properties.created = properties.modified = sheet.moment
