"""The cast that most tests get is the one that the services make."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.people.models import Account, Person, Position
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion
from tests.factories import Cast, copy_cast, make_cast

TABLES = (Unit, UnitVersion, UnitClosure, Person, Account, Grant, Position)
OF_ITS_OWN = {"created_at", "password"}  # the moment, the salt


def rows_made_by(make: Callable[[], Cast]) -> list[list[dict[str, object]]]:
    """All rows, each with its number counted from the first of its table; and who is who."""
    with transaction.atomic():
        cast = make()
        first = {table: table.objects.order_by("pk")[0].pk for table in TABLES}
        told = [[_told(row, first) for row in table.objects.order_by("pk")] for table in TABLES]
        named = {name: (type(row).__name__, row.pk - first[type(row)]) for name, row in vars(cast).items()}
        transaction.set_rollback(True)
    return [*told, [named]]


def _told(row: Unit, first: dict[type, int]) -> dict[str, object]:
    values = {f.attname: getattr(row, f.attname) for f in row._meta.fields if f.attname not in OF_ITS_OWN}
    for field in row._meta.fields:
        table = type(row) if field.primary_key else field.related_model
        if table and values[field.attname] is not None:
            values[field.attname] -= first[table]
    return values


@pytest.mark.django_db
def test_a_copied_cast_is_like_one_that_was_made():
    made = rows_made_by(make_cast)
    assert len(made[-1][0]) == 15
    assert rows_made_by(copy_cast) == made
    assert rows_made_by(copy_cast) == made
