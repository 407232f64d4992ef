"""Old Word files (.doc): LibreOffice, where it is installed, turns them into .docx, and that is read.

The converter is a program of its own that parses what a stranger made, so it runs without a shell, in a folder and
with a profile of its own that are removed afterwards, with limits, without macros and without links followed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from vanban.refusal import Limits, Refused
from vanban.sources.content import Content

_SECONDS = 60
_SAVE_AS_DOCX = "Open it in a word processor, save it as .docx and send that file."
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


def refusal_of(data: bytes) -> Refused | None:
    """Return why the OLE file in `data` is not read, None if it is a .doc without a password and macros."""
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo") or _is_encrypted(data):
        return Refused(
            "encrypted", "The file is protected with a password.", "Remove the password and send it again."
        )
    if not _holds(data, "WordDocument"):
        return Refused("unsupported", "The file is of an old office format.", _SAVE_AS_DOCX)
    if _holds(data, "_VBA_PROJECT"):
        return Refused(
            "macros", "The Word file holds macros.", "Save it as .docx without macros and send that file."
        )
    return None


def _holds(data: bytes, name: str) -> bool:
    """Tell whether the OLE file has a part of that name."""
    return name.encode("utf-16-le") in data


def _is_encrypted(data: bytes) -> bool:
    """Tell whether the first flags of the WordDocument stream say that it is ([MS-DOC] 2.5.2, fEncrypted)."""
    entry = data.find("WordDocument\x00".encode("utf-16-le"))
    if entry < 0 or len(data) < entry + 128:
        return False
    (shift,) = struct.unpack_from("<H", data, 0x1E)
    (sector,) = struct.unpack_from("<I", data, entry + 0x74)
    start = (sector + 1) << min(shift, 16)
    if start + 12 > len(data) or data[start : start + 2] not in (b"\xec\xa5", b"\xdc\xa5"):
        return False
    return bool(struct.unpack_from("<H", data, start + 10)[0] & 0x0100)


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the .doc in `data`. Raises `Refused` (no_converter, unreadable, …)."""
    from vanban.sources import docx

    return docx.content_of(_as_docx(data, limits), limits)


def _as_docx(data: bytes, limits: Limits) -> bytes:
    office = shutil.which("soffice")
    if office is None:
        raise Refused(
            "no_converter",
            "The file is an old Word file (.doc), and LibreOffice, which reads those, is not installed here.",
            "Open it in a word processor, save it as .docx and send that file; or install LibreOffice.",
        )
    with tempfile.TemporaryDirectory(prefix="vanban-doc-", ignore_cleanup_errors=True) as folder:
        source, made = Path(folder, "document.doc"), Path(folder, "out", "document.docx")
        source.write_bytes(data)
        profile = Path(folder, "profile", "user")
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        _run(office, Path(folder), limits)
        if not made.is_file() or made.stat().st_size > limits.unpacked_bytes:
            raise Refused("unreadable", "The Word file is damaged.", _SAVE_AS_DOCX)
        return made.read_bytes()


def _run(office: str, folder: Path, limits: Limits) -> None:
    """Convert document.doc in `folder`; every process that this starts has ended when it returns."""
    command = [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(folder / "document.doc")),
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
        _limit(process.pid, limits)
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise Refused("unreadable", "The Word file takes too long to convert.", _SAVE_AS_DOCX) from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit(process: int, limits: Limits) -> None:
    """Bound the processor time and the size of the files of a process; what it starts inherits both."""
    if sys.platform != "linux":
        return
    import resource

    with contextlib.suppress(ProcessLookupError, PermissionError, ValueError):
        resource.prlimit(process, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        resource.prlimit(process, resource.RLIMIT_FSIZE, (limits.unpacked_bytes, limits.unpacked_bytes))
