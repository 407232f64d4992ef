"""A report's content as the paper it becomes: runs of words numbered, so that each leads to its sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Run:
    """Words, and their place among all runs of the report; None when they rest on nothing of the records."""

    text: str
    place: int | None


@dataclass(frozen=True)
class Paper:
    """What the page shows between letterhead and signature."""

    opening: list[Run]
    sections: list[dict[str, Any]]
    closing: list[Run]
    annex: dict[str, Any]


def paper_of(content: dict[str, Any]) -> Paper:
    """The content with its runs numbered in the order of `reporting.selectors.runs_of`."""
    places = count()

    def numbered(runs: list[dict[str, Any]]) -> list[Run]:
        return [_run(words, next(places)) for words in runs]

    return Paper(
        opening=numbered(content["opening"]),
        sections=[
            {**section, "paragraphs": [numbered(paragraph) for paragraph in section["paragraphs"]]}
            for section in content["sections"]
        ],
        closing=numbered(content["closing"]),
        annex={**content["annex"], "rows": [numbered(row) for row in content["annex"]["rows"]]},
    )


def _run(words: dict[str, Any], place: int) -> Run:
    return Run(words["text"], place if words["sources"] else None)


def annex_rows(paper: Paper, sources: str) -> SafeString:
    """The rows of the annex as HTML, without templates; a cell links to `sources` followed by its place."""
    parts: list[str] = []
    for position, name, *cells in paper.annex["rows"]:
        parts.append(f'<tr><td>{escape(position.text)}</td><th scope="row">{escape(name.text)}</th>')
        for cell in cells:
            words = escape(cell.text)
            parts.append(
                f"<td>{words}</td>"
                if cell.place is None
                else f'<td><a class="thread" href="{escape(sources)}{cell.place}/">{words}</a></td>'
            )
        parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 - numbers, and words escaped above


def dated(header: dict[str, str]) -> str:
    """The place and date line of the letterhead: "Mẫu, ngày 05 tháng 3 năm 2026" (HD 36-HD/VPTW)."""
    day = date.fromisoformat(header["date"])
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    words = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{header['place']}, {words}" if header.get("place") else words
