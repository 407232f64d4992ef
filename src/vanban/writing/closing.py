"""The foot of the document: to whom copies go (Nơi nhận) beside who signs."""

from __future__ import annotations

from typing import Final

from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanban.document import Document, Header, Signature
from vanban.formats import Layout
from vanban.writing import word
from vanban.writing.sheet import Sheet

_LEADING: Final = 1.15  # a line of Times New Roman, in its size


def add_closing(sheet: Sheet, document: Document, drafter: str | None) -> None:
    """Write the distribution list on the left and the signature block on the right, kept on one page.

    Where several sign, the one who leads stands on the right, the others on the left and then on rows below
    (36-HD/VPTW II.1.7.2); the distribution list follows under them.
    """
    form = sheet.layout.closing
    gap = sheet.add(sheet.file, "gap")
    before = gap._p.getprevious()
    if isinstance(before, CT_P):  # a signature never stands alone on a page
        Paragraph(before, sheet.file).paragraph_format.keep_with_next = True
    widths = (form.left_mm, form.right_mm)
    left, right = sheet.add_columns(widths)
    _add_signature(sheet, right, document.signature)
    if document.cosigners:
        first, *others = document.cosigners
        _add_signature(sheet, left, first)
        for place in range(0, len(others), 2):
            for cell, signature in zip(_next_row(sheet, widths), others[place : place + 2], strict=False):
                _add_signature(sheet, cell, signature)
        left, _ = _next_row(sheet, widths)
    _add_distribution(sheet, left, [recipient.name for recipient in document.distribution])
    if drafter:
        sheet.add(left, "drafter", drafter)
    sheet.add(sheet.file, "rule")  # Word wants a paragraph after the last table


def _next_row(sheet: Sheet, widths: tuple[float, float]) -> list[_Cell]:
    sheet.add(sheet.file, "gap")
    return sheet.add_columns(widths)


def add_foot(sheet: Sheet, header: Header, contact: str | None) -> None:
    """Write what Party papers have at the foot of the last page: contact line, limit of circulation."""
    page, form = sheet.layout.page, sheet.layout.letterhead
    if contact and sheet.layout.contact.page == "last":
        paragraph = sheet.add(sheet.file, "contact", contact)
        word.draw_border(paragraph, ["top"])
        _place_at_foot(sheet, paragraph, "contact", page.bottom_mm)
    limit = header.circulation
    if limit and is_for_last_page(sheet.layout, limit.value):
        paragraph = sheet.add(sheet.file, "last_page_mark", limit.value.upper())
        if form.last_page_mark_at == "foot":
            _place_at_foot(sheet, paragraph, "last_page_mark", page.number_from_edge_mm)


def _place_at_foot(sheet: Sheet, paragraph: Paragraph, style: str, from_edge_mm: float) -> None:
    look = sheet.layout.styles[style]
    lines = int(sheet.width_of(paragraph.text, style) / sheet.line_mm) + 1
    height_mm = (lines * look.size * _LEADING + look.before) * 25.4 / 72
    word.place_on_page(paragraph, sheet.line_mm, sheet.layout.page.height_mm - from_edge_mm - height_mm)


def is_for_last_page(layout: Layout, limit: str) -> bool:
    """Say whether this limit of circulation stands on the last page in this layout."""
    return limit.casefold().rstrip(". ") in {mark.casefold() for mark in layout.letterhead.last_page_marks}


def _add_distribution(sheet: Sheet, cell: _Cell, names: list[str]) -> None:
    form = sheet.layout.distribution
    if not names:
        return
    label = sheet.add(cell, "distribution_label", form.label)
    label.add_run(":").underline = False
    for place, name in enumerate(names, start=1):
        mark = form.last if place == len(names) else form.separator
        item = sheet.add(cell, "distribution", f"- {name}{mark}")
        item.paragraph_format.left_indent = Mm(form.dash_mm)
        item.paragraph_format.first_line_indent = -Mm(form.dash_mm)


def _add_signature(sheet: Sheet, cell: _Cell, signature: Signature) -> None:
    form = sheet.layout.closing
    parts = (
        ("signer_organ", signature.organ),
        ("authority", signature.authority),
        ("signer_title", signature.title),
    )
    for style, field in parts:
        if field is not None:
            lines = field.value.splitlines()
            text = "\n".join(line if line in form.keep_lower else line.upper() for line in lines)
            sheet.add(cell, style, text).paragraph_format.keep_with_next = True
    name = sheet.add(cell, "signer_name", signature.name.value if signature.name else "")
    name.paragraph_format.space_before = Pt(form.signing_room)
    name.paragraph_format.keep_with_next = True
