"""Queries that every page asks: built once, then only run again with other values.

Django builds the SQL of a query anew each time it is asked, which for the lists of this house takes two to four
times as long as running it. A prepared query keeps the SQL that Django built and puts the values in their places.
What is constant stands in the SQL itself: so the database sees that a partial index holds all that is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from threading import local
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections

Value = int | date | str | tuple[int, ...] | tuple[str, ...]
MOST = 500  # prepared queries kept by one thread
FIRST_NUMBER = 8_000_000_000_000_000  # far from every id
FIRST_DAY = date(1, 1, 1)
WORD = "\x1fvalue %d"  # no word that anybody asks for
PLACE = re.compile(r"(?<!%)%s")

_kept = local()


class _Ready(NamedTuple):
    """SQL and its parameters, where each is a constant or the place of a value; None: it can find nothing.

    `rows` makes of what the database gives what the columns hold.
    """

    compiler: Any
    rows: Callable[[list[Any]], list[tuple[Any, ...]]]
    sql: str
    places: list[tuple[int | None, Any]]


class Prepared:
    """A query of tuples made by `build(*shape, **values)`, which must use every value, and only as a value.

    Values are ids, days, words and tuples of these. What changes the SQL itself (a tab, an offset, whether a value
    is asked for at all) belongs to the shape. Only those named in `spare` may be left unused by some shapes.
    """

    def __init__(self, build: Callable[..., Any], *, spare: Collection[str] = ()) -> None:
        self.build, self.spare = build, frozenset(spare)

    def __call__(self, *shape: Hashable, **values: Value) -> list[tuple[Any, ...]]:
        """The rows of `build(*shape, **values)`."""
        ready = self._ready(shape, values)
        if ready is None:
            return []
        with ready.compiler.connection.cursor() as cursor:
            cursor.execute(ready.sql, self._parameters(ready, values))
            found = cursor.fetchall()
        return ready.rows(found)

    def statement(self, *shape: Hashable, **values: Value) -> tuple[str, list[Any]]:
        """The SQL that is run, with its parameters: for a look at how the database goes about it."""
        ready = self._ready(shape, values)
        return (ready.sql, self._parameters(ready, values)) if ready else ("", [])

    def _parameters(self, ready: _Ready, values: dict[str, Value]) -> list[Any]:
        ordered = sorted(values, key=lambda name: name in self.spare)  # as they were marked
        flat = [part for name in ordered for part in _parts_of(values[name])]
        return [constant if place is None else flat[place] for place, constant in ready.places]

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
        marks: list[int | date | str] = []
        needed = {name: _mark(value, marks) for name, value in values.items() if name not in self.spare}
        last = len(marks)
        spared = {name: _mark(value, marks) for name, value in values.items() if name in self.spare}
        built = self.build(*shape, **needed, **spared)
        adapt = connections["default"].ops.adapt_datefield_value
        places = {adapt(m) if isinstance(m, date) else m: place for place, m in enumerate(marks)}
        compiled = self._compiled(built)
        if compiled is None:
            return None
        compiler, sql, parameters = compiled
        asked = [(places.get(parameter), parameter) for parameter in parameters]
        unused = set(range(last)) - {place for place, _constant in asked}
        assert not unused, f"the query does not use its values as they are: {sorted(unused)} of {list(values)}"
        return _Ready(compiler, _conversion(compiler), *_with_constants(sql, asked))

    def _compiled(self, built: Any) -> tuple[Any, str, Sequence[Any]] | None:
        """What makes tuples of the rows, the SQL and its parameters; None if it can find nothing."""
        compiler = built.query.get_compiler("default")
        try:
            return compiler, *compiler.as_sql()
        except EmptyResultSet:
            return None


class PreparedCounts(Prepared):
    """How many rows each of several queries finds (`build` makes their list), asked at once.

    A query that is cut off (`[:most]`) is counted no further, which is what makes it quick.
    """

    def __call__(self, *shape: Hashable, **values: Value) -> list[tuple[Any, ...]]:
        """Pairs of a query's place in the list and its count; one that can find nothing is left out."""
        return super().__call__(*shape, **values)

    def fresh(self, *shape: Any, **values: Value) -> list[tuple[Any, ...]]:
        """The same with the SQL built anew."""
        return [(place, query.count()) for place, query in enumerate(self.build(*shape, **values))]

    def _compiled(self, built: Any) -> tuple[Any, str, Sequence[Any]] | None:
        parts, parameters = [], []
        for place, query in enumerate(built):
            with suppress(EmptyResultSet):
                sql, more = query.query.get_compiler("default").as_sql()
                parts.append(f"SELECT {place}, COUNT(*) FROM ({sql}) counted")  # noqa: S608 - SQL that Django built
                parameters += more
        return (_Plain(), " UNION ALL ".join(parts), parameters) if parts else None


class _Plain:
    """Stands in for a compiler where the rows are numbers as they come."""

    def __init__(self) -> None:
        self.connection = connections["default"]


def _conversion(compiler: Any) -> Callable[[list[Any]], list[tuple[Any, ...]]]:
    """What makes tuples of rows: Django would look up anew each time how each column is read."""
    if isinstance(compiler, _Plain):
        return list
    converters = compiler.get_converters([selected[0] for selected in compiler.select[: compiler.col_count]])
    if not converters:
        return list
    return lambda rows: list(map(tuple, compiler.apply_converters(rows, converters)))


def _parts_of(value: Value) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _mark(value: Any, marks: list[int | date | str]) -> Any:
    """Something to put in the place of a value: of its kind, and found again in the parameters."""
    if isinstance(value, tuple):
        return tuple(_mark(part, marks) for part in value)
    count = len(marks)
    if isinstance(value, date):
        marks.append(FIRST_DAY + timedelta(days=count))
    else:
        marks.append(WORD % count if isinstance(value, str) else FIRST_NUMBER + count)
    return marks[-1]


def _with_constants(sql: str, asked: list[tuple[int | None, Any]]) -> tuple[str, list[tuple[int | None, Any]]]:
    """The SQL with its constant words and numbers written out, and the parameters that are left."""
    parts, left = PLACE.split(sql), []
    assert len(parts) == len(asked) + 1, "a place for each parameter"
    written = [parts[0]]
    for (place, constant), after in zip(asked, parts[1:], strict=True):
        if place is None and isinstance(constant, int | str) and not isinstance(constant, bool):
            literal = str(constant) if isinstance(constant, int) else "'" + str(constant).replace("'", "''") + "'"
            written.append(literal.replace("%", "%%") + after)
        else:
            left.append((place, constant))
            written.append("%s" + after)
    return "".join(written), left
