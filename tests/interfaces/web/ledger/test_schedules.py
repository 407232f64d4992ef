"""The pages of schedules: made, changed, exempted from with a reason, and a period opened after a look at it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.forming import make_form, put_field, renew_form, use_form
from motbuoc.domains.ledger.periods import Span, next_to_open
from motbuoc.domains.ledger.scheduling import Terms, make_schedule
from motbuoc.domains.ledger.submitted import Exemption, ReportingPeriod, Schedule
from motbuoc.domains.work.models import Issuing
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.jobs.issuing import go_on_issuing
from tests.factories import make_unit
from tests.factories.ledger import OCTOBER, Ledger, make_ledger, open_month
from tests.interfaces.web.ledger.test_periods import get, post

pytestmark = pytest.mark.django_db
LATE_NOVEMBER = "2026-11-28T02:00:00Z"


@pytest.fixture
def ledger(cast) -> Ledger:
    return make_ledger(cast)


def test_a_schedule_is_made_and_changed(cast, as_person, ledger, directive):
    client = as_person(cast.officer)
    assert "01-DV" in get(client, "schedule_make")
    sent = {
        "unit": cast.bloc.pk,
        "form": ledger.form.pk,
        "name": "Báo cáo quý",
        "cycle": "quarter",
        "closes_on_day": 14,
        "due_days": "10, 5",
        "units": [cast.unit_a.pk, cast.unit_b.pk],
    }
    html = post(client, "schedule_make", status=422, **(sent | {"due_days": "năm", "basis": "99-CV/XX"}))
    assert "Write numbers of days" in html
    assert "no document of this number" in html
    assert "Choose who is to report" in post(client, "schedule_make", status=422, **(sent | {"units": []}))
    post(client, "schedule_make", basis=directive.code, **sent)
    made = Schedule.objects.get(name="Báo cáo quý")
    assert (made.due_days, made.closes_on_day, made.basis) == ([10, 5], 14, directive)
    html = get(client, "schedule_detail", made.pk)
    assert "Chi bộ Sở Ánh Dương; Đảng bộ Công ty Bình Minh" in html
    changed = {
        "version": made.version,
        "name": "Báo cáo năm",
        "cycle": "year",
        "closes_on_day": 31,
        "due_days": "7",
    }
    assert "10, 5" in get(client, "schedule_change", made.pk)
    post(client, "schedule_change", made.pk, **changed)
    assert "Somebody else changed" in post(client, "schedule_change", made.pk, status=422, **changed)
    made.refresh_from_db()
    assert (made.name, made.cycle, made.due_days) == ("Báo cáo năm", "year", [7])
    post(client, "schedule_units", made.pk, version=made.version, units=[cast.unit_b.pk])
    assert list(made.units.all()) == [cast.unit_b]


def test_units_are_looked_for_and_nothing_typed_is_lost(cast, as_person, ledger):
    client = as_person(cast.officer)
    html = post(
        client, "schedule_make", status=200, name="Đang gõ", **{"units-words": "ánh dương", "find": "units"}
    )
    assert "Đang gõ" in html
    assert "Chi bộ Sở Ánh Dương" in html
    assert "Tòa nhà khác" not in html


def test_a_unit_is_exempted_with_a_reason_until_it_reports_again(cast, as_person, ledger):
    client, pk = as_person(cast.officer), ledger.schedule.pk
    assert "required" in post(client, "schedule_exempt", pk, status=422, unit=cast.unit_a.pk)
    post(client, "schedule_exempt", pk, unit=cast.unit_a.pk, reason="Mới thành lập")
    html = get(client, "schedule_detail", pk)
    assert "Mới thành lập" in html
    assert "Mới thành lập" not in get(client, "schedule_list")
    post(client, "exemption_end", Exemption.objects.get().pk)
    assert not Exemption.objects.exists()


@time_machine.travel(LATE_NOVEMBER, tick=False)
def test_a_period_is_looked_at_before_it_is_opened(cast, as_person, ledger):
    client, pk = as_person(cast.officer), ledger.schedule.pk
    html = get(client, "schedule_open", pk)
    for words in ("01/11/2026", "30/11/2026", "Tháng 11 năm 2026", "2 units by 07/12/2026", "Chi bộ Sở Ánh Dương"):
        assert words in html  # 5 December is a Saturday
    assert not ReportingPeriod.objects.exists()
    days = {"start": "01/10/2026", "end": "31/10/2026", "cutoff_on": "31/10/2026"}
    html = get(
        client, "schedule_open", pk, query="?start=01/10/2026&end=31/10/2026&cutoff_on=31/10/2026&label=Đợt+1"
    )
    assert "Đợt 1" in html
    wrong = post(client, "schedule_open", pk, status=422, **(days | {"end": "30/09/2026"}))
    assert "must begin before it ends" in wrong
    post(client, "schedule_open", pk, **days)
    period = ReportingPeriod.objects.get()
    assert (period.label, period.submissions.count()) == ("Tháng 10 năm 2026", 2)
    assert "open already" in post(client, "schedule_open", pk, status=422, **days)
    assert "Tháng 10 năm 2026" in get(as_person(cast.secretary), "schedule_detail", pk)


@time_machine.travel(LATE_NOVEMBER, tick=False)
def test_what_is_due_to_be_opened_is_said(cast, as_person, ledger):
    client = as_person(cast.officer)
    open_month(cast, ledger, OCTOBER)
    assert "Time to open" not in get(client, "period_list")  # November is not over
    with time_machine.travel("2026-11-30T02:00:00Z", tick=False):
        client = as_person(cast.officer)
        assert "Tháng 11 năm 2026" in get(client, "period_list")
        assert "Time to open" in get(client, "schedule_list")
        assert "Time to open" not in get(as_person(cast.secretary), "schedule_list")


def test_what_is_asked_for_already_is_told_before_asking_again(cast, as_person, ledger):
    make_schedule(
        actor=cast.officer,
        unit_id=cast.bloc.pk,
        form=ledger.form,
        terms=Terms("Báo cáo tuần", PeriodCycle.WEEK),
        units=[cast.unit_a],
    )
    response = as_person(cast.officer).get(reverse("schedule_open", args=[ledger.schedule.pk]))
    burden = response.context["burden"]
    # three fields and one by men and women; what the system counts costs nothing
    assert (burden.cells, burden.units, burden.periods, burden.counted, burden.a_year) == (5, 2, 12, 1, 120)
    assert {row.field.indicator for row in burden.twice} == {
        ledger.dialogues,
        ledger.attendances,
        ledger.questions,
        ledger.answered,
    }
    assert [row.units for row in burden.twice] == [1, 1, 1, 1]
    assert burden.without_twice == 0
    html = response.content.decode()
    assert "Báo cáo tuần" in html
    assert "1 of the units reports it under" in html


def test_what_is_asked_for_already_is_left_out_by_one_click_and_put_back_by_another(cast, as_person, ledger):
    other = make_form(actor=cast.officer, unit_id=cast.bloc.pk, code="02-DV", name="Biểu khác")
    put_field(actor=cast.officer, form=other, version=other.version, indicator=ledger.questions)
    other.refresh_from_db()
    make_schedule(
        actor=cast.officer,
        unit_id=cast.bloc.pk,
        form=use_form(actor=cast.officer, form=other, version=other.version),
        terms=Terms("Báo cáo tuần", PeriodCycle.WEEK),
        units=[cast.unit_a],
    )
    client, here = as_person(cast.officer), reverse("schedule_open", args=[ledger.schedule.pk])
    fields = set(ledger.form.fields.values_list("indicator", flat=True))
    assert "Leave it out" in client.get(here).content.decode()
    answer = client.post(here, {"act": "leave_out", "indicator": ledger.questions.pk}, follow=True)
    html = answer.content.decode()
    assert "in use as version 2" in html
    assert "Leave it out" not in html
    schedule = Schedule.objects.get(pk=ledger.schedule.pk)
    assert set(schedule.form.fields.values_list("indicator", flat=True)) == fields - {ledger.questions.pk}
    assert schedule.form.checks.count() == 0  # the rule that rested on it
    assert "act" in html
    html = client.post(here, {"act": "put_back", "form": ledger.form.pk}, follow=True).content.decode()
    assert "asks for it again" in html
    schedule = Schedule.objects.get(pk=ledger.schedule.pk)
    assert (schedule.form.number, set(schedule.form.fields.values_list("indicator", flat=True))) == (3, fields)
    assert schedule.form.checks.count() == 1
    again = client.post(here, {"act": "put_back", "form": ledger.form.pk}, follow=True).content.decode()
    assert "changed since" in again
    assert client.post(here, {"act": "leave_out", "indicator": "x"}, follow=True).status_code == 200
    as_unit = as_person(cast.secretary).post(here, {"act": "leave_out", "indicator": ledger.answered.pk})
    assert as_unit.status_code in (403, 404)


@override_settings(ISSUE_AT_ONCE=1)
def test_very_many_units_get_their_forms_in_the_background(
    cast, as_person, ledger, django_capture_on_commit_callbacks
):
    client = as_person(cast.officer)
    days = {"start": "01/10/2026", "end": "31/10/2026", "cutoff_on": "31/10/2026"}
    post(client, "schedule_open", ledger.schedule.pk, **days)
    period = ReportingPeriod.objects.get()
    assert period.submissions.count() == 0
    go_on_issuing.call(Issuing.objects.get(document=period.document_id).pk)
    assert {row.unit_id for row in period.submissions.all()} == {cast.unit_a.pk, cast.unit_b.pk}


def test_a_closed_schedule_opens_nothing(cast, as_person, ledger):
    client, pk = as_person(cast.officer), ledger.schedule.pk
    post(client, "schedule_close", pk, version=ledger.schedule.version)
    days = {"start": "01/10/2026", "end": "31/10/2026", "cutoff_on": "31/10/2026"}
    assert "is closed" in post(client, "schedule_open", pk, status=422, **days)
    assert "Open a period" not in get(client, "schedule_detail", pk)


def test_strangers_find_nothing_readers_change_nothing_and_units_see_what_is_theirs(cast, as_person, ledger):
    pk = ledger.schedule.pk
    get(as_person(cast.stranger), "schedule_list", status=404)
    get(as_person(cast.secretary), "schedule_detail", pk, status=404)  # nothing was asked of it yet
    open_month(cast, ledger)
    html = get(as_person(cast.secretary), "schedule_detail", pk)
    assert "Báo cáo tháng" in html
    assert "Đảng bộ Công ty Bình Minh" not in html
    for name in ("schedule_change", "schedule_units", "schedule_exempt", "schedule_open"):
        get(as_person(cast.inspector), name, pk, status=403)
    get(as_person(cast.secretary), "schedule_make", status=403)
    post(as_person(cast.inspector), "schedule_close", pk, status=403, version=1)


def test_pages_ask_as_much_for_thirty_units_as_for_three(cast, as_person, ledger):
    client, counts = as_person(cast.officer), []
    for number in (3, 30):
        units = [make_unit(f"Chi bộ {number}-{n}", UnitKind.PARTY_BASE_CELL, cast.bloc) for n in range(number)]
        terms = Terms(f"Chế độ {number}", PeriodCycle.YEAR)
        own = {"actor": cast.officer, "unit_id": cast.bloc.pk, "form": ledger.form, "terms": terms}
        schedule = make_schedule(units=units, **own)
        get(client, "schedule_detail", schedule.pk)
        with CaptureQueriesContext(connection) as asked:
            get(client, "schedule_detail", schedule.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("cycle", "last", "today", "closes", "expected"),
    [
        ("month", None, date(2026, 11, 10), 31, Span(date(2026, 10, 1), date(2026, 10, 31))),
        ("month", None, date(2026, 11, 20), 31, Span(date(2026, 11, 1), date(2026, 11, 30))),
        ("month", date(2026, 9, 30), date(2026, 11, 20), 31, OCTOBER),
        ("month", date(2026, 10, 14), date(2026, 11, 20), 14, Span(date(2026, 10, 15), date(2026, 11, 14))),
        ("week", None, date(2026, 11, 30), 31, Span(date(2026, 11, 23), date(2026, 11, 29))),
        ("nine_months", date(2026, 9, 30), date(2026, 11, 20), 31, Span(date(2027, 1, 1), date(2027, 9, 30))),
        ("half_year", date(2026, 6, 30), date(2026, 11, 20), 31, Span(date(2026, 7, 1), date(2026, 12, 31))),
        ("year", None, date(2027, 1, 10), 14, Span(date(2025, 12, 15), date(2026, 12, 14))),
        ("ad_hoc", None, date(2026, 11, 20), 31, None),
    ],
)
def test_the_next_period_follows_the_last(cycle, last, today, closes, expected):
    assert next_to_open(cycle, last, today, closes) == expected


def test_a_unit_reads_the_form_that_it_fills_in_and_the_version_it_will_next(cast, as_person, ledger):
    open_month(cast, ledger)
    client = as_person(cast.secretary)
    draft = renew_form(actor=cast.officer, form=ledger.form)
    get(client, "form_detail", draft.pk, status=404)
    use_form(actor=cast.officer, form=draft, version=draft.version)
    for form in (ledger.form, draft):
        get(client, "form_detail", form.pk)
    assert reverse("form_detail", args=[draft.pk]) in get(client, "schedule_detail", ledger.schedule.pk)
