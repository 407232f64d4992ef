"""The pages of periods: the list with its four facts, one period with its units, the cut-off, the lock."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.scheduling import Terms, exempt_unit, make_schedule, open_period
from motbuoc.domains.ledger.services import accept, hand_in
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.units.kinds import UnitKind
from tests.factories import make_unit
from tests.factories.ledger import NOVEMBER, enter, make_ledger, open_month, submission_of

pytestmark = pytest.mark.django_db


def get(client, name, *args, status=200, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def post(client, page, *args, status=302, **sent):
    response = client.post(reverse(page, args=args), sent)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


@pytest.fixture
def period(cast) -> ReportingPeriod:
    ledger = make_ledger(cast)
    exempt_unit(actor=cast.officer, schedule=ledger.schedule, unit=cast.department, reason="Đơn vị tham mưu")
    return open_month(cast, ledger)


def reported(cast, period: ReportingPeriod, unit, person, **figures: int) -> None:
    """The unit hands in what it has."""
    mine = enter(person, submission_of(period, unit.pk), **figures)
    hand_in(actor=person, submission=mine, version=mine.version)


def test_four_facts_are_told_apart_in_the_list_and_on_the_page(cast, as_person, period):
    reported(cast, period, cast.unit_a, cast.secretary, i2_05=3)  # the rest is missing
    client = as_person(cast.officer)
    html = get(client, "period_list")
    assert "Tháng 11 năm 2026" in html
    html = get(client, "period_detail", period.pk)
    assert "Not handed in yet" in html
    assert "Đảng bộ Công ty Bình Minh" in html
    assert "Chưa trả lời" in html  # in the words of the day it was handed in
    assert "Đơn vị tham mưu" in html
    mine = submission_of(period, cast.unit_a.pk)
    accept(actor=cast.officer, submission=mine, version=mine.version)
    response = client.get(reverse("period_detail", args=[period.pk]))
    assert response.context["funnel"] == (2, 1, 1, 1, 0, None, 1, 1, 0, 0)


def test_the_units_of_a_period_are_narrowed_by_how_far_they_are(cast, as_person, period):
    reported(cast, period, cast.unit_a, cast.secretary, i2_05=3)
    client = as_person(cast.officer)

    def units(tab: str) -> set[str]:
        page = client.get(reverse("period_detail", args=[period.pk]) + f"?tab={tab}").context["page"]
        return {row.unit_name for row in page}

    a, b = "Chi bộ Sở Ánh Dương", "Đảng bộ Công ty Bình Minh"
    assert units("") == units("nonsense") == {a, b}
    assert units("missing") == {b}
    assert units("waiting") == units("incomplete") == {a}
    assert units("accepted") == units("complete") == set()
    assert units("begun") == units("received") == units("on_time") == units("approved") == {a}


def test_each_step_of_the_funnel_leads_to_its_units(cast, as_person, period):
    reported(cast, period, cast.unit_a, cast.secretary, i2_05=3)
    client = as_person(cast.officer)
    html = get(client, "period_detail", period.pk)
    for step in ("begun", "received", "on_time", "complete", "accepted", "accepted_on_time", "corrected"):
        assert f'href="?tab={step}#results"' in html
    assert 'href="?tab=approved#results"' not in html  # no unit stands between
    html = get(client, "period_detail", period.pk, query="?tab=on_time")
    assert "Handed in, in time" in html  # says what is listed


def test_whoever_issued_is_led_to_urging_and_others_are_not(cast, as_person, period):
    urge = f"{reverse('urging_draft')}?document={period.document_id}"
    assert urge in get(as_person(cast.officer), "period_detail", period.pk)
    assert urge not in get(as_person(cast.central_officer), "period_detail", period.pk)
    assert urge not in get(as_person(cast.secretary), "period_detail", period.pk)


def test_a_unit_sees_its_own_report_and_not_its_neighbours(cast, as_person, period):
    html = get(as_person(cast.secretary), "period_detail", period.pk)
    assert "Chi bộ Sở Ánh Dương" in html
    assert "Đảng bộ Công ty Bình Minh" not in html
    assert "Đơn vị tham mưu" not in html  # why another need not report
    assert "Move the cut-off" not in html
    assert as_person(cast.secretary).get(reverse("period_list")).context["rows"][0][1].expected == 1


def test_a_stranger_finds_nothing_and_a_reader_changes_nothing(cast, as_person, period):
    get(as_person(cast.stranger), "period_list", status=404)
    get(as_person(cast.stranger), "period_detail", period.pk, status=404)
    for client in (as_person(cast.secretary), as_person(cast.inspector)):
        get(client, "period_cutoff", period.pk, status=403)
        post(client, "period_lock", period.pk, status=403, version=period.version)
    assert as_person(cast.officer).get(reverse("period_lock", args=[period.pk])).status_code == 405


def test_the_cutoff_is_moved_with_a_reason(cast, as_person, period):
    client = as_person(cast.officer)
    assert "30/11/2026" in get(client, "period_cutoff", period.pk)
    sent = {"version": period.version, "cutoff_on": "02/12/2026"}
    assert "required" in post(client, "period_cutoff", period.pk, status=422, **sent)
    post(client, "period_cutoff", period.pk, reason="Chờ số liệu cuối tháng", **sent)
    html = get(client, "period_detail", period.pk)
    assert "02/12/2026" in html
    assert "Chờ số liệu cuối tháng" in html  # in the history
    again = post(client, "period_cutoff", period.pk, status=422, reason="Lại", **sent)
    assert "Somebody else changed" in again
    assert ReportingPeriod.objects.get().cutoff_on == date(2026, 12, 2)


def test_a_period_is_locked_and_opened_again(cast, as_person, period):
    client = as_person(cast.officer)
    post(client, "period_lock", period.pk, act="lock", version=period.version)
    html = get(client, "period_detail", period.pk)
    assert "nothing is entered any more" in html
    assert "Tháng 11" not in get(client, "period_list")
    assert "Tháng 11" in get(client, "period_list", query="?tab=locked")
    post(client, "period_lock", period.pk, act="unlock", version=period.version + 1)
    assert ReportingPeriod.objects.get().locked_on is None


def test_pages_ask_as_much_for_thirty_units_as_for_three(cast, as_person):
    client = as_person(cast.officer)
    ledger = make_ledger(cast)
    counts = []
    for number in (3, 30):
        units = [make_unit(f"Chi bộ {number}-{n}", UnitKind.PARTY_BASE_CELL, cast.bloc) for n in range(number)]
        schedule = make_schedule(
            actor=cast.officer,
            unit_id=cast.bloc.pk,
            form=ledger.form,
            terms=Terms(f"Chế độ {number}", PeriodCycle.MONTH),
            units=units,
        )
        period = open_period(actor=cast.officer, schedule=schedule, span=NOVEMBER)
        get(client, "period_detail", period.pk)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            get(client, "period_detail", period.pk)
            get(client, "period_list")
        counts.append(len(asked))
    assert counts[0] == counts[1]
