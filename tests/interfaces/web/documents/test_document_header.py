"""Correcting the header fields, the reports' period and the last day."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document, correct_document
from tests.factories import make_directive


def url(document) -> str:
    return reverse("document_header", args=[document.pk])


def typed(document, **changes) -> dict[str, str]:
    fields = {
        "superior": document.superior,
        "issuer": document.issuer,
        "code": document.code,
        "type": document.type,
        "place": document.place,
        "issued_on": f"{document.issued_on:%d/%m/%Y}",
        "subject": document.subject,
        "report_cycle": "",
        "runs_until": "",
        "version": str(document.version),
    }
    return {**fields, **changes}


def test_the_form_shows_what_is_stored(officer, document):
    page = officer.get(url(document)).content.decode()
    assert 'value="05/03/2026"' in page
    assert 'value="12-CV/ĐUK"' in page


def test_saving_sets_the_fields_and_leads_back(officer, document):
    changes = {"subject": "Trích yếu đã sửa", "report_cycle": "quarter", "runs_until": "31/12/2026"}
    answer = officer.post(url(document), typed(document, **changes))
    stored = Document.objects.get()
    assert answer["Location"] == reverse("document_review", args=[document.pk]) + "#header"
    assert (stored.subject, stored.report_cycle) == ("Trích yếu đã sửa", "quarter")
    assert stored.runs_until == date(2026, 12, 31)
    assert "Trích yếu đã sửa" in officer.get(answer["Location"]).content.decode()


def test_a_day_that_is_none_keeps_everything_typed(officer, document):
    answer = officer.post(url(document), typed(document, issued_on="31/02/2026", subject="Đang sửa dở"))
    assert answer.status_code == 422
    assert 'value="31/02/2026"' in answer.content.decode()
    assert "Đang sửa dở" in answer.content.decode()
    assert Document.objects.get().subject == "Việc làm mẫu"


def test_the_second_of_two_sees_both_versions_and_loses_nothing(cast, officer, document, as_person):
    mine = typed(document, subject="Trích yếu của tôi")
    correct_document(
        actor=cast.second_officer, document=document, version=1, changes={"subject": "Trích yếu của người khác"}
    )
    answer = officer.post(url(document), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Trích yếu của người khác" in page
    assert "Trích yếu của tôi" in page
    assert 'name="version" value="2"' in page
    assert Document.objects.get().subject == "Trích yếu của người khác"
    again = officer.post(url(document), {**mine, "version": "2"})
    assert again.status_code == 302
    assert Document.objects.get().subject == "Trích yếu của tôi"


def test_a_script_is_told_which_card_to_swap(officer, document):
    answer = officer.post(url(document), typed(document, issued_on="x"), headers={"HX-Request": "true"})
    assert answer["HX-Retarget"] == answer["HX-Reselect"] == "#header"


def test_what_was_typed_stays_when_somebody_confirmed_meanwhile(cast, officer, document):
    mine = typed(document, subject="Trích yếu của tôi")
    confirm_document(actor=cast.second_officer, document=document, version=1)
    answer = officer.post(url(document), mine)
    assert answer.status_code == 422
    assert "Trích yếu của tôi" in answer.content.decode()
    assert Document.objects.get().subject == "Việc làm mẫu"


def test_who_may_not(cast, document, as_person):
    assert as_person(cast.stranger).get(url(document)).status_code == 404
    assert as_person(cast.secretary).post(url(document), typed(document)).status_code == 403


def test_a_reader_may_not(cast, as_person):
    document = make_directive(cast)
    client = as_person(cast.secretary)
    assert client.get(url(document)).status_code == 403
    assert client.post(url(document), typed(document, subject="Sửa trộm")).status_code == 403
    assert Document.objects.get().subject == "Việc làm mẫu"


def test_wrong_method(officer, document):
    assert officer.delete(url(document)).status_code == 405
