"""A draft with a million comments: its page with the counts of every provision ÷ the bare query of these counts,
and the list of one provision deep inside ÷ the same page of a draft with a thousand, in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

from benchmarks.line import SMALL, at_most

COMMENTS = 20_000 if SMALL else 1_000_000


def main() -> None:
    """Each figure, from a process of its own with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"MOTBUOC_DATA_DIR": folder, "MOTBUOC_DATABASE_URL": ""}
        command = [sys.executable, "-m", "benchmarks.peer.consulted", str(COMMENTS)]
        done = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    sys.stderr.write(f"{json.dumps(found, indent=1)}\n")
    if not SMALL:  # of a few thousand the bare counts take no time
        at_most(f"consultation: draft with {COMMENTS} comments / bare counts", found["page"] / found["bare"], 3)
    at_most(f"consultation: list among {COMMENTS} / among a thousand", found["list"] / found["small"], 1.5)
    at_most("consultation: list deep inside / from its beginning", found["list"] / found["first"], 1.5)
