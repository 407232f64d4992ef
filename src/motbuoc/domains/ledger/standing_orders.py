"""Standing orders: periods that open by themselves, in the name and by the rights of whoever set the order.

The order is a term of the schedule (`Schedule.opens_before`). Who set it acts: what they may do is asked on the
day, so an order of somebody who has left the office opens nothing, and the page of the schedule says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import Span, after, label_of, next_to_open
from motbuoc.domains.ledger.submitted import ReportingPeriod, Schedule
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_DAYS_BEFORE = 60  # the last day of a period


def check_order(cycle: str, opens_before: int | None) -> None:
    """Refuse an order that cannot be.

    Raises:
        Refusal: periods of the cycle are opened one by one, or the day lies too far before the last one.
    """
    if opens_before is None:
        return
    if cycle in (PeriodCycle.THEMATIC, PeriodCycle.AD_HOC):
        raise Refusal(_("Periods by subject or when asked are opened one by one, not by themselves."))
    if not 0 <= opens_before <= MOST_DAYS_BEFORE:
        raise Refusal(_("A period opens by itself at most 60 days before its last day."))


def order_of(actor: Person, opens_before: int | None) -> dict[str, Any]:
    """The order as whoever sets it now gives it, or takes it back, in the columns of `Schedule`."""
    is_set = opens_before is not None
    return {
        "opens_before": opens_before,
        "ordered_by": actor if is_set else None,
        "ordered_on": clock.today() if is_set else None,
        "opening_trouble": "",
        "tried_on": None,
    }


class Opening(NamedTuple):
    """The period that a schedule opens next by itself, and on which day."""

    span: Span
    on: date
    label: str


def next_opening(schedule: Schedule) -> Opening | None:
    """What a schedule opens next by itself; None where nobody ordered it.

    What ended before the order was set is left to people: an order does not ask for months long gone.
    """
    if schedule.ordered_by_id is None or schedule.opens_before is None or schedule.is_closed:
        return None
    last = schedule.periods.order_by("-end").values_list("end", flat=True).first()
    span = next_to_open(schedule.cycle, last, schedule.ordered_on or clock.today(), schedule.closes_on_day)
    while span and schedule.ordered_on and span.end < schedule.ordered_on:
        span = after(schedule.cycle, span, schedule.closes_on_day)
    if span is None:
        return None
    on = span.end - timedelta(days=schedule.opens_before)
    return Opening(span, on, label_of(schedule.cycle, span))


def ordered_schedules() -> list[int]:
    """The schedules with an order, but for those that were refused today already."""
    rows = Schedule.objects.filter(is_closed=False, ordered_by__isnull=False)
    rows = rows.filter(Q(tried_on=None) | Q(tried_on__lt=clock.today()))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def held_to_open(schedule_id: int) -> tuple[Schedule, Opening] | None:
    """The schedule, locked, with what it has to open by today; None where there is nothing (any more)."""
    rows = Schedule.objects.select_for_update(of=("self",)).select_related("form", "ordered_by", "basis")
    schedule = rows.get(pk=schedule_id)
    opening = next_opening(schedule)
    return (schedule, opening) if opening and opening.on <= clock.today() else None


def note_opened(actor: Person, schedule: Schedule, period: ReportingPeriod) -> None:
    """Tell the history that nobody pressed a button: the order did it."""
    values = {"period": period.label, "ordered_on": schedule.ordered_on.isoformat() if schedule.ordered_on else ""}
    record(actor, Act("open_by_order", "schedule", schedule.pk, schedule.unit_id, values))
    if schedule.opening_trouble:
        Schedule.objects.filter(pk=schedule.pk).update(opening_trouble="")


@transaction.atomic
def note_trouble(schedule_id: int, words: str) -> None:
    """Keep why a period could not be opened, for the page of the schedule; it is tried again tomorrow."""
    Schedule.objects.filter(pk=schedule_id).update(opening_trouble=words[:500], tried_on=clock.today())
