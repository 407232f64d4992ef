"""Handing out kept files. The page that calls has asked the policy first."""

from __future__ import annotations

from django.http import FileResponse

from motbuoc.foundation.files.models import StoredFile


def attachment(stored: StoredFile) -> FileResponse:
    """The file as a download under the name it came with; a browser never shows it as a page of ours."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
