"""Run every test: on SQLite with the journeys, then on PostgreSQL where a server answers."""

import os
import subprocess
import sys

import psycopg

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")


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


def main() -> int:
    """The first exit code that is not 0."""
    code = run("SQLite", "-n", "2", "-m", "not journey")
    code = code or run("Journeys in a browser", "-m", "journey")
    if answers(POSTGRES):
        # The walk of every door asks the pages, not the database, and takes as long as all the rest.
        apart = ("--ignore=tests/vanban", "--ignore=tests/house")
        code = code or run("PostgreSQL", "-n", "2", "-m", "not journey", *apart, MOTBUOC_DATABASE_URL=POSTGRES)
    else:
        print("== PostgreSQL: skipped, no server answers (set TEST_POSTGRES_URL)")
    return code


if __name__ == "__main__":
    sys.exit(main())
