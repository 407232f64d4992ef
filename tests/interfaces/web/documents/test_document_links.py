"""The chain of a document as a picture and a table, what a person says of it, and what is missing most."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.linking import resolve_all, state_link
from motbuoc.domains.documents.models import Citation, Document, DocumentLink, Match
from tests.factories import Cast, make_directive, make_document


def held(cast: Cast, code: str, issued_on: date, subject: str = "") -> Document:
    document = make_document(cast)
    document.code, document.issued_on, document.subject = code, issued_on, subject or f"Về {code}"
    document.save()
    return document


def cite(document: Document, code: str, issued_on: date | None = None, relation: str = "") -> Citation:
    citation = Citation.objects.create(
        document=document,
        start=1,
        end=9,
        raw=code,
        code=code,
        code_key=code_key(code),
        issued_on=issued_on,
        relation=relation,
    )
    resolve_all([citation])
    citation.refresh_from_db()
    return citation


@pytest.fixture
def family(cast):
    """A programme, a plan based on it, and a dispatch that carries the plan out."""
    programme = held(cast, "21-CTr/TU", date(2022, 2, 18))
    plan = held(cast, "75-KH/ĐUK", date(2022, 2, 20))
    dispatch = held(cast, "90-CV/ĐUK", date(2022, 3, 1))
    cite(plan, "21-CTr/TU", date(2022, 2, 18), "based_on")
    cite(dispatch, "75-KH/ĐUK", date(2022, 2, 20), "implements")
    return programme, plan, dispatch


def page_of(client, document: Document):
    return client.get(reverse("document_links", args=[document.pk]))


def test_the_chain_goes_both_ways_in_layers(officer, family):
    programme, plan, dispatch = family
    layers = page_of(officer, plan).context["chain"].layers
    shown = [[node.document for node in layer] for layer in layers]
    assert shown == [[], [programme], [plan], [dispatch], []]
    layers = page_of(officer, programme).context["chain"].layers
    assert [[node.document for node in layer] for layer in layers] == [[], [], [programme], [plan], [dispatch]]


def test_what_is_missing_says_by_how_many_it_is_cited_and_leads_to_bringing_it_in(officer, family):
    _programme, plan, dispatch = family
    cite(plan, "08-CT/TU", date(2021, 9, 23))
    cite(dispatch, "08-CT/TU")
    page = page_of(officer, plan).content.decode()
    assert "08-CT/TU" in page
    assert f"{reverse('document_upload')}?so=08-CT/TU" in page
    assert page_of(officer, plan).context["missing"][0].cited_by == 2
    assert "08-CT/TU" in officer.get(reverse("document_upload"), {"so": "08-CT/TU"}).content.decode()


def test_a_document_one_may_not_see_shows_as_missing_and_its_name_nowhere(cast, as_person):
    directive = make_directive(cast)
    cite(directive, "09-KH/BM", date(2022, 1, 1))
    secret = held(cast, "09-KH/BM", date(2022, 1, 1), "Nội dung riêng")
    resolve_all(Citation.objects.all())
    citing = held(cast, "99-BC/BM", date(2022, 1, 2), "Báo cáo riêng")
    state_link(actor=cast.officer, source=citing, target=directive, relation="reports_on")
    assert Citation.objects.get().cited == secret
    page = page_of(as_person(cast.member), directive).content.decode()
    assert "09-KH/BM" in page  # its own text says so
    assert "Nội dung riêng" not in page
    assert "99-BC/BM" not in page
    assert "Báo cáo riêng" not in page
    missing = as_person(cast.member).get(reverse("document_missing")).content.decode()
    assert "09-KH/BM" in missing
    assert "Nội dung riêng" not in missing
    assert "Nội dung riêng" in page_of(as_person(cast.officer), directive).content.decode()
    assert page_of(as_person(cast.member), secret).status_code == 404


def test_a_link_is_stated_by_number_and_taken_back(cast, officer, family):
    programme, _plan, dispatch = family
    url = reverse("document_links", args=[dispatch.pk])
    assert officer.post(url, {"relation": "reports_on", "code": "21 - CTr/TU"}).status_code == 302
    link = DocumentLink.objects.get()
    assert (link.source, link.target, link.relation) == (dispatch, programme, "reports_on")
    assert cast.officer.full_name in officer.get(url).content.decode()
    officer.post(reverse("link_withdraw", args=[link.pk]))
    assert not DocumentLink.objects.exists()


def test_a_number_that_is_not_held_or_held_twice_is_refused_with_what_to_do(cast, officer, family):
    _programme, _plan, dispatch = family
    held(cast, "21-CTr/TU", date(2026, 2, 18))
    url = reverse("document_links", args=[dispatch.pk])
    unknown = officer.post(url, {"relation": "reports_on", "code": "1-XX/YY"})
    assert unknown.status_code == 422
    twice = officer.post(url, {"relation": "reports_on", "code": "21-CTr/TU"})
    assert twice.status_code == 422
    assert not DocumentLink.objects.exists()
    officer.post(url, {"relation": "reports_on", "code": "21-CTr/TU", "issued_on": "18/02/2026"})
    assert DocumentLink.objects.get().target.issued_on == date(2026, 2, 18)


def test_a_doubtful_citation_is_confirmed_denied_and_looked_for_again(officer, family):
    _programme, _plan, dispatch = family
    citation = cite(dispatch, "21-CTr/TU")
    assert citation.match == Match.LIKELY
    url = reverse("citation_settle", args=[citation.pk])
    for answer, match, is_found in (("yes", "stated", True), ("no", "stated", False), ("again", "likely", True)):
        assert officer.post(url, {"answer": answer}).status_code == 302
        citation.refresh_from_db()
        assert (citation.match, citation.cited is not None) == (match, is_found)


def test_readers_see_the_chain_and_change_nothing(cast, as_person):
    directive = make_directive(cast)
    citation = cite(directive, "12-XX/YY")
    reader = as_person(cast.member)
    assert page_of(reader, directive).status_code == 200
    url = reverse("document_links", args=[directive.pk])
    assert reader.post(url, {"relation": "amends", "code": "12-CV/ĐUK"}).status_code == 403
    assert reader.post(reverse("citation_settle", args=[citation.pk]), {"answer": "no"}).status_code == 403
    assert as_person(cast.stranger).get(url).status_code == 404


def test_the_page_of_what_is_missing_puts_that_cited_by_most_first(cast, officer):
    one, two = make_document(cast), held(cast, "13-CV/ĐUK", date(2026, 1, 1))
    cite(one, "01-CT/TU")
    for document in (one, two):
        cite(document, "217-QĐ/TW", date(2013, 12, 12))
    rows = officer.get(reverse("document_missing")).context["rows"]
    assert [(row["code"], row["documents"]) for row, _sources in rows] == [("217-QĐ/TW", 2), ("01-CT/TU", 1)]


def test_as_many_queries_for_thirty_links_as_for_three(cast, officer, queries_of):
    middle = held(cast, "50-KH/ĐUK", date(2026, 1, 1))
    url = reverse("document_links", args=[middle.pk])

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            cite(held(cast, f"{number}-CV/XX", date(2026, 2, 1)), "50-KH/ĐUK", date(2026, 1, 1))
            cite(middle, f"{number}-QĐ/ZZ")

    more(0, 3)
    officer.get(url)
    few = queries_of(lambda: officer.get(url))
    more(3, 12)
    assert queries_of(lambda: officer.get(url)) == few
