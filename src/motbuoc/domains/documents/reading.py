"""Reading a file that a stranger may have made: in a process of its own, with limits on time and memory.

The reader parses hostile formats partly in native code. Whatever a file does to it, the platform only sees an
exit code, and a reading that takes too long is ended, with every program that it started.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.limited import run_limited

REFUSED = 3  # the exit code of `vanban` for a file it refuses
TO_MEND = 1  # that of `vanban check` for findings that must be mended

ADVICE: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty. Open it on your machine, check it, and send it again."),
    "too_large": gettext_lazy("The file is too large to be read. Send the document without its attachments."),
    "encrypted": gettext_lazy(
        "The file is locked with a password. Save a copy without the password and send that."
    ),
    "unreadable": gettext_lazy("The file is damaged and cannot be opened. Save it again and send the new copy."),
    "wrong_type": gettext_lazy(
        "The file is not what its name says. Save it as Word (.docx), PDF or plain text (.txt) and send that."
    ),
    "unsupported": gettext_lazy(
        "This type of file cannot be read. Save it as Word (.docx), PDF or plain text (.txt) and send that."
    ),
    "bomb": gettext_lazy(
        "The file unpacks to far more than a document holds, so it was not opened. Save it anew."
    ),
    "macros": gettext_lazy("The file holds macros, so it was not opened. Save it as .docx without macros."),
    "external_entity": gettext_lazy(
        "The file asks for other files when opened, so it was not opened. Save it anew in Word and send that."
    ),
    "too_many_pages": gettext_lazy("The file has too many pages. Send the document without its attachments."),
    "scan_only": gettext_lazy(
        "No words could be read from the pictures of the pages. Scan them again, straight and sharp (300 dots to "
        "the inch), or send the Word file."
    ),
    "no_ocr": gettext_lazy(
        "The file holds only pictures of pages, and this installation does not read pictures. Send the Word file, "
        "or a PDF saved from it."
    ),
    "no_converter": gettext_lazy(
        "This installation does not read old Word files (.doc). Save the file as .docx and send that."
    ),
    "too_slow": gettext_lazy(
        "Reading the file took too long and was stopped. Send a shorter or newly saved file."
    ),
}


@dataclass(frozen=True)
class FileRead:
    """What a file says (`vanban.as_json`), and how its layout departs from the rules (`vanban.checking.as_dict`).

    `layout` is None where it was not checked: words that a machine recognised in pictures do not show it surely,
    and take long to read twice; and a check that fails or finds no time left never keeps a document out.
    """

    reading: dict[str, Any]
    layout: list[dict[str, Any]] | None


def read_file(name: str, content: bytes, *, checks: bool = True) -> FileRead:
    """Read a file and, if it `checks`, its layout, both together within `READING_SECONDS`.

    Raises:
        Refusal: the file is refused; the sentence says why and what to do.
    """
    until = monotonic() + settings.READING_SECONDS
    with _kept(name, content) as path:
        reading = _answer(_run(path.parent, until, "read", "--json", str(path)))
        _refuse_secrets(reading)
        if is_recognised(reading) or not checks:
            return FileRead(reading, None)
        try:
            return FileRead(reading, _answer(_run(path.parent, until, "check", "--json", str(path))))
        except Refusal:
            return FileRead(reading, None)


def mend_file(name: str, content: bytes) -> bytes:
    """A copy of a Word file in which `vanban.fix` has put right what it surely can; the bytes given stay.

    Raises:
        Refusal: the file cannot be read or is no Word file.
    """
    until = monotonic() + settings.READING_SECONDS
    with _kept(name, content) as path:
        mended = path.with_name("mended.docx")
        _answer(_run(path.parent, until, "check", "--json", "--fix", str(mended), str(path)))
        return mended.read_bytes()


def number_file(name: str, content: bytes, code: str, day: date) -> tuple[bytes, bool]:
    """A copy of a Word file with number and day in its letterhead, and whether it had a place for both.

    Raises:
        Refusal: the file cannot be read or is no Word file.
    """
    until = monotonic() + settings.READING_SECONDS
    with _kept(name, content) as path:
        out = path.with_name("numbered.docx")
        told = ("--code", code, "--day", day.isoformat(), "--out", str(out))
        answer = _answer(_run(path.parent, until, "number", str(path), *told))
        return out.read_bytes(), bool(answer["found"])


def is_recognised(reading: dict[str, Any]) -> bool:
    """Whether the words of a reading were recognised in pictures."""
    return any(note["code"] == "recognised" for note in reading["notes"])


def _refuse_secrets(reading: dict[str, Any]) -> None:
    if mark := reading["header"].get("secrecy"):
        raise Refusal(
            _(
                "The document is marked %(mark)s. State secrets must not enter this system: it was not kept. "
                "Handle it as the law on protection of State secrets says."
            )
            % {"mark": mark}
        )


@contextmanager
def _kept(name: str, content: bytes) -> Iterator[Path]:
    """The file under a name of ours, in a folder that vanishes with all that was written there."""
    with tempfile.TemporaryDirectory(prefix="motbuoc-reading-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "document" + Path(name).suffix.lower()[:10])
        path.write_bytes(content)
        yield path


def _answer(done: subprocess.CompletedProcess[bytes]) -> Any:
    """What the program printed as JSON. Raises Refusal where it refused the file or failed."""
    if done.returncode not in (0, TO_MEND, REFUSED):
        raise Refusal(ADVICE["unreadable"])
    try:
        answer = json.loads(done.stdout)
    except ValueError:  # a program that failed has said nothing that can be read
        raise Refusal(ADVICE["unreadable"]) from None
    if isinstance(answer, dict) and (refused := answer.get("refused")):
        raise Refusal(ADVICE.get(refused["code"], ADVICE["unreadable"]))
    return answer


def _run(folder: Path, until: float, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run `vanban` with limits, and with all its temporary files in `folder`, not longer than `until`.

    It is found where the platform is; the programs it needs (LibreOffice, Tesseract) on the platform's own path.
    """
    try:
        return run_limited(["-m", "vanban", *arguments], folder, until)
    except subprocess.TimeoutExpired:
        raise Refusal(ADVICE["too_slow"]) from None
