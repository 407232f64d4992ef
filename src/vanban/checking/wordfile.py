"""A Word file opened to be measured and mended: its paragraphs in the order they are read, and its other parts."""

from __future__ import annotations

import copy
import io
import posixpath
import re
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml import etree

from vanban.document import Span
from vanban.text import normalise

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SKIPPED = {
    W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText")
} | {_MC + "Fallback"}
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_CLUSTER = re.compile("[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+")
_REACH = 3000  # characters that the reader may have left out between two paragraphs
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one element (`w:t`, a tab, a break), at `start` in the paragraph's own text."""

    element: Any
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def run(self) -> Any:
        """The run it stands in."""
        return self.element.getparent()


@dataclass(slots=True, eq=False)
class Paragraph:
    """One paragraph. `at` is where its text begins in `Document.text`; None if it was not found there.

    `cell` is the table cell or text box it stands in; `number` counts the paragraphs of the file from 1.
    """

    element: Any
    cell: Any
    number: int
    at: int | None = None
    _map: list[int] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        """The stretches of its text, as they are now."""
        found: list[Piece] = []
        at = 0
        for element, text in _texts(self.element):
            found.append(Piece(element, text, at))
            at += len(text)
        return found

    @property
    def text(self) -> str:
        return "".join(text for _, text in _texts(self.element))

    def place(self, at: int) -> None:
        """Set where the text of the paragraph, once normalised, begins in `Document.text`."""
        self.at = at
        words = self.text
        if normalise(words) == words:
            self._map = list(range(at, at + len(words) + 1))
            return
        self._map = []
        for cluster in _CLUSTER.findall(words):
            self._map.extend([at] * len(cluster))
            at += len(normalise(cluster))
        self._map.append(at)

    @property
    def span(self) -> Span:
        """The range of the paragraph in `Document.text`."""
        return Span(self._map[0], self._map[-1]) if self._map else Span(0, 0)

    def offset_of(self, place: int) -> int:
        """Return where in `Document.text` a place of the paragraph's own text is."""
        return self._map[min(place, len(self._map) - 1)]

    def range_of(self, span: Span) -> tuple[int, int] | None:
        """Return the part of `span` that lies in this paragraph, in its own text; None if none does."""
        if not self._map or span.end < self._map[0] or span.start > self._map[-1]:
            return None
        last = len(self._map) - 1
        return min(bisect_left(self._map, span.start), last), min(bisect_left(self._map, span.end), last)

    def between(self, start: int, end: int) -> list[Piece]:
        """Return the pieces with printed signs that overlap a range of the paragraph's own text."""
        return [
            piece
            for piece in self.pieces
            if piece.start < end
            and piece.end > start
            and piece.text[max(0, start - piece.start) : end - piece.start].strip()
        ]

    def isolate(self, start: int, end: int) -> list[Any]:
        """Return the runs of exactly that range, after splitting those that reach beyond it."""
        for edge in (start, end):
            piece = next((p for p in self.pieces if p.start <= edge < p.end), None)
            if piece is not None and (piece.start == edge or piece.element.tag == W + "t"):
                _split(piece, edge - piece.start)
        runs = {id(p.run): p.run for p in self.pieces if p.start >= start and p.end <= end and p.text.strip()}
        return list(runs.values())

    def replace(self, start: int, end: int, signs: str) -> bool:
        """Put `signs` in the place of a range of the paragraph's own text; say whether it could be done."""
        inside = [p for p in self.pieces if p.start < end and p.end > start]
        if start == end:
            inside = [p for p in self.pieces if p.start <= start <= p.end and p.element.tag == W + "t"][:1]
        if not inside or any(piece.element.tag != W + "t" for piece in inside):
            return False
        for place, piece in enumerate(inside):
            kept = piece.text[: max(0, start - piece.start)], piece.text[max(0, end - piece.start) :]
            piece.element.text = kept[0] + (signs if place == 0 else "") + kept[1]
            piece.element.set(_XML_SPACE, "preserve")
        return True


