"""The few things of a Word file that python-docx has no verb for. Nothing here knows of official documents."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import SubElement

_LEFTOVERS = (
    "/thumbnail",
    "/extended-properties",
    "/stylesWithEffects",
    "/customXml",
    "/webSettings",
    "/numbering",
)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the oldest moment a zip file can say
_W_ID, _W_R, _W_VAL = qn("w:id"), qn("w:r"), qn("w:val")
_TWIPS_PER_MM = 1440 / 25.4


def twips(millimetres: float) -> int:
    """Turn millimetres into the twentieths of a point that Word measures in."""
    return round(millimetres * _TWIPS_PER_MM)


def add_page_number(paragraph: Paragraph) -> None:
    """Add the field that prints the number of the page."""
    for kind in ("begin", None, "separate", "text", "end"):
        run = paragraph.add_run()._r
        if kind == "text":
            run.text = "2"  # shown until the program that opens the file counts for itself
        elif kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = "PAGE"
            run.append(instruction)
        else:
            run.append(_element("w:fldChar", fldCharType=kind))


def add_comment(word: WordFile, run: Run, number: int, text: str, by: tuple[str, str], moment: datetime) -> None:
    """Hang a comment on exactly one run, with the name and the initials of its author.

    python-docx's own `add_comment` reads every earlier comment to number the next one and dates it now: too slow
    for an annex with one in each cell, and never twice the same file.
    """
    comments, key = word.part._comments_part.element, {_W_ID: str(number)}
    said = {qn("w:author"): by[0], qn("w:initials"): by[1], qn("w:date"): f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
    comment = SubElement(comments, qn("w:comment"), {**key, **said})
    for line in text.split("\n"):
        _say(SubElement(SubElement(comment, qn("w:p")), _W_R), line)
    element: Any = run._r
    first = element.makeelement(qn("w:commentRangeStart"), key)
    last = element.makeelement(qn("w:commentRangeEnd"), key)
    sign = element.makeelement(_W_R, {})
    look = SubElement(SubElement(sign, qn("w:rPr")), qn("w:rStyle"))
    look.set(qn("w:val"), "CommentReference")
    SubElement(sign, qn("w:commentReference"), key)
    element.addprevious(first)
    element.addnext(sign)
    element.addnext(last)


def add_words(paragraph: Paragraph, text: str) -> Run:
    """Add a run of plain words; python-docx, which looks at each letter, adds those with line feeds and tabs."""
    if not text or any(sign in text for sign in "\n\t\r\x0b\u2011"):
        return paragraph.add_run(text)
    element: Any = SubElement(paragraph._p, _W_R)
    _say(element, text)
    return Run(element, paragraph)


def _say(run: Any, text: str) -> None:
    words = SubElement(run, qn("w:t"))
    words.text = text
    if text != text.strip():
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def add_aligned(cell: Any, style: str, side: str) -> Paragraph:
    """Add a paragraph to the element of a cell, in a style, and on a side if that is not the style's."""
    made: Any = SubElement(cell, qn("w:p"))
    form = SubElement(made, qn("w:pPr"))
    SubElement(form, qn("w:pStyle"), {_W_VAL: style})
    if side:
        SubElement(form, qn("w:jc"), {_W_VAL: side})
    return Paragraph(made, cell)


def add_rows(table: Table, count: int) -> list[Any]:
    """Add so many rows of empty cells, each kept on one page; all are copies of one, as making one takes long."""
    if not count:
        return []
    first: Any = cast(Any, table).add_row()  # python-docx does not type it
    keep_together(first)
    for cell in first._tr.tc_lst:
        cell.remove(cell.p_lst[0])
    rows = [first._tr, *(deepcopy(first._tr) for _copy in range(count - 1))]
    table._tbl.extend(rows[1:])
    return rows


def drop_styles(word: WordFile, keep: Iterable[str]) -> None:
    """Drop every style of python-docx's template but the defaults and those to be kept."""
    kept = set(keep)
    for style in list(word.styles):
        if style.name not in kept and not style.element.get(qn("w:default")):
            word.styles.element.remove(style.element)


