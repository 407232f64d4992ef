"""The paper itself: sheet size, margins, the number on every page but the first, the contact line on that."""

from __future__ import annotations

from docx.enum.section import WD_ORIENTATION
from docx.section import Section
from docx.shared import Length, Mm

from vanban.formats import Layout
from vanban.text import printable
from vanban.writing import word
from vanban.writing.sheet import Sheet


def set_page(section: Section, layout: Layout, *, landscape: bool = False) -> float:
    """Set sheet and margins of a section; give the length of its lines in millimetres.

    A sheet on its side keeps the margins of the upright one (36-HD/VPTW II.4.3 and 05-HD/VPTW IV.4.3 ask only
    for an area "that suits", taken from the upright sheet).
    """
    page = layout.page
    width, height = (page.height_mm, page.width_mm) if landscape else (page.width_mm, page.height_mm)
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = _mm(width), _mm(height)
    section.top_margin, section.bottom_margin = _mm(page.top_mm), _mm(page.bottom_mm)
    section.left_margin, section.right_margin = _mm(page.left_mm), _mm(page.right_mm)
    section.header_distance = section.footer_distance = _mm(page.number_from_edge_mm)
    return width - page.left_mm - page.right_mm


def number_pages(sheet: Sheet) -> None:
    """Print the page number in the margin that the layout names, from the second page on."""
    section = sheet.file.sections[0]
    section.different_first_page_header_footer = True
    margin = section.header if sheet.layout.page.number_at == "top" else section.footer
    paragraph = margin.paragraphs[0]
    paragraph.style = sheet.style("page_number")
    word.add_page_number(paragraph)


def add_circulation(sheet: Sheet, limit: str) -> None:
    """Print a limit of circulation at the top right of the first page, as far from the edge as a page number."""
    paragraph = sheet.file.sections[0].first_page_header.paragraphs[0]
    paragraph.style = sheet.style("circulation")
    paragraph.add_run(printable(limit.upper()))


def add_contact(sheet: Sheet, contact: str) -> None:
    """Print address and telephone at the foot of the first page, under a rule across all of it."""
    paragraph = sheet.file.sections[0].first_page_footer.paragraphs[0]
    paragraph.style = sheet.style("contact")
    paragraph.add_run(printable(contact))
    word.draw_border(paragraph, ["top"])


def clear_first_page(sheet: Sheet, section: Section) -> None:
    """Print nothing in the margins of a section's first page of what stands there on the document's."""
    first = sheet.file.sections[0]
    for margin, own in (
        (first.first_page_header, section.first_page_header),
        (first.first_page_footer, section.first_page_footer),
    ):
        if not margin.is_linked_to_previous:
            own.is_linked_to_previous = False
            own.paragraphs[0].style = sheet.style("page_number")


def _mm(length: float) -> Length:
    return Mm(length)
