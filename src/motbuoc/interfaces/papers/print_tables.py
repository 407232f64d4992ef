"""A program of its own: prints the sheets of an .xlsx file as lines of JSON, and refuses what is no workbook.

`python print_tables.py FILE ROWS`, run with limits by `papers.tables`. It knows nothing of the platform. The first
word of each line is what follows: "sheet" and its title; "row", its number and cells; last "done", or "refused"
and why. Days are `{"day": "YYYY-MM-DD"}`.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

MOST_PARTS = 2_000
MOST_UNPACKED = 600_000_000  # bytes; a workbook of 250,000 rows unpacks to about 120 million
RATIO, RATIO_FROM = 200, 20_000_000  # a part larger than this that was packed tighter than this hides something
MOST_CELLS = 20_000_000


class Refused(Exception):
    """The file is not read; its word says why."""


def check(path: str) -> None:
    """Raises Refused when the file is no workbook, is locked, holds macros or would unpack to far too much."""
    with open(path, "rb") as file:  # noqa: PTH123 - the standard library alone, quickly started
        if file.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
            raise Refused("old_or_locked")
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        raise Refused("unreadable") from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        raise Refused("no_workbook")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    swollen = any(p.file_size > RATIO_FROM and p.file_size > RATIO * max(p.compress_size, 1) for p in parts)
    if swollen or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Refused("bomb")


def lines(path: str, most: int) -> Iterator[list[Any]]:
    """The sheets and their rows that hold something, at most `most` rows in all."""
    from python_calamine import CalamineWorkbook  # only once the package has been looked at

    book, count = CalamineWorkbook.from_path(path), 0
    for title in book.sheet_names:
        sheet = book.get_sheet_by_name(title)
        if sheet.total_height * max(sheet.total_width, 1) > MOST_CELLS:
            raise Refused("too_many_rows")
        yield ["sheet", title]
        for number, cells in enumerate(sheet.iter_rows(), 1):
            if any(cell not in ("", None) for cell in cells):
                count += 1
                if count > most:
                    raise Refused("too_many_rows")
                yield ["row", number, [plain(cell) for cell in cells]]


def plain(cell: Any) -> Any:
    """A cell as JSON can say it."""
    if isinstance(cell, datetime | date):
        return {"day": cell.isoformat()[:10]}
    return cell if cell is None or isinstance(cell, str | int | float | bool) else str(cell)


def main(path: str, most: str) -> None:
    """Print the file."""
    try:
        check(path)
        for line in lines(path, int(most)):
            print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))  # noqa: T201 - its whole purpose
        print('["done"]')  # noqa: T201
    except Refused as refused:
        print(json.dumps(["refused", str(refused)]))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:3])
