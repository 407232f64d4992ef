"""The top of the first page: whose paper it is, its number, place and date, what it is about, and to whom."""

from __future__ import annotations

from datetime import date
from typing import Final

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from vanban import patterns
from vanban.document import Document, Field, Header
from vanban.formats import Letterhead
from vanban.text import printable
from vanban.writing import word
from vanban.writing.sheet import Sheet

_DASH_IS_WORTH: Final = 6  # characters: a name is rather broken after a dash, where one organ ends


def add_letterhead(sheet: Sheet, header: Header) -> None:
    """Write the two columns on top: issuing organs, number and a dispatch's subject; banner, place and date."""
    form = sheet.layout.letterhead
    left, right = sheet.add_columns((form.left_mm, form.right_mm))
    _add_issuer(sheet, left, header)
    for line in form.banner:
        sheet.add(right, line.style, line.text)
        if line.rule_mm:
            sheet.add_rule(right, form.right_mm, line.rule_mm)
    if form.date_beside == "number":
        left, right = sheet.add_columns((form.left_mm, form.right_mm))
    sheet.add(left, "number", form.number.format(code=code_of(form, header)))
    sheet.add(right, "place_and_date", dated(form, header, sheet.day, form.place_and_date))
    _add_under_number(sheet, left, header)


def add_title(sheet: Sheet, header: Header) -> None:
    """Write the type and the subject in the middle; a dispatch prints neither here."""
    if header.type_name is None:
        return
    form = sheet.layout.title
    sheet.add(sheet.file, "type", header.type_name.value.upper())
    if header.subject:
        sheet.add(sheet.file, "subject", header.subject.value)
    if form.end:
        sheet.add(sheet.file, "title_end", form.end)
    if form.rule_share:
        words = (header.subject or header.type_name).value.split("\n")[-1]
        length = min(sheet.line_mm, sheet.width_of(words, "subject"))
        sheet.add_rule(sheet.file, sheet.line_mm, length * form.rule_share)


def add_addressees(sheet: Sheet, document: Document) -> None:
    """Write Kính gửi with its names: a single one beside the label, several on lines of their own with a dash."""
    form, names = sheet.layout.addressees, [field.value for field in document.addressees]
    if not names:
        return
    kind = document.header.type.value if document.header.type else ""
    label = f"{form.label_by_type.get(kind, form.label)}:"
    paragraph = sheet.add(sheet.file, "addressee")
    paragraph.paragraph_format.space_before = Pt(form.before)
    sheet.add_label(paragraph, "addressee_label", label)
    if len(names) == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(printable(f" {names[0]}{form.single}"))
        paragraph.paragraph_format.space_after = Pt(form.after)
    else:
        _add_names(sheet, paragraph, names)


def code_of(form: Letterhead, header: Header) -> str:
    """Give number and symbol as printed together; a number not yet taken leaves a gap.

    What was read from a paper stays as it is printed there.
    """
    if header.code and header.code.span:
        return header.code.value
    if header.code and not header.number and not header.symbol:
        number, _, symbol = header.code.value.partition(form.number_separator)
    else:
        number = header.number.value if header.number else ""
        symbol = header.symbol.value if header.symbol else header.type.value if header.type else ""
    if number.isdecimal() and int(number) < form.pad_number_below:
        number = f"{int(number):02d}"
    return f"{number or form.blank}{form.number_separator}{symbol}"


def dated(form: Letterhead, header: Header, month: date, pattern: str) -> str:
    """Put place and date into a line; a day not yet known leaves a gap before the month and year of `month`."""
    return pattern.format(
        place=header.place.value if header.place else form.blank,
        day=_padded(header.date.day, form.pad_day_below) if header.date else form.blank,
        month=_padded(month.month, form.pad_month_below),
        year=month.year,
    )


def broken(name: str, lines_wanted: int) -> str:
    """Break a long name into lines of about the same length. A dash stays at the end of its line."""
    words = name.replace(" - ", "\u00a0- ").split(" ")
    lines: list[str] = []
    for left in range(lines_wanted, 0, -1):
        target = len(" ".join(words)) / left
        count = _words_closest_to(words, target) if left > 1 else len(words)
        lines.append(" ".join(words[:count]))
        words = words[count:]
    return "\n".join(line for line in lines if line).replace("\u00a0", " ")


