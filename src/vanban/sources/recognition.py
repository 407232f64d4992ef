"""Words recognised in pictures by Tesseract with its Vietnamese data, run as a program of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import islice
from statistics import median
from time import monotonic
from typing import TYPE_CHECKING

from vanban import patterns
from vanban.refusal import Refused
from vanban.sources.agreement import agreed
from vanban.sources.rows import Word
from vanban.text import normalise

if TYPE_CHECKING:
    from PIL.Image import Image

_SECONDS = 40.0  # for one page; a page of text takes one or two
_POOR = 0.7  # mean sureness of a page that was read upside down is far below
_ILLEGIBLE = 0.5  # less sure than this, a single sign is a speck
_ODD = 0.8  # less sure than this, a word with signs that no document prints is a scrawl
_PLAINLY, _LOCALLY = "0", "2"  # one threshold for the page (Otsu), or one for each place (Sauvola: for shadows)
_ROUND_LETTERS = 0.2  # of the height of letters: type has that much room above and below
_SUREST = 0.97
# A figure written by hand is misread as another figure, and the program is sure of it: language does not help.
_SUREST_FIGURE = 0.8
_WORKERS = 4


def require() -> None:
    """Raise `Refused` (no_ocr) unless pictures can be read on this machine."""
    missing = _missing()
    if missing:
        raise Refused("no_ocr", "The file is a picture of a document, and pictures cannot be read here.", missing)


def _missing() -> str:
    """Return what to do so that pictures can be read; empty if they can."""
    other = ", or send the Word file."
    try:
        import PIL  # noqa: F401
    except ImportError:
        return "Install the extra 'ocr' (it brings Pillow)" + other
    program = shutil.which("tesseract")
    if program is None:
        return "Install Tesseract with its Vietnamese data (tesseract-ocr-vie)" + other
    listed = _run([program, "--list-langs"], b"", 20.0)
    if "vie" not in listed.split():
        return "Install the Vietnamese data of Tesseract (tesseract-ocr-vie)" + other
    return ""


def recognised(pictures: Iterable[Image], seconds: float) -> list[list[Word]]:
    """Return the words of each picture with their places on it, set upright. Call `require` first.

    When `seconds` are over the pictures that are left have no words.
    """
    until = monotonic() + seconds
    with ThreadPoolExecutor(min(_WORKERS, os.cpu_count() or 1)) as workers:
        words: list[list[Word]] = []
        waiting = iter(pictures)
        while some := list(islice(waiting, _WORKERS)):  # pictures are large: few are held at a time
            words.extend(workers.map(lambda picture: _recognised(picture, until), some))
        return words


def _recognised(picture: Image, until: float) -> list[Word]:
    if monotonic() > until:
        return []
    from PIL.Image import Transpose

    from vanban.sources.pictures import sharpened, straightened

    level = straightened(picture)
    words = _words(sharpened(level), _PLAINLY)
    if _sureness(words) < _POOR:
        on_its_head = level.transpose(Transpose.ROTATE_180)
        turned = _words(sharpened(on_its_head), _PLAINLY)
        if _sureness(turned) > _sureness(words):
            level, words = on_its_head, turned
    return agreed(words, _words(level, _LOCALLY))


def _sureness(words: list[Word]) -> float:
    """Return the mean sureness of a page's letters: a few words read well count less than many."""
    letters = sum(len(word.text) for word in words)
    return sum(word.sure * len(word.text) for word in words) / max(letters, 40)


def _words(picture: Image, threshold: str) -> list[Word]:
    from vanban.sources.pictures import DPI

    file = BytesIO()
    picture.save(file, "PPM")
    command = [
        shutil.which("tesseract") or "tesseract",
        *("stdin", "stdout", "-l", "vie", "--psm", "3", "--dpi", str(DPI)),
        *("-c", f"thresholding_method={threshold}", "-c", "tessedit_create_tsv=1"),
    ]
    lines: dict[tuple[str, ...], list[Word]] = {}
    for printed in _run(command, file.getvalue(), _SECONDS).splitlines():
        row = printed.split("\t")
        if len(row) == 12 and row[0] == "5" and (word := _word(row)):
            lines.setdefault(tuple(row[1:5]), []).append(word)
    return [word for line in lines.values() for word in _level(line)]


def _level(line: list[Word]) -> list[Word]:
    """Return the words with the height of type that most on their line have: a dash has none of its own."""
    top, bottom = median(word.top for word in line), median(word.bottom for word in line)
    margin = (bottom - top) * _ROUND_LETTERS
    return [word._replace(top=top - margin, bottom=bottom + margin) for word in line]


def _run(command: list[str], sent: bytes, seconds: float) -> str:
    """Return what a program prints, nothing if it fails or takes longer."""
    # One thread each: on few cores Tesseract's own threads wait for each other (six times slower).
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            command, input=sent, capture_output=True, check=False, timeout=seconds, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _word(row: list[str]) -> Word | None:
    text = normalise(row[11]).strip()
    if any(map(str.isalnum, text)):
        text = text.lstrip("'`´.,:;_|").rstrip("'`´_|")  # specks beside the letters
    sure = float(row[10]) / 100
    if _is_speck(text, sure):
        return None
    most = _SUREST_FIGURE if any(map(str.isdigit, text)) else _SUREST
    left, top, width, height = map(float, row[6:10])
    return Word(text, left, top, left + width, top + height, min(sure, most))


def _is_speck(text: str, sure: float) -> bool:
    """Tell whether the machine took dirt, a rule or a scrawl for a word."""
    if not any(map(str.isalnum, text)):
        return patterns.POINTS.fullmatch(text) is None or sure < _ILLEGIBLE
    odd = patterns.ODD_SIGN.search(text) is not None
    return sure < (_ODD if odd else _ILLEGIBLE if len(text) == 1 else 0.0)
