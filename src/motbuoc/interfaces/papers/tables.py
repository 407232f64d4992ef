"""Reading an Excel file that somebody brings: by a program of its own, within limits (decision 0005)."""

from __future__ import annotations

import json
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.foundation.administration.workbook.rows import Cell, Tables
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.limited import run_limited

PROGRAM = Path(__file__).with_name("print_tables.py")
ADVICE: dict[str, Any] = {
    "old_or_locked": gettext_lazy(
        "The file is an old Excel file (.xls) or locked with a password. Save it as .xlsx without a password."
    ),
    "unreadable": gettext_lazy("The file is damaged and cannot be opened. Save it again and send the new copy."),
    "no_workbook": gettext_lazy("The file is no Excel workbook. Fill in the template (.xlsx) and send that."),
    "macros": gettext_lazy("The file holds macros, so it was not opened. Save it as .xlsx without macros."),
    "bomb": gettext_lazy(
        "The file unpacks to far more than a document holds, so it was not opened. Save it anew."
    ),
    "too_slow": gettext_lazy(
        "Reading the file took too long and was stopped. Send a shorter or newly saved file."
    ),
}


def read_tables(content: bytes) -> Tables:
    """The sheets of an .xlsx file: of each the rows that hold something, with the numbers that Excel shows.

    Raises:
        Refusal: the file is no workbook, is locked, hostile or too long; the sentence says what to do.
    """
    with tempfile.TemporaryDirectory(prefix="motbuoc-reading-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "workbook.xlsx")
        path.write_bytes(content)
        arguments = [str(PROGRAM), str(path), str(settings.IMPORT_ROWS)]
        try:
            done = run_limited(arguments, path.parent, monotonic() + settings.READING_SECONDS)
        except subprocess.TimeoutExpired:
            raise Refusal(ADVICE["too_slow"]) from None
    return _told(done.stdout)


def _told(printed: bytes) -> Tables:
    tables: dict[str, list[tuple[int, list[Cell]]]] = {}
    title, last = "", ["failed"]
    for line in printed.splitlines():
        last = json.loads(line)
        if last[0] == "sheet":
            title = last[1]
            tables[title] = []
        elif last[0] == "row":
            tables[title].append((last[1], [_cell(cell) for cell in last[2]]))
    if last[0] == "done":
        return tables
    if last[0] == "refused" and last[1] == "too_many_rows":
        sentence = _("The file has more than %(rows)s rows. Send it in parts, the units above first.")
        raise Refusal(sentence % {"rows": settings.IMPORT_ROWS})
    raise Refusal(ADVICE.get(last[1] if last[0] == "refused" else "", ADVICE["unreadable"]))


def _cell(cell: Any) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["day"])
    said: Cell = cell
    return said
