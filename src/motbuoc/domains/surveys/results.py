"""The results of a survey in words, for pages, papers, files and programs: only what `figuring` says may be
shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motbuoc.domains.surveys.figuring import REST
from motbuoc.domains.surveys.models import SurveyQuestion, SurveyResult, SurveyText
from motbuoc.domains.surveys.tally import NONE

Kind = SurveyQuestion.Kind


@dataclass(frozen=True, slots=True)
class Line:
    """How many chose something: `count` None is hidden. `share` and its interval (`low`, `high`) in percent;
    `mean` is the mean place in a ranking, `places` how often it was given each; `target` how many were wanted."""

    key: str
    words: str
    count: int | None
    share: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    places: tuple[int | None, ...] = ()
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One breakdown: of a question, or of one row of a matrix (`words`). `none` did not answer (None: hidden),
    `of` is what shares are of."""

    key: str
    words: str
    lines: list[Line]
    of: int | None = None
    none: int | None = None
    answered: int | None = None
    mean: float | None = None
    median: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What one question came to. `is_withheld`: the number of those asked would tell a hidden count."""

    question: SurveyQuestion
    number: int
    text: str
    blocks: list[Block]
    is_withheld: bool = False
    answered: int | None = None


def told_of(questions: Sequence[SurveyQuestion], result: SurveyResult, language: str = "vi") -> list[Told]:
    """The results question by question, in a language."""
    return [
        _told(question, at, result.figures.get(str(question.pk), {"withheld": True}), language)
        for at, question in enumerate(questions, 1)
    ]


def _told(question: SurveyQuestion, number: int, figure: Mapping[str, Any], language: str) -> Told:
    said = question.said(language)
    if figure.get("withheld"):
        return Told(question, number, said["text"], [], is_withheld=True)
    options, blocks = dict(said["options"]), []
    if question.kind == Kind.MATRIX:
        blocks = [_block(key, words, figure["rows"][key], options, {}) for key, words in said["rows"]]
    elif question.kind == Kind.RANKING:
        blocks = [Block("", "", _orders(figure, options), of=figure["answered"], answered=figure["answered"])]
    elif question.kind != Kind.TEXT:
        blocks = [_block("", "", figure, options, question.targets)]
    answered = figure.get("answered") if question.kind != Kind.MATRIX else None
    return Told(question, number, said["text"], blocks, answered=answered)


def _block(
    key: str, words: str, figure: Mapping[str, Any], options: Mapping[str, str], targets: Mapping[str, int]
) -> Block:
    lines = []
    for option, cell in figure["cells"].items():
        count, low, high = cell or (None, None, None)
        share = round(100 * count / figure["of"], 1) if count is not None and figure["of"] else None
        name = options.get(option) or option
        lines.append(Line(option, name, count, share, low, high, target=targets.get(option)))
    return Block(
        key,
        words,
        lines,
        of=figure["of"],
        none=figure.get("none"),
        answered=figure.get("answered"),
        mean=figure.get("mean"),
        median=figure.get("median"),
    )


def _orders(figure: Mapping[str, Any], options: Mapping[str, str]) -> list[Line]:
    """The options of a ranking, the best liked first; those whose mean place is hidden last."""
    lines = []
    for key, places in figure["places"].items():
        given = tuple(places.values())
        share = round(100 * given[0] / figure["answered"], 1) if given[0] is not None else None
        lines.append(Line(key, options[key], given[0], share, mean=figure["means"][key], places=given))
    return sorted(lines, key=lambda line: (line.mean is None, line.mean or 0))


@dataclass(frozen=True, slots=True)
class Crossed:
    """A table of a group's question by another: `rows` of words and cells, None where hidden."""

    group: SurveyQuestion
    other: SurveyQuestion
    part: str
    columns: list[str]
    rows: list[tuple[str, list[int | None]]]


def crossed_of(
    questions: Sequence[SurveyQuestion],
    result: SurveyResult,
    group: int,
    other: int,
    names: Mapping[str, str],
    language: str = "vi",
) -> list[Crossed]:
    """The tables of a group's question by another: one, or one for each row of a matrix. None where nothing may be
    shown. `names` are the words for `NONE` and `REST`."""
    by_id = {question.pk: question for question in questions}
    if group not in by_id or other not in by_id:
        return []
    prefix = f"{group}|{other}"
    found = {key.split("|")[1]: table for key, table in result.crossed.items() if _is_of(key, prefix)}
    if by_id[other].kind == Kind.MULTIPLE and found:
        found = {str(other): _side_by_side(found)}
    return [_crossed(by_id[group], by_id[other], name, table, names, language) for name, table in found.items()]


def _is_of(key: str, prefix: str) -> bool:
    return key == prefix or key.startswith(f"{prefix}.")


def _side_by_side(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of a question with several answers as one, a column for each."""
    first = next(iter(tables.values()))
    columns = [name.split(".")[1] for name in tables]
    cells: dict[str, dict[str, Any]] = {row: {} for row in first["rows"]}
    for table in tables.values():
        for row, kept in table["cells"].items():
            cells[row] |= kept
    return {"rows": first["rows"], "columns": columns, "cells": cells}


def _crossed(
    group: SurveyQuestion,
    other: SurveyQuestion,
    name: str,
    table: Mapping[str, Any],
    names: Mapping[str, str],
    language: str,
) -> Crossed:
    part = name.partition(".")[2] if other.kind == Kind.MATRIX else ""
    of_group, of_other = group.said(language), other.said(language)
    row_words = dict(of_group["options"]) | dict(names)
    column_words = {key: words or key for key, words in of_other["options"]} | dict(names)
    rows = [
        (row_words[row], [table["cells"][row].get(column) for column in table["columns"]]) for row in table["rows"]
    ]
    columns = [column_words[column] for column in table["columns"]]
    return Crossed(group, other, dict(of_other["rows"]).get(part, ""), columns, rows)


def texts_of(question: SurveyQuestion) -> Any:
    """What was written in own words to a question, in no order."""
    return SurveyText.objects.filter(question=question).order_by("pk")


__all__ = ["NONE", "REST", "Block", "Crossed", "Line", "Told", "crossed_of", "texts_of", "told_of"]
