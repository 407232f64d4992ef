"""The foot of the document: to whom copies go (Nơi nhận) beside who signs."""

from __future__ import annotations

from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanban.document import Document, Signature
from vanban.writing.sheet import Sheet


def add_closing(sheet: Sheet, document: Document) -> None:
    """Write the distribution list on the left and the signature block on the right, kept on one page."""
    form = sheet.layout.closing
    gap = sheet.add(sheet.file, "gap")
    before = gap._p.getprevious()
    if isinstance(before, CT_P):  # a signature never stands alone on a page
        Paragraph(before, sheet.file).paragraph_format.keep_with_next = True
    left, right = sheet.add_columns((form.left_mm, form.right_mm))
    _add_distribution(sheet, left, [recipient.name for recipient in document.distribution])
    _add_signature(sheet, right, document.signature)
    sheet.add(sheet.file, "rule")  # Word wants a paragraph after the last table


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
    for style, field in (("authority", signature.authority), ("signer_title", signature.title)):
        if field is not None:
            lines = field.value.splitlines()
            text = "\n".join(line if line in form.keep_lower else line.upper() for line in lines)
            sheet.add(cell, style, text).paragraph_format.keep_with_next = True
    name = sheet.add(cell, "signer_name", signature.name.value if signature.name else "")
    name.paragraph_format.space_before = Pt(form.signing_room)