class WordFile:
    """The parts of a Word file. `paragraphs` are those of the text, in the order they are read."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            self._raw = {entry.filename: package.read(entry) for entry in package.infolist()}
        self._parsed: dict[str, Any] = {}
        self.body = self.part(_MAIN).find(W + "body")
        found = _paragraphs(self.body, None)
        self._located: list[Paragraph] = []
        self.paragraphs = [Paragraph(e, cell, n) for n, (e, cell) in enumerate(found, start=1)]

    def part(self, name: str) -> Any:
        """Return the root element of a part, None where the file has no such part."""
        if name not in self._parsed:
            data = self._raw.get(name)
            self._parsed[name] = None if data is None else _parsed(data)
        return self._parsed[name]

    @property
    def sections(self) -> list[Any]:
        """The properties of its sections, the first section first."""
        return list(self.body.iter(W + "sectPr"))

    @cached_property
    def pages_said(self) -> int:
        """How many pages the program that saved the file counted; 0 where it does not say."""
        count = re.search(rb"<Pages>(\d+)</Pages>", self._raw.get("docProps/app.xml", b""))
        return int(count[1]) if count else 0

    def targets(self) -> dict[str, str]:
        """Return relation id → name of the part, for the relations of the main part that stay in the file."""
        relations = self.part("word/_rels/document.xml.rels")
        inside = (r for r in (relations if relations is not None else ()) if r.get("TargetMode") != "External")
        return {r.get("Id"): posixpath.normpath(posixpath.join("word", r.get("Target", ""))) for r in inside}

    def add_part(self, name: str, root: Any, content_type: str, kind: str) -> str:
        """Add a part beside the main one and return the id of the relation to it."""
        self._raw[f"word/{name}"] = b""
        self._parsed[f"word/{name}"] = root
        types = self.part("[Content_Types].xml")
        etree.SubElement(
            types, f"{{{types.nsmap[None]}}}Override", PartName=f"/word/{name}", ContentType=content_type
        )
        relations = self.part("word/_rels/document.xml.rels")
        key = f"rIdVanban{len(relations) + 1}"
        uri = R.strip("{}") + "/" + kind
        etree.SubElement(relations, f"{{{relations.nsmap[None]}}}Relationship", Id=key, Type=uri, Target=name)
        return key

    def saved(self) -> bytes:
        """Return the file as bytes; parts that were not opened are as they were."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in self._raw.items():
                root = self._parsed.get(name)
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, data if root is None else _written(root))
        return out.getvalue()

    def locate(self, text: str) -> None:
        """Find each paragraph in the text that was read from the file."""
        at = 0
        for paragraph in self.paragraphs:
            words = normalise(paragraph.text)
            bare = words.strip()
            found = text.find(bare, at, at + len(bare) + _REACH) if bare else -1
            if found >= 0:
                paragraph.place(found - (len(words) - len(words.lstrip())))
                self._located.append(paragraph)
                at = found + len(bare)

    def holding(self, span: Span) -> list[Paragraph]:
        """Return the paragraphs that a range of the text touches, in order."""
        first = bisect_right(self._located, span.start, key=lambda paragraph: paragraph.span.start) - 1
        last = bisect_right(self._located, span.end, key=lambda paragraph: paragraph.span.start)
        return self._located[max(0, first) : last]


def _parsed(data: bytes) -> Any:
    """Return the root of an XML part; None for a damaged one. (What must not be read `vanban.read` refused.)"""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None


def _written(root: Any) -> bytes:
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


def _paragraphs(element: Any, cell: Any) -> Iterator[tuple[Any, Any]]:
    for child in element:
        tag = child.tag
        if tag == W + "p":
            yield child, cell
            for box in _boxes(child):
                yield from _paragraphs(box, box)
        elif isinstance(tag, str) and tag not in _SKIPPED:
            yield from _paragraphs(child, child if tag == W + "tc" else cell)


def _boxes(element: Any) -> Iterator[Any]:
    for child in element:
        if child.tag == W + "txbxContent":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _boxes(child)


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    for child in element:
        tag = child.tag
        if tag == W + "t":
            yield child, child.text or ""
        elif tag in _SIGNS:
            yield child, _SIGNS[tag]
        elif isinstance(tag, str) and tag not in _SKIPPED and tag != W + "txbxContent":
            yield from _texts(child)


def _split(piece: Piece, at: int) -> None:
    """Split the run of a piece into two, before and after a place in its text; 0 splits it before the piece."""
    run, element = piece.run, piece.element
    place = run.index(element)
    if not at and all(sibling.tag == W + "rPr" for sibling in run[:place]):
        return
    after = copy.deepcopy(run)
    twin = after[place]
    for sibling in list(after)[:place]:
        if sibling.tag != W + "rPr":
            after.remove(sibling)
    for sibling in list(run)[place + (at > 0) :]:
        run.remove(sibling)
    if at:
        element.text, twin.text = piece.text[:at], piece.text[at:]
        for part in (element, twin):
            part.set(_XML_SPACE, "preserve")
    run.addnext(after)
