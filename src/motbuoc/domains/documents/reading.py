"""Reading a file that a stranger may have made: in a process of its own, with limits on time and memory.

The reader parses hostile formats partly in native code. Whatever a file does to it, the platform only sees an
exit code, and a reading that takes too long is ended.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from math import ceil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.foundation.core.errors import Refusal

MEMORY_BYTES = 2_000_000_000
REFUSED = 3  # the exit code of `vanban read` for a file it refuses

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
        "The PDF holds only pictures of pages, and text cannot be read from pictures yet. Send the Word file, "
        "or a PDF saved from it."
    ),
    "too_slow": gettext_lazy(
        "Reading the file took too long and was stopped. Send a shorter or newly saved file."
    ),
}


def read_file(name: str, content: bytes) -> dict[str, Any]:
    """What `vanban read --json` makes of the file: the reading as `vanban.as_json` describes it.

    Raises:
        Refusal: the file is refused; the sentence says why and what to do.
    """
    with tempfile.TemporaryDirectory(prefix="motbuoc-reading-") as folder:
        path = Path(folder, "document" + Path(name).suffix.lower()[:10])
        path.write_bytes(content)
        command = [sys.executable, "-I", "-m", "vanban", "read", "--json", str(path)]
        try:
            done = subprocess.run(  # the arguments are ours; the file's own name is not among them
                command,
                capture_output=True,
                check=False,
                timeout=settings.READING_SECONDS,
                cwd=folder,
                env={"PYTHONUTF8": "1"},
                preexec_fn=_limit,
            )
        except subprocess.TimeoutExpired:
            raise Refusal(ADVICE["too_slow"]) from None
    if done.returncode not in (0, REFUSED):
        raise Refusal(ADVICE["unreadable"])
    answer: dict[str, Any] = json.loads(done.stdout)
    if refused := answer.get("refused"):
        raise Refusal(ADVICE.get(refused["code"], ADVICE["unreadable"]))
    if answer["header"].get("secrecy"):
        raise Refusal(
            _(
                "The document is marked %(mark)s. State secrets must not enter this system: it was not kept. "
                "Handle it as the law on protection of State secrets says."
            )
            % {"mark": answer["header"]["secrecy"]}
        )
    return answer


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    seconds = ceil(settings.READING_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
