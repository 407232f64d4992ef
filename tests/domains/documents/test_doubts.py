"""What is unsure, why, and when it counts as settled."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.doubts import doubts_of
from motbuoc.domains.documents.models import Addressee, Citation, Document, Duty, DutyUnit
from motbuoc.domains.documents.selectors import duties_of
from tests.factories import make_document


@pytest.fixture
def document(cast) -> Document:
    document = make_document(cast)
    Duty.objects.update(unsure=[])
    return document


def found(document: Document) -> list[tuple[str, str]]:
    document = Document.objects.get(pk=document.pk)
    rows = duties_of(document), document.addressees.all(), document.citations.all()
    return [(doubt.about, doubt.key) for doubt in doubts_of(document, *rows)]


def note(code: str, field: str) -> dict[str, object]:
    return {"code": code, "field": field, "message": "", "span": None}


def test_nothing_unsure(document):
    assert found(document) == []


@pytest.mark.parametrize(
    ("field", "key"),
    [
        ("header.place", "place"),
        ("header.date", "issued_on"),
        ("header.symbol", "code"),
        ("regime", "regime"),
        ("signer", "signer"),
        ("provisions", "provisions"),
    ],
)
def test_a_note_of_the_reader_is_a_place_to_look_at(document, field, key):
    document.reading["notes"] = [note("not_found", field)]
    document.save()
    assert found(document) == [("header", key)]


def test_a_field_read_with_little_confidence_once(document):
    document.reading["notes"] = [note("unsure", "header.subject")]
    document.reading["header_spans"] = {
        "subject": {"span": [0, 5], "confidence": 0.5},
        "place": {"span": [0, 5], "confidence": 0.8},
    }
    document.save()
    assert found(document) == [("header", "subject")]


def test_saving_the_header_settles_its_doubts(document):
    document.reading["notes"] = [note("not_found", "header.place"), note("not_found", "regime")]
    document.version = 2
    document.save()
    assert found(document) == []


@pytest.mark.parametrize(("confidence", "count"), [(0.59, 1), (0.6, 0), (0.72, 0)])
def test_a_duty_that_is_a_guess(document, confidence, count):
    duty = document.duties.first()
    Duty.objects.filter(pk=duty.pk).update(confidence=confidence)
    assert found(document) == [("duty", str(duty.pk))] * count


def test_each_doubt_of_a_duty_counts(document):
    duty = document.duties.first()
    Duty.objects.filter(pk=duty.pk).update(unsure=["period", "verb", "date"])
    assert found(document) == [("duty", str(duty.pk))] * 3


def test_a_duty_that_nobody_leads(document):
    DutyUnit.objects.all().delete()
    assert found(document) == [("duty", str(document.duties.last().pk))]


def test_a_dropped_duty_is_no_doubt(document):
    Duty.objects.update(unsure=["period"], is_dropped=True)
    assert found(document) == []


def test_an_open_addressee_and_a_doubtful_citation(document):
    Addressee.objects.update(selection="unresolved")
    citation = Citation.objects.create(document=document, start=0, end=4, raw="ĐẢNG", confidence=0.5)
    assert found(document) == [
        ("addressee", str(document.addressees.get().pk)),
        ("citation", str(citation.pk)),
    ]


def test_notes_on_the_text_name_their_pages(document):
    told = note("recognised", "text") | {"message": "Words recognised in pictures by a machine: page 1, 3."}
    document.reading["notes"] = [told, note("encoding_guessed", "text"), note("of_tomorrow", "text")]
    document.save()
    assert found(document) == [("header", "recognised"), ("header", "encoding_guessed")]
    rows = duties_of(document), document.addressees.all(), document.citations.all()
    assert "(trang 1, 3)" in str(doubts_of(document, *rows)[0].reason)
