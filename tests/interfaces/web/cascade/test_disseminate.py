"""Recording study sessions on a phone, and correcting them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.cascade.models import Dissemination
from motbuoc.foundation.core import clock

TODAY = clock.today()


def sent(unit, **changes):
    figures = {"form": "conference", "sessions": 1, "attended": 45, "expected": 50}
    return {"unit": unit.pk, "held_on": f"{TODAY:%d/%m/%Y}", **figures, **changes}


@pytest.fixture
def url(directive):
    return reverse("disseminate", args=[directive.pk])


def test_a_secretary_records_and_the_level_above_sees_the_share(as_person, cast, directive, url):
    assert as_person(cast.secretary_b).post(url, sent(cast.unit_b)).status_code == 302
    html = as_person(cast.officer).get(url).content.decode()
    assert "Together 45 of 50 attendances, 90 %" in html
    assert reverse("dissemination_correct", args=[Dissemination.objects.get().pk]) not in html
    page = as_person(cast.officer).get(reverse("descent", args=[directive.pk])).content.decode()
    assert "1 of 3 units have recorded it" in page
    assert "90 %" in page


def test_more_than_were_due_is_refused_and_nothing_typed_is_lost(as_person, cast, url):
    answer = as_person(cast.secretary_b).post(url, sent(cast.unit_b, attended=512))
    assert answer.status_code == 422
    assert 'value="512"' in answer.content.decode()
    assert not Dissemination.objects.exists()


def test_a_neighbour_and_a_member_of_another_unit_see_no_figures(as_person, cast, url):
    as_person(cast.secretary_b).post(url, sent(cast.unit_b))
    for person in (cast.secretary, cast.member):
        html = as_person(person).get(url).content.decode()
        assert "45" not in html.split("Sessions recorded")[1].split("</section>")[0]
    assert as_person(cast.stranger).get(url).status_code == 404
    assert as_person(cast.secretary).post(url, sent(cast.unit_b)).status_code == 422
    assert as_person(cast.member).post(url, sent(cast.unit_a)).status_code == 403
    assert Dissemination.objects.count() == 1


def test_a_correction_asks_for_the_reason_and_tells_who_was_first(as_person, cast, url):
    client = as_person(cast.secretary_b)
    client.post(url, sent(cast.unit_b))
    row = Dissemination.objects.get()
    form = reverse("dissemination_correct", args=[row.pk])
    data = {**sent(cast.unit_b, attended=40), "version": row.version}
    assert client.post(form, data).status_code == 422
    assert client.post(form, data | {"reason": "Đếm nhầm"}).url == url
    assert client.post(form, data | {"reason": "Lần nữa"}).status_code == 409
    assert Dissemination.objects.get().attended == 40
    assert as_person(cast.officer).get(form).status_code == 403
    assert as_person(cast.secretary).get(form).status_code == 404
