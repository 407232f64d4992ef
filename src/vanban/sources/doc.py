"""Old Word files (.doc): LibreOffice, where it is installed, turns them into .docx, and that is read."""

from __future__ import annotations

import shutil
import struct

from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.office import WORD, converted

_SECONDS = 60
_SAVE_AS_DOCX = "Open it in a word processor, save it as .docx and send that file."


def refusal_of(data: bytes) -> Refused | None:
    """Return why the OLE file in `data` is not read, None if it is a .doc without a password and macros."""
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo") or _is_encrypted(data):
        return Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    if not _holds(data, "WordDocument"):
        return Refused("unsupported", "The file is of an old office format.", _SAVE_AS_DOCX)
    if _holds(data, "_VBA_PROJECT"):
        return Refused(
            "macros", "The Word file holds macros.", "Save it as .docx without macros and send that file."
        )
    return None


def _holds(data: bytes, name: str) -> bool:
    """Tell whether the OLE file has a part of that name."""
    return name.encode("utf-16-le") in data


def _is_encrypted(data: bytes) -> bool:
    """Tell whether the first flags of the WordDocument stream say that it is ([MS-DOC] 2.5.2, fEncrypted)."""
    entry = data.find("WordDocument\x00".encode("utf-16-le"))
    if entry < 0 or len(data) < entry + 128:
        return False
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    (sector,) = struct.unpack_from("<I", data, entry + 0x74)
    start = (sector + 1) << min(shift, 16)
    if start + 12 > len(data) or data[start : start + 2] not in (b"\xec\xa5", b"\xdc\xa5"):
        return False
    return bool(struct.unpack_from("<H", data, start + 10)[0] & 0x0100)


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the .doc in `data`. Raises `Refused` (no_converter, unreadable, …)."""
    from vanban.sources import docx

    return docx.content_of(_as_docx(data, limits), limits)


def _as_docx(data: bytes, limits: Limits) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        raise Refused(
            "no_converter",
            "The file is an old Word file (.doc), and LibreOffice, which reads those, is not installed here.",
            "Open it in a word processor, save it as .docx and send that file; or install LibreOffice.",
        )
    try:
        made = converted(office, data, "doc", WORD, limits, _SECONDS)
    except TimeoutError:
        raise Refused("unreadable", "The Word file takes too long to convert.", _SAVE_AS_DOCX) from None
    if made is None:
        raise Refused("unreadable", "The Word file is damaged.", _SAVE_AS_DOCX)
    return made
