"""Copying a SQLite database that is in use, trying a copy, and putting one back."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.db import connection

from motbuoc.backup.archive import Damaged
from motbuoc.backup.snapshot import Snapshot, read_snapshot, run_program
from motbuoc.foundation.core.errors import Refusal

COPY = "motbuoc.sqlite3"  # the name of a copy in its folder: where the product looks for it


def copy_to(target: Path) -> Snapshot:
    """Copy the database to `target` as it stands now. Writers go on: in WAL they do not wait for readers."""
    with closing(_open(Path(connection.settings_dict["NAME"]))) as source, closing(_open(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
    return _snapshot(target)


def check(copy: Path) -> Snapshot:
    """What a copy holds, after every page, index and reference of it was checked.

    Raises:
        Damaged: it is no whole SQLite database.
    """
    try:
        with closing(_open(copy, "ro")) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"The copy of the database cannot be read: {error}.") from error
    if found != "ok" or loose:
        raise Damaged(f"The copy of the database is not whole: {found if found != 'ok' else 'loose references'}.")
    return _snapshot(copy)


def history_stands(copy: Path) -> bool:
    """Whether the history in a checked copy verifies, asked of the product's own command in the copy's folder."""
    own = {"MOTBUOC_DATA_DIR": str(copy.parent), "MOTBUOC_DATABASE_URL": "", "MOTBUOC_SECRET_KEY": token_hex(32)}
    try:
        run_program(sys.executable, "-m", "config.manage", "history", "verify", environment=own)
    except Refusal:
        return False
    return True


def restore(copy: Path, _migrations: list[str]) -> None:
    """Make the installation's database what a checked copy is, in one transaction."""
    connection.close()
    name = Path(connection.settings_dict["NAME"])
    with closing(_open(copy, "ro")) as source, closing(_open(name)) as target:
        source.backup(target)


def _snapshot(copy: Path) -> Snapshot:
    with closing(_open(copy, "ro")) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return read_snapshot(database.cursor(), [name for (name,) in tables])


def _open(path: Path, mode: str = "rwc") -> Any:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=60)
