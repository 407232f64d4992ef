"""Entering figures: what saving a cell costs, and how long a form of 1,200 cells takes to answer a key."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from decimal import Decimal
from html import unescape
from statistics import median
from typing import Any

from benchmarks.line import SMALL, at_most
from benchmarks.peer.server import Client, answering, filled, installation

FORM = (10, 12) if SMALL else (100, 12)
SAVINGS, KEYS = (20, 60) if SMALL else (200, 300)
FRAME = 16  # ms


def entering() -> None:
    """A form of 100 indicators by 12 parts: saved by the service, by a request, and typed into."""
    with installation() as env:
        ids = filled(env, "benchmarks.peer.entering", "fill", *FORM)
        name = f"ledger: form of {ids['cells']} cells"
        one = filled(env, "benchmarks.peer.entering", "cells", ids["submission"], SAVINGS)
        at_most(f"{name}, saving one / bare update", one["ours"] / one["bare"], 2)
        subprocess.run([sys.executable, "-m", "django", "collectstatic", "--no-input", "-v0"], env=env, check=True)
        with answering(env) as port:
            page = f"/so-lieu/bao-cao/{ids['submission']}/"
            one_cell, a_line = _requests(Client(port, ids["who"]), page)
            at_most(f"{name}, request that saves one / bare view", one_cell, 2)
            at_most(f"{name}, request that saves a line, per cell / bare view", a_line, 2)
            _keys(name, filled(env, "benchmarks.peer.keys", port, ids["who"], page, KEYS))


def _requests(client: Client, page: str) -> tuple[float, float]:
    """Processor time of a request that saves a cell, and of one for a line by the cell, ÷ the bare view's."""
    html = client.get(page)
    line = re.search(r'name="seen-(\d+)"', html)
    assert line, "the form has no line"
    names = re.findall(rf'name="(amount-{line[1]}-\d+)"', html)
    ours, lines, bare = list[float](), list[float](), list[float]()
    for number in range(SAVINGS):
        for count, taken in ((1, ours), (len(names), lines)):
            seen = _seen(html, line[1])
            amounts = [int(Decimal(amount)) for amount, _is_estimate, _note in json.loads(seen)]
            amounts[:count] = [10 + (amount + count) % 80 for amount in amounts[:count]]
            fields = dict(zip(names, amounts, strict=True)) | {f"seen-{line[1]}": seen}
            html = client.post(page, by_script="X-Grid", **fields)
            taken.append(client.spent)
        client.post("/bare-cell/", row=1, amount=number)
        bare.append(client.spent)
    return median(ours) / median(bare), median(lines) / median(bare) / len(names)


def _seen(html: str, field: str) -> str:
    """What stands in the cells of a line, as a page or an answer says it."""
    found = re.search(rf'name="seen-{field}" value="([^"]*)"', html)
    assert found, "the line is not there"
    return unescape(found[1])


def _keys(name: str, found: dict[str, Any]) -> None:
    """How long keys took, while the form saved by itself."""
    taken = sorted(found["taken"])
    assert len(taken) >= KEYS * 0.9, f"only {len(taken)} of {KEYS} keys were answered"
    assert found["saves"] >= KEYS // 20, "the form was not saved meanwhile"
    at_most(f"{name}, answer to a key, median / frame", median(taken) / FRAME, 1)
    at_most(f"{name}, the same, 99 of 100 / frame", taken[len(taken) * 99 // 100] / FRAME, 1)
    at_most(f"{name}, the same, the worst of {len(taken)} / frame", taken[-1] / FRAME, 1)
    at_most(f"{name}, the longest that its page was busy / frame", found["longest"] / FRAME, 1)
