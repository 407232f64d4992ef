"""The Word file of a report: its content in the official layout of its day, each run with its source."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import short_date
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.write import write


def report_file(content: dict[str, Any], unit_names: dict[int, str]) -> bytes:
    """The .docx of a composed report. `unit_names` gives the unit of each assignment id named as a source."""
    end = date.fromisoformat(content["period"]["end"])

    def run(words: dict[str, Any], bold: bool = False) -> Run:
        return Run(words["text"], bold=bold, source=_source(words["sources"], unit_names, end))

    body: list[Paragraph] = [Paragraph(tuple(run(words) for words in content["opening"]))]
    for position, section in enumerate(content["sections"], 1):
        body.append(Paragraph((Run(f"{position}. {section['title']}", bold=True),), level=1))
        body += [Paragraph(tuple(run(words) for words in paragraph)) for paragraph in section["paragraphs"]]
    body.append(Paragraph(tuple(run(words) for words in content["closing"])))
    rows = tuple(tuple(run(cell) for cell in row) for row in content["annex"]["rows"])
    columns = tuple(content["annex"]["columns"])
    widths = (1.0, 6.0, *([1.6] * (len(columns) - 2)))
    table = Table(columns, rows, widths, centred=tuple(range(2, len(columns))))
    annex = Annex(content["annex"]["title"], (table,), landscape=True)
    return write(document_of(content), body, [annex])


def document_of(content: dict[str, Any]) -> Document:
    """What stands around a report's text: `header`, `regime`, `recipients` and `signature` of its content."""
    header, signature = content["header"], content["signature"]
    day = date.fromisoformat(header["date"])
    fields: dict[str, Any] = {name: Field(header[name]) for name in header if name != "date" and header[name]}
    return Document(
        text="",
        regime=Regime(content["regime"]),
        header=Header(date=day, **fields),
        distribution=tuple(_recipients(content["recipients"])),
        signature=Signature(
            authority=Field(signature["authority"]) if signature["authority"] else None,
            title=Field(signature["title"]) if signature["title"] else None,
            name=Field(signature["name"]) if signature["name"] else None,
        ),
    )


def _recipients(names: Iterable[str]) -> Iterable[Recipient]:
    for name in names:
        yield Recipient(name, RecipientKind.ARCHIVE if name.startswith("Lưu") else RecipientKind.ORGAN)


def _source(ids: list[int], unit_names: dict[int, str], end: date) -> str | None:
    if not ids:
        return None
    names = ", ".join(f"{unit_names[pk]} (#{pk})" if pk in unit_names else f"#{pk}" for pk in ids)
    return phrases.SOURCE.format(count=len(ids), end=short_date(end), names=names)
