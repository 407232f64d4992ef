"""The night's work: what it counts, for whom it is shown, and that it looks neither ahead nor at hidden papers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.work import estimating
from motbuoc.domains.work.corrections import Correction
from motbuoc.domains.work.estimating import estimate, estimate_once, occasions_until
from motbuoc.domains.work.helping import may_need_help, newest_run
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.outlook_tables import Outlook, OutlookRun
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.jobs.foreseeing import foresee
from tests.factories import make_directive, step_on

pytestmark = pytest.mark.django_db
DUE = date(2026, 4, 30)


@pytest.fixture
def directive(cast) -> Document:
    """Issued on 6 March; one duty falls due on 30 April for units A and B."""
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        return make_directive(cast)


def dated(cast, unit) -> Assignment:
    return Assignment.objects.get(unit=unit, time_kind=TimeKind.DATED)


def hand_in(cast, moment: str) -> None:
    with time_machine.travel(moment, tick=False):
        step_on(step_on(dated(cast, cast.unit_a), "acknowledge", cast.secretary), "submit", cast.secretary, "Xong")


def shown(run: OutlookRun, assignment: Assignment, *, better: bool) -> None:
    """As if enough had been judged: this test is about who sees it."""
    run.judged, run.least, run.brier, run.base_brier = 500, 100, 0.2 if better else 0.25, 0.24
    run.save()
    counts = {"unit_count": 6, "unit_late": 4, "kind_count": 9, "kind_late": 2}
    Outlook.objects.get_or_create(assignment=assignment, defaults={"likelihood": 0.6, **counts})


def test_each_unit_has_its_occasion_with_the_day_it_handed_in(cast, directive):
    hand_in(cast, "2026-04-30T16:59:00Z")  # 23.59 in the office
    found = {row.unit_id: row for row in occasions_until(date(2026, 5, 2)) if row.due_on == DUE}
    assert found[cast.unit_a.pk].handed_in_on == DUE
    assert not found[cast.unit_a.pk].is_late
    assert found[cast.unit_b.pk].is_late
    assert {row.kind for row in found.values()} == {"dated to chuc"}


def test_a_minute_after_midnight_of_the_office_is_late(cast, directive):
    hand_in(cast, "2026-04-30T17:01:00Z")
    found = {row.unit_id: row for row in occasions_until(date(2026, 5, 2)) if row.due_on == DUE}
    assert found[cast.unit_a.pk].is_late


def test_an_earlier_morning_knows_only_what_was_written_before_it(cast, directive):
    before = list(occasions_until(date(2026, 4, 20)))
    hand_in(cast, "2026-04-22T02:00:00Z")
    assert list(occasions_until(date(2026, 4, 20))) == before
    assert list(occasions_until(date(2026, 3, 6))) == []


def test_internal_papers_are_neither_counted_nor_forecast(cast):
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast, Classification.INTERNAL)
    assert list(occasions_until(date(2026, 5, 2))) == []


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_with_too_little_behind_it_nothing_is_shown(cast, directive):
    run = estimate()
    assert (run.judged, run.is_better) == (0, False)
    assert list(may_need_help(cast.officer)) == []


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_it_is_worked_out_anew_each_time(cast, directive):
    estimate()
    with time_machine.travel(datetime(2026, 4, 20, 3, tzinfo=UTC) + timedelta(days=1), tick=False):
        second = estimate()
    assert newest_run() == second
    assert OutlookRun.objects.count() == 1


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_the_night_is_worked_out_once_on_however_many_machines(cast, directive):
    day = date(2026, 4, 20)
    assert cache.add(f"outlook/{day}", True, 60)  # another machine is at it
    assert foresee() is None
    cache.delete(f"outlook/{day}")
    run = foresee()
    assert run is not None
    assert (run.day, OutlookRun.objects.count()) == (day, 1)
    cache.clear()
    assert foresee() is None
    with time_machine.travel("2026-04-20T18:30:00Z", tick=False):  # 1.30 of the next day in the office
        second = foresee()
        assert second is not None
        assert second.day == day + timedelta(days=1)
    with time_machine.travel("2026-04-21T17:30:00Z", tick=False):  # half past midnight: too early
        assert foresee() is None


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_of_two_that_finish_together_one_counts(cast, directive, monkeypatch):
    """The other finishes while this one is still reading: told apart by the day alone."""
    real = estimating.walk

    def overtaken(*asked):
        monkeypatch.undo()
        estimate()
        monkeypatch.setattr(OutlookRun.objects, "all", OutlookRun.objects.none)  # a delete that saw nothing yet
        return real(*asked)

    for work in (estimate, lambda: estimate_once(date(2026, 4, 20))):
        OutlookRun.objects.filter().delete()
        monkeypatch.setattr(estimating, "walk", overtaken)
        if work is estimate:
            with pytest.raises(Collision):
                work()
        else:
            assert work() is None
        monkeypatch.undo()
        assert OutlookRun.objects.count() == 1


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_what_the_tables_refuse_for_another_reason_is_not_hidden(cast, directive, settings):
    settings.OUTLOOK_LEAD_DAYS = -1
    with pytest.raises(IntegrityError):
        estimate_once(date(2026, 4, 20))


def corrected(cast, made_on: date) -> Assignment:
    """Unit A's dated task, a day later since its calendar was corrected on a day."""
    task = dated(cast, cast.unit_a)
    later, days = DUE + timedelta(days=1), {"counted_before": DUE, "due_before": DUE}
    days |= {"counted_after": later, "due_after": later, "made_on": made_on}
    Correction.objects.create(assignment=task, made_by=cast.administrator, **days)
    Assignment.objects.filter(pk=task.pk).update(due_on=later, corrected_due_on=later)
    return task


