"""Fields: the figures that the text of a draft is bound to, written {{i2_05}} or {{i2_05.cung_ky}} in it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from motbuoc.domains.ledger.figures import Line, Sheet
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import amount

FIELD = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
TYPED = re.compile(r"(?<![\w/.,-])(?!(?:19|20)\d\d(?!\w|[.,]\d))\d+(?:[.,]\d+)*(?:\s?%)?(?![\w/-]|[.,]\d)")
"""A number that stands by itself: no year, no part of a date or of a document's code."""

LAST, YEAR_AGO, CHANGE, SO_FAR, TARGET, REACHED = "ky_truoc", "cung_ky", "tang_giam", "luy_ke", "chi_tieu", "dat"
"""What comes behind the dot of a field: the period before, the same of the last year, by how much it rose or fell,
the year so far, the year's target, and how much of that is reached."""

Run = dict[str, Any]
Figures = Mapping[str, Mapping[str, Any]]


def run(text: str, sources: list[int] | None = None, cell: str = "") -> Run:
    """A run of words: with the ids of what it rests on, and the field that it shows."""
    return {"text": text, "sources": sources or []} | ({"cell": cell} if cell else {})


def value_words(indicator: Indicator, value: Decimal, *, is_points: bool = False) -> str:
    """The figure of an indicator as documents print it; of shares in percent, their differences in points."""
    if not indicator.is_share:
        return amount(value, indicator.decimals)
    return amount(value) + (phrases.POINTS if is_points else "%")


def change_words(line: Line) -> str:
    """By how much a figure rose or fell since the same period of the last year; "" where that is not known."""
    if line.change is None:
        return ""
    if not line.change:
        return phrases.SAME
    phrase = phrases.ROSE if line.change > 0 else phrases.FELL
    return phrase.format(by=value_words(line.indicator, abs(line.change), is_points=True))


def fields_of(line: Line) -> dict[str, str]:
    """The fields of an indicator that have a value, with their words, by name."""
    row, code = line.indicator, line.indicator.code
    values = {
        code: line.now,
        f"{code}.{LAST}": line.last,
        f"{code}.{YEAR_AGO}": line.year_ago,
        f"{code}.{SO_FAR}": line.since_new_year,
        f"{code}.{TARGET}": line.target,
    }
    found = {name: value_words(row, value) for name, value in values.items() if value is not None}
    if change := change_words(line):
        found[f"{code}.{CHANGE}"] = change
    if line.reached is not None:
        found[f"{code}.{REACHED}"] = amount(line.reached, 1)
    return found


def fields_of_sheet(sheet: Sheet) -> dict[str, str]:
    """The fields of all indicators of a sheet."""
    return {name: words for line in sheet.lines for name, words in fields_of(line).items()}


def fields_in(text: str) -> set[str]:
    """The fields that a text is bound to."""
    return set(FIELD.findall(text))


def with_fields(runs: list[Run]) -> str:
    """Runs as a text to be edited: what shows a cell becomes its field."""
    return "".join(f"{{{{{each['cell']}}}}}" if each.get("cell") else each["text"] for each in runs)


def plain(runs: list[Run]) -> str:
    """The words of runs."""
    return "".join(each["text"] for each in runs)


def filled(text: str, figures: Figures, sources: list[int], known: str) -> list[Run]:
    """An edited text as runs: each field with its figure, each number typed by hand marked as such.

    `sources` are those of the made text, on which the words go on resting; a number that stands in `known`, the
    made text, comes from there. A field that is not known stays as it was typed and is marked (`is_unknown`).
    """
    found: list[Run] = []
    start = 0
    for match in FIELD.finditer(text):
        found += _words(text[start : match.start()], sources, known)
        name = match[1]
        if name in figures:
            found.append(run(figures[name]["words"], list(figures[name]["sources"]), name))
        else:
            found.append(run(match[0]) | {"is_unknown": True})
        start = match.end()
    return [*found, *_words(text[start:], sources, known)]


def _words(text: str, sources: list[int], known: str) -> Iterator[Run]:
    start, given = 0, set(TYPED.findall(known))
    for match in TYPED.finditer(text):
        if match[0] in given:
            continue
        if text[start : match.start()]:
            yield run(text[start : match.start()], sources)
        yield run(match[0]) | {"is_typed": True}
        start = match.end()
    if text[start:]:
        yield run(text[start:], sources)
