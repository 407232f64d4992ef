"""What a person owes as a calendar (RFC 5545), for the program in which they keep their own."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from motbuoc.domains.work.selectors import owed_by
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.messages import PathOf
from motbuoc.foundation.people.models import Person

MOST = 500  # assignments


def calendar_of(person: Person, path_of: PathOf) -> bytes:
    """The due days of what the units for which `person` works still owe, as whole days.

    The words of what is not for everybody stay in the house: such a task is told by its unit alone. The same tasks
    give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Mot Buoc//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Một Bước")
    calendar.add("refresh-interval;value=duration", "PT6H")
    for row in owed_by(person).filter(due_on__isnull=False).order_by("due_on", "pk")[:MOST]:
        calendar.add_component(_event(row, path_of))
    return bytes(calendar.to_ical())


def _event(row: Any, path_of: PathOf) -> Event:
    event = Event()
    is_plain = row.document.classification == Classification.NORMAL
    words = row.duty.text if is_plain else _("A task from a paper that is not for everybody")
    event.add("uid", f"assignment-{row.pk}@motbuoc")
    event.add("dtstamp", datetime.combine(row.news_on, time(), UTC))
    event.add("sequence", row.version)
    event.add("summary", f"{words[:120]} ({row.unit_short_name})")
    event.add("dtstart", row.due_on)
    event.add("dtend", row.due_on + clock.ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("url", settings.PUBLIC_URL + path_of("assignment", row.pk))
    return event
