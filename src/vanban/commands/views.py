"""What `read`, `cite` and `duties` show of a document: as text, as rows of a table, as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vanban.as_json import to_dict
from vanban.commands.summary import citation_line, duty_line, signer, summary, when
from vanban.document import Document, Field

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a document. `rows` are cells of `columns`; the file's name comes before them."""

    name: str
    columns: Row
    rows: Callable[[Document], list[Row]]
    text: Callable[[Document], str]
    values: Callable[[Document], Any]


def _document_rows(document: Document) -> list[Row]:
    head = document.header
    return [
        (
            document.regime.value if document.regime else "",
            _value(head.code or head.symbol),
            _value(head.type),
            f"{head.date:%d/%m/%Y}" if head.date else "",
            _value(head.issuer),
            _value(head.subject),
            signer(document) or "",
            str(len(document.provisions)),
            str(len(document.duties)),
            str(len(document.citations)),
            str(len(document.notes)),
        )
    ]


def _citation_rows(document: Document) -> list[Row]:
    return [
        (
            cited.code or "",
            cited.type or "",
            f"{cited.date:%d/%m/%Y}" if cited.date else "",
            cited.issuer or "",
            cited.title or "",
            cited.relation.value if cited.relation else "",
            f"{cited.confidence:.2f}",
        )
        for cited in document.citations
    ]


def _duty_rows(document: Document) -> list[Row]:
    return [
        (
            duty.item or "",
            "; ".join(actor.value for actor in duty.actors),
            "; ".join(name.value for name in duty.supports),
            duty.text,
            when(duty),
            duty.deadline.raw or "",
            ", ".join(duty.deadline.missing),
            f"{duty.confidence:.2f}",
        )
        for duty in document.duties
    ]


def _value(field: Field | None) -> str:
    return " ".join(field.value.split()) if field else ""


READ = View(
    "read",
    (
        "regime",
        "code",
        "type",
        "date",
        "issuer",
        "subject",
        "signer",
        "provisions",
        "duties",
        "citations",
        "notes",
    ),
    _document_rows,
    summary,
    to_dict,
)
CITE = View(
    "cite",
    ("code", "type", "date", "issuer", "title", "relation", "confidence"),
    _citation_rows,
    lambda document: "\n".join(map(citation_line, document.citations)),
    lambda document: to_dict(document)["citations"],
)
DUTIES = View(
    "duties",
    ("item", "who", "with", "what", "time", "printed", "missing", "confidence"),
    _duty_rows,
    lambda document: "\n".join(map(duty_line, document.duties)),
    lambda document: to_dict(document)["duties"],
)
