"""A history written before there were seals is taken over whole, or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from motbuoc.foundation.history.models import HistoryLine, HistorySeal
from motbuoc.foundation.history.proving import verify
from motbuoc.foundation.history.services import Act, record
from tests.factories import make_cast

BEFORE = ("motbuoc", "0009_classification")


@pytest.fixture
def old(tmp_path, django_db_setup, django_db_blocker) -> Iterator[Any]:
    """The tables as they were before there were seals, in a database of their own that is thrown away."""
    usual = connections["default"]
    with django_db_blocker.unblock():
        name = tmp_path / "old.sqlite3" if usual.vendor == "sqlite" else f"{usual.settings_dict['NAME']}_old"
        _make_database(name, drop_only=False)
        connections["default"] = type(usual)({**usual.settings_dict, "NAME": str(name)}, "default")
        try:
            executor = MigrationExecutor(connection)
            executor.migrate([BEFORE])
            yield executor.loader.project_state([BEFORE]).apps
        finally:
            connection.close()
            connections["default"] = usual
            _make_database(name, drop_only=True)


def _make_database(name: object, *, drop_only: bool) -> None:
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            if not drop_only:
                cursor.execute(f"CREATE DATABASE {name}")


def write_old_lines(apps: Any, count: int) -> None:
    """Lines as they were written then: chained, with a number left out where a write was rolled back."""
    get = apps.get_model
    person = get("motbuoc", "Person").objects.create(full_name="Lê Thử Ban")
    unit = get("motbuoc", "Unit").objects.create()
    at, digest = datetime(2026, 3, 1, 2, 30, tzinfo=UTC), ""
    for number in range(1, count + 1):
        values = {"confidence": [0.62, 1.0], "verb": ["", "tổ chức"]}
        moment = at + timedelta(minutes=number)
        body = [digest, moment.isoformat(), person.pk, unit.pk, "correct_duty", "duty", number, values]
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = hashlib.sha256(text.encode()).hexdigest()
        get("motbuoc", "HistoryLine").objects.create(
            pk=number if number < 4 else number + 1,
            at=moment,
            actor=person,
            unit=unit,
            action="correct_duty",
            object_type="duty",
            object_id=number,
            values=values,
            digest=digest,
        )
    get("motbuoc", "HistoryHead").objects.create(pk=1, digest=digest, count=count)


def migrate() -> None:
    """To the seals (0010) and on to what the tables are today, with which lines are read and written."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("motbuoc"))


def test_old_lines_are_numbered_and_sealed(old: Any) -> None:
    write_old_lines(old, 6)
    migrate()
    assert verify() == (6, None)
    assert list(HistoryLine.objects.order_by("pk").values_list("pk", "object_id")) == [(n, n) for n in range(1, 7)]
    assert HistorySeal.objects.get().count == 6
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        HistoryLine.objects.filter(pk=2).update(action="x")
    MigrationExecutor(connection).migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())
    cast = make_cast()
    with transaction.atomic():
        record(cast.officer, Act("add_duty", "duty", 9, cast.bloc.pk))
    assert verify() == (7, None)


def test_an_empty_history_too(old: Any) -> None:
    migrate()
    assert verify() == (0, None)


def test_an_altered_history_is_not_made_whole(old: Any) -> None:
    write_old_lines(old, 6)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER history_no_update")
        else:
            cursor.execute("ALTER TABLE motbuoc_historyline DISABLE TRIGGER USER")
        cursor.execute("UPDATE motbuoc_historyline SET action = 'drop_duty' WHERE id = 3")
    with pytest.raises(RuntimeError, match="altered at line 3"):
        migrate()


def test_nor_one_that_was_cut_off(old: Any) -> None:
    write_old_lines(old, 6)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE motbuoc_historyhead SET count = 7")
    with pytest.raises(RuntimeError, match="missing"):
        migrate()
