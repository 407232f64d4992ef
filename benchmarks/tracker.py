"""The tracker at the size of a province: pages over a million assignments ÷ the same over ten thousand, and ÷ the
public reference for pages of this kind (150 ms at a million rows on ten processors), on SQLite and PostgreSQL.

Times of pages are processor time, their database's too (`peer/wsgi.py`): other work on the machine does not count.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from statistics import median
from typing import Any
from urllib.parse import quote

import psycopg

from benchmarks import issuing, reminders
from benchmarks.line import SMALL, at_least, at_most
from benchmarks.peer.server import Client, answering, filled, installation

UNITS, FEW, MANY = (2_000, 2_500, 10_000) if SMALL else (20_000, 10_000, 1_000_000)
TURNS = 5 if SMALL else 9
REFERENCE = 0.150  # seconds
POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
PAGES = {
    "inbox": "/viec/?",
    "inbox, page 20": "/viec/?page=20&",
    "inbox, to accept": "/viec/?tab=waiting&",
    "inbox, done": "/viec/?tab=done&",
    "inbox, all": "/viec/?tab=all&",
    "inbox, overdue": "/viec/?lateness=3&",
    "inbox, quiet": "/viec/?lateness=1&",
    "inbox, returned": "/viec/?state=returned&",
    "inbox, of a directive": "/viec/?directive={document}&",
    "inbox, of a unit": "/viec/?tab=all&unit={unit}&",
    "search, a common word": "/viec/?words=tổ+chức&",
    "search, a number": "/viec/?words=3-CV/TU&",
    "search, a unit": "/viec/?words=chi+bộ+cell+77&",
    "search, nothing": "/viec/?words=không+có+đâu&",
    "directives": "/cong-viec/?",
    "board of a directive": "/bang/{document}/?",
    "page of an assignment": "/viec/{assignment}/?",
    "today": "/?",
}
"""What is asked for, each with its address to be asked anew."""
ROWS = {"directives": 'class="panel directive-line"'}
"""Pages with fewer rows where there is less, and what stands once in each row: they are compared by the row."""
GREAT = {
    "by level": "/bang/{great}/?level=1&",
    "each unit": "/bang/{great}/?level=0&",
    "late units of a name": "/bang/{great}/?level=0&lateness=3&words=cell+7&",
}
"""The board of one directive of 20 items to 5,000 units."""
WHO = {"everything": "all units", "region": "a twentieth", "cell": "one unit"}
"""Who asks: somebody over the whole province, over about a thousand units, and of one."""


def main() -> None:
    """Every figure, on each database; those of the sweep and of issuing too."""
    reminders.main()
    for name, url in (("SQLite", ""), ("PostgreSQL", POSTGRES)):
        with database(url) as (empty_url, _other):
            if empty_url is not None:
                issuing.main(name, empty_url)
        with database(url) as (few_url, many_url):
            if many_url is not None:
                pages(name, few_url or "", many_url)


@contextmanager
def database(url: str) -> Iterator[tuple[str | None, str | None]]:
    """Two empty databases on the server at `url`, dropped afterwards; "" for SQLite, None where none answers."""
    if not url:
        yield "", ""
        return
    names = [f"bench_tracker_{os.getpid()}_{size}" for size in ("few", "many")]
    try:
        server = psycopg.connect(url, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        sys.stderr.write("no PostgreSQL answers: left out\n")
        yield None, None
        return
    with server:
        for name in names:
            server.execute(f'create database "{name}"')
            # All that a query takes is taken by its own session, whose processor time is looked at.
            server.execute(f'alter database "{name}" set max_parallel_workers_per_gather = 0')
        try:
            few, many = (f"{url.rsplit('/', 1)[0]}/{name}" for name in names)
            yield few, many
        finally:
            for name in names:
                with suppress(psycopg.Error):
                    server.execute(f'drop database "{name}" with (force)')


def pages(vendor: str, few_url: str, many_url: str) -> None:
    """Every page for each who asks: many ÷ few, and the reference ÷ many."""
    with installation(few_url) as few, installation(many_url) as many:
        small, large = (
            filled(env, "benchmarks.peer.tracked", UNITS, size) for env, size in ((few, FEW), (many, MANY))
        )
        with answering(few) as few_port, answering(many) as many_port:
            for who, seen in WHO.items():
                little, big = Client(few_port, small[who]), Client(many_port, large[who])
                if who == "everything":
                    great_board(vendor, big, large)
                for page, path in PAGES.items():
                    compared(
                        f"tracker, {vendor}, {seen}: {page}",
                        (big, path.format(**large)),
                        (little, path.format(**small)),
                        ROWS.get(page, ""),
                    )


def great_board(vendor: str, client: Client, ids: dict[str, Any]) -> None:
    """The board of the great directive (of any where the sizes have none), and the reference ÷ it."""
    for view, path in GREAT.items():
        asked = path.format(great=ids["great"] or ids["document"])
        taken, _same = _turns((client, asked), (client, asked))
        at_least(f"tracker, {vendor}: board of 5,000 units x 20, {view}, 150 ms / ours", REFERENCE / taken, 1)


def compared(name: str, big: tuple[Client, str], little: tuple[Client, str], row: str = "") -> None:
    """Print how one page compares, by the `row` if given; a page that is not for this viewer is left out."""
    with suppress(AssertionError):
        large, small = _turns(big, little)
        at_least(f"{name}, 150 ms / ours", REFERENCE / large, 1)
        if row:
            large, small = (taken / _rows(asked, row) for taken, asked in ((large, big), (small, little)))
            name += ", each row"
        at_most(f"{name}, {MANY} / {FEW}", large / small, 1.5)


def _rows(asked: tuple[Client, str], row: str) -> int:
    client, path = asked
    found = client.get(path).count(row)
    assert found, f"{path} has no rows"
    return found


def _turns(big: tuple[Client, str], little: tuple[Client, str]) -> tuple[float, float]:
    """Median processor seconds of both pages made anew, asked for in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(TURNS):
        for kept, (client, path) in zip(times, (big, little), strict=True):
            client.get(f"{quote(path, safe='/?&=+')}turn={turn}")
            kept.append(client.spent)
    large, small = (median(kept[2:]) for kept in times)
    return large, small
