"""Official Vietnamese documents: read into a typed tree with spans, and written back as a Word file.

The verbs: `read` (a file), `parse` (a text), `find_citations`, `find_duties`, `write`, and for the layout of a
file `check` and `fix`. Everything is imported when first used, so that `import vanban` is cheap.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.as_json import from_dict, to_dict
    from vanban.checking import Finding, Severity, Spot, check, fix
    from vanban.citations import find_citations
    from vanban.citations.identity import CitationKey, key_of
    from vanban.citations.resolving import resolve
    from vanban.document import (
        Citation,
        Cycle,
        Deadline,
        Document,
        Duty,
        Field,
        Header,
        Note,
        Provision,
        Recipient,
        RecipientKind,
        Regime,
        Signature,
        Span,
        TimeKind,
    )
    from vanban.markdown import DraftError, draft_of, markdown_of
    from vanban.reading import find_duties, parse, read
    from vanban.refusal import Limits, Refused
    from vanban.write import write

_HOMES = {
    "vanban.reading": ("read", "parse", "find_duties"),
    "vanban.citations.numbered": ("find_citations",),
    "vanban.citations.identity": ("CitationKey", "key_of"),
    "vanban.citations.resolving": ("resolve",),
    "vanban.checking": ("check", "fix", "Finding", "Severity", "Spot"),
    "vanban.as_json": ("to_dict", "from_dict"),
    "vanban.refusal": ("Refused", "Limits"),
    "vanban.write": ("write",),
    "vanban.markdown": ("draft_of", "markdown_of", "DraftError"),
    "vanban.document": (
        "Citation",
        "Cycle",
        "Deadline",
        "Document",
        "Duty",
        "Field",
        "Header",
        "Note",
        "Provision",
        "Recipient",
        "RecipientKind",
        "Regime",
        "Signature",
        "Span",
        "TimeKind",
    ),
}

__all__ = [
    "Citation",
    "CitationKey",
    "Cycle",
    "Deadline",
    "Document",
    "DraftError",
    "Duty",
    "Field",
    "Finding",
    "Header",
    "Limits",
    "Note",
    "Provision",
    "Recipient",
    "RecipientKind",
    "Refused",
    "Regime",
    "Severity",
    "Signature",
    "Span",
    "Spot",
    "TimeKind",
    "check",
    "draft_of",
    "find_citations",
    "find_duties",
    "fix",
    "from_dict",
    "key_of",
    "markdown_of",
    "parse",
    "read",
    "resolve",
    "to_dict",
    "write",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'vanban' has no attribute {name!r}")


class _Package(ModuleType):
    """`vanban.write` is the verb, also once the module of that name has been imported."""

    def __setattr__(self, name: str, value: object) -> None:
        is_module = name == "write" and isinstance(value, ModuleType)
        super().__setattr__(name, value.write if is_module else value)  # type: ignore[attr-defined]


sys.modules[__name__].__class__ = _Package
