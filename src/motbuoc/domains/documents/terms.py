"""When a duty is due: what the reader found, and what cannot be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import CountedFrom, Cycle, Duty, TimeKind
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.workdays.rules import LONGEST, CountUnit
from vanban.text import fold

SIGNED = ("ngay ky", "ngay ban hanh", "ky ban hanh")
RECEIVED = ("nhan duoc", "ngay nhan", "tiep nhan")
THIS_PAPER = (
    "van ban nay",
    "cong van nay",
    "ke hoach nay",
    "chi thi nay",
    "ngay nhan van ban",
    "nhan duoc cong van",
)
DAYS_OF_MONTH, DAYS_OF_WEEK = 31, 7


def terms_read(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of a duty that say when, from the reader's row.

    "Trước ngày 10/7" is strictly before, so due on the 9th; "đến hết ngày", "chậm nhất" and "trong tháng" are due
    on the last day they name, as the reader gives it. So many days after the paper's own signing or coming in need
    no event: the day is known when it is issued.
    """
    kind, due = row["time_kind"], row["due_on"]
    if due and row.get("before"):
        due = (date.fromisoformat(due) - timedelta(days=1)).isoformat()
    found = {"time_kind": kind, "due_on": due, "cycle": row["cycle"] or "", "cycle_day": _cycle_day(row)}
    if kind != TimeKind.EVENT or due:
        return found
    event = (row.get("event") or {}).get("value") or ""
    count = row.get("count") or 0
    start = _start(fold(event))
    if count and start != CountedFrom.EVENT:
        found["time_kind"] = TimeKind.DATED.value
    return found | {
        "due_count": count if 0 < count <= LONGEST else None,
        "due_unit": row.get("unit") or "",
        "counted_from": start,
        "event": event[:300],
        "is_before": bool(row.get("before")),
    }


def _start(event: str) -> CountedFrom:
    if event.startswith(SIGNED):
        return CountedFrom.SIGNED
    if any(words in event for words in RECEIVED) and any(words in event for words in THIS_PAPER):
        return CountedFrom.GIVEN
    return CountedFrom.EVENT


def _cycle_day(row: dict[str, Any]) -> int | None:
    """The day of a period: "trước ngày 20 hằng tháng" is strictly before, so the 19th."""
    day = int(row["day"]) if (row.get("day") or "").isdecimal() else 0
    day -= bool(row.get("before"))
    return day if 0 < day <= DAYS_OF_MONTH and row["cycle"] not in (None, Cycle.WEEK) else None


def check_terms(duty: Duty) -> None:
    """Go on only if the duty's time can be.

    Raises:
        Refusal: it is due before its document was signed, a count is without its start or too large, or a period
            has no such day.
    """
    signed = duty.document.issued_on
    if duty.due_on and signed and duty.due_on < signed:
        words = _("The due day %(due)s lies before the day of the document, %(signed)s. Check both days.")
        raise Refusal(words % {"due": f"{duty.due_on:%d/%m/%Y}", "signed": f"{signed:%d/%m/%Y}"})
    if duty.due_count is not None and not 0 < duty.due_count <= LONGEST:
        raise Refusal(_("Count at least 1 and at most %(most)s. For longer give a day.") % {"most": LONGEST})
    if duty.due_count and not (duty.due_unit in CountUnit.values and duty.counted_from):
        raise Refusal(_("Say what is counted (days, working days, months) and from which day."))
    if duty.is_before and duty.counted_from != CountedFrom.EVENT:
        raise Refusal(_("Only days before an event can be counted back. Choose the event as the start."))
    _check_cycle_day(duty)


def _check_cycle_day(duty: Duty) -> None:
    most = DAYS_OF_WEEK if duty.cycle == Cycle.WEEK else DAYS_OF_MONTH
    if duty.cycle_day is not None and not 0 < duty.cycle_day <= most:
        raise Refusal(_("A period of this kind has days 1 to %(most)s.") % {"most": most})
