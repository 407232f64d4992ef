"""Packed files (.docx, .odt): what is checked before a part is unpacked, and how its XML is parsed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from vanban.refusal import Limits, Refused

_SAVE_AGAIN = "Open it in a word processor and save it again."
# Word can save in the "strict" form of its format, which says the same under another name (ISO/IEC 29500-1).
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    EOFError,
    OSError,
    zlib.error,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """Open the zip in `data`. Raises `Refused` (encrypted, bomb, unreadable), also for damage met later."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limits)
            yield package
    except _DAMAGE as error:
        raise Refused("unreadable", "The document is damaged.", _SAVE_AGAIN) from error


def _check(package: zipfile.ZipFile, limits: Limits) -> None:
    entries = package.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    swollen = any(
        entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    if swollen or len(entries) > limits.parts or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise Refused("bomb", "The file unpacks to far more than a document holds.", _SAVE_AGAIN)


def parsed(data: bytes) -> etree._Element:
    """Parse XML that may define no entities and reach for nothing outside itself. Raises `Refused`.

    The parser itself refuses elements nested more than 256 deep, so a walk down the tree needs no guard.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or b"<\x00!\x00D\x00" in data or b"\x00<\x00!\x00D" in data:
        raise _defines()
    if _STRICT in data[:4096]:
        data = data.replace(_STRICT, _USUAL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused("unreadable", "The document is damaged.", _SAVE_AGAIN) from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _defines()
    return root


def _defines() -> Refused:
    return Refused("external_entity", "The file holds definitions that a document never needs.", _SAVE_AGAIN)


def part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """Return the part `name` of the package parsed, None if there is none. Raises `Refused`."""
    return parsed(package.read(name)) if name in package.namelist() else None
