"""Running what opens a stranger's file: in a process of its own, within limits (decision 0005)."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import ceil
from pathlib import Path
from time import monotonic

from django.conf import settings

MEMORY_BYTES = 2_000_000_000
"""Address space of each process. LibreOffice and Tesseract, which the reader runs for old Word files and scans,
work with it (measured: 0.2 GB resident for a scan of 24 pages)."""

ENDING_SECONDS = 2  # that a program which is ended has to end the programs it started


def run_limited(arguments: Sequence[str], folder: Path, until: float) -> subprocess.CompletedProcess[bytes]:
    """Run this Python with `arguments`, all its temporary files in `folder`, not longer than `until` (monotonic).

    It gets nothing of our environment but the path. When it ends, so does everything that it started.

    Raises:
        subprocess.TimeoutExpired: it was not done by then, and was ended.
    """
    command = [sys.executable, "-I", *arguments]
    environment = {
        "PYTHONUTF8": "1",
        "PATH": os.environ.get("PATH", os.defpath),
        **dict.fromkeys(("HOME", "TMPDIR"), str(folder)),
    }
    process = subprocess.Popen(  # the arguments are ours; the file's own name is not among them
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        start_new_session=True,
        preexec_fn=_as_started_alone,
    )
    try:
        _limit(process.pid)
        printed, _errors = process.communicate(timeout=max(until - monotonic(), 0))
    finally:
        _end(process)
    return subprocess.CompletedProcess(command, process.returncode, printed)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process that still runs, and whatever it started: asked first, so that it ends its own programs."""
    if process.poll() is not None:
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            process.wait(ENDING_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _limit(process: int) -> None:
    """Bound memory and processor time; what the process starts inherits both, each process for itself.

    Done from here as soon as it runs, while its Python is still starting: set in the copy of our own process that
    becomes it, the bound would be met at once where ours has taken more addresses than that (the engine of figures
    does).
    """
    seconds = ceil(settings.READING_SECONDS)
    with suppress(ProcessLookupError):  # it has ended already
        resource.prlimit(process, resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))


def _as_started_alone() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # a server in the background ignores it, and so would this
