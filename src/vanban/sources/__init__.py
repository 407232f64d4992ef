"""Files become text. The content decides what a file is; a name that says otherwise is a reason to refuse."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from vanban import patterns
from vanban.refusal import LIMITS, Limits, Refused
from vanban.sources import doc
from vanban.sources.content import Content

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
_READERS = {
    "docx": "vanban.sources.docx",
    "odt": "vanban.sources.odt",
    "rtf": "vanban.sources.rtf",
    "doc": "vanban.sources.doc",
    "pdf": "vanban.sources.pdf",
    "picture": "vanban.sources.scan",
    "html": "vanban.sources.html",
    "plain": "vanban.sources.plain",
}
_CALLED = {
    "docx": "a packed file (zip or .docx)",
    "odt": "an OpenDocument file",
    "rtf": "in Rich Text Format",
    "doc": "an old Word file",
    "pdf": "a PDF",
    "picture": "a picture",
    "html": "a page of HTML",
    "plain": "plain text",
}
_NAMES = {f".{kind}": kind for kind in ("docx", "odt", "rtf", "doc", "pdf", "html")}
_NAMES |= {".docm": "docx", ".dot": "doc", ".htm": "html", ".xhtml": "html"}
_NAMES |= dict.fromkeys((".txt", ".md"), "plain")
_NAMES |= dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".gif", ".bmp"), "picture")
_ALIKE = {("doc", "rtf"), ("plain", "html")}  # said, is: Word gives .doc to both, and both are text


def content_of(path: Path, limits: Limits = LIMITS) -> Content:
    """Return what the file at `path` holds: its text, normalised and with wrapped lines rejoined, and its places.

    Raises `Refused` (see there for the codes).
    """
    size = path.stat().st_size
    if size > limits.file_bytes:
        most = limits.file_bytes // 1_048_576
        raise Refused("too_large", f"The file is larger than {most} MB.", "Send it without pictures, or in parts.")
    data = path.read_bytes()
    kind = kind_of(data)
    if kind == "plain" and _NAMES.get(path.suffix.lower()) == "html":
        kind = "html"  # a page that opens with words
    _check_name(path, kind)
    content: Content = _reader_of(kind).content_of(data, limits)
    if len(content.text) > limits.characters:
        raise Refused(
            "too_large", "The text is too long for a document.", "Send the document without its annexes."
        )
    if not content.text.strip():
        raise Refused("empty", "The file holds no text.", "Check that the right file was chosen.")
    return content


def _reader_of(kind: str) -> Any:
    """Return the module that reads such files, loaded when needed. Raises `Refused` without its library."""
    try:
        return import_module(_READERS[kind])
    except ModuleNotFoundError as error:
        raise Refused(
            "unsupported",
            f"The file is {_CALLED[kind]}; reading it needs the package {error.name}, which is not installed.",
            "Install what the library's page says (pip install 'vanban[pdf,ocr]'), or send the Word file.",
        ) from error


def kind_of(data: bytes) -> str:
    """Return what the bytes of a file are, a key of `_READERS`; raises `Refused` for anything else."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty", "The file is empty.", "Check that the right file was chosen.")
    if data.startswith(b"PK"):
        return "odt" if b"content.xml" in data and b"word/document.xml" not in data else "docx"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        if refused := doc.refusal_of(data):
            raise refused
        return "doc"
    if data.startswith(_PICTURES):
        return "picture"
    if data.startswith(_PROGRAMS[:3]):
        raise Refused(
            "wrong_type",
            "The file is a program, not a document.",
            "Do not open it; ask the sender for the document.",
        )
    opening = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe").decode("latin-1")
    return "html" if patterns.HTML_OPENING.match(opening) else "plain"


def _check_name(path: Path, kind: str) -> None:
    said = _NAMES.get(path.suffix.lower())
    if said in (None, kind) or (said, kind) in _ALIKE:
        return
    raise Refused(
        "wrong_type",
        f"The name ends in {path.suffix.lower()}, but the file is {_CALLED[kind]}.",
        "Give the file its right name, or send the right file.",
    )
