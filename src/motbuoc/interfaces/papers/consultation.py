"""Word files of a consultation, in the official layout of their day: the table of comments and what became of them
on wide pages after the counts, and the document of social criticism."""

from __future__ import annotations

from datetime import date
from typing import Any

from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.text import printable
from vanban.write import write

WIDTHS = (1.3, 2.6, 3.6, 6.4, 1.8, 5.0, 2.6, 1.6)
CENTRED = (0, 4)
TITLE = "BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý"


def consultation_file(content: dict[str, Any]) -> bytes:
    """The .docx of what `consultation.tabling` gives: its paragraphs, and its table, if it has one, on wide pages.

    Raises:
        NoLayout: no official layout is known for the unit's line.
    """
    body = [
        Paragraph((Run(printable(line), bold=level > 0),), level=level)
        for words, level in content["paragraphs"]
        for line in words.splitlines()
        if line.strip()
    ]
    annexes = [Annex(TITLE, (_table(content),), landscape=True)] if content["rows"] else []
    return write(_document(content), body, annexes)


def _table(content: dict[str, Any]) -> Table:
    rows = tuple(tuple(Run(printable(cell)) for cell in row) for row in content["rows"])
    return Table(tuple(content["columns"]), rows, WIDTHS, centred=CENTRED)


def _document(content: dict[str, Any]) -> Document:
    named = ("superior", "issuer", "place", "symbol", "subject", "type", "type_name")
    fields: dict[str, Any] = {name: Field(printable(content[name])) for name in named if content.get(name)}
    return Document(
        text="",
        regime=Regime(content["regime"]),
        header=Header(date=date.fromisoformat(content["date"]), **fields),
        distribution=tuple(
            Recipient(name, RecipientKind.ARCHIVE if name.startswith("Lưu") else RecipientKind.ORGAN)
            for name in content["recipients"]
        ),
        signature=Signature(),
    )
