"""Run every test: on SQLite with the journeys, then on PostgreSQL where a server answers."""

import os
import subprocess
import sys

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


def main() -> int:
    """The first exit code that is not 0."""
    code = run("SQLite", *WORKERS, "--ignore=tests/journeys")
    code = code or run("Journeys in a browser", "tests/journeys")
    if answers(POSTGRES):
        apart = [f"--ignore={path}" for path in ONE_DATABASE]
        code = code or run("PostgreSQL", *WORKERS, "--with-database", *apart, MOTBUOC_DATABASE_URL=POSTGRES)
    else:
        print("== PostgreSQL: skipped, no server answers (set TEST_POSTGRES_URL)")
    return code


if __name__ == "__main__":
    sys.exit(main())
