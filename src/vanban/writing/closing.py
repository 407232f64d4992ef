"""The foot of the document: to whom copies go (Nơi nhận) beside who signs."""

from __future__ import annotations

from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanban.document import Document, Signature
from vanban.writing import word
from vanban.writing.sheet import Sheet


def add_closing(sheet: Sheet, document: Document, *, contact: str | None, drafter: str | None) -> None:
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
    others = list(document.cosigners)
    if others:
        _add_signature(sheet, left, others.pop(0))
        _add_signature(sheet, right, document.signature)
        while others:
            for cell in sheet.add_columns(widths):
                if others:
                    _add_signature(sheet, cell, others.pop(0))
        left, right = sheet.add_columns(widths)
    else:
        _add_signature(sheet, right, document.signature)
    _add_distribution(sheet, left, [recipient.name for recipient in document.distribution])
    if drafter:
        sheet.add(left, "drafter", drafter)
    sheet.add(sheet.file, "rule")  # Word wants a paragraph after the last table
    _add_foot(sheet, document, contact)


def _add_foot(sheet: Sheet, document: Document, contact: str | None) -> None:
    """Write what stands at the foot of the last page: a limit of circulation, the contact line of Party papers."""
    page, form = sheet.layout.page, sheet.layout.letterhead
    limit = document.header.circulation
    if limit and is_for_last_page(sheet, limit.value):
        paragraph = sheet.add(sheet.file, "last_page_mark", limit.value)
        if form.last_page_mark_at == "foot":
            word.place_on_page(paragraph, sheet.line_mm, from_bottom_mm=page.number_from_edge_mm)
    if contact and sheet.layout.contact.page == "last":
        paragraph = sheet.add(sheet.file, "contact", contact)
        word.draw_border(paragraph, ["top"])
        word.place_on_page(paragraph, sheet.line_mm, from_bottom_mm=page.bottom_mm)


def is_for_last_page(sheet: Sheet, limit: str) -> bool:
    """Say whether this limit of circulation stands on the last page in this layout."""
    return limit.casefold().rstrip(". ") in {mark.casefold() for mark in sheet.layout.letterhead.last_page_marks}


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
        ("authority", signature.authority),
        ("signer_title", signature.title),
        ("signer_organ", signature.organ),
    )
    for style, field in parts:
        if field is not None:
            lines = field.value.splitlines()
            text = "\n".join(line if line in form.keep_lower else line.upper() for line in lines)
            sheet.add(cell, style, text).paragraph_format.keep_with_next = True
    name = sheet.add(cell, "signer_name", signature.name.value if signature.name else "")
    name.paragraph_format.space_before = Pt(form.signing_room)
