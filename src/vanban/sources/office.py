"""LibreOffice as a converter.

It is a program of its own that parses what a stranger made, so it runs without a shell, in a folder and with a
profile of its own that are removed afterwards, with limits, without macros and without links followed.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from vanban.refusal import Limits

WORD = "docx:MS Word 2007 XML"
PDF = "pdf:writer_pdf_Export"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def converted(office: str, data: bytes, given: str, to: str, limits: Limits, seconds: int) -> bytes | None:
    """Return what the program `office` makes of a file: `given` is its ending, `to` WORD or PDF; None if nothing.

    Raises:
        TimeoutError: it took longer than `seconds`.
    """
    with tempfile.TemporaryDirectory(prefix="vanban-doc-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        source, made = folder / f"document.{given}", folder / "out" / f"document.{to.partition(':')[0]}"
        source.write_bytes(data)
        profile = folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        _run(office, folder, source, to, limits, seconds)
        if not made.is_file() or made.stat().st_size > limits.unpacked_bytes:
            return None
        return made.read_bytes()


def _run(office: str, folder: Path, source: Path, to: str, limits: Limits, seconds: int) -> None:
    """Convert `source`; every process that this starts has ended when it returns."""
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", to, "--outdir", str(folder / "out"), str(source)),
    ]
    nowhere = "http://127.0.0.1:9"  # whatever asks for the net gets no answer
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        **dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere),
        "SAL_USE_VCLPLUGIN": "svp",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _limit(process.pid, limits, seconds)
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise TimeoutError from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit(process: int, limits: Limits, seconds: int) -> None:
    """Bound the processor time and the size of the files of a process; what it starts inherits both."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
        resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (limits.unpacked_bytes, limits.unpacked_bytes))
