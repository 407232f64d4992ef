"""Keeping a file: the door that every upload goes through."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile

# What evidence may be, told by its first bytes and never by its name: pictures, PDF, and zip-based office files.
SIGNATURES: dict[bytes, tuple[str, tuple[str, ...]]] = {
    b"%PDF-": ("application/pdf", (".pdf",)),
    b"\xff\xd8\xff": ("image/jpeg", (".jpg", ".jpeg")),
    b"\x89PNG\r\n\x1a\n": ("image/png", (".png",)),
    b"PK\x03\x04": ("application/zip", (".docx", ".xlsx", ".pptx", ".odt", ".ods")),
}


def clean_name(name: str) -> str:
    """The last part of a file's name without control characters, at most 150 characters, its ending kept."""
    base = unicodedata.normalize("NFC", PurePath(name.replace("\\", "/")).name)
    base = "".join(c for c in base if unicodedata.category(c)[0] != "C").strip() or "file"
    path = PurePath(base)
    return path.stem[:140] + path.suffix[:10]


def check_size(upload: UploadedFile[Any]) -> None:
    """Raises Refusal when the upload is empty or larger than the installation accepts."""
    size = upload.size or 0
    if not size:
        raise Refusal(_("The file is empty. Open it on your machine, check it, and send it again."))
    if size > settings.MAX_UPLOAD_BYTES:
        raise Refusal(
            _("The file is larger than %(limit)s MB. Send a smaller version of it.")
            % {"limit": settings.MAX_UPLOAD_BYTES // 1_000_000}
        )


def evidence_type(name: str, content: bytes) -> str:
    """The media type of a file brought as evidence, by its first bytes and its ending together.

    Raises:
        Refusal: it is of no accepted type, or its name says another type than its bytes do.
    """
    ending = PurePath(name).suffix.lower()
    for signature, (media_type, endings) in SIGNATURES.items():
        if content.startswith(signature) and ending in endings:
            return media_type
    raise Refusal(
        _(
            "“%(name)s” is not accepted as evidence. Send a picture (JPEG, PNG), a PDF, or a Word or Excel file "
            "(.docx, .xlsx) whose name ends as its type says."
        )
        % {"name": clean_name(name)}
    )


_kept: ContextVar[list[StoredFile] | None] = ContextVar("files kept together", default=None)


@contextmanager
def kept_together() -> Iterator[None]:
    """Whatever file is kept within is taken away again if it fails: around a transaction in which others write.

    Inside another such block what was kept is that one's to take away from then on.
    """
    kept: list[StoredFile] = []
    token = _kept.set(kept)
    try:
        yield
    except BaseException:
        for stored in kept:
            discard(stored)
        raise
    finally:
        _kept.reset(token)
    if (around := _kept.get()) is not None:
        around += kept


def keep_file(name: str, content: bytes, media_type: str) -> StoredFile:
    """Keep the bytes under a name that nobody chose; removed again if their row cannot be written.

    Whoever writes more in the same transaction looks after that: see `kept_together`.
    """
    stored = StoredFile(
        name=clean_name(name),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    stored.content.save(uuid4().hex, ContentFile(content), save=False)
    try:
        with transaction.atomic():
            stored.save()
    except BaseException:
        discard(stored)
        raise
    if (kept := _kept.get()) is not None:
        kept.append(stored)
    return stored


def discard(stored: StoredFile) -> None:
    """Take the bytes away again, for a caller whose own write failed."""
    stored.content.storage.delete(stored.content.name or "")
