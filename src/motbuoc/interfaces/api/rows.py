"""What operations of several kinds answer alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import FileResponse
from ninja import Schema

from motbuoc.foundation.files.models import StoredFile
from motbuoc.interfaces.api.asking import Problem

A_FILE: dict[str, Any] = {"responses": {200: {"content": {"application/octet-stream": {}}}}}
"""Said of an operation whose answer is a file."""


CHANGED = {409: Problem, 422: Problem}
"""Said of an operation that changes what somebody else may have changed meanwhile."""


class StepOffered(Schema):
    """A step the person may take now. `asks`: what it needs: nothing, text, a reason or a question."""

    name: str
    asks: str


class Chosen(Schema):
    """A row and the version of it that was seen."""

    id: int
    version: int


class OutcomeTold(Schema):
    """What became of one of them; `refusal` is empty where it was done."""

    id: int
    refusal: str


class Outcomes(Schema):
    """What became of each; those that the person may not see are left out."""

    outcomes: list[OutcomeTold]


def told(schema: type[Schema], thing: Any, **more: Any) -> dict[str, Any]:
    """What `schema` names of a thing, and `more` where it is not called so there."""
    return {name: more[name] if name in more else getattr(thing, name) for name in schema.model_fields}


def steps_told(steps: Iterable[Any]) -> list[dict[str, str]]:
    """Transitions as steps that are offered."""
    return [{"name": step.name, "asks": step.asks} for step in steps]


def as_download(stored: StoredFile) -> FileResponse:
    """A kept file as a download."""
    return FileResponse(stored.content.open("rb"), as_attachment=True, filename=stored.name)
