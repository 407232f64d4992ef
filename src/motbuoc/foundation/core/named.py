"""Many ids as one value of a query: the database makes them a list, the query takes them as one parameter.

So one prepared query serves however many ids are meant, and thousands of them never become objects here.
"""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import Aggregate, Exists, F, Lookup, Q, TextField, Value


class NamedIds(Aggregate):
    """The ids in a column, with commas between them; None if there are none."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """By the name it has there."""
        same = self.copy()
        same.template = "STRING_AGG(%(distinct)s%(expressions)s::text, ',')"
        return same.as_sql(compiler, connection, **extra)


def as_value(ids: str | None) -> str:
    """What `NamedIds` found, as a value of `one_of`."""
    begin, end = "{}" if connection.vendor == "postgresql" else "[]"
    return f"{begin}{ids or ''}{end}"


def one_of(column: str, ids: str, *, seeks: bool = False) -> Q:
    """The condition that `column` is one of `ids` (`as_value`). `seeks`: rows may be found by it; else it is asked
    of rows that are found another way.
    """
    return Q((_Sought if seeks else _Asked)(F(column), Value(ids, output_field=TextField())))


class _Asked(Lookup[Any]):
    """A database finds rows by an index of a bare column; with a sign before it, it does not."""

    sign = "+"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The condition as SQLite takes it."""
        return self._listed(compiler, connection, "IN (SELECT value FROM json_each(%s))")

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """The condition as PostgreSQL takes it."""
        return self._listed(compiler, connection, "= ANY(%s::bigint[])")

    def _listed(self, compiler: Any, connection: Any, among: str) -> tuple[str, Any]:
        column, before = self.process_lhs(compiler, connection)
        ids, after = self.process_rhs(compiler, connection)
        return f"{self.sign}{column} {among % ids}", [*before, *after]


class _Sought(_Asked):
    sign = ""


class OfEach(Exists):
    """`Exists`, asked of each row that is passed until enough are found: PostgreSQL, which thinks of all the rows
    that it may have to pass, would list all that exists first, and do that for each part of a list.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        """With an offset of nothing, which it does not look behind."""
        sql, parameters = self.as_sql(compiler, connection, **extra)
        assert sql.endswith("LIMIT 1)"), sql
        return f"{sql[:-1]} OFFSET 0)", parameters
