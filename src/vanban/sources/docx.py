"""Word files (.docx): read straight from the zip, paragraph by paragraph, table cell by table cell.

Nothing outside the file is ever followed: relationships to other addresses are not looked at. Deleted text of
tracked changes is left out, inserted text is read.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.numbering import Numbering
from vanban.text import normalise

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MAIN = "word/document.xml"
_SAVE_AGAIN = "Open it in a word processor and save it again."
_SKIPPED = {
    _W + name
    for name in ("del", "moveFrom", "pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr", "tblGrid", "instrText")
}
_SKIPPED.add(_MC + "Fallback")  # an older drawing of what stands beside it


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text of the .docx in `data`, normalised. Raises `Refused`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limits)
            main = _parsed(package.read(_MAIN))
            numbering = Numbering(_part(package, "word/numbering.xml"), _part(package, "word/styles.xml"))
            marks = [_parsed(package.read(name)) for name in _headers(package)]
    except Refused:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        OSError,
        zlib.error,
        ValueError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        raise Refused("unreadable", "The Word file is damaged.", _SAVE_AGAIN) from error
    lines: list[str] = []
    for mark in marks:
        lines.extend(_marked_lines(mark))
    _read(main, lines, numbering)
    return Content(normalise("\n".join(lines)))


def _check(package: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what is encrypted, swollen, holds macros, or is no Word file."""
    names = set(package.namelist())
    entries = package.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    if len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Refused("bomb", "The file unpacks to far more than a document holds.", _SAVE_AGAIN)
    for entry in entries:
        if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
            raise Refused("bomb", "The file unpacks to far more than a document holds.", _SAVE_AGAIN)
    if _MAIN not in names:
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
    if "mimetype" in names or "content.xml" in names:
        return Refused(
            "unsupported", "The file is an OpenDocument file (.odt).", "Save it as .docx and send that file."
        )
    return Refused(
        "wrong_type", "The file is a zip archive, not a Word file.", "Unpack it and send the document itself."
    )


def _has_macro_type(package: zipfile.ZipFile, names: set[str]) -> bool:
    return "[Content_Types].xml" in names and b"macroEnabled" in package.read("[Content_Types].xml")


def _part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _parsed(package.read(name)) if name in package.namelist() else None


def _headers(package: zipfile.ZipFile) -> list[str]:
    """Return the page headers: a mark of secrecy may stand there."""
    return [name for name in package.namelist() if name.startswith("word/header") and name.endswith(".xml")][:20]


def _parsed(data: bytes) -> etree._Element:
    """Parse XML that may define no entities and reach for nothing outside itself."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<\x00!\x00D\x00" in data or b"\x00<\x00!\x00D" in data:
        raise Refused(
            "external_entity", "The Word file holds definitions that a document never needs.", _SAVE_AGAIN
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("unreadable", "The Word file is damaged.", _SAVE_AGAIN) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Refused(
            "external_entity", "The Word file holds definitions that a document never needs.", _SAVE_AGAIN
        )
    return root


def _marked_lines(header: etree._Element) -> list[str]:
    """Return the lines of a page header that are nothing but a mark of secrecy or urgency."""
    from vanban import patterns

    lines: list[str] = []
    _read(header, lines, Numbering(None, None))
    return [
        line
        for line in map(normalise, lines)
        if patterns.SECRECY.fullmatch(line) or patterns.URGENCY.fullmatch(line)
    ]


def _read(element: etree._Element, lines: list[str], numbering: Numbering) -> None:
    """Append the paragraphs below `element`; the cells of a table one after the other, parted by empty lines."""
    for child in element:
        tag = child.tag
        if tag == _W + "p":
            _paragraph(child, lines, numbering)
        elif tag == _W + "tc":
            _read(child, lines, numbering)
            lines.append("")
        elif tag not in _SKIPPED and isinstance(tag, str):
            _read(child, lines, numbering)


def _paragraph(paragraph: etree._Element, lines: list[str], numbering: Numbering) -> None:
    parts: list[str] = []
    boxes: list[etree._Element] = []
    _runs(paragraph, parts, boxes)
    number = numbering.next_for(paragraph) if any(part.strip() for part in parts) else ""
    lines.append(number + "".join(parts))
    for box in boxes:
        _read(box, lines, numbering)
        lines.append("")


def _runs(element: etree._Element, parts: list[str], boxes: list[etree._Element]) -> None:
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            parts.append(child.text or "")
        elif tag in (_W + "tab", _W + "ptab"):
            parts.append("\t")
        elif tag in (_W + "br", _W + "cr"):
            parts.append("\n")
        elif tag == _W + "noBreakHyphen":
            parts.append("-")
        elif tag == _W + "txbxContent":
            boxes.append(child)
        elif tag not in _SKIPPED and isinstance(tag, str) and tag != _W + "footnoteReference":
            _runs(child, parts, boxes)
