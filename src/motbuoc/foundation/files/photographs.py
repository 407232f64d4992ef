"""Photographs lose what they say of place, time and device before they are kept; in a process of its own (0005).

A telephone writes into every picture where it was taken and by which device; evidence is about the work, and must
not follow the person who took it.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from struct import unpack_from
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.limited import run_limited

PROGRAM = Path(__file__).with_name("clean_photographs.py")
PICTURES = ("image/jpeg", "image/png")
PNG = b"\x89PNG\r\n\x1a\n"
PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
"""The chunks of a PNG that hold nothing but the picture (ISO/IEC 15948, section 11)."""


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture without traces, and the words of the square codes (QR) seen on it."""

    content: bytes
    codes: tuple[str, ...]


def cleaned(pictures: Sequence[tuple[str, bytes]]) -> list[Photograph]:
    """The pictures (pairs of a file's name and its bytes) as they look, without Exif, GPS, XMP and comments.

    Raises:
        Refusal: one is damaged, no picture, or took too long; it is named.
    """
    if not pictures:
        return []
    with tempfile.TemporaryDirectory(prefix="motbuoc-pictures-", ignore_cleanup_errors=True) as folder:
        paths = [Path(folder, str(number)) for number in range(len(pictures))]
        for path, (_name, content) in zip(paths, pictures, strict=True):
            path.write_bytes(content)
        lines = _run(Path(folder), paths)
        for (name, _content), line in zip(pictures, [*lines, *[{}] * len(pictures)], strict=False):
            if "codes" not in line:
                raise Refusal(
                    _("“%(name)s” cannot be opened as a picture. Take or save it again and send the new one.")
                    % {"name": name}
                )
        return [
            Photograph(path.read_bytes(), tuple(line["codes"])) for path, line in zip(paths, lines, strict=True)
        ]


def without_traces(pictures: Sequence[tuple[str, bytes]]) -> list[bytes]:
    """What is to be kept of the pictures; those that hold pixels alone are not opened.

    Raises:
        Refusal: as `cleaned`.
    """
    told = iter(cleaned([picture for picture in pictures if not _is_bare(picture[1])]))
    return [content if _is_bare(content) else next(told).content for _name, content in pictures]


def _is_bare(content: bytes) -> bool:
    """Whether it is a PNG without a chunk that could say anything, and with nothing behind its end."""
    at, kinds = len(PNG), set()
    while content.startswith(PNG) and at + 8 <= len(content) and b"IEND" not in kinds:
        length, kind = unpack_from(">I4s", content, at)
        kinds.add(kind)
        at += 12 + length
    return b"IEND" in kinds and kinds <= PIXELS and at == len(content)


def _run(folder: Path, paths: Sequence[Path]) -> list[dict[str, list[str]]]:
    until = monotonic() + settings.READING_SECONDS
    try:
        done = run_limited([str(PROGRAM), *map(str, paths)], folder, until)
    except subprocess.TimeoutExpired:
        raise Refusal(_("Opening the pictures took too long. Send fewer or smaller ones at once.")) from None
    return [json.loads(line) for line in done.stdout.splitlines()]
