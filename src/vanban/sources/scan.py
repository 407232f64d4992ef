"""Photographs and scans of pages (.jpg, .png, .tif, .gif, .bmp), read by a machine. Needs the extra `ocr`."""

from __future__ import annotations

from collections.abc import Sequence

from vanban.document import Note
from vanban.refusal import Limits, Refused
from vanban.sources import recognition
from vanban.sources.columns import rows_of
from vanban.sources.content import Content
from vanban.sources.printed import content_of_pages


def content_of(data: bytes, limits: Limits) -> Content:
    """Return what is recognised in the picture file `data`, page by page.

    Raises `Refused` (no_ocr, bomb, unreadable, scan_only).
    """
    recognition.require()
    from vanban.sources.pictures import frames_of

    pages = recognition.recognised(frames_of(data, limits), limits.scan_seconds)
    if not any(pages):
        raise illegible()
    numbers = range(1, len(pages) + 1)
    notes = notes_on([n for n in numbers if pages[n - 1]], [n for n in numbers if not pages[n - 1]])
    return content_of_pages([rows_of(words) for words in pages], notes)


def notes_on(recognised: list[int], unread: list[int], garbled: Sequence[int] = ()) -> tuple[Note, ...]:
    """Return notes that tell which pages a machine read from pictures, and which are not or not well read."""
    told = (
        ("recognised", recognised, "Words recognised in pictures by a machine; compare them"),
        ("not_recognised", unread, "Pictures in which nothing was read"),
        ("garbled", garbled, "The text of the file has lost its Vietnamese letters, or is in another language"),
    )
    return tuple(
        Note(code, "text", f"{message}: page {', '.join(map(str, numbers))}.")
        for code, numbers, message in told
        if numbers
    )


def illegible() -> Refused:
    """Return why a picture without words is not read."""
    return Refused(
        "scan_only",
        "The file holds pictures of pages in which no words can be read.",
        "Send the Word file, or scan the pages again: straight, sharp and well lit.",
    )
