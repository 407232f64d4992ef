"""Correcting one duty: what, when, and whose."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.documents.services import confirm_document, correct_duty, drop_duty
from tests.factories import make_directive


def url(duty) -> str:
    return reverse("duty_correct", args=[duty.pk])


def periodic(document) -> Duty:
    return document.duties.get(unsure=["period"])


def typed(duty, **changes):
    fields = {
        "verb": duty.verb,
        "what": duty.what,
        "product": "",
        "time_kind": "periodic",
        "cycle": "quarter",
        "due_on": "30/06/2026",
        "for_addressees": "on",
        "version": str(duty.version),
    }
    return {**fields, **changes}


def test_the_form_shows_the_words_and_the_units(cast, officer, document):
    duty = document.duties.get(for_addressees=False)
    answer = officer.get(url(duty))
    assert "Giao Ban Tuyên giáo theo dõi việc thực hiện" in answer.content.decode()
    assert "Chi bộ Sở Ánh Dương" in answer.content.decode()
    assert answer.context["form"]["leads"].value() == [cast.department.pk]
    assert answer.content.decode().count(" checked") == 2  # the unit that leads, and that nobody tracks it


def test_saving_settles_the_period_and_leads_back_to_the_card(officer, document):
    duty = periodic(document)
    answer = officer.post(url(duty), typed(duty, product="Biên bản"))
    stored = Duty.objects.get(pk=duty.pk)
    assert answer["Location"] == reverse("document_review", args=[document.pk]) + f"#duty-{duty.pk}"
    assert (stored.cycle, stored.due_on, stored.product) == ("quarter", date(2026, 6, 30), "Biên bản")
    assert stored.unsure == []
    page = officer.get(answer["Location"]).content.decode()
    assert "Hằng quý, kỳ đầu đến 30/06/2026" in page


def test_choosing_units_that_lead_and_support(cast, officer, document):
    duty = periodic(document)
    fields = typed(duty, leads=[cast.unit_a.pk], supports=[cast.department.pk])
    del fields["for_addressees"]
    officer.post(url(duty), fields)
    parts = {(part.unit_id, part.part) for part in duty.units.all()}
    assert parts == {(cast.unit_a.pk, "lead"), (cast.department.pk, "support")}
    assert not Duty.objects.get(pk=duty.pk).for_addressees


def test_a_unit_cannot_lead_and_support(cast, officer, document):
    duty = periodic(document)
    fields = typed(duty, leads=[cast.unit_a.pk], supports=[cast.unit_a.pk], product="Đang gõ dở")
    answer = officer.post(url(duty), fields)
    assert answer.status_code == 422
    assert "Đang gõ dở" in answer.content.decode()
    assert not duty.units.exists()


def test_a_unit_from_elsewhere_is_no_choice(cast, officer, document):
    duty = periodic(document)
    assert officer.post(url(duty), typed(duty, leads=[cast.province.pk])).status_code == 422


def test_a_period_goes_when_the_duty_is_not_periodic(officer, document):
    duty = periodic(document)
    officer.post(url(duty), typed(duty, time_kind="continuous"))
    stored = Duty.objects.get(pk=duty.pk)
    assert (stored.time_kind, stored.cycle, stored.unsure) == ("continuous", "", [])


def test_the_second_of_two_sees_both_versions_and_loses_nothing(cast, officer, document):
    duty = periodic(document)
    mine = typed(duty, product="Báo cáo của tôi")
    correct_duty(actor=cast.second_officer, duty=duty, version=1, changes={"product": "Báo cáo của người khác"})
    answer = officer.post(url(duty), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Báo cáo của người khác" in page
    assert "Báo cáo của tôi" in page
    assert 'name="version" value="2"' in page
    assert officer.post(url(duty), {**mine, "version": "2"}).status_code == 302
    assert Duty.objects.get(pk=duty.pk).product == "Báo cáo của tôi"


def test_it_tells_that_the_other_one_took_the_duty_out(cast, officer, document):
    duty = periodic(document)
    drop_duty(actor=cast.second_officer, duty=duty, version=1)
    answer = officer.post(url(duty), typed(duty))
    assert answer.status_code == 409
    assert "đã bị bỏ" in answer.content.decode()


def test_what_was_typed_stays_when_somebody_confirmed_meanwhile(cast, officer, document):
    duty = periodic(document)
    confirm_document(actor=cast.second_officer, document=document, version=1)
    answer = officer.post(url(duty), typed(duty, product="Báo cáo của tôi"), headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer["HX-Push-Url"] == "false"  # the form stands in the review, and so does its address
    assert "Báo cáo của tôi" in answer.content.decode()


def test_who_may_not(cast, document, as_person):
    duty = periodic(document)
    for person in (cast.stranger, cast.secretary):
        status = 404 if person == cast.stranger else 403
        assert as_person(person).get(url(duty)).status_code == status
        assert as_person(person).post(url(duty), typed(duty)).status_code == status


def test_a_reader_may_not(cast, as_person):
    duty = make_directive(cast).duties.first()
    client = as_person(cast.secretary)
    assert client.get(url(duty)).status_code == 403
    assert client.post(url(duty), typed(duty, product="Sửa trộm")).status_code == 403
    assert not Duty.objects.filter(product="Sửa trộm").exists()


def test_wrong_method(officer, document):
    assert officer.put(url(periodic(document))).status_code == 405
