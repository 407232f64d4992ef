"""Rows that were made once through the services, made again for the next test: the same rows in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model

Row = tuple[type[Model] | None, int]
"""A row by its table (as a relation names it, perhaps none) and its number."""


def copy_rows(tables: Sequence[Sequence[Model]]) -> dict[Row, Any]:
    """New rows like these, that point to each other as these do; a table stands after those it points to."""
    copies: dict[Row, Any] = {}
    for rows in tables:
        made = [_like(row, copies) for row in rows]
        type(rows[0])._default_manager.bulk_create(made)
        copies |= {(type(row), row.pk): new for row, new in zip(rows, made, strict=True)}
    return copies


def _like(row: Model, copies: dict[Row, Any]) -> Model:
    """Of the same values, but for the number and for what is counted from the moment of making."""
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if field.is_relation and value is not None:
            values[field.name] = copies[field.related_model, value]
        elif not (field.primary_key or (field.has_default() and callable(field.default))):
            values[field.name] = value
    return type(row)(**values)
