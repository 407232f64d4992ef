"""Running text, headings and tables, of the document and of its annexes alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml.table import CT_Tc
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell, _Row

from vanban.blocks import Paragraph, Run, Table
from vanban.document import Document
from vanban.text import is_upper
from vanban.writing import word
from vanban.writing.sheet import Sheet

_BASES = ("Căn cứ ", "Theo đề nghị ", "Xét ")  # how a legal basis opens
_TIES = ("(Kèm theo ", "(Ban hành kèm theo ")  # how the line opens that ties an appendix to its document
_LONGEST_CAPITALS = 160  # characters: longer than that no line is a name or a verb of decision
_DEEPEST = 4  # the layouts define that many depths of headings; a deeper one is printed like the last


def add_blocks(sheet: Sheet, blocks: Iterable[Paragraph | Table], line_mm: float) -> None:
    """Write paragraphs, headings and tables one after the other, on lines of that length.

    Raises:
        ValueError: a table's row or widths are not as many as its columns.
    """
    opening = True
    for block in blocks:
        if isinstance(block, Table):
            sheet.add(sheet.file, "gap_above_table")
            _add_table(sheet, block, line_mm)
            sheet.add(sheet.file, "gap")
        else:
            opening = opening and not block.level
            _add_paragraph(sheet, block, opening=opening)


def with_end_mark(blocks: Sequence[Paragraph | Table], mark: str) -> list[Paragraph | Table]:
    """End the text with the layout's mark: a full stop in Party papers, "./." in those of the State."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Paragraph) or last.level:
        return list(blocks)
    place = max((place for place, run in enumerate(last.runs) if run.text.strip()), default=None)
    if place is None or last.runs[place].text.rstrip().endswith(("!", "?", ":", "…")):
        return list(blocks)
    run = last.runs[place]
    ended = replace(run, text=run.text.rstrip(" .,;/\n") + mark)
    return [*blocks[:-1], replace(last, runs=(*last.runs[:place], ended, *last.runs[place + 1 :]))]


def _add_paragraph(sheet: Sheet, block: Paragraph, *, opening: bool) -> None:
    paragraph = sheet.add(sheet.file, _style_of(sheet, block, opening=opening))
    for run in block.runs:
        sheet.add_run(paragraph, run)


def _style_of(sheet: Sheet, block: Paragraph, *, opening: bool) -> str:
    text = words_of(block)
    if block.level:
        if text.startswith(tuple(f"{word} " for word in sheet.layout.centred_headings)):
            return "heading_centred"
        if text.startswith("Điều "):
            return "heading_2"  # bold and upright, however deep it stands
        return f"heading_{min(block.level, _DEEPEST)}"
    if len(text) <= _LONGEST_CAPITALS and is_upper(text):
        return "centred_line"
    if text.startswith(_TIES):
        return "annex_reference"
    return "basis" if opening and is_basis(text) else "body"


def words_of(block: Paragraph) -> str:
    """Give the words of a paragraph without their looks."""
    return "".join(run.text for run in block.runs)


def is_basis(text: str) -> bool:
    """Say whether a paragraph is a legal basis on a line of its own, not a sentence that opens with one."""
    return text.removeprefix("- ").startswith(_BASES) and text.rstrip().endswith((";", ",", "."))


def with_bases(sheet: Sheet, document: Document, blocks: Sequence[Paragraph | Table]) -> list[Paragraph | Table]:
    """Put the legal bases that come without a text under who decides (lines in capitals), before all else."""
    form = sheet.layout.bases
    names = [_opened(base.value) for base in document.bases if base.span is None]
    marks = [form.separator] * (len(names) - 1) + [form.last]
    bases = [
        Paragraph((Run(f"{form.dash}{name.rstrip(' ,;.')}{mark}"),))
        for name, mark in zip(names, marks[: len(names)], strict=True)
    ]
    place = 0
    while place < len(blocks):
        block = blocks[place]
        if isinstance(block, Table) or block.level or not is_upper(words_of(block)) or _decides(block):
            break
        place += 1
    return [*blocks[:place], *bases, *blocks[place:]]


def _opened(basis: str) -> str:
    return basis if basis.startswith(_BASES) else f"{_BASES[0]}{basis}"


def _decides(block: Paragraph) -> bool:
    return words_of(block).rstrip().endswith(":")


def _add_table(sheet: Sheet, table: Table, line_mm: float) -> None:
    form, columns = sheet.layout.table, len(table.columns)
    made = sheet.file.add_table(rows=0, cols=columns)
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    word.frame_table(made, form.border, form.padding_mm)
    for column, width in zip(made.columns, _widths(table, line_mm), strict=True):
        column.width = Mm(width)
    head = _new_row(made)
    word.repeat_on_each_page(head)
    for cell, title in zip(_cells(head), table.columns, strict=True):
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        sheet.add(cell, "table_head", title)
    centred = [
        place in table.centred or title.strip() in form.centred_columns
        for place, title in enumerate(table.columns)
    ]
    for row, element in zip(table.rows, word.add_rows(made, len(table.rows)), strict=True):
        for cell, run, is_centred in zip(element.tc_lst, row, centred, strict=True):
            _fill(sheet, cell, run, centred=is_centred)


def _new_row(table: WordTable) -> _Row:
    row: _Row = cast(Any, table).add_row()  # python-docx does not type it
    word.keep_together(row)
    return row


def _cells(row: _Row) -> list[_Cell]:
    """Give the cells of a new row, emptied. (`row.cells` works out merged cells: slow for long tables.)"""
    cells = [_Cell(element, row.table) for element in row._tr.tc_lst]
    for cell in cells:
        cell._tc.remove(cell._tc.p_lst[0])
    return cells


def _fill(sheet: Sheet, cell: CT_Tc, run: Run, *, centred: bool) -> None:
    side = "center" if centred else "right" if is_number(run.text) else ""
    sheet.add_run(word.add_aligned(cell, sheet.style_id("table_cell"), side), run)


def is_number(text: str) -> bool:
    """Say whether a cell holds a figure as Vietnamese papers print it: 1.234,5 or -7 or 75,61% or 12/95."""
    figure = text.strip().removesuffix("%").rstrip().lstrip("+-−")
    digits = figure.replace(".", "").replace(",", "").replace("/", "", 1)
    return digits.isdecimal()


def _widths(table: Table, line_mm: float) -> list[float]:
    shares = table.widths or (1.0,) * len(table.columns)
    return [line_mm * share / sum(shares) for share in shares]
