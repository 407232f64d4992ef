"""`vanban pack` and `vanban unpack`: a document into an edXML package, and a package into its files."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from cattrs import Converter

from vanban.exchange import Attachment, Message, Organ, Status, message_of, pack, unpack
from vanban.reading import read
from vanban.refusal import LIMITS, Refused

_TYPES = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".pdf": "application/pdf",
    ".odt": "application/vnd.oasis.opendocument.text",
}


def pack_file(options: Namespace) -> int:
    """Read a document, put it and the files to go with it into a package, and write that to `options.out`."""
    try:
        message = message_of(
            read(options.file),
            options.sender,
            options.to,
            [_attachment(path) for path in (options.file, *options.attach)],
            at=datetime.now().astimezone(),
        )
    except Refused as refused:
        return _refuse(options.file, refused)
    except OSError as error:
        return _say(options.file, error.strerror or str(error))
    Path(options.out).write_bytes(pack(message))
    print(f"{options.out}: {message.document_id}")
    return 0


def organ(words: str) -> Organ:
    """Read "H99.01=Sở Nội vụ": the code of identification and the name. Raises ValueError for anything else."""
    identity, _, name = words.partition("=")
    if not identity.strip() or not name.strip():
        raise ValueError(f"{words!r} is not CODE=NAME, such as H99.01=Sở Nội vụ")
    return Organ(identity.strip(), name.strip())


def _attachment(path: Path) -> Attachment:
    return Attachment(path.name, path.read_bytes(), _TYPES.get(path.suffix.lower(), "application/octet-stream"))


def unpack_file(options: Namespace) -> int:
    """Print what a package says as JSON, and write its files into the folder `options.out`, none over another."""
    try:
        if options.file.stat().st_size > LIMITS.unpacked_bytes:
            raise Refused("too_large", "The package is larger than a document may be.", "Send it in parts.")
        package = unpack(options.file.read_bytes())
    except Refused as refused:
        return _refuse(options.file, refused)
    except OSError as error:
        return _say(options.file, error.strerror or str(error))
    kept = _keep(package, Path(options.out)) if options.out and isinstance(package, Message) else []
    print(json.dumps(_values(package) | {"kept": [str(path) for path in kept]}, ensure_ascii=False, indent=2))
    return 0


def _keep(message: Message, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for attachment in message.attachments:
        path = _free(folder, attachment.name)
        path.write_bytes(attachment.content)
        kept.append(path)
    return kept


def _free(folder: Path, name: str) -> Path:
    """Return a name that nothing in the folder has: "a.docx", "a (2).docx" …"""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path


def _values(package: Message | Status) -> dict[str, object]:
    """Return the package as values for JSON: of each file its size, not its content."""
    converter = Converter()
    converter.register_unstructure_hook(bytes, len)
    converter.register_unstructure_hook_func(lambda kind: hasattr(kind, "isoformat"), lambda day: day.isoformat())
    values: dict[str, object] = converter.unstructure(package)
    return {"kind": "status" if isinstance(package, Status) else "message"} | values


def _refuse(path: Path, refused: Refused) -> int:
    print(f"vanban: {path}: {refused.message} {refused.advice} [{refused.code}]", file=sys.stderr)
    return 3


def _say(path: Path, words: str) -> int:
    print(f"vanban: {path}: {words}", file=sys.stderr)
    return 2
