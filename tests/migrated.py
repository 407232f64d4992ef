"""A database as all migrations leave it: made from nothing once, and copied for whoever needs one.

On SQLite the first run keeps it as a file in `var/`, named after the migrations that made it, so that a changed
migration makes another. On PostgreSQL `scripts/run_tests.py` makes one for all workers of its run. Django runs its
migrations over every copy all the same, and finds nothing left to do.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.backends.signals import connection_created

from config.env import ROOT

TEMPLATE = os.environ.get("TEST_POSTGRES_TEMPLATE", "")
"""The migrated database of PostgreSQL to copy; empty: all migrations are run wherever one is needed."""
FOLDER = ROOT / "var" / "migrated"


@contextmanager
def made_once() -> Iterator[None]:
    """While the test database is made: copy what was kept, or keep it. Of several workers one makes it first."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = TEMPLATE or None
        yield
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with _filled():
            yield
        if not kept_file().exists():
            _keep(kept_file())


@contextmanager
def database_of_its_own(folder: Path) -> Iterator[None]:
    """Another database of all tables, to commit to, thrown away at the end; on SQLite a file in `folder`."""
    named, raw, is_file = connection.settings_dict, connection.connection, connection.vendor == "sqlite"
    usual = dict(named)
    own = str(folder / "own.sqlite3") if is_file else f"{usual['NAME']}_own"
    if is_file:
        connection.connection = None  # the tables of the other tests live as long as this is kept
        named["OPTIONS"] = {**usual["OPTIONS"], "transaction_mode": "IMMEDIATE", "timeout": 20}
    else:
        like = f" TEMPLATE {TEMPLATE}" if TEMPLATE else ""
        _on_server(f"DROP DATABASE IF EXISTS {own}", f"CREATE DATABASE {own}{like}")
    named["NAME"] = own
    try:
        with _filled():
            call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        named |= {"NAME": usual["NAME"], "OPTIONS": usual["OPTIONS"]}
        if is_file:
            connection.connection = raw
        else:
            _on_server(f"DROP DATABASE {own}")


@contextmanager
def _filled() -> Iterator[None]:
    """New SQLite databases begin as a copy of the one that was kept, if there is one."""

    def fill(connection: Any, **_signal: object) -> None:
        if connection.vendor == "sqlite" and kept_file().exists() and not connection.introspection.table_names():
            with closing(sqlite3.connect(kept_file())) as made:
                made.backup(connection.connection)

    connection_created.connect(fill)
    try:
        yield
    finally:
        connection_created.disconnect(fill)


def _keep(path: Path) -> None:
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink()
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as kept:
        connection.connection.backup(kept)
    part.rename(path)


@cache
def kept_file() -> Path:
    """Where it is kept on SQLite: named by a digest of all migrations, also the libraries', and what runs them."""
    told = hashlib.sha256(f"{django.VERSION} {sys.version} {sqlite3.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            told.update(f"{app.label} {path.name}\n".encode() + path.read_bytes())
    return FOLDER / f"{told.hexdigest()[:32]}.sqlite3"


def _on_server(*statements: str) -> None:
    connection.close()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
