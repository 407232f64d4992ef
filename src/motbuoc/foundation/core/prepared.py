"""Queries that every page asks: built once, then only run again with other values.

Django builds the SQL of a query anew each time it is asked, which for the lists of this house takes two to four
times as long as running it. A prepared query keeps the SQL that Django built and puts the values in their places.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, timedelta
from threading import local
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

Value = int | date | tuple[int, ...]
MOST = 500  # prepared queries kept by one thread
FIRST_NUMBER = 8_000_000_000_000_000  # far from every id
FIRST_DAY = date(1, 1, 1)

_kept = local()


class _Ready(NamedTuple):
    """SQL and its parameters, where each is a constant or the place of a value; None: it can find nothing."""

    compiler: Any
    sql: str
    places: list[tuple[int | None, Any]]


class Prepared:
    """A query of tuples made by `build(*shape, **values)`, which must use every value, and only as a value.

    Values are ids, days and tuples of ids. What changes the SQL itself (a tab, an offset, whether a value is asked
    for at all) belongs to the shape.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build

    def __call__(self, *shape: Hashable, **values: Value) -> list[tuple[Any, ...]]:
        """The rows of `build(*shape, **values)`."""
        flat = [part for value in values.values() for part in (value if isinstance(value, tuple) else (value,))]
        ready = self._ready(shape, values)
        if ready is None:
            return []
        asked = [constant if place is None else flat[place] for place, constant in ready.places]
        with ready.compiler.connection.cursor() as cursor:
            cursor.execute(ready.sql, asked)
            found = cursor.fetchall()
        return list(ready.compiler.results_iter(results=[found], tuple_expected=True))

    def fresh(self, *shape: Any, **values: Value) -> list[tuple[Any, ...]]:
        """The same rows with the SQL built anew: for a shape that will hardly come again."""
        return list(self.build(*shape, **values))

    def _ready(self, shape: tuple[Hashable, ...], values: dict[str, Value]) -> _Ready | None:
        known: dict[Any, _Ready | None] = _kept.__dict__.setdefault("queries", {})
        sizes = tuple((name, len(v) if isinstance(v, tuple) else -1) for name, v in values.items())
        key = (self, shape, sizes)
        if key not in known:
            if len(known) >= MOST:
                known.clear()
            known[key] = self._prepare(shape, values)
        return known[key]

    def _prepare(self, shape: tuple[Hashable, ...], values: dict[str, Value]) -> _Ready | None:
        marks: list[int | date] = []

        def mark(value: Any) -> Any:
            if isinstance(value, tuple):
                return tuple(mark(part) for part in value)
            count = len(marks)
            marks.append(FIRST_DAY + timedelta(days=count) if isinstance(value, date) else FIRST_NUMBER + count)
            return marks[-1]

        query = self.build(*shape, **{name: mark(value) for name, value in values.items()}).query
        compiler = query.get_compiler("default")
        adapt = connections["default"].ops.adapt_datefield_value
        places = {adapt(m) if isinstance(m, date) else m: place for place, m in enumerate(marks)}
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        found = [(places.get(parameter), parameter) for parameter in parameters]
        unused = set(range(len(marks))) - {place for place, _constant in found}
        assert not unused, f"the query does not use its values as they are: {sorted(unused)} of {list(values)}"
        return _Ready(compiler, sql, found)
