"""The sweep: its time grows with what is due, not with what exists."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.line import SMALL, at_most
from benchmarks.peer.server import ROOT

UNITS, FEW, MANY, SAME, DUE = (
    (500, 1_000, 10_000, 500, 2_000) if SMALL else (20_000, 100_000, 1_000_000, 20_000, 100_000)
)


def main() -> None:
    """Every figure, on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        _do(folder, "fill", UNITS, FEW)
        few = _swept(folder, SAME)
        _do(folder, "fill", UNITS, MANY)
        many = _swept(folder, SAME)
        all_due = _swept(folder, DUE)
    assert few["told"] == many["told"] == SAME, f"{few} {many}"
    at_most(f"tracker: sweep, {SAME} due of {MANY} open / of {FEW} open", many["s"] / few["s"], 1.5)
    at_most(f"tracker: sweep of {DUE} due, seconds / 60", all_due["s"] / 60, 1)
    at_most(f"tracker: sweep of {DUE} due, memory in MB / 300", all_due["mb"] / 300, 1)


def _swept(folder: str, count: int) -> dict[str, Any]:
    _do(folder, "due", count)
    return _do(folder, "sweep")


def _do(folder: str, *step: object) -> dict[str, Any]:
    env = os.environ | {"MOTBUOC_DATA_DIR": folder, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    env["MOTBUOC_DATABASE_URL"] = ""
    command = [sys.executable, "-m", "benchmarks.peer.sweeping", *map(str, step)]
    Path(folder, "static").mkdir(exist_ok=True)
    done = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found
