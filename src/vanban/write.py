"""A document becomes a Word file in the official layout of its regime and date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from vanban.blocks import Annex, Paragraph, Table
from vanban.document import Document, Header
from vanban.formats import Layout, NoLayout, layout_for
from vanban.text import printable
from vanban.writing import word
from vanban.writing.annexes import add_annexes
from vanban.writing.blocks import add_blocks, with_bases, with_end_mark
from vanban.writing.closing import add_closing, add_foot, is_for_last_page
from vanban.writing.from_text import after_of, as_printed, body_of
from vanban.writing.letterhead import add_addressees, add_letterhead, add_title
from vanban.writing.pages import add_circulation, add_contact, number_pages, set_page
from vanban.writing.sheet import AUTHOR, Sheet

__all__ = ["NoLayout", "write"]


def write(
    document: Document,
    body: Sequence[Paragraph | Table] | None = None,
    annexes: Sequence[Annex] | None = None,
    *,
    on: date | None = None,
    two_sided: bool = False,
    contact: str | None = None,
    drafter: str | None = None,
) -> bytes:
    """Write a document as .docx in the layout in force for its regime on its date; the same input, the same bytes.

    A header without `type_name` is a dispatch: its subject goes under the number. A missing number or day is left
    as a gap to be filled in by hand. What a signing program or a copyist put on a paper read is left out.

    Args:
        document: whose header, addressees, bases, distribution and signatures are printed.
        body: paragraphs, headings and tables, in order; a `Run` with a `source` carries it as a Word comment.
            None: the text that `document` was read from, word for word, with its tables and appendices.
        annexes: appendices, on pages of their own after the signature.
        on: the day whose layout is taken, and whose month and year are printed, where the document has no date.
        two_sided: the sheets are printed on both sides: margins are mirrored on the back where the layout says so.
        contact: address and telephone, at the foot of the page that the layout names.
        drafter: the drafter's sign and the number of copies, under the distribution list.

    Raises:
        NoLayout: the regime or the date is unknown, no layout is on file for them, or the document is classified
            (its marks are set by the law on State secrets, which no layout here carries).
        ValueError: a table's row or widths are not as many as its columns.
    """
    sheet = Sheet.blank(*_layout_of(document, on))
    line_mm = _set_up(sheet, document.header, contact, two_sided=two_sided)
    loose, own = after_of(document) if annexes is None and body is None else ([], annexes or ())
    _add_text(sheet, document, body, line_mm)
    add_closing(sheet, as_printed(document), drafter)
    add_blocks(sheet, loose, line_mm)
    add_foot(sheet, document.header, contact)
    add_annexes(sheet, own, document.header)
    return word.saved(sheet.file)


def _set_up(sheet: Sheet, header: Header, contact: str | None, *, two_sided: bool) -> float:
    """Set the pages and fill their margins; give the length of a line in millimetres."""
    _describe(sheet, header, sheet.layout)
    line_mm = set_page(sheet.file.sections[0], sheet.layout)
    number_pages(sheet)
    if two_sided and sheet.layout.page.mirrored:
        word.mirror_margins(sheet.file)
    _fill_first_page(sheet, header, contact)
    return line_mm


def _add_text(sheet: Sheet, document: Document, body: Sequence[Paragraph | Table] | None, line_mm: float) -> None:
    """Write everything from the letterhead to the end of the text proper."""
    header = as_printed(document).header
    add_letterhead(sheet, header)
    add_title(sheet, header)
    add_addressees(sheet, document)
    blocks = body_of(document) if body is None else with_end_mark(body, sheet.layout.end_mark)
    add_blocks(sheet, with_bases(sheet, document, blocks), line_mm)


def _fill_first_page(sheet: Sheet, header: Header, contact: str | None) -> None:
    """Print in the margins of page 1 what the layout wants there."""
    layout, limit = sheet.layout, header.circulation
    if contact and layout.contact.page == "first":
        add_contact(sheet, contact)
    at_edge = layout.letterhead.circulation_at == "edge"
    if limit and at_edge and not is_for_last_page(layout, limit.value):
        add_circulation(sheet, limit.value)


def _layout_of(document: Document, on: date | None) -> tuple[Layout, date]:
    day = document.header.date or on
    layout = layout_for(document.regime, day)
    if day is None or document.header.secrecy is not None:
        raise NoLayout("a classified document cannot be written here")
    return layout, day


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
