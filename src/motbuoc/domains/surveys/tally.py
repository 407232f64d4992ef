"""Sheets added up: very many, a chunk at a time, into whole numbers. Pure: no table, nothing hidden yet.

Whoever did not answer a question, or was not asked, is counted as one more answer to it (`NONE`), so that every
breakdown adds up to all sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np

from motbuoc.domains.surveys.models import SurveyQuestion
from motbuoc.domains.surveys.selectors import Answers

Kind = SurveyQuestion.Kind
NONE = ""
"""The key of "not answered"."""
Array = Any
"""Of whole numbers."""


class Side(NamedTuple):
    """Something of which everybody is in exactly one part: a question with one answer, a row of a matrix, or one
    choice of several, ticked or not."""

    question: SurveyQuestion
    part: str
    keys: tuple[str, ...]

    @property
    def name(self) -> str:
        """What it is called in results."""
        return f"{self.question.pk}.{self.part}" if self.part else str(self.question.pk)


def sides_of(question: SurveyQuestion) -> list[Side]:
    """The sides of a question; none of one answered by an order or in own words."""
    keys = (*question.keys, NONE)
    if question.kind in (Kind.SINGLE, Kind.SCALE):
        return [Side(question, "", keys)]
    if question.kind == Kind.MATRIX:
        return [Side(question, row, keys) for row, _words in question.rows]
    if question.kind == Kind.MULTIPLE:
        return [Side(question, key, (key, NONE)) for key in question.keys]
    return []


class Tally:
    """What sheets come to.

    `counts` by the name of a side, in the order of its keys; `crossed` by the names of a group's side and another,
    a table; `ticked` how many chose anything, by the id of a question with several answers; `ranks` by the id of a
    ranking, a row for each option and a column for each place; `texts` by the id of a question.
    """

    def __init__(self, questions: Sequence[SurveyQuestion]) -> None:
        self.size = 0
        self.questions = list(questions)
        self.sides = [side for question in questions for side in sides_of(question)]
        self.groups = [side for side in self.sides if side.question.is_group]
        self.counts: dict[str, Array] = {side.name: np.zeros(len(side.keys), np.int64) for side in self.sides}
        self.crossed: dict[tuple[str, str], Array] = {
            (group.name, side.name): np.zeros((len(group.keys), len(side.keys)), np.int64)
            for group in self.groups
            for side in self.sides
            if side.question != group.question
        }
        self.ticked = {one.pk: 0 for one in questions if one.kind == Kind.MULTIPLE}
        self.ranks: dict[int, Array] = {
            one.pk: np.zeros((len(one.keys), len(one.keys)), np.int64)
            for one in questions
            if one.kind == Kind.RANKING
        }
        self.texts: dict[int, list[str]] = {one.pk: [] for one in questions if one.kind == Kind.TEXT}

    def add(self, sheets: Sequence[Answers]) -> None:
        """Add some sheets."""
        self.size += len(sheets)
        codes: dict[str, Array] = {}
        for question in self.questions:
            given = [sheet.get(str(question.pk)) for sheet in sheets]
            if question.kind == Kind.TEXT:
                self.texts[question.pk] += [text for text in given if text]
            elif question.kind == Kind.RANKING:
                self._add_orders(question, given)
            else:
                codes |= self._codes(question, given)
        for side in self.sides:
            self.counts[side.name] += np.bincount(codes[side.name], minlength=len(side.keys))
        for (group, side_name), table in self.crossed.items():
            width = table.shape[1]
            both = codes[group] * width + codes[side_name]
            table += np.bincount(both, minlength=table.size).reshape(table.shape)

    def _codes(self, question: SurveyQuestion, given: list[Any]) -> dict[str, Array]:
        """Of each side the place of its key, sheet by sheet."""
        size = len(given)
        if question.kind == Kind.MULTIPLE:
            self.ticked[question.pk] += sum(map(bool, given))
            return {
                side.name: np.fromiter((not (one and side.part in one) for one in given), np.int64, size)
                for side in sides_of(question)
            }
        places = {key: at for at, key in enumerate(question.keys)}
        none = len(places)
        found = {}
        for side in sides_of(question):
            keys = [(one or {}).get(side.part) for one in given] if side.part else given
            found[side.name] = np.fromiter(map(places.get, keys, repeat(none)), np.int64, size)
        return found

    def _add_orders(self, question: SurveyQuestion, given: list[Any]) -> None:
        options = {key: at for at, key in enumerate(question.keys)}
        orders = [[options[key] for key in order] for order in given if order]
        if orders:
            by_place = np.array(orders)
            for place in range(by_place.shape[1]):
                counted = np.bincount(by_place[:, place], minlength=len(options))
                self.ranks[question.pk][:, place] += counted
