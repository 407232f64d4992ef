"""Plain text and Markdown: the encoding is found from the bytes."""

from __future__ import annotations

import codecs

from vanban.refusal import Refused
from vanban.text import normalise, rejoin, unmark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ADVICE = "Save it as plain text in UTF-8, or send it as .docx."


def text_of(data: bytes) -> str:
    """Return the text in `data`, normalised and rejoined. Raises `Refused` (unreadable, wrong_type)."""
    return rejoin(unmark(normalise(_decoded(data))))


def _decoded(data: bytes) -> str:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked or _unmarked_utf16(data) or "utf-8"
    if encoding == "utf-8" and b"\x00" in data:
        raise Refused(
            "wrong_type", "The file is no text: it holds binary data.", "Send the document as .docx, .pdf or .txt."
        )
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("unreadable", "The file is not text in UTF-8 or UTF-16.", _ADVICE) from None
    odd = sum(c < " " and c not in "\n\r\t\f\v" for c in text[:4000])
    if odd > 40:
        raise Refused(
            "wrong_type", "The file is no text: it holds binary data.", "Send the document as .docx, .pdf or .txt."
        )
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the UTF-16 encoding of text without a mark: every other byte of its spaces and line ends is zero."""
    little = data[:2000].count(b" \x00") + data[:2000].count(b"\n\x00")
    big = data[:2000].count(b"\x00 ") + data[:2000].count(b"\x00\n")
    if max(little, big) < max(4, len(data[:2000]) // 60):
        return None
    return "utf-16-le" if little >= big else "utf-16-be"
