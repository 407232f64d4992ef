"""The history: what a line adds to a write, and how much memory sealing and verifying take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.line import SMALL, at_most

LINES = (1_000, 10_000) if SMALL else (100_000, 1_000_000)
STEPS = 40 if SMALL else 400


def main() -> None:
    """Every figure of the history; the share of a write on PostgreSQL too, where one is set."""
    with tempfile.TemporaryDirectory() as folder:
        on_sqlite = {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": ""}
        share = _measured("share", STEPS, on_sqlite)["share"]
        at_most("history: a step with its line / without, SQLite", share, 1.3)
        if url := os.environ.get("MOTBUOC_DATABASE_URL"):
            share = _measured("share", STEPS, {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": url})["share"]
            at_most("history: a step with its line / without, PostgreSQL", share, 1.3)
    few, many = (_memory(lines) for lines in LINES)
    words = f"peak memory of {LINES[1]:,} lines / {LINES[0]:,}"
    at_most(f"history: sealing, {words}", many["seal"] / few["seal"], 1.2)
    at_most(f"history: verifying, {words}", many["verify"] / few["verify"], 1.2)
    print(
        f"  {LINES[1]:,} lines sealed in {many['seal_s']:.0f} s, verified in {many['verify_s']:.0f} s", flush=True
    )


def _memory(lines: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        env = {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": ""}
        _measured("fill", lines, env)
        return _measured("seal", 0, env) | _measured("verify", 0, env)


def _measured(what: str, size: int, env: dict[str, str]) -> dict[str, float]:
    """What `benchmarks.peer.history` prints, from a process of its own: its memory is nobody else's."""
    command = [sys.executable, "-m", "benchmarks.peer.history", what, str(size)]
    done = subprocess.run(command, env=os.environ | env, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
