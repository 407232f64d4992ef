"""One installation of a test: a data folder, a database, and the product's own commands run in it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from config.env import ENV, ROOT
from tests.object_store import ACCESS_KEY, SECRET_KEY


@dataclass(frozen=True)
class Installation:
    """A data folder and, on PostgreSQL, the address of a database of its own."""

    folder: Path
    database_url: str
    files_url: str = ""

    @classmethod
    def new(cls, folder: Path, like: Installation | None = None) -> Installation:
        """An empty one on the database that the tests run on, or a copy of another that nobody uses now."""
        shutil.copytree(like.folder, folder) if like else folder.mkdir()
        if not ENV.database_url:
            return cls(folder, "")
        name = f"motbuoc_test_{uuid4().hex}"
        template = f' TEMPLATE "{like.database_url.rsplit("/", 1)[1]}"' if like else ""
        on_server(f'CREATE DATABASE "{name}"{template}')
        return cls(folder, f"{ENV.database_url.rsplit('/', 1)[0]}/{name}")

    def remove(self) -> None:
        """Take the database away again; the folder is the test's."""
        if self.database_url:
            on_server(f'DROP DATABASE "{self.database_url.rsplit("/", 1)[1]}" WITH (FORCE)')

    def tables(self) -> int:
        """How many tables its database has."""
        if self.database_url:
            with psycopg.connect(self.database_url) as connection:
                found = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
        else:
            with closing(sqlite3.connect(self.folder / "motbuoc.sqlite3")) as connection:
                found = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        assert found
        return int(found[0])

    def motbuoc(self, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `motbuoc …` to its end."""
        command = [sys.executable, "-m", "config.manage", *map(str, arguments)]
        return subprocess.run(
            command, env=self._environment(**environment), cwd=ROOT, capture_output=True, text=True, check=False
        )

    def deed(self, *arguments: str) -> Any:
        """Do one of `deeds` to its end; gives what it printed."""
        done = subprocess.run(
            self._deed(*arguments), env=self._environment(), cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "null")

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Begin one of `deeds`, at the head of a process group of its own."""
        return subprocess.Popen(self._deed(*arguments), env=self._environment(), cwd=ROOT, start_new_session=True)

    def _deed(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "tests.installations.deeds", *arguments]

    def _environment(self, **more: str) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "MOTBUOC_DATA_DIR": str(self.folder),
            "MOTBUOC_DATABASE_URL": self.database_url,
            "MOTBUOC_FILES_URL": self.files_url,
            "MOTBUOC_S3_ACCESS_KEY": ACCESS_KEY,
            "MOTBUOC_S3_SECRET_KEY": SECRET_KEY,
        }
        return os.environ | own | more


def on_server(statement: str) -> None:
    """Run one statement outside of the installations' own databases."""
    with psycopg.connect(make_conninfo(ENV.database_url), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[arg-type]  # made of names of our own


def numbers_in(path: Path) -> list[int]:
    """The whole lines of a file of numbers; a line that was being written is not one."""
    text = path.read_text() if path.exists() else ""
    return [int(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def wait_for(path: Path, count: int, seconds: float = 30) -> None:
    """Wait until the file has so many numbers."""
    until = time.monotonic() + seconds
    while len(numbers_in(path)) < count:
        assert time.monotonic() < until, f"only {len(numbers_in(path))} of {count} came"
        time.sleep(0.005)
