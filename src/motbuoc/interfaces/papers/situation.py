"""The Word file of a report of the situation, in the official layout of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.write import write

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def situation_file(content: dict[str, Any]) -> bytes:
    """The .docx of what `listening.situation.paper_of` gives: sections that say something, and as an appendix the
    figures with the scale of the weighted words."""
    body: list[Paragraph] = []
    said = [(title, lines) for title, lines in content["sections"] if any(line.strip() for line in lines)]
    for number, (title, lines) in zip(ROMAN, said, strict=False):
        body.append(Paragraph((Run(f"{number}. {title}"),), level=1))
        body += [Paragraph((Run(line.strip()),)) for line in lines if line.strip()]
    rows = tuple(tuple(Run(str(cell)) for cell in row) for row in content["rows"])
    table = Table(tuple(content["columns"]), rows, widths=(3, 1, 1, 1, 1))
    scale = Paragraph((Run("Thang đo từ ngữ: ", bold=True), Run(f"{content['scale']}.")))
    annex = Annex("Số liệu theo vấn đề", (table, scale))
    return write(_document(content), body, annexes=[annex])


def _document(content: dict[str, Any]) -> Document:
    named = ("superior", "issuer", "place", "symbol", "number", "subject")
    fields: dict[str, Any] = {name: Field(content[name]) for name in named if content[name]}
    if content["number"]:
        fields["code"] = Field(f"{content['number']}-{content['symbol']}")
    return Document(
        text="",
        regime=Regime(content["regime"]),
        header=Header(
            date=date.fromisoformat(content["date"]), type=Field("BC"), type_name=Field("BÁO CÁO"), **fields
        ),
        distribution=tuple(Recipient(name, RecipientKind.ARCHIVE) for name in content["recipients"]),
        signature=Signature(
            authority=None,
            title=Field(content["title"]) if content["title"] else None,
            name=Field(content["name"]) if content["name"] else None,
        ),
    )
