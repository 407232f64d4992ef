"""Thousands of ids as one value of a query: a parameter for each would take longer to pass than to look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value


def as_list(ids: Iterable[int]) -> str:
    """Ids as the text that `listed` takes."""
    return ",".join(map(str, ids))


def listed(column: str, ids: str) -> Any:
    """The condition that the column of a number is one of the ids in the text that `as_list` made."""
    return _Listed(F(column), Value(ids, output_field=TextField()))


class _Listed(Func):
    template = "%(expressions)s, ',')::bigint[])"  # PostgreSQL: an array
    arg_joiner = " = ANY(string_to_array("
    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """As a list in JSON."""
        words = {"template": "%(expressions)s || ']'))", "arg_joiner": " IN (SELECT value FROM json_each('[' || "}
        return self.as_sql(compiler, connection, **words, **context)
