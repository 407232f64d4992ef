"""The Word file of a notice that concludes: an inspection, a dialogue; in the official layout of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from vanban.blocks import Paragraph, Run
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.write import write

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def conclusion_file(content: dict[str, Any]) -> bytes:
    """The .docx of a conclusion: what was seen or said (`paragraphs`), then what each unit has to do as `clauses`,
    between the sentences `to_do` and `closing`. As `inspections.drafting.conclusion_of` and
    `dialogue.drafting.conclusion_of` give it."""
    body = [Paragraph((Run(line.removeprefix("- ")),)) for line in content["paragraphs"]]
    if content["clauses"]:
        body.append(Paragraph((Run(content["to_do"]),)))
        body += [Paragraph((Run(f"{n}. {words}."),)) for n, words in enumerate(content["clauses"], 1)]
        body.append(Paragraph((Run(content["closing"]),)))
    return write(_document(content, "TB", "THÔNG BÁO"), body)


def minutes_file(content: dict[str, Any]) -> bytes:
    """The .docx of minutes that two sides sign, as `dialogue.confirming.minutes_of` gives them."""
    body = [Paragraph((Run(line.removeprefix("- ")),)) for line in content["paragraphs"]]
    return write(_document(content, "BB", "BIÊN BẢN"), body)


def _document(content: dict[str, Any], kind: str, name: str) -> Document:
    named = ("superior", "issuer", "place", "symbol", "number", "subject")
    fields: dict[str, Any] = {name: Field(content[name]) for name in named if content[name]}
    if content["number"]:
        fields["code"] = Field(f"{content['number']}-{content['symbol']}")
    return Document(
        text="",
        regime=Regime(content["regime"]),
        header=Header(date=date.fromisoformat(content["date"]), type=Field(kind), type_name=Field(name), **fields),
        distribution=tuple(
            Recipient(name, RecipientKind.ARCHIVE if name.startswith("Lưu") else RecipientKind.ORGAN)
            for name in content["recipients"]
        ),
        signature=Signature(
            authority=None,
            title=Field(content["title"]) if content["title"] else None,
            name=Field(content["name"]) if content["name"] else None,
        ),
    )
