"""Plain text and Markdown: the encoding is found from the bytes."""

from __future__ import annotations

import codecs
from itertools import pairwise
from typing import NoReturn

from vanban import patterns
from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.text import laid_out, normalise, unmark, without_running_lines

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_PAGES = 20_000  # more form feeds part no pages
_ADVICE = "Save it as plain text in UTF-8, or send it as .docx."


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text in `data`, wrapped lines joined. Raises `Refused` (unreadable, wrong_type)."""
    text, encoding = decoded(data)
    return content_of_text(text, encoding)


def content_of_text(raw: str, encoding: str | None = None) -> Content:
    """Return `raw` without Markdown's marks; form feeds part pages, whose running lines fall away.

    `encoding` is told in a note: the one that was guessed for the bytes. A text in letters of an old encoding
    is converted (see `legacy`), and that is told too.
    """
    if encoding is None and not patterns.UNICODE_VIETNAMESE.search(raw, 0, 5_000):
        from vanban.sources import legacy

        raw, encoding = legacy.recoded(raw)
    content = _laid_out(raw)
    if encoding is None:
        return content
    from dataclasses import replace

    from vanban.sources import legacy

    return replace(content, notes=legacy.guessed(legacy.Found(raw, encoding)))


def _laid_out(raw: str) -> Content:
    if not 0 < raw.count("\f") < _MOST_PAGES:
        return laid_out(unmark(normalise(raw)))
    pages = without_running_lines([unmark(normalise(page)).split("\n") for page in raw.split("\f")])
    whole = [lines for lines in pages if lines]
    ends = [*("" if _runs_on(above[-1], below[0]) else "\n" for above, below in pairwise(whole)), ""]
    return laid_out("\f".join("\n".join(lines) + end for lines, end in zip(whole, ends, strict=False)))


def _runs_on(above: str, below: str) -> bool:
    """Tell whether a sentence runs over the end of a page."""
    return above.rstrip()[-1:] not in ".;:!?" and below.lstrip()[:1].islower()


def decoded(data: bytes, *, guess: bool = True) -> tuple[str, str | None]:
    """Return the text in `data`, and its encoding if that was guessed; raises as `content_of`.

    Without `guess` bytes that are not Unicode are refused.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    encoding = marked or _unmarked_utf16(data) or "utf-8"
    if encoding == "utf-8" and b"\x00" in data:
        raise _binary()
    old = None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, old = _old(data) if guess else _unread()
    odd = sum(c < " " and c not in "\n\r\t\f\v" for c in text[:4000])
    if odd > 40:
        raise _binary()
    return text, old


def _old(data: bytes) -> tuple[str, str | None]:
    from vanban.sources import legacy

    return legacy.decoded(data) or _unread()


def _unread() -> NoReturn:
    raise Refused("unreadable", "The file is not text in UTF-8, UTF-16 or an old Vietnamese encoding.", _ADVICE)


def _binary() -> Refused:
    return Refused(
        "wrong_type", "The file is no text: it holds binary data.", "Send the document as .docx, .pdf or .txt."
    )


def _unmarked_utf16(data: bytes) -> str | None:
    """Return the UTF-16 encoding of text without a mark: every other byte of its spaces and line ends is zero."""
    little = data[:2000].count(b" \x00") + data[:2000].count(b"\n\x00")
    big = data[:2000].count(b"\x00 ") + data[:2000].count(b"\x00\n")
    if max(little, big) < max(4, len(data[:2000]) // 60):
        return None
    return "utf-16-le" if little >= big else "utf-16-be"
