"""Refusals. Each says in a person's words what is wrong and what to do; a page shows the sentence as it is."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Something asked for cannot be done. `message` is a sentence for the person who asked."""

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(Refusal):
    """The person may see this, but not do that with it."""


class Collision(Refusal):
    """Somebody else changed it in the meantime. Nothing was written; both versions can be shown.

    `version` is that of the row as it is now, where it is about one row that was named with its version.
    """

    def __init__(self, message: Any, version: int | None = None) -> None:
        super().__init__(message)
        self.version = version
