"""Photographs and scans of pages (.jpg, .png, .tif, .gif, .bmp), read by a machine. Needs the extra `ocr`."""

from __future__ import annotations

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

    pages = recognition.recognised(frames_of(data, limits))
    if not any(pages):
        raise illegible()
    return content_of_pages(
        [rows_of(words) for words in pages], notes=(recognised_note(range(1, len(pages) + 1)),)
    )


def recognised_note(numbers: range | list[int]) -> Note:
    """Return the note that tells which pages a machine read from pictures."""
    which = ", ".join(map(str, numbers))
    return Note("recognised", "text", f"Words recognised in pictures by a machine: page {which}. Compare them.")


def illegible() -> Refused:
    """Return why a picture without words is not read."""
    return Refused(
        "scan_only",
        "The file holds pictures of pages in which no words can be read.",
        "Send the Word file, or scan the pages again: straight, sharp and well lit.",
    )
