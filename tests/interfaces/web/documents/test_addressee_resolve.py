"""Saying which units an addressee means."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.domains.documents.models import Addressee
from tests.factories import make_directive


def url(addressee) -> str:
    return reverse("addressee_resolve", args=[addressee.pk])


def test_one_unit(cast, officer, document):
    addressee = document.addressees.get()
    page = officer.get(url(addressee)).content.decode()
    assert "Chi bộ Sở Ánh Dương" in page
    answer = officer.post(url(addressee), {"selection": "one_unit", "unit": cast.unit_a.pk})
    assert answer["Location"].endswith(f"#addressee-{addressee.pk}")
    assert Addressee.objects.get().unit == cast.unit_a
    review = officer.get(answer["Location"]).content.decode()
    assert "hiện có 1 đơn vị" in review


def test_all_base_units_are_counted(officer, document):
    review = officer.get(reverse("document_review", args=[document.pk])).content.decode()
    assert "hiện có 2 đơn vị" in review


def test_one_unit_must_be_named(officer, document):
    answer = officer.post(url(document.addressees.get()), {"selection": "one_unit"})
    assert answer.status_code == 422
    assert Addressee.objects.get().selection == "group"


def test_an_unresolved_one_is_a_place_to_look_at(officer, document):
    Addressee.objects.update(selection="unresolved")
    page = officer.get(reverse("document_review", args=[document.pk]))
    assert f"addressee-{document.addressees.get().pk}" in [place.anchor for place in page.context["sheet"].places]


def test_who_may_not(cast, document, as_person):
    addressee = document.addressees.get()
    assert as_person(cast.stranger).get(url(addressee)).status_code == 404
    assert as_person(cast.secretary).post(url(addressee), {"selection": "informed"}).status_code == 403


def test_a_reader_may_not(cast, as_person):
    addressee = make_directive(cast).addressees.get()
    client = as_person(cast.secretary)
    assert client.get(url(addressee)).status_code == 403
    assert client.post(url(addressee), {"selection": "informed"}).status_code == 403
    assert Addressee.objects.get().selection == "group"


def test_wrong_method(officer, document):
    assert officer.delete(url(document.addressees.get())).status_code == 405
