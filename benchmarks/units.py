"""The ground floor at the size of a province: lists, what one may see, subtrees, a great merger, the history."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import history
from benchmarks.line import SMALL, at_least, at_most
from benchmarks.peer.server import ROOT, Client, serving

UNITS, POSITIONS, MERGED = (2_000, 8_000, 50) if SMALL else (50_000, 200_000, 300)
FEW, ITEMS = 100, 7
TURNS = 10 if SMALL else 60
LISTS = {
    "inbox": "/viec/?tab=all&",
    "directives": "/cong-viec/?",
    "documents": "/van-ban/?",
    "reports": "/bao-cao/?",
    "units": "/don-vi/?",
    "acts": "/don-vi/sap-xep/?",
    "groups": "/don-vi/nhom/?",
    "people": "/nguoi/?",
    "history": "/lich-su/?",
    "inspections": "/kiem-tra/?",
    "today": "/?",
}
"""The list pages, each with its address to be asked anew."""


def main() -> None:
    """Every figure, those of the history too."""
    acts()
    lists()
    history.main()


def acts() -> None:
    """What an act and a read cost, in a process of their own on an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "static").mkdir()
        env = os.environ | {"MOTBUOC_DATA_DIR": folder, "PYTHONPATH": str(ROOT), "MOTBUOC_DATABASE_URL": ""}
        command = [sys.executable, "-m", "benchmarks.peer.reorganising", *map(str, (UNITS, POSITIONS, MERGED))]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    at_most(f"units: merge of {MERGED} / one rename, tree of {UNITS}", found["merge"], 50)
    at_most("units: joins that what one may see adds to a list", found["joins"], 1)
    at_most(f"units: steps to find a province's {found['below']} units", len(found["subtree"]), 1)
    scans = sum("SCAN" in step for step in found["subtree"])
    at_most("units: of these, scans of a whole table", scans, 0)


def lists() -> None:
    """Every list in a large tree ÷ the same in one of 100 units, and ÷ a bare page of 20 rows, same server."""
    with (
        serving(FEW, ITEMS, who="everything") as (small, _ids),
        serving(FEW, ITEMS, UNITS, POSITIONS, who="everything") as (large, _more),
    ):
        for name, path in LISTS.items():
            big, little, bare = _turns(large, small, path)
            at_most(f"units: list of {name}, {UNITS} units / {FEW} units", big / little, 1.5)
            at_least(f"units: list of {name}, made anew, requests/s / bare page's", bare / big, 0.5)


def _turns(large: Client, small: Client, path: str) -> tuple[float, float, float]:
    """Median seconds of a page made anew in the large tree, in the small one, and of the bare page; in turn."""
    times: tuple[list[float], list[float], list[float]] = ([], [], [])
    for turn in range(TURNS):
        asked = ((large, f"{path}turn={turn}"), (small, f"{path}turn={turn}"), (large, "/bare/"))
        for kept, (client, address) in zip(times, asked, strict=True):
            start = perf_counter()
            client.get(address)
            kept.append(perf_counter() - start)
    big, little, bare = (median(kept[3:]) for kept in times)
    return big, little, bare
