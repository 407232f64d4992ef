"""The database that tests get, which may be a copy of one kept from before, is what all migrations make today."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.installations.installation import Installation

SQLITE = ("SELECT type, name, sql FROM sqlite_master", "SELECT app, name FROM django_migrations")
POSTGRES = (
    """SELECT table_name, column_name, data_type, is_nullable, column_default, is_generated, generation_expression
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT tgrelid::regclass::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT app, name FROM django_migrations",
)


def told(database: Any, questions: tuple[str, ...]) -> list[list[tuple[object, ...]]]:
    return [sorted(database.execute(question).fetchall(), key=repr) for question in questions]


@pytest.mark.django_db
def test_tests_have_the_tables_of_a_new_installation(pattern: Installation) -> None:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(pattern.folder / "motbuoc.sqlite3")) as made:
            assert told(connection.connection, SQLITE) == told(made, SQLITE)
    else:
        with psycopg.connect(pattern.database_url) as made:
            assert told(connection.connection, POSTGRES) == told(made, POSTGRES)
