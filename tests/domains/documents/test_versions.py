"""A version is never seen by more people than its marks allow, and makes nothing disappear that others said."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motbuoc.domains.documents.linking import settle_citation, state_link
from motbuoc.domains.documents.models import Document, DocumentVersion, Match
from motbuoc.domains.documents.versions import MOST_WORDS, add_version, is_compared_whole, make_version_of
from motbuoc.domains.registers.incoming import Paper, register_incoming
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.services import keep_file
from tests.domains.documents.test_links import cites, held
from tests.factories import TEXT, Cast, make_directive, make_document


def brought(cast: Cast, name: str = "ban-khac.txt", **of: object) -> Document:
    document = make_document(cast, **of)  # type: ignore[arg-type]
    file = keep_file(name, f"{TEXT} {name}".encode(), "text/plain")
    Document.objects.filter(pk=document.pk).update(file=file)
    document.refresh_from_db()
    return document


def make_version(cast: Cast, document: Document, original: Document) -> DocumentVersion:
    return make_version_of(actor=cast.officer, document=document, original=original, kind="later")


def test_a_file_of_a_narrower_class_is_no_version_of_a_document_more_people_read(cast: Cast) -> None:
    original = make_directive(cast)
    narrow = brought(cast, classification=Classification.RESTRICTED)
    with pytest.raises(Refusal, match=str(Classification.RESTRICTED.label)):
        make_version(cast, narrow, original)
    assert Document.objects.filter(pk=narrow.pk).exists()
    Document.objects.filter(pk=original.pk).update(classification=Classification.RESTRICTED)
    assert make_version(cast, narrow, original).document == original


def test_a_file_whose_marks_ask_for_a_narrower_class_is_not_added(cast: Cast) -> None:
    original = make_directive(cast)
    upload = SimpleUploadedFile("noi-bo.txt", f"LƯU HÀNH NỘI BỘ\n\n{TEXT}".encode(), "text/plain")
    with pytest.raises(Refusal, match=str(Classification.INTERNAL.label)):
        add_version(actor=cast.officer, document=original, upload=upload, kind="signed")
    assert not DocumentVersion.objects.exists()
    Document.objects.filter(pk=original.pk).update(classification=Classification.INTERNAL)
    upload.seek(0)
    add_version(actor=cast.officer, document=original, upload=upload, kind="signed")


def test_a_document_that_a_register_rests_on_stays_one_with_a_sentence(cast: Cast) -> None:
    original, newer = make_document(cast), brought(cast)
    paper = Paper("Tỉnh ủy Mẫu", "Việc mẫu", clock.today())
    register_incoming(actor=cast.officer, unit=cast.bloc, paper=paper, document=newer)
    with pytest.raises(Refusal, match="Các bản"):
        make_version(cast, newer, original)
    assert Document.objects.filter(pk=newer.pk).exists()


def test_what_people_stated_of_a_document_is_not_lost_with_it(cast: Cast) -> None:
    original, newer, third = make_document(cast), brought(cast), brought(cast, "ba.txt")
    state_link(actor=cast.officer, source=third, target=newer, relation="amends")
    with pytest.raises(Refusal):
        make_version(cast, newer, original)
    assert third.links.exists()


def test_citations_of_what_became_a_version_mean_the_original(cast: Cast) -> None:
    original = held(cast, "21-CTr/TU", date(2026, 2, 18))
    newer = brought(cast)
    newer.code, newer.issued_on = "21-CTr/TU", date(2026, 2, 18)
    newer.save()
    reader = make_document(cast)
    found = cites(reader, "21-CTr/TU", date(2026, 2, 18))
    stated = cites(reader, "99-CTr/TU")
    settle_citation(actor=cast.officer, citation=stated, cited=newer)
    own = cites(original, "98-CTr/TU")
    settle_citation(actor=cast.officer, citation=own, cited=newer)
    make_version(cast, newer, original)
    for citation in (found, stated, own):
        citation.refresh_from_db()
    assert (found.cited, found.match) == (original, Match.SURE)
    assert (stated.cited, stated.match) == (original, Match.STATED)
    assert (own.cited, own.match) == (None, Match.NONE)


def test_a_text_longer_than_is_compared_is_not_said_to_be_the_same() -> None:
    text = "từ " * MOST_WORDS
    assert is_compared_whole(text, text)
    assert not is_compared_whole(text, f"{text} khác")
