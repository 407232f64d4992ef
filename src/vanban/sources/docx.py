"""Word files (.docx): read straight from the zip, paragraph by paragraph, table cell by table cell.

Nothing outside the file is ever followed: relationships to other addresses are not looked at. Deleted text of
tracked changes, hidden text and comments are left out; inserted text, footnotes and text boxes are read.
"""

from __future__ import annotations

import zipfile

from lxml import etree

from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.gathering import Gathering
from vanban.sources.legacy import encoding_of_font, unfonted
from vanban.sources.numbering import Numbering
from vanban.sources.packed import opened, parsed, part
from vanban.sources.symbols import symbol
from vanban.sources.word_styles import Look, Styles, old_fonts_lie

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_SKIPPED = {
    _W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText", "rt")
}
_SKIPPED.add(_MC + "Fallback")  # an older drawing of what stands beside it
_DRAWN = {_W + "tab": "\t", _W + "ptab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_NOTE = {_W + "footnoteReference": "footnotes", _W + "endnoteReference": "endnotes"}
_LOOKS = (b"vanish", b'".Vn', b'"VNI')  # only a file with one of these needs its styles looked at
_Notes = dict[tuple[str, str], etree._Element]


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the .docx in `data`. Raises `Refused`."""
    with opened(data, limits) as package:
        _check(package)
        raw, styled = _raw(package, "document"), _raw(package, "styles")
        listed = b"numPr" in raw or b"pStyle" in raw  # else no paragraph can be numbered by Word
        main, lists = parsed(raw), part(package, _named(package, "numbering")) if listed else None
        looks = any(mark in raw or mark in styled for mark in _LOOKS)
        # Styles are the largest part of a small file: parsed only for what they can tell.
        styles = parsed(styled) if styled and (looks or _tell_more(styled, lists)) else None
        reader = _Reader(Numbering(lists, styles), _notes(package), Styles(styles) if looks else None)
        for name in _headers(package):
            reader.gathering.marks(_lines_of(parsed(package.read(name))))
    reader.read_all(main)
    return reader.gathering.content()


def _tell_more(styled: bytes, lists: etree._Element | None) -> bool:
    """Tell whether the styles number paragraphs, or hold what must be refused."""
    return (lists is not None and b"numPr" in styled) or b"<!" in styled or b"\x00" in styled


def _named(package: zipfile.ZipFile, part_name: str) -> str:
    """Return the name of a part; some programs number it ("word/document2.xml")."""
    stem = f"word/{part_name}"
    numbered = (
        name
        for name in package.namelist()
        if name.startswith(stem) and name.endswith(".xml") and name[len(stem) : -4].isdecimal()
    )
    return f"{stem}.xml" if f"{stem}.xml" in package.NameToInfo else next(numbered, f"{stem}.xml")


def _raw(package: zipfile.ZipFile, part_name: str) -> bytes:
    name = _named(package, part_name)
    return package.read(name) if name in package.namelist() else b""


def _check(package: zipfile.ZipFile) -> None:
    """Refuse what holds macros or is no Word file."""
    names = set(package.namelist())
    if _named(package, "document") not in names:
        raise _other_zip(names)
    if any(name.lower().endswith("vbaproject.bin") for name in names) or _has_macro_type(package, names):
        raise Refused(
            "macros", "The Word file holds macros.", "Save it as .docx without macros and send that file."
        )


def _other_zip(names: set[str]) -> Refused:
    if any(name.startswith(("xl/", "ppt/")) for name in names):
        return Refused(
            "wrong_type", "The file is a spreadsheet or a presentation.", "Send the document as .docx or .pdf."
        )
    return Refused(
        "wrong_type", "The file is a zip archive, not a Word file.", "Unpack it and send the document itself."
    )


def _has_macro_type(package: zipfile.ZipFile, names: set[str]) -> bool:
    return "[Content_Types].xml" in names and b"macroEnabled" in package.read("[Content_Types].xml")


def _headers(package: zipfile.ZipFile) -> list[str]:
    """Return the page headers: a mark of secrecy may stand there."""
    return [name for name in package.namelist() if name.startswith("word/header") and name.endswith(".xml")][:20]


def _lines_of(header: etree._Element) -> list[str]:
    reader = _Reader(Numbering(None, None), {}, None)
    reader.read_all(header)
    return reader.gathering.lines


def _notes(package: zipfile.ZipFile) -> _Notes:
    """Return (part, number) → footnote or endnote."""
    notes = {}
    for name in ("footnotes", "endnotes"):
        root = part(package, _named(package, name))
        for note in root if root is not None else ():
            if note.get(_W + "type", "normal") == "normal":
                notes[name, note.get(_W + "id", "")] = note
    return notes


class _Reader:
    """Reads one document. Elements are nested 256 deep at most (see `parsed`), and so are the calls."""

    def __init__(self, numbering: Numbering, notes: _Notes, styles: Styles | None) -> None:
        self.gathering = Gathering()
        self._numbering = numbering
        self._notes = notes
        self._styles = styles
        self._around = Look()
        self._convert = False
        self._carried: list[str] = []  # the words of a paragraph whose end was deleted
        self._boxes: list[etree._Element] = []

    def read_all(self, root: etree._Element) -> None:
        """Read everything below `root`."""
        if self._styles is not None:
            self._convert = not old_fonts_lie(root, self._styles)
        self._blocks(root)
        if self._carried:
            self.gathering.line("".join(self._carried))

    def _blocks(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag == _W + "p":
                self._paragraph(child)
            elif tag == _W + "tbl":
                self.gathering.begin_table()
                self._blocks(child)
                self.gathering.end_table()
            elif tag == _W + "tr":
                if child.find(f"{_W}trPr/{_W}del") is None:
                    self.gathering.begin_row()
                    self._blocks(child)
            elif tag == _W + "tc":
                first = len(self.gathering.lines)
                self._blocks(child)
                self.gathering.end_cell(first, _columns(child))
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._blocks(child)

    def _paragraph(self, paragraph: etree._Element) -> None:
        properties = paragraph.find(_W + "pPr")
        if self._styles is not None:
            self._around = self._styles.of_paragraph(properties)
        outer, self._boxes = self._boxes, []
        parts = self._carried
        self._carried = []
        self._runs(paragraph, parts)
        words = "".join(parts)
        number = self._numbering.next_for(properties) if properties is not None and words.strip() else ""
        if properties is not None and properties.find(f"{_W}rPr/{_W}del") is not None:
            self._carried = [number + words]
        else:
            self.gathering.line(number + words)
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            self._blocks(box)
            self.gathering.line("")

    def _runs(self, element: etree._Element, parts: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == _W + "t" or tag == _MATHS:
                parts.append(child.text or "")
            elif tag == _W + "r" and self._styles is not None:
                self._styled_run(child, parts, self._styles)
            elif tag in _DRAWN:
                parts.append(_DRAWN[tag])
            elif tag == _W + "txbxContent":
                self._boxes.append(child)
            elif tag == _W + "sym":
                parts.append(symbol(child.get(_W + "font", ""), child.get(_W + "char", "")))
            elif tag in _NOTE:
                self._note(_NOTE[tag], child)
                if child.get(_W + "customMarkFollows") in ("1", "true", "on"):
                    return  # what follows in this run is the mark itself
            elif tag not in _SKIPPED and isinstance(tag, str):
                self._runs(child, parts)

    def _styled_run(self, run: etree._Element, parts: list[str], styles: Styles) -> None:
        look = styles.of_run(run.find(_W + "rPr"), self._around)
        if look.hidden:
            return
        words: list[str] = []
        self._runs(run, words)
        if self._convert and look.font and encoding_of_font(look.font):
            words = [unfonted("".join(words), look.font)]
        parts += words

    def _note(self, name: str, reference: etree._Element) -> None:
        note = self._notes.pop((name, reference.get(_W + "id", "")), None)
        if note is None:
            return
        outer, self._boxes = self._boxes, []
        parts: list[str] = []
        for paragraph in note.iter(_W + "p"):
            self._runs(paragraph, parts)
            parts.append(" ")
        self._boxes = outer
        self.gathering.footnote("".join(parts))


def _columns(cell: etree._Element) -> int:
    """Return how many columns a cell covers."""
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    value = span.get(_W + "val", "1") if span is not None else "1"
    return int(value) if value.isdecimal() and len(value) < 4 else 1
