"""The working calendar of a year as a file, out and in: CSV, Excel and iCalendar."""

from __future__ import annotations

import csv
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO
from pathlib import Path, PurePath
from time import monotonic
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar as FileCalendar
from icalendar import Event

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.limited import run_limited
from motbuoc.foundation.workdays.importing import DayRow
from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.planning import Days
from motbuoc.interfaces.papers.tables import read_tables
from vanban.text import fold

PROGRAM = Path(__file__).with_name("print_days.py")
COLUMNS = ("Ngày", "Loại ngày", "Tên", "Căn cứ")
MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
RISKY = ("=", "+", "-", "@", "\t", "\r")  # a sheet program may take what begins so for a formula
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
}
ADVICE: dict[str, Any] = {
    "no_calendar": gettext_lazy("The file is no iCalendar file (.ics). Send another one."),
    "repeats": gettext_lazy("An event of the file repeats. Give every day by itself and send the file again."),
    "no_day": gettext_lazy(
        "An event of the file has no day or lasts longer than a month. Mend it and send again."
    ),
    "too_many_days": gettext_lazy("The file holds too many days. Send those of one year."),
}


def write_days(days: Days, year: int, kind: str) -> bytes:
    """The special days of a year as a file of `kind`, a key of `MEDIA_TYPES`; it can be brought in again."""
    writers: dict[str, Callable[[Days, int], bytes]] = {"csv": _csv, "xlsx": _xlsx, "ics": _ics}
    return writers[kind](days, year)


def _rows(days: Days) -> Iterator[tuple[str, str, str, str]]:
    with translation.override(settings.LANGUAGE_CODE):
        labels = {kind.value: str(kind.label) for kind in DayKind}
    for day, special in sorted(days.items()):
        yield f"{day:%d/%m/%Y}", labels[special.kind], special.name, special.legal_basis


def _csv(days: Days, _year: int) -> bytes:
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    rows.writerows([f"'{cell}" if cell.startswith(RISKY) else cell for cell in row] for row in _rows(days))
    return written.getvalue().encode("utf-8-sig")


def _xlsx(days: Days, year: int) -> bytes:
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    sheet, head, text = book.add_worksheet(str(year)), book.add_format({"bold": True}), book.add_format()
    text.set_num_format("@")
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, 3, 50)
    for place, row in enumerate([COLUMNS, *_rows(days)]):
        for column, cell in enumerate(row):
            sheet.write_string(place, column, cell, text if place else head)
    book.close()
    return written.getvalue()


def _ics(days: Days, year: int) -> bytes:
    calendar = FileCalendar()
    calendar.add("prodid", "-//Mot Buoc//Working calendar//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Lịch làm việc {year}")
    for day, special in sorted(days.items()):
        event = Event()
        event.add("uid", f"{day.isoformat()}@lich-lam-viec")
        event.add("dtstamp", clock.now())
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("summary", special.name)
        event.add("description", special.legal_basis)
        event.add("categories", [special.kind])
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def read_days(name: str, content: bytes) -> list[DayRow]:
    """The rows of a file that somebody brings; its kind is told by its name.

    Raises:
        Refusal: the file is too large, of another kind, cannot be read or has not the columns; the sentence says
            what to do.
    """
    if len(content) > MOST_BYTES:
        raise Refusal(_("The file is too large for the days of a year. Send a file of at most 1 MB."))
    match PurePath(name).suffix.lower():
        case ".csv":
            return _of_table(_csv_rows(content))
        case ".xlsx":
            sheets = list(read_tables(content).values())
            return _of_table(sheets[0] if sheets else [])
        case ".ics":
            return list(_of_calendar(content))
    raise Refusal(_("Send a file with the ending .csv, .xlsx or .ics."))


def _csv_rows(content: bytes) -> list[tuple[int, list[Any]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(_("The letters of the file cannot be read. Save it as “CSV UTF-8” and send that.")) from None
    first = text.partition("\n")[0]
    divided = max(",;\t", key=first.count)
    try:
        return list(enumerate(csv.reader(StringIO(text), delimiter=divided), 1))
    except csv.Error:
        raise Refusal(_("The file is no CSV file that can be read. Save it anew and send that.")) from None


def _of_table(rows: Sequence[tuple[int, Sequence[Any]]]) -> list[DayRow]:
    heads = [fold(str(cell or "").strip()) for cell in rows[0][1]] if rows else []
    places = [heads.index(fold(name)) if fold(name) in heads else -1 for name in COLUMNS]
    if -1 in places[:3]:
        words = _("The first row has to name the columns: %(columns)s. Take a file exported here as the pattern.")
        raise Refusal(words % {"columns": ", ".join(COLUMNS)})
    if len(rows) > MOST_ROWS:
        raise Refusal(ADVICE["too_many_days"])
    found = []
    for number, cells in rows[1:]:
        day, kind, name, basis = (cells[at] if -1 < at < len(cells) else "" for at in places)
        said = [str(cell or "").strip().removeprefix("'") for cell in (kind, name, basis)]
        if day or any(said):
            found.append(DayRow(number, day if isinstance(day, date) else str(day or ""), *said))
    return found


def _of_calendar(content: bytes) -> Iterator[DayRow]:
    with tempfile.TemporaryDirectory(prefix="motbuoc-reading-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, "days.ics")
        path.write_bytes(content)
        arguments = [str(PROGRAM), str(path), str(MOST_ROWS)]
        try:
            done = run_limited(arguments, path.parent, monotonic() + settings.READING_SECONDS)
        except subprocess.TimeoutExpired:
            raise Refusal(ADVICE["too_many_days"]) from None
    printed = [json.loads(line) for line in done.stdout.splitlines()]
    if not printed or printed[-1][0] != "done":
        raise Refusal(ADVICE.get(printed[-1][1] if printed else "", ADVICE["no_calendar"]))
    for _word, place, day, kind, name, basis in printed[:-1]:
        known = kind in DayKind.values
        yield DayRow(place, date.fromisoformat(day), kind if known else DayKind.HOLIDAY.value, name, basis)