def _words_closest_to(words: list[str], target: float) -> int:
    def distance(count: int) -> float:
        line = " ".join(words[:count])
        return abs(len(line) - target) - _DASH_IS_WORTH * line.endswith("-")

    return min(range(1, len(words) + 1), key=distance, default=0)


def _padded(number: int, below: int) -> str:
    return f"{number:02d}" if number < below else str(number)


def _add_issuer(sheet: Sheet, cell: _Cell, header: Header) -> None:
    form = sheet.layout.letterhead
    for style, field in (("superior", header.superior), ("issuer", header.issuer)):
        if field is not None:
            sheet.add(cell, style, _fitted(sheet, field.value.upper(), style, form.left_mm))
    if form.star:
        sheet.add(cell, "star", form.star)
    if form.issuer_rule_share and header.issuer:
        last = _fitted(sheet, header.issuer.value.upper(), "issuer", form.left_mm).split("\n")[-1]
        sheet.add_rule(cell, form.left_mm, sheet.width_of(last, "issuer") * form.issuer_rule_share)


def _fitted(sheet: Sheet, name: str, style: str, width_mm: float) -> str:
    """Break a name that does not fit on one line, unless whoever wrote it has already set the lines."""
    least = int(sheet.width_of(name, style) / width_mm) + 1
    if "\n" in name or least == 1:
        return name
    ways = [broken(name, lines) for lines in (least, least + 1)]
    fitting = (way for way in ways if all(sheet.width_of(line, style) <= width_mm for line in way.split("\n")))
    return next(fitting, ways[0])


def _add_under_number(sheet: Sheet, cell: _Cell, header: Header) -> None:
    form = sheet.layout.letterhead
    if header.urgency and form.urgency_under != "subject":
        _add_mark(sheet, cell, "urgency", header.urgency.value)
    if header.subject and header.type_name is None:
        sheet.add(cell, "dispatch_subject", _led(form, header.subject))
    if header.urgency and form.urgency_under == "subject":
        _add_mark(sheet, cell, "urgency", header.urgency.value)
    if header.circulation and form.circulation_at == "column":
        _add_mark(sheet, cell, "circulation", header.circulation.value)
    if header.draft:
        sheet.add(cell, "draft", header.draft.value)


def _led(form: Letterhead, subject: Field) -> str:
    """Open a dispatch's subject with the layout's word ("V/v") where it comes without one."""
    if subject.span is not None or not form.dispatch_lead or patterns.SUBJECT_LEAD.match(subject.value):
        return subject.value
    return f"{form.dispatch_lead} {subject.value}"


def _add_mark(sheet: Sheet, cell: _Cell, style: str, words: str) -> None:
    paragraph = sheet.add(cell, style, words.upper())
    box_mm = sheet.layout.letterhead.mark_box_mm
    if box_mm is not None:
        room = sheet.layout.letterhead.left_mm - sheet.width_of(words.upper(), style) - box_mm
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(max(0.0, room / 2))
        word.draw_border(paragraph, ("top", "left", "bottom", "right"))


def _add_names(sheet: Sheet, label: Paragraph, names: list[str]) -> None:
    form = sheet.layout.addressees
    marks = [form.separator] * (len(names) - 1) + [form.last]
    items = [f"- {name}{mark}" for name, mark in zip(names, marks, strict=True)]
    dash = Mm(form.indent_mm + form.label_mm)
    if form.names_beside_label:
        label.paragraph_format.left_indent = dash
        label.paragraph_format.first_line_indent = -Mm(form.label_mm)
        label.add_run(printable(f"\t{items.pop(0)}"))
    else:
        label.paragraph_format.left_indent = Mm(form.indent_mm)
    for item in items:
        paragraph = sheet.add(sheet.file, "addressee", item)
        paragraph.paragraph_format.left_indent = dash + Mm(form.dash_mm)
        paragraph.paragraph_format.first_line_indent = -Mm(form.dash_mm)
    paragraph.paragraph_format.space_after = Pt(form.after)