def draw_border(paragraph: Paragraph, sides: Iterable[str]) -> None:
    """Draw a thin solid line on the given sides (top, left, bottom, right) of a paragraph."""
    borders: Any = OxmlElement("w:pBdr")
    for side in sides:
        borders.append(_element(f"w:{side}", val="single", sz="6", space="1", color="auto"))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def place_on_page(paragraph: Paragraph, width_mm: float, top_mm: float) -> None:
    """Take a paragraph out of the text and set it between the side margins, so far from the top of its page."""
    frame = {"w": str(twips(width_mm)), "hRule": "auto", "wrap": "around", "vAnchor": "page", "hAnchor": "margin"}
    paragraph._p.get_or_add_pPr().insert_element_before(
        _element("w:framePr", **frame, x="0", y=str(twips(top_mm))),
        *("w:widowControl", "w:numPr", "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:spacing", "w:ind"),
        *("w:jc", "w:rPr"),
    )


def mirror_margins(word: WordFile) -> None:
    """Let left and right margins change places on the back of each sheet."""
    word.settings.element.insert_element_before(
        OxmlElement("w:mirrorMargins"), "w:proofState", "w:defaultTabStop", "w:characterSpacingControl", "w:compat"
    )


def keep_together(row: _Row) -> None:
    """Keep a table row from being split between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat_on_each_page(row: _Row) -> None:
    """Print this row again on top of every page the table runs on to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def frame_table(table: Table, border: float, padding_mm: float) -> None:
    """Fix the column widths, set the border (points, 0 for none) and the space left and right in each cell."""
    table.autofit = False
    properties = table._tbl.tblPr
    if border:
        borders: Any = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            borders.append(_element(f"w:{side}", val="single", sz=str(round(border * 8)), space="0", color="auto"))
        properties.append(borders)
        _move_before(properties, "w:tblLayout", borders)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(twips(padding_mm)), type="dxa"))
    properties.append(margins)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)


def restart_page_numbers(section: Section) -> None:
    """Count the pages of this section from one again."""
    properties = section._sectPr
    for old in properties.findall(qn("w:pgNumType")):
        properties.remove(old)
    properties.insert_element_before(
        _element("w:pgNumType", start="1"), "w:cols", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
    )


def set_defaults(word: WordFile, font: str, language: str) -> None:
    """Make one font and one language the default of the whole file and drop the colours of the theme."""
    run = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(run):
        run.remove(child)
    run.append(_element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    run.append(_element("w:lang", val=language, eastAsia=language, bidi=language))
    paragraph = word.styles.element.find(f".//{qn('w:pPrDefault')}/{qn('w:pPr')}")
    for child in list(paragraph):
        paragraph.remove(child)
    for mode in word.settings.element.iter(qn("w:compatSetting")):
        if mode.get(qn("w:name")) == "compatibilityMode":
            mode.set(qn("w:val"), "15")  # else Word opens the file as one of an older Word


def plain_style(style: ParagraphStyle) -> None:
    """Take everything off a built-in style but its place in the outline."""
    for child in list(style.element):
        if child.tag == qn("w:rPr"):
            style.element.remove(child)
        elif child.tag == qn("w:pPr"):
            for rule in [rule for rule in child if rule.tag != qn("w:outlineLvl")]:
                child.remove(rule)


def forget_template(word: WordFile) -> None:
    """Drop what python-docx's own template carries of the program and the machine it was made with."""
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(_LEFTOVERS)]:
            del relations[key]


def saved(word: WordFile) -> bytes:
    """Give the file as bytes, the same for the same content: no moment of saving is kept in it."""
    for cell in word.element.body.iter(qn("w:tc")):
        if cell.find(qn("w:p")) is None:
            cell.append(OxmlElement("w:p"))  # Word refuses a cell without a paragraph
    raw, fixed = BytesIO(), BytesIO()
    word.save(raw)
    with ZipFile(raw) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()


def _element(tag: str, **attributes: str) -> Any:
    element: Any = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _move_before(parent: BaseOxmlElement, tag: str, element: BaseOxmlElement) -> None:
    # The schema asks for borders before the layout of the columns, and Word refuses a file in another order.
    sibling = parent.find(qn(tag))
    if sibling is not None:
        sibling.addprevious(element)
