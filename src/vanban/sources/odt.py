"""OpenDocument text files (.odt), in the manner of docx.py: straight from the zip, part by part.

Deleted text of tracked changes, hidden text and comments are left out; inserted text, notes and text boxes are
read.
"""

from __future__ import annotations

import zipfile

from lxml import etree

from vanban import patterns
from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.gathering import Gathering
from vanban.sources.legacy import encoding_of_font, unfonted
from vanban.sources.odt_lists import Lists
from vanban.sources.packed import opened, parsed, part

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_TEXT, _TABLE, _DRAW = (f"{_OASIS}{name}:1.0}}" for name in ("text", "table", "drawing"))
_OFFICE, _STYLE = f"{_OASIS}office:1.0}}", f"{_OASIS}style:1.0}}"
_SVG = f"{_OASIS}svg-compatible:1.0}}"
_SKIPPED = {
    *(
        _TEXT + name
        for name in ("tracked-changes", "note-citation", "ruby-text", "number", "hidden-text", "toc-mark")
    ),
    *(_OFFICE + name for name in ("annotation", "forms", "binary-data", "event-listeners")),
    *(_SVG + "title", _SVG + "desc", _TEXT + "table-of-content-source", _TEXT + "sequence-decls"),
}
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the .odt in `data`. Raises `Refused`."""
    with opened(data, limits) as package:
        _check(package)
        main, styles = parsed(package.read("content.xml")), part(package, "styles.xml")
    roots = [root for root in (styles, main) if root is not None]
    reader = _Reader(Lists(roots), _Looks(roots))
    for header in styles.iter(_STYLE + "header") if styles is not None else ():
        reader.gathering.marks(
            ["".join(map(str, paragraph.itertext())) for paragraph in header.iter(*_PARAGRAPHS)]
        )
    reader.read_all(main)
    return reader.gathering.content()


def _check(package: zipfile.ZipFile) -> None:
    """Refuse what is encrypted, holds macros, or is another kind of OpenDocument."""
    names = package.namelist()
    kind = package.read("mimetype")[:200] if "mimetype" in names else b"opendocument.text"
    if b"opendocument.text" not in kind:
        raise Refused(
            "wrong_type",
            "The file is a spreadsheet or a presentation.",
            "Send the document as .odt, .docx or .pdf.",
        )
    if "META-INF/manifest.xml" in names and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
        raise Refused("macros", "The file holds macros.", "Save it without macros and send that file.")
    if "content.xml" not in names:
        raise Refused("unreadable", "The document is damaged.", "Open it in a word processor and save it again.")


class _Looks:
    """Old fonts and hidden text by the name of a style."""

    def __init__(self, roots: list[etree._Element]) -> None:
        faces: dict[str, str] = {}
        self._fonts: dict[str, str] = {}
        self._hidden: set[str] = set()
        for root in roots:
            for face in root.iter(_STYLE + "font-face"):
                faces[face.get(_STYLE + "name", "")] = face.get(_SVG + "font-family", "").strip("'")
            for style in root.iter(_STYLE + "style"):
                self._add(style, faces)

    def _add(self, style: etree._Element, faces: dict[str, str]) -> None:
        name, properties = style.get(_STYLE + "name", ""), style.find(_STYLE + "text-properties")
        if properties is None:
            return
        font = properties.get(_STYLE + "font-name", "")
        font = faces.get(font, font)
        if encoding_of_font(font):
            self._fonts[name] = font
        if properties.get(_TEXT + "display") == "none":
            self._hidden.add(name)

    def font_of(self, element: etree._Element, around: str) -> str:
        """Return the old font that the style of `element` names, else the one around it."""
        return self._fonts.get(element.get(_TEXT + "style-name", ""), around) if self._fonts else ""

    def is_hidden(self, element: etree._Element) -> bool:
        """Tell whether the style of `element` hides it."""
        return bool(self._hidden) and element.get(_TEXT + "style-name") in self._hidden


class _Reader:
    """Reads one document. Elements are nested 256 deep at most (see `parsed`), and so are the calls."""

    def __init__(self, lists: Lists, looks: _Looks) -> None:
        self.gathering = Gathering()
        self._lists = lists
        self._looks = looks
        self._boxes: list[etree._Element] = []

    def read_all(self, root: etree._Element) -> None:
        """Read the body below `root`."""
        body = root.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is not None:
            self._blocks(body)

    def _blocks(self, element: etree._Element) -> None:
        for child in element:
            tag = child.tag
            if tag in _PARAGRAPHS:
                self._paragraph(child)
            elif tag == _TEXT + "list":
                self._lists.begin(child)
                self._blocks(child)
                self._lists.end()
            elif tag in (_TEXT + "list-item", _TEXT + "list-header"):
                self._lists.item(child, numbered=tag == _TEXT + "list-item")
                self._blocks(child)
            elif not isinstance(tag, str) or tag in _SKIPPED:
                continue
            elif tag.startswith(_TABLE):
                self._table(child, tag)
            else:
                self._blocks(child)

    def _table(self, element: etree._Element, tag: str) -> None:
        first = len(self.gathering.lines)
        if tag == _TABLE + "table":
            self.gathering.begin_table()
        elif tag == _TABLE + "table-row":
            self.gathering.begin_row()
        elif tag == _TABLE + "covered-table-cell":
            self.gathering.covered_cell()
            return
        with self._lists.apart():
            self._blocks(element)
        if tag == _TABLE + "table":
            self.gathering.end_table()
        elif tag == _TABLE + "table-cell":
            self.gathering.end_cell(first)

    def _paragraph(self, paragraph: etree._Element) -> None:
        if self._looks.is_hidden(paragraph):
            return
        outer, self._boxes = self._boxes, []
        parts: list[str] = []
        self._words(paragraph, parts, self._looks.font_of(paragraph, ""))
        words = "".join(parts).strip(" ")
        number = self._lists.next_for(paragraph) if words.strip() else ""
        self.gathering.line(number + words)
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            self._blocks(box)
            self.gathering.line("")

    def _words(self, element: etree._Element, parts: list[str], font: str) -> None:
        parts.append(_shown(element.text, font))
        for child in element:
            self._inline(child, parts, font)
            parts.append(_shown(child.tail, font))

    def _inline(self, child: etree._Element, parts: list[str], font: str) -> None:
        tag = child.tag
        if tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            parts.append(" " * (min(int(count), 1000) if count.isdecimal() and len(count) < 9 else 1))
        elif tag == _TEXT + "tab":
            parts.append("\t")
        elif tag == _TEXT + "line-break":
            parts.append("\n")
        elif tag == _TEXT + "note":
            self._note(child)
        elif tag == _DRAW + "text-box":
            self._boxes.append(child)
        elif isinstance(tag, str) and tag not in _SKIPPED and not self._looks.is_hidden(child):
            self._words(child, parts, self._looks.font_of(child, font))

    def _note(self, note: etree._Element) -> None:
        outer, self._boxes = self._boxes, []
        parts: list[str] = []
        for paragraph in note.iter(*_PARAGRAPHS):
            self._words(paragraph, parts, self._looks.font_of(paragraph, ""))
            parts.append(" ")
        self._boxes = outer
        self.gathering.footnote("".join(parts))


def _shown(text: str | None, font: str) -> str:
    """Return `text` with its white space as one space each, as the format says (ODF 1.3, part 3, 6.1.2)."""
    if not text:
        return ""
    text = patterns.BLANKS.sub(" ", text)
    return unfonted(text, font) if font else text
