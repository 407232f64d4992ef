"""The facts of each period as a Parquet file that never changes, and a manifest that says which files hold now.

A refresh writes a new file beside the old one and then swaps the manifest, one small file, by a rename. Whoever
reads goes by the manifest as it was when they began, so they see the old or the new whole, also when the process
that refreshes is killed at any moment: until the swap nothing names its file. It costs as much as its period.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pyarrow as pa

from motbuoc.domains.ledger.rollup.shapes import FACTS

MANIFEST = "manifest.json"
LOCK = "lock"
SPILL = "spill"
MEMORY = "2GB"
"""What sorting and adding up may take; beyond it the engine goes on in files of its own."""
GRACE = 3600
"""Seconds that a file is kept after it was replaced, for those who began to read before."""


WRITING = """
    copy (from given order by unit, indicator, category)
    to $path (format parquet, compression zstd, parquet_version v2)
"""
"""The second version's encodings are read twice as quickly as the first's, and take a fifth less."""
WRONGS = {
    "a fact is of another period than {period}": "select exists (from written where period <> $period)",
    "a fact of period {period} lacks something": """
        select exists (
            from written
            where period is null or month is null or unit is null or indicator is null or category is null
               or amount is null or is_estimate is null
        )
    """,
    "facts of period {period} end on different days": "select min(month) <> max(month) from written",
    "a unit has two facts for one cell of period {period}": """
        select exists (
            from (
                select unit, indicator, category,
                       lag((unit, indicator, category)) over () as before
                from written
            )
            where (unit, indicator, category) = before
        )
    """,
}
"""What to say, and the question that finds it. What is there twice stands together in the file."""


class WrongFacts(ValueError):
    """What was to be published is not the facts of one period, each cell of a unit once."""


@dataclass(frozen=True)
class Manifest:
    """Which file holds the facts of a period, by the period's key."""

    files: Mapping[int, str]

    def to_text(self) -> str:
        """As it is kept."""
        return json.dumps({"version": 1, "periods": {str(key): name for key, name in sorted(self.files.items())}})

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """What `to_text` wrote."""
        return cls({int(key): name for key, name in json.loads(text)["periods"].items()})


class Snapshots:
    """The published periods in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self) -> Manifest:
        """What holds now; nothing before the first period."""
        try:
            return Manifest.from_text((self.folder / MANIFEST).read_text())
        except FileNotFoundError:
            return Manifest({})

    def paths(self, manifest: Manifest) -> list[Path]:
        """The files of a manifest, by period."""
        return [self.folder / name for _period, name in sorted(manifest.files.items())]

    def publish(self, period: int, facts: pa.Table | pa.RecordBatchReader) -> Path:
        """Put the facts of one period in the place of those published before, and give their file.

        Raises:
            WrongFacts: a fact is of another period, lacks something, or is there twice.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{period}-{uuid4().hex}.parquet"
        _write(path, facts, period)
        self._swap({period: path.name})
        return path

    def withdraw(self, period: int) -> None:
        """Have a period no longer among the published; its file stays until it is swept."""
        self._swap({period: None})

    def sweep(self, now: float | None = None) -> list[Path]:
        """Remove what no manifest names any more and nobody can still be reading, and give what was removed."""
        removed, moment = [], time.time() if now is None else now
        with self._alone():
            named = {MANIFEST, LOCK, *self.manifest().files.values()}
            for path in self.folder.rglob("*"):
                is_old = path.stat().st_mtime < moment - GRACE
                if path.is_file() and path.name not in named and is_old:
                    path.unlink()
                    removed.append(path)
        return removed

    def _swap(self, changes: Mapping[int, str | None]) -> None:
        with self._alone():
            before = self.manifest().files
            files = {**before, **changes}
            kept = Manifest({period: name for period, name in files.items() if name is not None})
            beside = self.folder / f"{MANIFEST}-{uuid4().hex}"
            beside.write_text(kept.to_text())
            _to_disk(beside)
            for name in set(before.values()) - set(kept.files.values()):
                os.utime(self.folder / name)  # the time of grace begins, before anybody can begin to remove it
            beside.replace(self.folder / MANIFEST)
            _to_disk(self.folder)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two who refresh at once take turns at the manifest, or one would undo the other's change."""
        with (self.folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, also by being killed
            yield


def _write(path: Path, facts: pa.Table | pa.RecordBatchReader, period: int) -> None:
    unfinished = path.with_suffix(".part")
    try:
        _sort_into(unfinished, facts, period)
    except (duckdb.InvalidInputException, pa.ArrowException) as error:  # what the reader of the facts says
        unfinished.unlink(missing_ok=True)
        raise WrongFacts(str(error)) from error
    except WrongFacts:
        unfinished.unlink()
        raise
    _to_disk(unfinished)
    unfinished.replace(path)
    _to_disk(path.parent)


def _sort_into(path: Path, facts: pa.Table | pa.RecordBatchReader, period: int) -> None:
    """By unit: one unit's facts stand together, and for them the rest of the file need not be read."""
    with closing(engine(path.parent)) as connection:
        connection.register("given", _as_facts(facts))
        connection.execute(WRITING, {"path": str(path)})
        _check(connection, path, period)


def _as_facts(facts: pa.Table | pa.RecordBatchReader) -> pa.RecordBatchReader:
    """With the columns of facts; a digit that they have no place for is not rounded away, but an error."""
    reader = facts.to_reader() if isinstance(facts, pa.Table) else facts
    return reader.cast(FACTS.to_pyarrow())


def _check(connection: duckdb.DuckDBPyConnection, path: Path, period: int) -> None:
    connection.read_parquet(str(path)).create_view("written")
    for words, question in WRONGS.items():
        found = connection.execute(question, {"period": period} if "$period" in question else {}).fetchall()
        if found[0][0]:
            raise WrongFacts(words.format(period=period))


def engine(folder: Path) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, for one task in one thread; it asks the network for nothing."""
    config: dict[str, Any] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / SPILL),
        "autoinstall_known_extensions": False,
    }
    return duckdb.connect(config=config)


def _to_disk(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
