"""Counters: figures that the system already holds. A practice declares one; the app registers it at start.

A counter is a query of records for some units and days, each with the `unit_id` it counts for: the figure is how
many there are, and the records behind it are those of the query, so the two cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from motbuoc.foundation.history.sights import SIGHTS
from motbuoc.foundation.people.models import Person

Records = Callable[[Collection[int], date, date], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Counter:
    """What is counted: `records(units, start, end)` is a query of rows with a column `counted_for`, their unit.

    `label` is for people; `page` the URL name of the page of one record, `words` what one is called in a list.
    """

    key: str
    label: Any
    records: Records
    page: str
    words: Callable[[Any], str] = str


COUNTERS: dict[str, Counter] = {}


def declare(counter: Counter) -> None:
    """Let forms use a counter.

    Raises:
        ValueError: another has the same key.
    """
    if COUNTERS.setdefault(counter.key, counter) is not counter:
        raise ValueError(f"there are two counters called {counter.key}")


def counted(key: str, units: Collection[int], start: date, end: date) -> dict[int, int]:
    """How many records each of the units has in the days from `start` to `end`; 0 where it has none."""
    rows = COUNTERS[key].records(units, start, end).order_by()
    found = dict(rows.values_list("counted_for").annotate(number=Count("pk", distinct=True)))
    return {unit: found.get(unit, 0) for unit in units}


def records_for(viewer: Person, key: str, unit_id: int, start: date, end: date) -> QuerySet[Any]:
    """The records behind a figure, as far as `viewer` may see each; none of a kind that nobody vouches for."""
    rows = COUNTERS[key].records([unit_id], start, end)
    seen = SIGHTS.get(rows.model._meta.model_name or "")
    return rows.filter(pk__in=seen(viewer)) if seen else rows.none()
