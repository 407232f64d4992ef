"""Files become text. The content decides what a file is; a name that says otherwise is a reason to refuse."""

from __future__ import annotations

from pathlib import Path

from vanban.refusal import LIMITS, Limits, Refused
from vanban.sources.content import Content

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!")
_SAVE_AS_DOCX = "Open it in a word processor, save it as .docx and send that file."
_NAMES = {".docx": "docx", ".pdf": "pdf", ".txt": "plain", ".md": "plain", ".doc": "doc", ".docm": "docx"}


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
    _check_name(path, kind)
    if kind == "docx":
        from vanban.sources import docx

        content = docx.content_of(data, limits)
    elif kind == "pdf":
        from vanban.sources import pdf

        content = pdf.content_of(data, limits)
    elif kind == "picture":
        from vanban.sources import scan

        content = scan.content_of(data, limits)
    else:
        from vanban.sources import plain

        content = plain.content_of(data, limits)
    if len(content.text) > limits.characters:
        raise Refused(
            "too_large", "The text is too long for a document.", "Send the document without its annexes."
        )
    if not content.text.strip():
        raise Refused("empty", "The file holds no text.", "Check that the right file was chosen.")
    return content


def kind_of(data: bytes) -> str:
    """Return "docx", "pdf" or "plain" for the bytes of a file; raises `Refused` for anything else."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused("empty", "The file is empty.", "Check that the right file was chosen.")
    if data.startswith(b"PK"):
        return "docx"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_OLE):
        raise _ole(data)
    if data.startswith(_PICTURES):
        return "picture"
    if data.startswith(_PROGRAMS[:3]):
        raise Refused(
            "wrong_type",
            "The file is a program, not a document.",
            "Do not open it; ask the sender for the document.",
        )
    if data.startswith(b"{\\rtf"):
        raise Refused("unsupported", "The file is in Rich Text Format (.rtf).", _SAVE_AS_DOCX)
    return "plain"


def _ole(data: bytes) -> Refused:
    """An OLE file is an encrypted .docx, an old .doc, or another old office file."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    if "WordDocument".encode("utf-16-le") in data:
        return Refused("unsupported", "The file is an old Word file (.doc).", _SAVE_AS_DOCX)
    return Refused("unsupported", "The file is of an old office format.", _SAVE_AS_DOCX)


def _check_name(path: Path, kind: str) -> None:
    said = _NAMES.get(path.suffix.lower())
    if said is None or said == kind:
        return
    really = {"docx": "a packed file (zip or .docx)", "pdf": "a PDF", "picture": "a picture", "plain": "plain text"}[kind]
    raise Refused(
        "wrong_type",
        f"The name ends in {path.suffix.lower()}, but the file is {really}.",
        "Give the file its right name, or send the right file.",
    )
