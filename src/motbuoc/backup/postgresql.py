"""Copying a PostgreSQL database that is in use, trying a copy, putting one back: by PostgreSQL's own programs."""

from __future__ import annotations

from pathlib import Path

from django.db import connection, transaction

from motbuoc.backup.archive import Damaged
from motbuoc.backup.snapshot import Snapshot, read_snapshot, run_program, snapshot_now
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile

COPY = "motbuoc.dump"  # the name of a copy in its folder


def copy_to(target: Path) -> Snapshot:
    """Dump the database to `target` as it stands now. What is counted and what is dumped is one moment's."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        run_program(
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={moment}",
            f"--file={target}",
            environment=_address(),
        )
        return read_snapshot(cursor, connection.introspection.table_names(cursor))


def check(copy: Path) -> None:
    """Raises Damaged when pg_restore cannot list the copy, or it lists no table of ours."""
    try:
        listed = run_program("pg_restore", "--list", copy, environment={})
    except Refusal as refusal:
        raise Damaged(f"The copy of the database cannot be read: {refusal.message}") from refusal
    if f"TABLE DATA public {StoredFile._meta.db_table} " not in listed:
        raise Damaged("The copy of the database does not hold our tables.")


def restore(copy: Path, migrations: list[str]) -> None:
    """Put a checked copy into the installation's empty database, in one transaction.

    Raises:
        Refusal: tables of another version are in the way, or pg_restore failed; then nothing was changed.
    """
    there = snapshot_now()
    if there and there.migrations != migrations:
        raise Refusal(
            "The database was prepared by another version than the backup's. Name a database without tables."
        )
    connection.close()
    run_program(
        "pg_restore",
        f"--dbname={connection.settings_dict['NAME']}",
        "--single-transaction",
        "--exit-on-error",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--no-privileges",
        copy,
        environment=_address(),
    )


def history_stands(_copy: Path) -> bool:
    """True: a dump has to be restored before its history can be asked, and `motbuoc restore` asks it then."""
    return True


def _address() -> dict[str, str]:
    """Where the database is, for PostgreSQL's programs: in their environment, so that no password is on a list."""
    told = connection.settings_dict
    names = {"NAME": "DATABASE", "USER": "USER", "PASSWORD": "PASSWORD", "HOST": "HOST", "PORT": "PORT"}
    return {f"PG{name}": str(told[key]) for key, name in names.items() if told[key]}
