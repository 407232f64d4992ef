"""A program of its own: prints the days of an iCalendar file as lines of JSON, and refuses what is none.

`python print_days.py FILE DAYS`, run with limits by `papers.calendar_files`. It knows nothing of the platform. The
first word of each line is what follows: "day", its place, date, categories, summary and description; last "done",
or "refused" and why. An event of several days is a line for each; an event at an hour counts as its day.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

LONGEST_EVENT = 31  # days


class Refused(Exception):
    """The file is not read; its word says why."""


def lines(path: str, most: int) -> Iterator[list[Any]]:
    """The days of all events, at most `most` of them."""
    from icalendar import Calendar  # only where it is needed: the program starts quickly

    try:
        calendar = Calendar.from_ical(Path(path).read_bytes())
        events = list(calendar.walk("VEVENT"))
    except (ValueError, KeyError, IndexError, TypeError):
        raise Refused("no_calendar") from None
    count = 0
    for place, event in enumerate(events, 1):
        if "RRULE" in event or "RDATE" in event:
            raise Refused("repeats")
        for day in _days(event):
            count += 1
            if count > most:
                raise Refused("too_many_days")
            yield ["day", place, day.isoformat(), _categories(event), *_words(event)]


def _days(event: Any) -> list[date]:
    try:
        start, end = event.decoded("DTSTART"), event.decoded("DTEND", None)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("no_day") from None
    first = _day(start)
    last = _day(end) if end is not None else first
    if not isinstance(end, datetime) and last > first:
        last -= timedelta(days=1)  # DTEND of whole days is the day after the last one (RFC 5545, 3.6.1)
    if not 0 <= (last - first).days < LONGEST_EVENT:
        raise Refused("no_day")
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(moment: Any) -> date:
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    raise Refused("no_day")


def _categories(event: Any) -> str:
    found = event.get("CATEGORIES")
    return str(found.cats[0]) if found is not None and getattr(found, "cats", None) else ""


def _words(event: Any) -> tuple[str, str]:
    return str(event.get("SUMMARY", ""))[:300], str(event.get("DESCRIPTION", ""))[:300]


def main(path: str, most: str) -> None:
    """Print the file."""
    try:
        for line in lines(path, int(most)):
            print(json.dumps(line, ensure_ascii=False, separators=(",", ":")))  # noqa: T201 - its whole purpose
        print('["done"]')  # noqa: T201
    except Refused as refused:
        print(json.dumps(["refused", str(refused)]))  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:3])
