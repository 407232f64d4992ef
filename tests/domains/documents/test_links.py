"""How documents hang together: citations resolved by number, year, day and issuer; what a person states."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.documents.chain import citing, missing_of
from motbuoc.domains.documents.identity import Identity, code_key, meant
from motbuoc.domains.documents.linking import (
    confirm_citation,
    resolve_citations,
    settle_citation,
    state_link,
    unsettle_citation,
    withdraw_link,
)
from motbuoc.domains.documents.links import links_from, links_to
from motbuoc.domains.documents.models import Citation, Document, DocumentLink, Match, Relation
from motbuoc.domains.documents.services import correct_document
from motbuoc.domains.documents.touching import touches_of
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import Cast, make_document


def held(cast: Cast, code: str, issued_on: date | None, issuer: str = "TỈNH ỦY MẪU", **more: str) -> Document:
    document = make_document(cast)
    Document.objects.filter(pk=document.pk).update(issued_on=issued_on, issuer=issuer, **more)
    document.refresh_from_db()
    document.code = code
    document.save()
    return document


def cites(document: Document, code: str, issued_on: date | None = None, **more: str) -> Citation:
    citation = Citation.objects.create(
        document=document,
        start=1,
        end=9,
        raw=code,
        code=code,
        code_key=code_key(code),
        issued_on=issued_on,
        **more,
    )
    resolve_citations(document)
    citation.refresh_from_db()
    return citation


@pytest.mark.parametrize("printed", ["21-CTr/TU", "21 - CTr/TU", "21-CTR/TU", "021-CTr/TU", "21–CTr / TU"])
def test_one_number_printed_in_any_way_has_one_key(printed):
    assert code_key(printed) == "21/CTR-TU"


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_none(text):
    assert len(code_key(text)) <= 120


def test_the_day_tells_which_of_two_papers_of_one_number_is_meant():
    papers = [
        Identity("05-NQ/ĐU", date(2021, 3, 1), pk=1),
        Identity("05-NQ/ĐU", date(2026, 3, 1), pk=2),
    ]
    found = meant(Identity("05-NQ/ĐU", date(2026, 3, 1)), papers)
    assert found
    assert (found.pk, found.is_sure) == (2, True)


def test_of_two_papers_of_one_number_the_issuer_decides_or_nobody():
    papers = [Identity("05-NQ/ĐU", None, "ĐẢNG ỦY XÃ AN", 1), Identity("05-NQ/ĐU", None, "ĐẢNG ỦY XÃ BÌNH", 2)]
    assert meant(Identity("05-NQ/ĐU"), papers) is None
    found = meant(Identity("05-NQ/ĐU", None, "Ban Thường vụ Đảng uỷ xã Bình"), papers)
    assert found
    assert (found.pk, found.is_sure) == (2, False)


def test_a_day_of_another_year_is_another_document_and_one_of_the_same_year_a_doubt():
    paper = [Identity("36-HD/VPTW", date(2018, 4, 3), pk=1)]
    assert meant(Identity("36-HD/VPTW", date(2017, 4, 3)), paper) is None
    found = meant(Identity("36-HD/VPTW", date(2018, 3, 4)), paper)
    assert found
    assert not found.is_sure


def test_a_year_in_the_number_is_sure_without_a_day():
    paper = [Identity("30/2020/NĐ-CP", date(2020, 3, 5), pk=1)]
    found = meant(Identity("30/2020/NĐ-CP"), paper)
    assert found
    assert found.is_sure
    assert meant(Identity("30/2019/NĐ-CP"), paper) is None


def test_a_citation_is_resolved_whichever_of_the_two_came_first(cast):
    plan = make_document(cast)
    citation = cites(plan, "21-CTr/TU", date(2022, 2, 18))
    assert (citation.cited, citation.match) == (None, Match.NONE)
    programme = held(cast, "21-CTr/TU", date(2022, 2, 18))
    resolve_citations(programme)
    citation.refresh_from_db()
    assert (citation.cited, citation.match) == (programme, Match.SURE)
    assert [link.source for link in links_to(cast.officer, programme)] == [plan]


def test_a_corrected_number_lets_the_citation_go_and_finds_it_again(cast):
    plan, programme = make_document(cast), held(cast, "21-CTr/TU", date(2022, 2, 18))
    citation = cites(plan, "21-CTr/TU", date(2022, 2, 18))
    wrong = correct_document(
        actor=cast.officer, document=programme, version=programme.version, changes={"code": "27-CTr/TU"}
    )
    citation.refresh_from_db()
    assert citation.cited is None
    correct_document(actor=cast.officer, document=wrong, version=wrong.version, changes={"code": "21-CTr/TU"})
    citation.refresh_from_db()
    assert citation.cited == programme


def test_what_a_person_said_of_a_citation_stays(cast):
    plan, programme = make_document(cast), held(cast, "21-CTr/TU", date(2022, 2, 18))
    citation = cites(plan, "21-CTr/TU", date(2022, 2, 18))
    settle_citation(actor=cast.officer, citation=citation, cited=None)
    resolve_citations(programme)
    citation.refresh_from_db()
    assert (citation.cited, citation.match) == (None, Match.STATED)
    line = HistoryLine.objects.last()
    assert line
    assert line.action == "settle_citation"
    assert line.values["cited"] == [programme.pk, None]


def test_a_stated_link_is_seen_from_both_ends_and_can_be_taken_back(cast):
    plan, programme = make_document(cast), held(cast, "21-CTr/TU", date(2022, 2, 18))
    link = state_link(actor=cast.officer, source=plan, target=programme, relation=Relation.IMPLEMENTS)
    again = state_link(actor=cast.officer, source=plan, target=programme, relation=Relation.IMPLEMENTS)
    assert again == link
    assert HistoryLine.objects.filter(action="state_link").count() == 1
    assert [(row.target, row.relation) for row in links_from(cast.officer, plan)] == [(programme, "implements")]
    assert [row.source for row in links_to(cast.officer, programme)] == [plan]
    withdraw_link(actor=cast.officer, link=link)
    assert links_from(cast.officer, plan) == []
    assert not DocumentLink.objects.exists()


def test_a_stated_link_takes_the_place_of_the_citation_it_confirms(cast):
    plan, programme = make_document(cast), held(cast, "21-CTr/TU", date(2022, 2, 18))
    cites(plan, "21-CTr/TU", relation="implements")
    assert [link.is_sure for link in links_from(cast.officer, plan)] == [False]
    state_link(actor=cast.officer, source=plan, target=programme, relation=Relation.IMPLEMENTS)
    assert [link.is_sure for link in links_from(cast.officer, plan)] == [True]


def test_a_document_that_may_not_be_read_is_at_no_end_of_a_link(cast):
    programme = held(cast, "21-CTr/TU", date(2022, 2, 18))
    Document.objects.filter(pk=programme.pk).update(state="issued")
    programme.copies.create(unit=cast.unit_a)
    secret = held(cast, "09-KH/ĐUK", date(2022, 3, 1), classification=Classification.RESTRICTED)
    cites(secret, "21-CTr/TU", date(2022, 2, 18), relation="based_on")
    state_link(actor=cast.officer, source=secret, target=programme, relation=Relation.REPORTS_ON)
    assert len(links_to(cast.officer, programme)) == 2
    assert links_to(cast.member, programme) == []
    assert links_from(cast.member, secret) == []


def test_linking_is_for_who_may_review_the_source_and_read_the_target(cast):
    plan, programme = make_document(cast), held(cast, "21-CTr/TU", date(2022, 2, 18))
    with pytest.raises(NotAllowed):
        state_link(actor=cast.secretary, source=plan, target=programme, relation=Relation.IMPLEMENTS)
    with pytest.raises(Refusal):
        state_link(actor=cast.officer, source=plan, target=plan, relation=Relation.IMPLEMENTS)
    Document.objects.filter(pk=programme.pk).update(unit=cast.province)
    with pytest.raises(Refusal, match="được đọc"):
        state_link(actor=cast.officer, source=plan, target=programme, relation=Relation.IMPLEMENTS)
    assert not DocumentLink.objects.exists()


def test_nobody_learns_by_confirming_a_citation_whether_an_unseen_document_is_held(cast):
    hidden = held(cast, "7-KH/TU", date(2026, 1, 1))
    Document.objects.filter(pk=hidden.pk).update(unit=cast.province)
    document = make_document(cast)
    found, missing = cites(document, "7-KH/TU", date(2026, 1, 1)), cites(document, "8-KH/TU")
    assert (found.cited, missing.cited) == (hidden, None)
    said = []
    for citation in (found, missing):
        with pytest.raises(Refusal) as refused:
            confirm_citation(actor=cast.officer, citation=citation)
        said.append(str(refused.value))
    assert len(set(said)) == 1
    unsettle_citation(actor=cast.officer, citation=found)
    assert HistoryLine.objects.get(action="settle_citation").values["cited"] == [None, None]
    with pytest.raises(NotAllowed):
        confirm_citation(actor=cast.member, citation=missing)


def test_missing_documents_of_one_number_and_two_years_are_told_apart(cast):
    one, two = make_document(cast), make_document(cast)
    cites(one, "7-KH/TU", date(2024, 1, 1))
    cites(two, "7-KH/TU", date(2025, 1, 1))
    sources = citing(cast.officer, {"7/KH-TU"})
    assert sources == {("7/KH-TU", 2024): [one], ("7/KH-TU", 2025): [two]}
    assert [node.cited_by for node in missing_of(cast.officer, one)] == [1]


def test_as_many_queries_for_thirty_places_as_for_three(cast):
    target, document = held(cast, "7-KH/TU", date(2026, 1, 1)), make_document(cast)
    cites(document, "7-KH/TU", date(2026, 1, 1), relation="amends")

    def places(many: int) -> int:
        document.reading["mentions"] = [
            {"code": "7-KH/TU", "relation": "amends", "pinpoint": f"khoản {n} Điều {n}"} for n in range(many)
        ]
        with CaptureQueriesContext(connection) as asked:
            touches = touches_of(cast.officer, document)
        assert {touch.target for touch in touches} == {target}
        assert len(touches) == many
        return len(asked)

    places(1)  # rights are read once
    assert places(3) == places(30)
