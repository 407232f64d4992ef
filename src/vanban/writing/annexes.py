"""Appendices, each in a section of its own after the signature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Final

from docx.enum.section import WD_SECTION

from vanban.blocks import Annex
from vanban.document import Header
from vanban.writing import word
from vanban.writing.blocks import add_blocks
from vanban.writing.letterhead import code_of, dated
from vanban.writing.pages import clear_first_page, set_page
from vanban.writing.sheet import Sheet

_ROMAN: Final = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_DISPATCH: Final = "Công văn"  # the one type that is not printed, so the header cannot tell its name


def add_annexes(sheet: Sheet, annexes: Sequence[Annex], header: Header) -> None:
    """Write each appendix on pages of its own, numbered where there are two or more."""
    for number, annex in zip(count(1), annexes):
        section = sheet.file.add_section(WD_SECTION.NEW_PAGE)
        sheet.file.paragraphs[-1].style = sheet.style("rule")  # the break itself: too thin to make an empty page
        line_mm = set_page(section, sheet.layout, landscape=annex.landscape)
        restart = sheet.layout.annex.restart_pages
        section.different_first_page_header_footer = restart
        if restart:
            if number == 1:
                clear_first_page(sheet, section)  # the sections after it take theirs from this one
            word.restart_page_numbers(section)
        if annex.label is None:
            _add_heading(sheet, annex, _label(sheet, number, len(annexes)), header)
        else:
            _add_lines(sheet, annex.label, annex.title)
        add_blocks(sheet, annex.blocks, line_mm)


def _add_heading(sheet: Sheet, annex: Annex, label: str, header: Header) -> None:
    _add_lines(sheet, label, annex.title)
    form, letterhead = sheet.layout.annex, sheet.layout.letterhead
    if form.reference:
        kind = header.type_name.value.split("\n")[0].capitalize() if header.type_name else _DISPATCH
        issuer = " ".join(header.issuer.value.split()) if header.issuer else letterhead.blank
        text = form.reference.format(
            type=kind,
            code=code_of(letterhead, header),
            date=dated(letterhead, header, sheet.day, letterhead.short_date),
            issuer=issuer,
        )
        sheet.add(sheet.file, "annex_reference", text)


def _add_lines(sheet: Sheet, label: str, title: str) -> None:
    for style, words in (("annex_label", label), ("annex_title", title)):
        if words:
            sheet.add(sheet.file, style, words)


def _label(sheet: Sheet, number: int, of: int) -> str:
    form = sheet.layout.annex
    if of < 2:
        return form.label
    return f"{form.label} {roman(number) if form.numbering == 'roman' else number}"


def roman(number: int) -> str:
    """Write a number from 1 to 89 in Roman numerals."""
    numeral = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        numeral += sign * times
    return numeral
