"""Who may need help, and how far the forecasts can be trusted: shown to whoever decides, in words."""

from __future__ import annotations

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.documents.models import TimeKind
from motbuoc.domains.work.estimating import estimate
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.outlook_tables import Outlook
from tests.factories import make_directive


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def forecast(cast, units, *, better=True):
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        make_directive(cast)
    run = estimate()
    run.count, run.late, run.judged, run.least = 900, 360, 500, 100
    run.brier, run.base_brier = (0.21 if better else 0.25), 0.24
    run.bins = [{"low": 0.6, "count": 50, "forecast": 32.5, "late": 30}]
    run.save()
    for assignment in Assignment.objects.filter(time_kind=TimeKind.DATED, unit__in=units):
        Outlook.objects.create(
            assignment=assignment, likelihood=0.64, unit_count=6, unit_late=4, kind_count=40, kind_late=4
        )


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_the_reasons_are_said_in_words(cast, as_person):
    forecast(cast, [cast.unit_a])
    html = as_person(cast.officer).get(reverse("help_list")).content.decode()
    assert "Chi bộ Sở Ánh Dương" in html
    assert "Of ten tasks like this, about 6 are late." in html
    assert "4 of the unit&#x27;s 6 earlier tasks missed their day." in html
    assert "Work of this kind is mostly on time: late 4 of 40 times." in html


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_no_unit_and_nobody_who_only_reads_gets_the_list(cast, as_person):
    forecast(cast, [cast.unit_a])
    for person, status in ((cast.secretary, 403), (cast.member, 403), (cast.inspector, 403), (cast.stranger, 404)):
        response = as_person(person).get(reverse("help_list"))
        assert response.status_code == status
        assert "about 6" not in response.content.decode()


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_what_is_no_better_than_the_base_rate_is_not_shown_and_the_page_says_so(cast, as_person):
    forecast(cast, [cast.unit_a], better=False)
    client = as_person(cast.officer)
    html = client.get(reverse("help_list")).content.decode()
    assert "Nothing is shown for now." in html
    assert "Ánh Dương" not in html
    assert "it is not shown" in client.get(reverse("outlook_figures")).content.decode()


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_the_figures_are_published_to_whoever_has_work_here(cast, as_person):
    forecast(cast, [cast.unit_a])
    html = as_person(cast.secretary).get(reverse("outlook_figures")).content.decode()
    assert "0.2100" in html
    assert "0.2400" in html
    assert "0.875" in html
    assert "<td>60–70 %</td><td>50</td><td>65 %</td><td>60 %</td>" in html
    assert "Bình Minh" not in html


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_before_the_first_night_both_pages_say_so(cast, as_person):
    client = as_person(cast.officer)
    assert "Nothing stands out." in client.get(reverse("help_list")).content.decode()
    assert "Nothing was worked out yet." in client.get(reverse("outlook_figures")).content.decode()


@time_machine.travel("2026-04-20T02:00:00Z", tick=False)
def test_two_rows_cost_as_many_queries_as_one(cast, as_person):
    forecast(cast, [cast.unit_a, cast.unit_b])
    client, url = as_person(cast.officer), reverse("help_list")
    client.get(url)
    with CaptureQueriesContext(connection) as two:
        assert client.get(url).content.decode().count("task-words") == 2
    Outlook.objects.filter(assignment__unit=cast.unit_b).delete()
    with CaptureQueriesContext(connection) as one:
        assert client.get(url).content.decode().count("task-words") == 1
    assert len(one) == len(two)