def test_what_came_by_the_corrected_first_day_came_in_time(cast, directive):
    corrected(cast, date(2026, 4, 1))
    hand_in(cast, "2026-05-01T05:00:00Z")
    found = {row.unit_id: row for row in occasions_until(date(2026, 5, 3)) if row.kind == "dated to chuc"}
    assert (found[cast.unit_a.pk].due_on, found[cast.unit_a.pk].is_late) == (DUE + timedelta(days=1), False)
    assert (found[cast.unit_b.pk].due_on, found[cast.unit_b.pk].is_late) == (DUE, True)
    then = {row.unit_id: row.due_on for row in occasions_until(date(2026, 3, 20)) if row.kind == "dated to chuc"}
    assert then[cast.unit_a.pk] == DUE  # as it was known then


@time_machine.travel("2026-04-26T02:00:00Z", tick=False)
def test_what_has_a_corrected_day_is_forecast_and_what_waits_for_another_is_not(cast, directive, settings):
    settings.OUTLOOK_ABOVE = 0.0
    task, other = corrected(cast, date(2026, 4, 1)), dated(cast, cast.unit_b)
    Prerequisite.objects.create(assignment=other, needs=task, stated_by=cast.officer)
    estimate()
    forecast = set(Outlook.objects.values_list("assignment", flat=True))
    assert task.pk in forecast
    assert other.pk not in forecast
    kinds = [(row.unit_id, row.kind) for row in occasions_until(date(2026, 5, 3))]
    assert (cast.unit_b.pk, "dated to chuc") not in kinds


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_only_who_decides_on_the_work_is_shown_it(cast, directive):
    assignment = dated(cast, cast.unit_a)
    shown(estimate(), assignment, better=True)
    assert [row.pk for row in may_need_help(cast.officer)] == [assignment.pk]
    for other in (
        cast.secretary,
        cast.secretary_b,
        cast.member,
        cast.central_officer,
        cast.inspector,
        cast.stranger,
    ):
        assert list(may_need_help(other)) == []


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_what_is_no_better_than_the_base_rate_is_not_shown(cast, directive):
    shown(estimate(), dated(cast, cast.unit_a), better=False)
    assert list(may_need_help(cast.officer)) == []


@time_machine.travel("2026-04-26T02:00:00Z", tick=False)
def test_only_what_forecasts_were_learned_from_is_forecast(cast, directive, settings):
    """What came back or was given more time was never forecast in the past, so it is not forecast now."""
    settings.OUTLOOK_ABOVE = 0.0
    estimate()
    assert set(Outlook.objects.values_list("assignment__unit", flat=True)) >= {cast.unit_a.pk, cast.unit_b.pk}
    assignment = dated(cast, cast.unit_a)
    shown(newest_run(), assignment, better=True)
    step_on(step_on(assignment, "acknowledge", cast.secretary), "submit", cast.secretary, "Xong")
    step_on(assignment, "return", cast.officer, "Chưa đủ")
    assert assignment.pk not in {row.pk for row in may_need_help(cast.officer)}
    Assignment.objects.filter(pk=dated(cast, cast.unit_b).pk).update(due_on=DUE + timedelta(days=1))
    estimate()
    forecast = set(Outlook.objects.values_list("assignment", flat=True))
    assert not forecast & {assignment.pk, dated(cast, cast.unit_b).pk}


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_what_was_handed_in_since_or_became_internal_is_gone(cast, directive):
    shown(estimate(), dated(cast, cast.unit_a), better=True)
    step_on(step_on(dated(cast, cast.unit_a), "acknowledge", cast.secretary), "submit", cast.secretary, "Xong")
    assert list(may_need_help(cast.officer)) == []
