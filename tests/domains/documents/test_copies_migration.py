"""What was delivered before copies had a life of their own is kept, and taken in by units that had begun on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.foundation.test_history_migration import _make_database, connections

BEFORE, AFTER = ("motbuoc", "0014_document_links"), ("motbuoc", "0015_copies")


@pytest.fixture
def executor(tmp_path, django_db_setup, django_db_blocker) -> Iterator[MigrationExecutor]:
    """The tables as they were, in a database of their own that is thrown away."""
    usual = connections["default"]
    with django_db_blocker.unblock():
        name = tmp_path / "old.sqlite3" if usual.vendor == "sqlite" else f"{usual.settings_dict['NAME']}_copies"
        _make_database(name, drop_only=False)
        connections["default"] = type(usual)({**usual.settings_dict, "NAME": str(name)}, "default")
        try:
            executor = MigrationExecutor(connection)
            executor.migrate([BEFORE])
            yield executor
        finally:
            connection.close()
            connections["default"] = usual
            _make_database(name, drop_only=True)


def issued(get: Any, day: datetime) -> Any:
    """A document with one duty, issued to two units of which one has begun on it."""
    person = get("Person").objects.create(full_name="Lê Thử Ban")
    units = [get("Unit").objects.create() for _ in range(3)]
    file = get("StoredFile").objects.create(content="x", name="x.txt", media_type="text/plain", size=1, sha256="0")
    document = get("Document").objects.create(
        unit=units[0], file=file, text="x", reading={}, brought_by=person, state="issued", released_at=day
    )
    duty = get("Duty").objects.create(document=document, position=0, start=0, end=1, text="x")
    for unit, state in ((units[1], "in_progress"), (units[2], "assigned")):
        get("Assignment").objects.create(
            duty=duty,
            document=document,
            unit=unit,
            given_to=unit,
            state=state,
            time_kind="undated",
            assigned_on=date(2026, 3, 6),
            news_on=date(2026, 3, 6),
        )
    document.copies.set(units[1:])
    return document


def test_every_copy_is_kept(executor: MigrationExecutor) -> None:
    day = datetime(2026, 3, 6, 2, tzinfo=UTC)
    old = executor.loader.project_state([BEFORE]).apps
    document = issued(lambda name: old.get_model("motbuoc", name), day)
    units = list(document.copies.order_by("pk").values_list("pk", flat=True))
    executor.loader.build_graph()
    executor.migrate([AFTER])
    copy = executor.loader.project_state([AFTER]).apps.get_model("motbuoc", "Copy")
    rows = copy.objects.order_by("unit_id").values_list("unit_id", "document_id", "state", "delivered_at")
    assert list(rows) == [(units[0], document.pk, "taken", day), (units[1], document.pk, "delivered", day)]
