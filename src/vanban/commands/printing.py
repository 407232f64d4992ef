"""Results on the way out: text, a table, JSON, JSON Lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from vanban.commands.files import Result
from vanban.commands.views import Row, View

FORMATS = ("text", "table", "json", "jsonl", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(results: Iterable[Result], view: View, form: str, *, single: bool, out: TextIO) -> int:
    """Write every result to `out`; return the highest exit code among them. `single`: one file was asked for."""
    kept = _Codes(results)
    {"text": _text, "table": _table, "json": _json, "jsonl": _jsonl, "csv": _csv}[form](kept, view, out, single)
    return kept.highest


class _Codes:
    """Passes results on and remembers the highest exit code."""

    def __init__(self, results: Iterable[Result]) -> None:
        self._results = results
        self.highest = 0

    def __iter__(self) -> Iterator[Result]:
        for result in self._results:
            self.highest = max(self.highest, result.code)
            yield result


def _text(results: Iterable[Result], view: View, out: TextIO, single: bool) -> None:
    first = True
    for result in results:
        if result.document is None:
            continue
        title = "" if single else f"== {result.path}\n"
        out.write(("" if first else "\n") + title + view.text(result.document) + "\n")
        first = False


def _table(results: Iterable[Result], view: View, out: TextIO, single: bool) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table("file", *view.columns, box=SIMPLE_HEAD)
    for row in _rows(results, view):
        table.add_row(*map(Text, row))
    width = None if out.isatty() else 240
    Console(file=out, width=width, highlight=False).print(table)


def _json(results: Iterable[Result], view: View, out: TextIO, single: bool) -> None:
    values = [_values(result, view) for result in results if result.code != 2]
    if values or not single:
        out.write(json.dumps(values[0] if single else values, ensure_ascii=False, indent=2) + "\n")


def _jsonl(results: Iterable[Result], view: View, out: TextIO, single: bool) -> None:
    for result in results:
        if result.code != 2:
            line = {"file": str(result.path), view.name: _values(result, view)}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()


def _values(result: Result, view: View) -> Any:
    return {"refused": result.refusal} if result.document is None else view.values(result.document)


def _csv(results: Iterable[Result], view: View, out: TextIO, single: bool) -> None:
    writer = csv.writer(out)
    writer.writerow(("file", *view.columns))
    for row in _rows(results, view):
        writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula: the words are a stranger's."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _rows(results: Iterable[Result], view: View) -> Iterator[Row]:
    for result in results:
        if result.document is not None:
            for row in view.rows(result.document):
                yield (str(result.path), *row)


def opened(path: str | None) -> TextIO:
    """Open the file to write to; without one it is the standard output. A spreadsheet knows UTF-8 by its mark."""
    if path is None:
        return sys.stdout
    return open(path, "w", encoding="utf-8-sig" if path.endswith(".csv") else "utf-8", newline="")  # noqa: PTH123
