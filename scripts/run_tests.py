"""Run every test: on SQLite with the journeys, then on PostgreSQL where a server answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
# A file is one worker's: what its tests share (a neighbourhood, a demo, a site) is made once, not once a worker.
WORKERS = ("-n", "2", "--dist", "loadfile")
ONE_DATABASE = (
    # They ask nothing of a database.
    "tests/vanban",
    "tests/journeys",
    # Who may do what is the same on both, and asking everybody at every door takes as long as all the rest.
    "tests/house",
    # The same invented data, loaded once more for each file; test_province and test_command load it on both.
    "tests/demo/test_changes.py",
    "tests/demo/test_dispatch.py",
    "tests/demo/test_plans.py",
    "tests/demo/test_same_seed.py",
)
"""Not run again on PostgreSQL, besides every test that touches no database."""


def answers(url: str) -> bool:
    """Whether a PostgreSQL server can be reached there."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def run(name: str, *arguments: str, **environment: str) -> int:
    """One run of pytest."""
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, env=os.environ | environment, check=False).returncode


@contextmanager
def migrated(url: str) -> Iterator[str]:
    """A database on that server as all migrations leave it, for the workers to copy; its name."""
    name = f"motbuoc_migrated_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]  # a name of our own
    try:
        environment = os.environ | {"MOTBUOC_DATABASE_URL": f"{url.rsplit('/', 1)[0]}/{name}"}
        command = [sys.executable, "-m", "config.manage", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=environment, check=True)
        yield name
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[arg-type]


def main() -> int:
    """The first exit code that is not 0."""
    code = run("SQLite", *WORKERS, "--ignore=tests/journeys")
    code = code or run("Journeys in a browser", "tests/journeys")
    if answers(POSTGRES):
        apart = [f"--ignore={path}" for path in ONE_DATABASE]
        with migrated(POSTGRES) as template:
            around = {"MOTBUOC_DATABASE_URL": POSTGRES, "TEST_POSTGRES_TEMPLATE": template}
            code = code or run("PostgreSQL", *WORKERS, "--with-database", *apart, **around)
    else:
        print("== PostgreSQL: skipped, no server answers (set TEST_POSTGRES_URL)")
    return code


if __name__ == "__main__":
    sys.exit(main())
