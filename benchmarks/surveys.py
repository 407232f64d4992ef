"""A survey of a million sheets: the page of its results ÷ the engine's bare aggregate of the same answers, and
counting them ÷ only opening them, in the same run.

The aggregate is DuckDB's over a Parquet file with a column for each question, which it may read as it likes best;
the page is asked through the whole of Django as an officer asks it, and makes the same counts of what is kept.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.line import SMALL, at_most

SHEETS = 5_000 if SMALL else 1_000_000


def main() -> None:
    """Each figure, from a process of its own with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": ""}
        command = [sys.executable, "-m", "benchmarks.peer.surveyed", str(SHEETS)]
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"{json.dumps(found, indent=1)}\n")
    at_most(f"surveys: results of {SHEETS} sheets / DuckDB's bare aggregate", found["page"] / found["bare"], 3)
    at_most(f"surveys: a table by group of {SHEETS} / DuckDB's", found["crossed"] / found["bare_crossed"], 3)
    at_most(f"surveys: counting {SHEETS} sheets / only opening them", found["counting"] / found["opening"], 3)
    at_most("surveys: peak memory of counting / 1 GiB", found["peak"] / 2**30, 1)
