"""What the registers say of a document, for the pages on which it is read."""

from __future__ import annotations

from typing import Any

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.selectors import is_to_enter, lines_of
from motbuoc.foundation.people.models import Person


def book_of(viewer: Person, document: Document) -> dict[str, Any]:
    """Under which numbers of incoming books a document stands, and whether the viewer may still enter it."""
    return {"book_lines": list(lines_of(viewer, document)), "may_enter": is_to_enter(viewer, document)}
