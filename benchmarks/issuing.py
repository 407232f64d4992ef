"""Issuing a great directive: the request that begins it, how fast units get it, and that nothing is doubled."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks.line import SMALL, at_least, at_most
from benchmarks.peer.server import ROOT, Client, answering, filled, installation

UNITS, DUTIES = (1_000, 20) if SMALL else (5_000, 20)
ALL = UNITS * DUTIES
REQUESTS = 3  # directives begun by a request, of which the first is then issued
BATCHES = 3 if SMALL else 9
LONGEST = 1_800  # seconds to wait for the worker
SHOWN = re.compile(r'<progress max="(\d+)" value="(\d+)"')


def main(vendor: str, url: str) -> None:
    """Every figure, in the empty database at `url` ("": SQLite)."""
    with installation(url) as env:
        ids = filled(env, "benchmarks.peer.issued", "fill", UNITS, DUTIES, REQUESTS + 1)
        *begun, paced = ids["documents"]
        name = f"tracker, {vendor}: issuing {ALL} assignments"
        with answering(env) as port:
            client = Client(port, ids["officer"])
            at_most(f"{name}, the request / bare page", _requests(client, begun), 10)
            _stopped_and_resumed(name, client, env, begun)
        pace = filled(env, "benchmarks.peer.issued", "pace", *paced, BATCHES)
        at_least(f"{name}, per second / bare bulk_create of the rows", 1 / pace["ratio"], 0.33)


def _requests(client: Client, documents: list[tuple[int, int]]) -> float:
    """The median processor time of the requests that begin to issue ÷ that of the bare page, in turn."""
    begin, bare = [], []
    client.get("/bare/")
    for pk, version in documents:
        client.post(_page(pk), version=version)
        begin.append(client.spent)
        for _ in range(5):
            client.get("/bare/")
            bare.append(client.spent)
    return median(begin) / median(bare)


def _stopped_and_resumed(name: str, client: Client, env: dict[str, str], begun: list[tuple[int, int]]) -> None:
    """Issue the first one while it is looked at: stopped, resumed, its worker killed, resumed; then count."""
    (pk, version), *others = begun
    for other, _version in others:
        client.post(_page(other), act="stop")
    seen, looks = [0], []

    def work_until(is_enough: Callable[[int], bool]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "django", "db_worker", "--batch", "-v0"]
        worker = subprocess.Popen(command, env=env, cwd=ROOT)
        until = time.monotonic() + LONGEST
        while worker.poll() is None and not is_enough(seen[-1]) and time.monotonic() < until:
            seen.append(_progress(client, pk))
            looks.append(client.spent)
            time.sleep(0.05)
        return worker

    first = work_until(lambda done: done > 0)
    client.post(_page(pk), act="stop")
    first.wait(LONGEST)
    stopped_at = _progress(client, pk)
    time.sleep(1)
    assert _progress(client, pk) == stopped_at < ALL, "it went on after it was stopped"
    client.post(_page(pk), act="resume")
    second = work_until(lambda done: done > stopped_at + ALL / 4)
    second.kill()
    second.wait()
    client.post(_page(pk), act="resume")
    third = work_until(lambda _done: False)
    third.wait(LONGEST)
    told: dict[str, Any] = filled(env, "benchmarks.peer.issued", "told", pk, version)
    assert told["state"] == "finished", told
    wrong = abs(told["copies"] - UNITS) + sum(abs(told[name] - ALL) for name in ("rows", "pairs", "lines", "said"))
    at_most(f"{name}, stopped, killed and resumed: doubled or missing", wrong, 0)
    at_least(f"{name}, different counts its page showed", len(set(seen)), 3 if SMALL else 20)
    at_least(f"{name}, its page meanwhile, 150 ms / ours", 0.150 / median(looks), 1)


def _page(pk: int) -> str:
    return f"/van-ban/{pk}/giao/"


def _progress(client: Client, pk: int) -> int:
    """How many assignments the page says are made."""
    found = SHOWN.search(client.get(_page(pk)))
    assert found, "the page shows no progress"
    return int(found[2])
