"""The review: what a person sees of a reading, and who may."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.domains.documents.models import Citation, Duty, Relation
from motbuoc.domains.documents.services import confirm_document
from tests.factories import make_directive


def url(document) -> str:
    return reverse("document_review", args=[document.pk])


def test_words_and_cards_point_at_each_other(officer, document):
    page = officer.get(url(document)).content.decode()
    for number, duty in enumerate(document.duties.all(), 1):
        assert f'id="words-duty-{duty.pk}" href="#duty-{duty.pk}" data-pin="{number}"' in page
        assert f'id="duty-{duty.pk}"' in page
        assert f'href="#words-duty-{duty.pk}"' in page


def test_the_whole_text_is_there_with_its_marks(officer, document):
    page = officer.get(url(document)).content.decode()
    duty = document.duties.first()
    assert f'data-key="duty-{duty.pk}"' in page
    assert "Tổ chức hội nghị quán triệt" in page
    assert 'class="w-provision"' in page
    assert page.count('class="item"') == 3


def test_hostile_text_stays_text(officer, document):
    document.text = document.text.replace("Việc làm mẫu\n", "<img src=x onerror=alert(1)>\n", 1)
    document.save()
    page = officer.get(url(document)).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_doubts_are_counted_named_and_linked(officer, document):
    document.reading["notes"] = [
        {"code": "not_found", "field": "header.place", "message": "The place was not found.", "span": None}
    ]
    document.save()
    asked = document.duties.get(unsure=["period"])
    page = officer.get(url(document))
    html = page.content.decode()
    assert [place.anchor for place in page.context["sheet"].places] == ["header-place", f"duty-{asked.pk}"]
    assert "2 chỗ cần xem lại" in html
    assert f'href="#duty-{asked.pk}"' in html
    assert 'href="#header-place"' in html
    assert 'id="header-place"' in html


def test_without_doubts_it_says_so(officer, document):
    Duty.objects.filter(document=document).update(unsure=[])
    assert "chỗ cần xem lại" not in officer.get(url(document)).content.decode()


def test_it_names_who_leads(officer, document):
    page = officer.get(url(document)).content.decode()
    assert "Ban Tuyên giáo Đảng ủy Khối" in page
    assert "2 đơn vị nhận văn bản" in page


def test_a_confirmed_document_is_shown_instead(cast, officer, document):
    confirm_document(actor=cast.officer, document=document, version=1)
    answer = officer.get(url(document))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("document_detail", args=[document.pk])


def test_a_stranger_and_a_unit_do_not_learn_that_it_exists(cast, document, as_person):
    for person in (cast.stranger, cast.secretary, cast.inspector, cast.central_officer):
        answer = as_person(person).get(url(document))
        assert answer.status_code == (404 if person == cast.stranger else 403)
        nothing = as_person(person).get(reverse("document_review", args=[0]))
        assert nothing.status_code == answer.status_code


def test_a_reader_of_an_issued_document_may_not_correct_it(cast, as_person):
    document = make_directive(cast)
    answer = as_person(cast.secretary).get(url(document))
    assert answer.status_code == 403
    assert "Việc làm mẫu" not in answer.content.decode()


def test_only_reading(officer, document):
    assert officer.post(url(document)).status_code == 405


def test_as_many_queries_for_thirty_duties_as_for_three(officer, document, queries_of):
    officer.get(url(document))
    few = queries_of(lambda: officer.get(url(document)))
    first = document.duties.first()
    Duty.objects.bulk_create(
        Duty(
            document=document,
            provision=first.provision,
            position=10 + n,
            start=first.start,
            end=first.end,
            text=first.text,
        )
        for n in range(30)
    )
    assert queries_of(lambda: officer.get(url(document))) == few


def test_cited_documents_say_what_this_one_does_with_them(officer, document):
    start = document.text.index("đoàn viên")
    Citation.objects.create(
        document=document, start=0, end=3, raw="Số 9", code="09-CT/TU", relation=Relation.IMPLEMENTS
    )
    document.reading["mentions"] = [
        {"span": [0, 3], "kind": "full", "code": "09-CT/TU", "antecedent": None},
        {"span": [start, start + 9], "kind": "short", "code": None, "antecedent": 0},
    ]
    document.save()
    page = officer.get(url(document)).content.decode()
    cited = document.citations.get()
    assert "Triển khai, thực hiện" in page
    assert f'w-mention" data-key="duty-{document.duties.all()[1].pk} citation-{cited.pk}"' in page


def test_marks_bases_signers_and_appendices_are_shown(officer, document):
    part = {"span": None, "confidence": 1.0}
    document.reading |= {
        "header": {"urgency": "HỎA TỐC", "draft": "Dự thảo lần 2"},
        "bases": [part | {"value": "Căn cứ Quy chế làm việc mẫu"}],
        "cosigners": [{"organ": None, "authority": None, "title": part | {"value": "THƯ KÝ"}, "name": None}],
        "appendices": [
            {"span": [0, 1], "number": part | {"value": "I"}, "title": part | {"value": "DANH MỤC MẪU"}}
        ],
    }
    document.save()
    page = officer.get(url(document)).content.decode()
    for words in ("HỎA TỐC", "Dự thảo lần 2", "Căn cứ Quy chế làm việc mẫu", "THƯ KÝ", "I DANH MỤC MẪU"):
        assert words in page
