"""The Excel file of the plans of units, compared item by item."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from motbuoc.domains.cascade.comparison import MARKS, Cell, Comparison
from motbuoc.domains.documents.models import Document, Duty
from motbuoc.interfaces.papers.sheets import mark_of
from motbuoc.interfaces.papers.workbook import RISKY, Pens

ITEM, DUE, PRODUCT, TARGET = "Nội dung của văn bản chỉ đạo", "Hạn", "Sản phẩm", "Chỉ tiêu"
WIDTHS = (8, 46, 14, 26)
UNIT_WIDTH = 44


def comparison_file(directive: Document, comparison: Comparison) -> bytes:
    """The .xlsx: a row for each item of the directive, a column for each unit's plan, in its own words."""
    saved = BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    book.set_properties({"title": f"So sánh kế hoạch thực hiện {directive}"})
    pens, page = Pens(book), book.add_worksheet("So sánh")
    risky = book.add_format(
        {"font_name": "Times New Roman", "text_wrap": True, "quote_prefix": True, "valign": "top"}
    )
    heads = ["Mục", ITEM, DUE, PRODUCT, *(f"{c.name}\n{c.localisation.plan}" for c in comparison.columns)]
    for place, head in enumerate(heads):
        page.set_column(place, place, WIDTHS[place] if place < len(WIDTHS) else UNIT_WIDTH)
        page.write_string(0, place, head, pens.head)
    for row, item in enumerate(comparison.items, 1):
        cells = [*_said(item), *(words_of(cell) for _column, cell in comparison.row(row - 1))]
        for place, words in enumerate(cells):
            page.write_string(row, place, words, risky if words.startswith(RISKY) else pens.words)
    if mark := mark_of(directive.classification):
        page.set_header(f"&R&B{mark}")
        page.write_string(len(comparison.items) + 2, 0, mark, pens.head)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    book.close()
    return saved.getvalue()


def _said(item: Duty) -> tuple[str, str, str, str]:
    number = item.provision.number if item.provision else ""
    return number, " ".join(item.text.split()), f"{item.due_on:%d/%m/%Y}" if item.due_on else "", item.product


def words_of(cell: Cell) -> str:
    """A cell in words: its mark where something is to be looked at, then what the plan says."""
    if cell.mark == "not_asked":
        return "–"
    parts = [] if cell.mark == "carried" else [f"[{MARKS[cell.mark]}]"]
    for link in cell.links:
        parts.append(" ".join(link.item.text.split()))
        for label, value in ((DUE, link.item.due_on), (PRODUCT, link.item.product), (TARGET, link.target)):
            if value:
                parts.append(f"{label}: {value:%d/%m/%Y}" if label == DUE else f"{label}: {value}")
    return "\n".join(parts)
