"""Entering figures (`peer/entry.py`); pages of figures over 1,000 units x 65 fields x 12 months ÷ one query
written by hand for one month; and the roll-up at the size of a nation: 60 million facts, ÷ the best that DuckDB
does with SQL written by hand over the same files in the same process, and a second ÷ what a page may ask for.

Figures are processor time, all threads of the engine counted, so that other work on the machine does not count.
The roll-up has the time by the clock beside it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from statistics import median
from typing import Any

from benchmarks.line import SMALL, at_least, at_most
from benchmarks.peer.entry import entering
from benchmarks.peer.server import ROOT, Client, answering, filled, installation

SIZES = (1, 4, 20, 100, 1_875) if SMALL else (1, 34, 306, 3_400, 46_259)
INDICATORS = 10 if SMALL else 100
TURNS = 3 if SMALL else 7
INTERACTIVE = 1.0  # seconds in which an answer does not break one's thought
GIB = 2**30


REPORTED = (4, 24, 10, 6) if SMALL else (10, 99, 65, 12)  # units, under each, indicators, months
PAGES = {
    "totals of all units": "/so-lieu/ky/{period}/tong-hop/?",
    "the same as of a day, nothing kept": "/so-lieu/ky/{period}/tong-hop/?den-ngay={today}&",
    "one figure with its course": "/so-lieu/ky/{period}/chi-tieu/?chi-tieu={indicator}&",
    "units x indicators, ten units": "/so-lieu/ky/{period}/bang/?",
    "units x indicators, 100 units": "/so-lieu/ky/{period}/bang/?don-vi={middle}&",
    "units x months, 100 units": "/so-lieu/ky/{period}/bang/?don-vi={middle}&cot=period&chi-tieu={indicator}&",
    "indicators x months": "/so-lieu/ky/{period}/bang/?hang=indicator&cot=period&",
    "units x parts, 100 units": "/so-lieu/ky/{period}/bang/?don-vi={middle}&cot=category&chi-tieu={broken}&",
    "100 units compared": "/so-lieu/ky/{period}/so-sanh/?don-vi={middle}&chi-tieu={indicator}&",
    "how far its reports are": "/so-lieu/ky/{period}/?",
}
"""What is asked for, each with its address to be asked anew."""
PAGE_TURNS = 5 if SMALL else 15


def main() -> None:
    """What is entered, pages, then the nation."""
    entering()
    pages()
    nation()


def pages() -> None:
    """Each page ÷ one month added up by hand for the topmost unit, asked for in turn."""
    with installation() as env:
        ids = filled(env, "benchmarks.peer.figured", *REPORTED)
        with answering(env) as port:
            compared(Client(port, ids["officer"]), ids)


def compared(client: Client, ids: dict[str, Any]) -> None:
    """Print each page's figure."""
    by_hand = f"/added-up/{ids['period']}/{ids['top']}/"
    for name, path in PAGES.items():
        ours, theirs = [], []
        for turn in range(PAGE_TURNS):
            client.get(f"{path.format(**ids)}turn={turn}")
            ours.append(client.spent)
            client.get(by_hand)
            theirs.append(client.spent)
        spent = median(theirs)
        sys.stderr.write(f"{name}: {median(ours):.4f} s, by hand {spent:.4f} s\n")
        at_most(f"ledger: {name} / one month by hand", median(ours) / spent, 5)


def nation() -> None:
    """Every figure, of a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
        sizes = ",".join(map(str, SIZES))
        command = [sys.executable, "-m", "benchmarks.peer.rollup", folder, sizes, str(INDICATORS), str(TURNS)]
        done = subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout)
    facts, units = found["facts"], sum(SIZES)
    sys.stderr.write(f"{json.dumps(found, indent=1)}\n")
    at_most(f"ledger: {units} units' totals of a period / best SQL by hand", found["rolled_up"], 1.3)
    at_most("ledger: the same by the clock", found["rolled_up_clock"], 1.3)
    at_least(f"ledger: year of a lowest unit of {facts} facts, 1 s / ours", INTERACTIVE / found["lowest_year"], 1)
    at_least("ledger: year of a province, 1 s / ours", INTERACTIVE / found["province_year"], 1)
    at_least("ledger: table of provinces of a period, 1 s / ours", INTERACTIVE / found["table"], 1)
    at_most("ledger: publishing a period / DuckDB writing the same rows", found["publish"], 1.5)
    at_most("ledger: refreshing a period beside 12 / beside none", found["refresh"], 1.1)
    at_most("ledger: peak memory / 4 GiB", found["peak"] / (4 * GIB), 1)
