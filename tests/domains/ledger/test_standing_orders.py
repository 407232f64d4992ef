"""Periods that open by themselves: on their day, once, also those missed, by the rights of whoever ordered it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
import time_machine

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import Terms, change_schedule, close_schedule
from motbuoc.domains.ledger.standing_orders import next_opening
from motbuoc.domains.ledger.submitted import Schedule, Submission
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.interfaces.jobs.opening import open_what_is_due
from tests.factories import Cast
from tests.factories.ledger import Ledger, make_ledger, open_month

pytestmark = pytest.mark.django_db


@contextmanager
def living_on(day: date) -> Iterator[None]:
    with time_machine.travel(f"{day.isoformat()}T03:00:00Z", tick=False):
        yield


def ordered(cast: Cast, ledger: Ledger, days: int | None = 5, **more: object) -> Schedule:
    """The schedule, which opens each month so many days before its end."""
    schedule = Schedule.objects.get(pk=ledger.schedule.pk)
    terms = Terms("Báo cáo tháng", more.get("cycle", PeriodCycle.MONTH), opens_before=days)
    return change_schedule(actor=cast.officer, schedule=schedule, version=schedule.version, terms=terms)


def labels(schedule: Schedule) -> list[str]:
    return list(schedule.periods.order_by("end").values_list("label", flat=True))


def test_a_period_opens_on_its_day_and_once(cast: Cast) -> None:
    ledger = make_ledger(cast)
    with living_on(date(2026, 11, 10)):
        open_month(cast, ledger)  # November, by hand
        schedule = ordered(cast, ledger)
        opening = next_opening(schedule)
        assert opening
        assert (opening.on, opening.label) == (date(2026, 12, 26), "Tháng 12 năm 2026")
        assert open_what_is_due() == 0
    with living_on(date(2026, 12, 26)):
        assert open_what_is_due() == 1
        assert open_what_is_due() == 0
    period = schedule.periods.latest("end")
    assert (period.label, period.opened_by) == ("Tháng 12 năm 2026", cast.officer)
    assert Submission.objects.filter(period=period).count() == 2
    line = HistoryLine.objects.get(action="open_by_order")
    assert (line.actor, line.object_id, line.values["ordered_on"]) == (cast.officer, schedule.pk, "2026-11-10")


def test_what_was_missed_while_nothing_ran_opens_afterwards(cast: Cast) -> None:
    ledger = make_ledger(cast)
    with living_on(date(2026, 11, 28)):
        schedule = ordered(cast, ledger)
    with living_on(date(2027, 2, 3)):
        assert open_what_is_due() == 3
        assert open_what_is_due() == 0
    assert labels(schedule) == ["Tháng 11 năm 2026", "Tháng 12 năm 2026", "Tháng 1 năm 2027"]


def test_months_that_ended_before_the_order_are_left_to_people(cast: Cast) -> None:
    ledger = make_ledger(cast)
    with living_on(date(2026, 6, 10)):
        open_month(cast, ledger, Span(date(2026, 5, 1), date(2026, 5, 31)))
    with living_on(date(2026, 11, 28)):
        schedule = ordered(cast, ledger)
        open_what_is_due()
    assert labels(schedule) == ["Tháng 5 năm 2026", "Tháng 11 năm 2026"]


def test_paused_or_closed_it_opens_nothing(cast: Cast) -> None:
    ledger = make_ledger(cast)
    with living_on(date(2026, 11, 28)):
        ordered(cast, ledger)
        paused = ordered(cast, ledger, None)
        assert next_opening(paused) is None
        assert open_what_is_due() == 0
        again = ordered(cast, ledger)
        close_schedule(actor=cast.officer, schedule=again, version=again.version)
        assert open_what_is_due() == 0
    assert labels(paused) == []


def test_whoever_lost_the_right_opens_nothing_and_the_schedule_says_so(cast: Cast) -> None:
    ledger = make_ledger(cast)
    with living_on(date(2026, 11, 20)):
        schedule = ordered(cast, ledger)
        Grant.objects.filter(person=cast.officer).update(valid_until=date(2026, 11, 22))
    with living_on(date(2026, 11, 27)):
        assert open_what_is_due() == 0
        schedule.refresh_from_db()
        assert labels(schedule) == []
        assert schedule.opening_trouble
        assert open_what_is_due() == 0  # not tried again today
    with living_on(date(2026, 11, 28)):
        terms = Terms("Báo cáo tháng", PeriodCycle.MONTH, opens_before=5)
        change_schedule(actor=cast.second_officer, schedule=schedule, version=schedule.version, terms=terms)
        assert open_what_is_due() == 1
    assert schedule.periods.get().opened_by == cast.second_officer


def test_what_is_opened_one_by_one_does_not_open_by_itself(cast: Cast) -> None:
    with pytest.raises(Refusal):
        ordered(cast, make_ledger(cast), cycle=PeriodCycle.AD_HOC)
