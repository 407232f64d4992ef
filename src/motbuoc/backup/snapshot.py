"""A copy of the database as it stood at one moment, and what can be counted in it, the same on both databases."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

from django.db import connection

from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile


@dataclass(frozen=True)
class KeptFile:
    """A file that the database names: its name in the store, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Snapshot:
    """What one copy holds. `migrations` are those applied (`app.name`), `counts` the rows of each table."""

    migrations: list[str]
    counts: dict[str, int]
    files: list[KeptFile]


def read_snapshot(cursor: Any, tables: list[str]) -> Snapshot:
    """What the database behind an open DB-API cursor holds. The caller sees to it that it stands still.

    Raises:
        Refusal: it is no database of ours.
    """
    if StoredFile._meta.db_table not in tables or "django_migrations" not in tables:
        raise Refusal("The database holds no installation: its tables are missing. Run `motbuoc migrate` first.")
    counts = {}
    for table in sorted(tables):
        cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - the names come from the database itself
        counts[table] = cursor.fetchone()[0]
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    migrations = [f"{app}.{name}" for app, name in cursor.fetchall()]
    names = f"SELECT content, size, sha256 FROM {StoredFile._meta.db_table} ORDER BY content"  # noqa: S608
    cursor.execute(names)
    return Snapshot(migrations, counts, [KeptFile(*row) for row in cursor.fetchall()])


def snapshot_now() -> Snapshot | None:
    """What the installation's database holds now; None when it has no tables."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return read_snapshot(cursor, tables) if tables else None


def run_program(*command: str | Path, environment: Mapping[str, str]) -> str:
    """What a program printed.

    Raises:
        Refusal: it is not on this machine, or it failed; with the last line of what it complained of.
    """
    try:
        done = run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Refusal(
            f"{command[0]} is not on this machine. Install PostgreSQL's programs (Debian: postgresql-client)."
        ) from error
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()
        raise Refusal(f"{Path(command[0]).name} failed: {said[-1]}")
    return done.stdout
