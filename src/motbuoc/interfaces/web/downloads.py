"""Handing out kept files. The page that calls has asked the policy first."""

from __future__ import annotations

from io import BytesIO
from mimetypes import guess_type
from pathlib import PurePath
from typing import IO

from django.http import FileResponse

from motbuoc.foundation.files.models import StoredFile


def attachment(stored: StoredFile) -> FileResponse:
    """The file as a download under the name it came with; a browser never shows it as a page of ours."""
    return _download(stored.content.open("rb"), stored.name, stored.media_type)


def changed_copy(stored: StoredFile, content: bytes, what: str) -> FileResponse:
    """Bytes made of a kept file, as a download under its name and `what` was done to it."""
    path = PurePath(stored.name)
    return _download(BytesIO(content), f"{path.stem} ({what}){path.suffix}", stored.media_type)


def made_download(content: bytes, name: str) -> FileResponse:
    """Bytes just made, as a download; its kind is told by the ending of its `name`."""
    return _download(BytesIO(content), name.replace("/", "-"), guess_type(name)[0] or "application/octet-stream")


def _download(content: IO[bytes], name: str, media_type: str) -> FileResponse:
    response = FileResponse(content, as_attachment=True, filename=name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response
