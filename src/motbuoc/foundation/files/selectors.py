"""Reading kept files. Whether a person may is asked by the domain that owns the file."""

from __future__ import annotations

from motbuoc.foundation.files.models import StoredFile


def content_of(stored: StoredFile) -> bytes:
    """The bytes of a kept file."""
    with stored.content.open("rb") as handle:
        return bytes(handle.read())
