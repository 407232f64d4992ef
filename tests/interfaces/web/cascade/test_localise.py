"""Writing and uploading a unit's plan, and tying its items, as a person of the base unit does it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motbuoc.domains.cascade.models import ItemLink, Localisation
from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.units.models import UnitVersion
from tests.domains.cascade.conftest import issued, plan_of
from tests.domains.cascade.test_localising import PLAN


@pytest.fixture
def duties(directive):
    return list(directive.duties.order_by("position"))


def sent(base, duties, **changes):
    """The form as a person sends it: the first item in the plan, the others left out."""
    first = f"item{duties[0].pk}"
    return {
        "unit": base.unit.pk,
        "issuer": "ĐẢNG ỦY CÔNG TY BÌNH MINH",
        "code": "17-KH/B",
        "issued_on": "12/03/2026",
        "subject": "thực hiện Công văn số 12-CV/ĐUK",
        "units": [cell.pk for cell in base.cells],
        f"{first}-is_carried": "on",
        f"{first}-what": "Tổ chức hội nghị học tập cho toàn thể đảng viên",
        f"{first}-due_on": "15/04/2026",
        f"{first}-target": "100% đảng viên",
        **changes,
    }


def test_the_form_shows_the_directives_words_beside_what_the_unit_does(as_person, base, directive, duties):
    page = as_person(base.officer).get(reverse("localise_write", args=[directive.pk]))
    html = page.content.decode()
    assert page.status_code == 200
    assert html.count(duties[0].text) >= 2  # as the directive's words, and to be rewritten
    assert "ĐẢNG ỦY CÔNG TY BÌNH MINH" in html
    assert "-KH/B" in html
    assert "Chi bộ Kinh doanh" in html
    assert "30/04/2026" in html
    assert "Giao Ban Tuyên giáo" not in html  # not asked of this unit


def test_what_was_written_becomes_a_document_to_be_looked_through(as_person, base, directive, duties):
    client = as_person(base.officer)
    answer = client.post(reverse("localise_write", args=[directive.pk]), sent(base, duties))
    made = Localisation.objects.get()
    assert answer.url == reverse("document_review", args=[made.plan_id])
    assert [(link.serves, link.target) for link in made.links.all()] == [(duties[0], "100% đảng viên")]
    assert "Tổ chức hội nghị học tập" in client.get(answer.url).content.decode()


def test_nothing_typed_is_lost_when_something_is_missing(as_person, base, directive, duties):
    first = f"item{duties[0].pk}"
    data = sent(base, duties, issuer="", **{f"{first}-target": "Chín mươi phần trăm"})
    answer = as_person(base.officer).post(reverse("localise_write", args=[directive.pk]), data)
    assert answer.status_code == 422
    assert "Chín mươi phần trăm" in answer.content.decode()
    data = sent(base, duties, **{f"{first}-what": " "})
    answer = as_person(base.officer).post(reverse("localise_write", args=[directive.pk]), data)
    assert "leave the item out" in answer.content.decode()
    assert not Localisation.objects.exists()


@pytest.mark.parametrize("what", ["...", " ;. ", "\u200b", "…"])
def test_marks_are_no_words(as_person, base, directive, duties, what):
    data = sent(base, duties, **{f"item{duties[0].pk}-what": what})
    answer = as_person(base.officer).post(reverse("localise_write", args=[directive.pk]), data)
    assert answer.status_code == 422
    assert "leave the item out" in answer.content.decode()
    assert not Document.objects.filter(unit=base.unit).exists()


def test_a_body_of_one_word_issues_its_plan(as_person, base, directive, duties):
    UnitVersion.objects.filter(unit=base.unit).update(name="Vinamẫu")
    data = sent(base, duties, issuer="VINAMẪU")
    answer = as_person(base.officer).post(reverse("localise_write", args=[directive.pk]), data)
    assert answer.status_code == 302
    assert "T/M VINAMẪU" in Localisation.objects.get().plan.text


def test_an_uploaded_plan_has_its_likely_items_ticked(as_person, base, directive, duties):
    client = as_person(base.officer)
    file = SimpleUploadedFile("ke-hoach.txt", PLAN.encode())
    answer = client.post(reverse("localise_upload", args=[directive.pk]), {"file": file, "unit": base.unit.pk})
    plan = Document.objects.get(code="9-KH/B")
    assert answer.url == reverse("plan_items", args=[plan.pk])
    study = plan.duties.order_by("position")[0]
    form = client.get(answer.url).context["form"]
    assert form[f"serves{study.pk}"].value() == [duties[0].pk]
    data = {"version": plan.version, f"serves{study.pk}": [duties[0].pk], f"target{study.pk}": "95%"}
    assert client.post(answer.url, data).status_code == 302
    assert [(link.item, link.serves, link.target) for link in ItemLink.objects.all()] == [
        (study, duties[0], "95%")
    ]
    again = client.post(answer.url, data)
    assert again.status_code == 409
    assert "Nothing of yours was lost" in again.content.decode()


def test_the_chain_is_seen_from_both_ends(as_person, base, directive, cast, duties):
    Assignment.objects.filter(duty=duties[1], unit=base.unit)
    plan = issued(base.officer, plan_of(base, directive).plan)
    client = as_person(base.officer)
    assert (
        reverse("document_detail", args=[directive.pk])
        in client.get(reverse("document_detail", args=[plan.pk]))
        .content.decode()
        .split("Up and down the chain")[1]
    )
    assert "17-KH/B" in client.get(reverse("document_detail", args=[directive.pk])).content.decode()
    task = Assignment.objects.filter(document=plan).order_by("pk")[0]
    assert "12-CV/ĐUK, item 1" in client.get(reverse("assignment_detail", args=[task.pk])).content.decode()
    seen_by_cell = (
        as_person(base.cell_secretary).get(reverse("assignment_detail", args=[task.pk])).content.decode()
    )
    assert "item 1" not in seen_by_cell.split("Reported so far")[0].split("The words of the directive")[1]


class TestWhoMay:
    """Who gets the pages."""

    @pytest.mark.parametrize("page", ["localise_write", "localise_upload"])
    def test_a_reader_may_not_and_a_stranger_finds_nothing(self, as_person, base, cast, directive, page):
        url = reverse(page, args=[directive.pk])
        assert as_person(cast.secretary_b).get(url).status_code == 403
        assert as_person(cast.stranger).get(url).status_code == 404
        assert as_person(base.officer).put(url).status_code == 405

    def test_a_neighbours_plan_is_not_there(self, as_person, base, cast, directive):
        plan = issued(base.officer, plan_of(base, directive).plan)
        for name in ("document_detail", "plan_items"):
            assert as_person(cast.secretary).get(reverse(name, args=[plan.pk])).status_code in (403, 404)
        html = as_person(cast.secretary).get(reverse("document_detail", args=[directive.pk])).content.decode()
        assert "17-KH/B" not in html
        assert "Bình Minh" not in html

    def test_the_button_is_for_those_whose_unit_received_it(self, as_person, base, cast, directive):
        url = reverse("document_detail", args=[directive.pk])
        button = reverse("localise_write", args=[directive.pk])
        assert button in as_person(base.officer).get(url).content.decode()
        for other in (cast.officer, cast.secretary_b, cast.inspector):
            assert button not in as_person(other).get(url).content.decode()
