"""The sheet, its margins, and where the number of the page stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from lxml import etree

from vanban.checking.finding import Departure, Mend
from vanban.checking.looks import Looks, number_in, set_paragraph, set_run
from vanban.checking.typography import ranged
from vanban.checking.wordfile import R, W, WordFile
from vanban.formats import Layout, Page

_NEARLY = 0.6  # millimetres: offices type centimetres
_SIDES = ("top", "bottom", "left", "right")
_MANY = 6000  # characters that surely do not fit on one page
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_KINDS = {"top": "header", "bottom": "footer"}


def page_departures(file: WordFile, layout: Layout, looks: Looks, length: int) -> Iterator[Departure]:
    """Yield what is wrong with the sheets and the numbers of the pages; `length` of the text in characters."""
    for section in file.sections:
        yield from _sheet(section, layout.page)
    yield from _numbering(file, layout, looks, length)


def _sheet(section: Any, page: Page) -> Iterator[Departure]:
    """Yield what is wrong with one section; a sheet on its side (for a table) keeps its own margins."""
    size, margins = section.find(W + "pgSz"), section.find(W + "pgMar")
    if size is not None:
        wide, high = _mm(size, "w"), _mm(size, "h")
        if wide > high:
            return
        if abs(wide - page.width_mm) > 2 or abs(high - page.height_mm) > 2:
            values = {"w": f"{_twips(page.width_mm)}", "h": f"{_twips(page.height_mm)}"}
            expected, found = f"{page.width_mm:g} × {page.height_mm:g}", f"{wide:.0f} × {high:.0f}"
            yield Departure("page.size", expected, found, mend=partial(_put, size, values))
    if margins is None:
        return
    for side in _SIDES:
        found_mm, (low, high) = _mm(margins, side), page.allowed(f"{side}_mm")
        if not low - _NEARLY <= abs(found_mm) <= high + _NEARLY:
            values = {side: f"{_twips(getattr(page, f'{side}_mm'))}"}
            found = f"{found_mm:.1f}".removesuffix(".0")
            yield Departure(f"page.margin_{side}", ranged((low, high)), found, mend=partial(_put, margins, values))


def _put(element: Any, values: dict[str, str]) -> None:
    for key, value in values.items():
        element.set(W + key, value)


def _numbering(file: WordFile, layout: Layout, looks: Looks, length: int) -> Iterator[Departure]:
    place = layout.page.number_at
    numbers = {where: list(_numbers(file, kind)) for where, kind in _KINDS.items()}
    found = [where for where, paragraphs in numbers.items() if paragraphs]
    sure = partial(number_pages, file, layout) if _bare(file) else None
    if not found:
        if file.pages_said > 1 or (not file.pages_said and length > _MANY):
            yield Departure("page_number.missing", place, None, mend=sure)
        return
    if place not in found:
        yield Departure("page_number.place", place, found[0], mend=sure)
        return
    if _first_page_is_numbered(file):
        yield Departure("page_number.first_page", None, None, mend=sure)
    for paragraph in numbers[place]:
        yield from _number_look(paragraph, layout, looks)


def _number_look(paragraph: Any, layout: Layout, looks: Looks) -> Iterator[Departure]:
    style = layout.styles["page_number"]
    look = looks.of_paragraph(paragraph)
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    align = frame.get(W + "xAlign", look.align) if frame is not None else look.align
    boxed = next(paragraph.iterancestors(W + "txbxContent"), None) is not None
    tabbed = paragraph.find(f".//{W}tab") is not None or paragraph.find(f".//{W}ptab") is not None
    if align != style.align and not boxed and not tabbed and frame is None:
        mend: Mend = partial(set_paragraph, paragraph, "jc", val=style.align)
        yield Departure("page_number.align", style.align, align, mend=mend)
    for run in paragraph.iter(W + "r"):
        if run.find(W + "t") is None and run.find(W + "instrText") is None:
            continue
        size, allowed = looks.of_run(run, paragraph).size, style.allowed("size") or (style.size, style.size)
        if not allowed[0] - 0.05 <= size <= allowed[1] + 0.05:
            mend = partial(_resize, paragraph, f"{round(style.size * 2)}")
            yield Departure("page_number.size", ranged(allowed), f"{size:g}", mend=mend)
            return


def _resize(paragraph: Any, half_points: str) -> None:
    for run in paragraph.iter(W + "r"):
        set_run(run, "sz", val=half_points)


def _numbers(file: WordFile, kind: str) -> Iterator[Any]:
    """Yield the paragraphs that print the number of the page, in the headers or footers of all but first pages."""
    targets = file.targets()
    seen: set[str] = set()
    for section in file.sections:
        for reference in section.iterfind(f"{W}{kind}Reference"):
            name = targets.get(reference.get(R + "id"), "")
            if reference.get(W + "type") == "first" or name in seen:
                continue
            seen.add(name)
            yield from _numbers_in(file.part(name))


def _numbers_in(part: Any) -> Iterator[Any]:
    if part is not None:
        for paragraph in part.iter(W + "p"):
            if paragraph.find(f".//{W}p") is None and any(map(_is_page, _fields(paragraph))):
                yield paragraph


def _fields(paragraph: Any) -> Iterator[str]:
    yield "".join(code.text or "" for code in paragraph.iter(W + "instrText"))
    for simple in paragraph.iter(W + "fldSimple"):
        yield simple.get(W + "instr", "")


def _is_page(code: str) -> bool:
    return code.strip().split(" ")[0].upper() == "PAGE" or " PAGE " in f" {code} "


def _first_page_is_other(file: WordFile) -> bool:
    first = file.sections[0].find(W + "titlePg") if file.sections else None
    return first is not None and first.get(W + "val", "1") not in ("0", "false", "off")


def _first_page_is_numbered(file: WordFile) -> bool:
    """Tell whether the header or footer that the very first page takes prints its number."""
    taken = "first" if _first_page_is_other(file) else "default"
    targets = file.targets()
    return any(
        list(_numbers_in(file.part(targets.get(reference.get(R + "id"), ""))))
        for kind in _KINDS.values()
        for reference in (file.sections[0].iterfind(f"{W}{kind}Reference") if file.sections else ())
        if reference.get(W + "type", "default") == taken
    )


def _bare(file: WordFile) -> bool:
    """Tell whether headers and footers hold nothing but the number of the page, so that they can be made anew."""
    targets = file.targets()
    for section in file.sections:
        for kind in _KINDS.values():
            for reference in section.iterfind(f"{W}{kind}Reference"):
                part = file.part(targets.get(reference.get(R + "id"), ""))
                if part is None:
                    continue
                words = "".join(text.text or "" for text in part.iter(W + "t"))
                drawn = part.find(f".//{W}drawing") is not None or part.find(f".//{W}pict") is not None
                if drawn or any(map(str.isalpha, words)):
                    return False
    return bool(file.sections) and file.part("word/_rels/document.xml.rels") is not None


def number_pages(file: WordFile, layout: Layout) -> None:
    """Number the pages as the layout lays down, from the second on; headers and footers are made anew."""
    style, kind = layout.styles["page_number"], _KINDS[layout.page.number_at]
    name = f"{kind}_vanban.xml"
    if file.part(f"word/{name}") is not None:
        return
    root = etree.Element(W + ("hdr" if kind == "header" else "ftr"), nsmap={"w": W.strip("{}")})
    paragraph = etree.SubElement(root, W + "p")
    set_paragraph(paragraph, "jc", val=style.align)
    field = etree.SubElement(paragraph, W + "fldSimple", {W + "instr": "PAGE"})
    run = etree.SubElement(field, W + "r")
    set_run(run, "rFonts", ascii=layout.font, hAnsi=layout.font, cs=layout.font)
    set_run(run, "sz", val=f"{round(style.size * 2)}")
    etree.SubElement(run, W + "t").text = "2"
    key = file.add_part(name, root, _TYPE.format(kind), kind)
    for number, section in enumerate(file.sections):
        for old in [child for child in section if child.tag in (W + "headerReference", W + "footerReference")]:
            section.remove(old)
        if number == 0:
            section.insert(0, section.makeelement(f"{W}{kind}Reference", {W + "type": "default", R + "id": key}))
            _set_title_page(section)
        margins = section.find(W + "pgMar")
        if margins is not None:
            margins.set(W + kind, f"{_twips(layout.page.number_from_edge_mm)}")


def _set_title_page(section: Any) -> None:
    for old in section.findall(W + "titlePg"):
        section.remove(old)
    later = [
        W + tag for tag in ("textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings", "sectPrChange")
    ]
    follower = next((child for child in section if child.tag in later), None)
    title = section.makeelement(W + "titlePg")
    if follower is None:
        section.append(title)
    else:
        follower.addprevious(title)


def _mm(element: Any, name: str) -> float:
    return (number_in(element.get(W + name)) or 0.0) * 25.4 / 1440


def _twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)
