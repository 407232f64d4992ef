"""What of a tally may be shown: figures by question and tables by group, each cell hidden or with its interval.

A breakdown hides small counts as `listening.suppression` says; "not answered" is a part of it like any other. A
table of two questions is made of the parts that their breakdowns show, what these hide taken together as one
(`REST`); as all its totals are known from there, it is covered inside (`listening.cover`). A question that only
some were asked is left out where the number of these would tell a count that the earlier question hides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from motbuoc.domains.listening.cover import Edge, covered
from motbuoc.domains.listening.suppression import seen, shown, smallest_group
from motbuoc.domains.surveys.models import SurveyQuestion
from motbuoc.domains.surveys.tally import NONE, Side, Tally, sides_of

Kind = SurveyQuestion.Kind
REST = "*"
"""The key of all that a breakdown hides, taken together."""
CONFIDENCE = 0.95
Cells = dict[str, list[float] | None]
"""By key: the count with the lower and the upper end of its share in percent, or None where it is hidden."""
Counts = Mapping[str, int]


def figures_of(tally: Tally) -> dict[str, Any]:
    """What may be shown of each question, by its id; nothing at all where fewer answered than the smallest
    group."""
    if seen(tally.size) is None or not tally.size:
        return {}
    found: dict[str, Any] = {}
    for question in tally.questions:
        is_told = not _tells_too_much(question, tally, found)
        found[str(question.pk)] = _figure(question, tally) if is_told else {"withheld": True}
    return found


def _counts(tally: Tally, side: Side) -> dict[str, int]:
    return dict(zip(side.keys, map(int, tally.counts[side.name]), strict=True))


def _figure(question: SurveyQuestion, tally: Tally) -> dict[str, Any]:
    size = tally.size
    if question.kind == Kind.TEXT:
        return {"answered": seen(len(tally.texts[question.pk]))}
    if question.kind == Kind.RANKING:
        return _order(question, tally)
    if question.kind == Kind.MULTIPLE:
        chosen = {side.part: _counts(tally, side)[side.part] for side in sides_of(question)}
        cells = {key: _with_interval(seen(count, of=size), size) for key, count in chosen.items()}
        return {"answered": seen(tally.ticked[question.pk], of=size), "of": size, "cells": cells}
    found = {side.part: _breakdown(_counts(tally, side), size, question.kind) for side in sides_of(question)}
    return {"rows": found} if question.kind == Kind.MATRIX else found[""]


def _breakdown(counts: Counts, size: int, kind: str) -> dict[str, Any]:
    """One breakdown; shares are of those who answered where their number is shown, or else of all sheets."""
    kept = shown(counts)
    none = kept[NONE]
    of = size if none is None else size - none
    cells = {key: _with_interval(count, of) for key, count in kept.items() if key != NONE}
    told: dict[str, Any] = {"cells": cells, "none": none, "of": of, "answered": None if none is None else of}
    if kind == Kind.SCALE:
        told |= _middle(counts, {key for key, count in kept.items() if count is None})
    return told


def _with_interval(count: int | None, of: int) -> list[float] | None:
    if count is None:
        return None
    if not of:
        return [count, 0, 0]
    from scipy.stats import binomtest  # takes a second to load, and only counting needs it

    ends = binomtest(count, of).proportion_ci(CONFIDENCE, method="wilson")
    return [count, round(100 * float(ends.low), 1), round(100 * float(ends.high), 1)]


def _middle(counts: Counts, hidden: set[str]) -> dict[str, float | None]:
    """The mean and the median of a scale, each only where it is the same whatever the hidden counts are."""
    return {
        "mean": _whatever_is_hidden(counts, hidden, _mean),
        "median": _whatever_is_hidden(counts, hidden, _median),
    }


def _whatever_is_hidden(counts: Counts, hidden: set[str], of: Callable[[Counts], float | None]) -> float | None:
    """A value of the counts if it is the same for all that the hidden ones could be: their sum may be known, and
    that each is 1 at least. A mean or a median is extreme where one of them has all the rest."""
    rest = sum(counts[key] for key in hidden) - len(hidden)
    if rest < 0:
        return None
    least = dict(counts) | dict.fromkeys(hidden, 1)
    could_be = [least | {key: 1 + rest} for key in hidden] or [least]
    values = {of(one) for one in could_be}
    return values.pop() if len(values) == 1 else None


def _mean(counts: Counts) -> float | None:
    people = sum(count for key, count in counts.items() if key != NONE)
    total = sum(int(key) * count for key, count in counts.items() if key != NONE)
    return round(total / people, 1) if people else None


def _median(counts: Counts) -> float | None:
    points = sorted((int(key), count) for key, count in counts.items() if key != NONE)
    reached = list(accumulate(count for _point, count in points))
    people = reached[-1] if reached else 0
    if not people:
        return None

    def point_of(place: int) -> int:
        return next(point for (point, _count), upto in zip(points, reached, strict=True) if upto >= place)

    return (point_of((people + 1) // 2) + point_of(people // 2 + 1)) / 2


def _order(question: SurveyQuestion, tally: Tally) -> dict[str, Any]:
    """A ranking: how many gave each place to each option, and the mean place. All totals are those who
    answered."""
    table = tally.ranks[question.pk]
    answered = seen(int(table[:, 0].sum()), of=tally.size)
    if not answered:
        return {"answered": answered, "places": {}}
    keys = question.keys
    places = {key: {str(at): int(count) for at, count in enumerate(table[row], 1)} for row, key in enumerate(keys)}
    kept = _covered_inside(places)
    hidden = {key: {place for place, count in kept[key].items() if count is None} for key in keys}
    means = {key: _whatever_is_hidden(places[key], hidden[key], _mean) for key in keys}
    return {"answered": answered, "places": kept, "means": means}


def _covered_inside(table: Mapping[str, Counts]) -> dict[str, dict[str, int | None]]:
    """The cells of a table all of whose totals are known."""
    edges = [
        Edge(("row", row), ("column", key), count) for row, cells in table.items() for key, count in cells.items()
    ]
    hidden = covered(edges, smallest_group())
    kept = iter([None if hidden is None or at in hidden else edge.people for at, edge in enumerate(edges)])
    return {row: {key: next(kept) for key in cells} for row, cells in table.items()}


def _tells_too_much(question: SurveyQuestion, tally: Tally, found: Mapping[str, Any]) -> bool:
    """Whether the number of those who were asked tells a count that the earlier question hides."""
    earlier = question.shown_if
    if earlier is None:
        return False
    figure = found[str(earlier.pk)]
    if figure.get("withheld"):
        return True
    hidden = {key for key, cell in figure["cells"].items() if cell is None}
    if earlier.kind == Kind.MULTIPLE:
        return bool(hidden & set(question.shown_for)) or len(question.shown_for) > 1
    counts = _counts(tally, sides_of(earlier)[0])
    hidden |= {NONE} if figure["none"] is None else set()
    parts = (hidden & set(question.shown_for), hidden - set(question.shown_for))
    return any(0 < sum(counts[key] for key in part) < smallest_group() for part in parts)


def crossed_of(tally: Tally, figures: Mapping[str, Any]) -> dict[str, Any]:
    """The tables of each group question with each other side, by "group|side", of what the figures show."""
    sides = {side.name: side for side in tally.sides}
    found = {}
    for (group_name, name), table in tally.crossed.items():
        rows = _parts(sides[group_name], tally, figures)
        columns = _parts(sides[name], tally, figures)
        if len(rows) > 1 and columns:
            cells = {
                row: {column: int(table[at][:, to].sum()) for column, to in columns.items()}
                for row, at in rows.items()
            }
            kept = _covered_inside(cells)
            if sides[name].question.kind == Kind.MULTIPLE:  # whoever ticked it; the others are the rest
                kept = {row: {name.split(".")[1]: cells[name.split(".")[1]]} for row, cells in kept.items()}
            found[f"{group_name}|{name}"] = {"rows": list(rows), "columns": list(columns), "cells": kept}
    return found


def _parts(side: Side, tally: Tally, figures: Mapping[str, Any]) -> dict[str, list[int]]:
    """The parts of a side that its breakdown shows, each with the places of its keys; what is hidden is one part.

    None where nothing of it may be shown.
    """
    figure = figures[str(side.question.pk)]
    if figure.get("withheld"):
        return {}
    at = {key: place for place, key in enumerate(side.keys)}
    if side.question.kind == Kind.MULTIPLE:
        return {} if figure["cells"][side.part] is None else {key: [place] for key, place in at.items()}
    told = figure["rows"][side.part] if side.part else figure
    is_shown = {key: cell is not None for key, cell in told["cells"].items()} | {NONE: told["none"] is not None}
    parts = {key: [at[key]] for key in side.keys if is_shown[key]}
    hidden = [at[key] for key in side.keys if not is_shown[key]]
    if len(hidden) == len(side.keys):
        return {}
    counted: Iterable[int] = tally.counts[side.name]
    kept: Sequence[int] = list(counted)
    parts = {key: places for key, places in parts.items() if kept[places[0]] or key != NONE}
    return parts | ({REST: hidden} if hidden else {})
