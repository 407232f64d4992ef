"""The sheet: a Word file under way, in one layout, and the ways text gets on to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

import docx
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run as WordRun

from vanban.blocks import Run
from vanban.formats import Layout, TextStyle
from vanban.text import printable
from vanban.writing import word

AUTHOR: Final = "Một Bước"
INITIALS: Final = "MB"
_BUILT_IN: Final = ("Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4")
_ALIGN: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(slots=True)
class Sheet:
    """A Word file being written in one layout. `day` dates the file and its comments."""

    layout: Layout
    day: date
    file: WordFile
    comments: int = 0

    @classmethod
    def blank(cls, layout: Layout, day: date) -> Sheet:
        """Give an empty file with the layout's font, language and styles."""
        sheet = cls(layout, day, docx.Document())
        word.set_defaults(sheet.file, layout.font, layout.language)
        word.forget_template(sheet.file)
        word.drop_styles(sheet.file, keep=_BUILT_IN)
        for name, style in layout.styles.items():
            _define(sheet.file, name, style, layout.font)
        return sheet

    @property
    def line_mm(self) -> float:
        """The length of a full line of the upright page."""
        page = self.layout.page
        return page.width_mm - page.left_mm - page.right_mm

    @property
    def moment(self) -> datetime:
        """The moment the file says it was made: midnight of its day, for the same input to give the same file."""
        return datetime.combine(self.day, time(), UTC)

    def style(self, name: str) -> ParagraphStyle:
        """Give one of the layout's styles as it stands in the file."""
        style: ParagraphStyle = self.file.styles[_word_name(name)]
        return style

    def add(self, where: BlockItemContainer | WordFile, style: str, text: str = "") -> Paragraph:
        """Add a paragraph in one of the layout's styles. A line feed in the text starts a new line."""
        paragraph = where.add_paragraph(printable(text))
        paragraph._p.style = _style_id(style)  # python-docx would look through all styles for each paragraph
        return paragraph

    @staticmethod
    def style_id(name: str) -> str:
        """Give the name by which paragraphs say that they are in one of the layout's styles."""
        return _style_id(name)

    def add_run(self, paragraph: Paragraph, run: Run) -> None:
        """Add a stretch of text; where its words come from becomes a comment on exactly that stretch."""
        made = word.add_words(paragraph, printable(run.text))
        if run.bold:
            made.bold = True
        if run.italic:
            made.italic = True
        if run.source:
            self._comment(made, run.source)

    def add_label(self, paragraph: Paragraph, style: str, text: str) -> None:
        """Add words in a style of their own, such as Kính gửi before the upright names."""
        look = self.layout.styles[style]
        made = paragraph.add_run(printable(text))
        made.font.size = Pt(look.size)
        made.bold, made.italic, made.underline = look.bold or None, look.italic or None, look.underline or None

    def add_rule(self, cell: _Cell | WordFile, width_mm: float, length_mm: float) -> None:
        """Draw a solid line of that length in the middle of a cell or line of that width."""
        paragraph = self.add(cell, "rule")
        margin = Mm(max(0.0, (width_mm - length_mm) / 2))
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = margin
        word.draw_border(paragraph, ["top"])

    def add_columns(self, widths_mm: Iterable[float]) -> list[_Cell]:
        """Add a row of cells without borders, of those widths; the row stays on one page."""
        widths = [Mm(width) for width in widths_mm]
        table = self.file.add_table(rows=1, cols=len(widths))
        word.frame_table(table, border=0, padding_mm=0)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        row = table.rows[0]
        word.keep_together(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            cell._tc.remove(cell.paragraphs[0]._p)  # the empty paragraph every new cell has
        return list(row.cells)

    def width_of(self, text: str, style: str) -> float:
        """Estimate how long a line of text is in millimetres (within a tenth, from mean letter widths)."""
        metrics = self.layout.metrics
        em = sum(_letter_width(letter, metrics.capital, metrics.small, metrics.space) for letter in text)
        return em * self.layout.styles[style].size * 25.4 / 72

    def _comment(self, run: WordRun, source: str) -> None:
        word.add_comment(self.file, run, self.comments, printable(source), (AUTHOR, INITIALS), self.moment)
        self.comments += 1


def _letter_width(letter: str, capital: float, small: float, space: float) -> float:
    if letter.isspace():
        return space
    return capital if letter.isupper() else small


def _word_name(style: str) -> str:
    """Headings use Word's own names, so that its outline and table of contents work."""
    kind, _, level = style.partition("_")
    return f"Heading {level}" if kind == "heading" and level.isdigit() else f"vanban {style.replace('_', ' ')}"


def _style_id(style: str) -> str:
    return _word_name(style).replace(" ", "")


def _define(file: WordFile, name: str, look: TextStyle, font: str) -> None:
    title = _word_name(name)
    if title in _BUILT_IN:
        style: ParagraphStyle = file.styles[title]
        word.plain_style(style)
    else:
        style = file.styles.add_style(title, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Heading 1" if name == "heading_centred" else "Normal"]
    style.font.name = font
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic, style.font.underline = look.bold, look.italic, look.underline
    if look.colour:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    _space(style, look)


def _space(style: ParagraphStyle, look: TextStyle) -> None:
    form = style.paragraph_format
    form.alignment = _ALIGN[look.align]
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.first_line_indent = Mm(look.first_line_mm)
    form.keep_with_next = look.keep_next
    form.widow_control = True
    if look.line_exactly:
        form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        form.line_spacing = Pt(look.line_exactly)
    else:
        form.line_spacing = look.line_times or 1.0
