"""From which day to which a document is in force: said on its page, and found by it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.searching import Question, Validity, documents_sought
from motbuoc.domains.documents.validity import set_validity
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.models import HistoryLine
from tests.factories import make_directive


def of(document: Document) -> str:
    return reverse("document_validity", args=[document.pk])


def test_the_days_are_set_in_any_state_and_found_by(cast, officer):
    directive = make_directive(cast)
    yesterday = clock.today() - timedelta(days=1)
    page = officer.get(reverse("document_detail", args=[directive.pk])).content.decode()
    assert of(directive) in page
    sent = {"valid_from": "01/02/2026", "valid_until": f"{yesterday:%d/%m/%Y}", "version": directive.version}
    assert officer.post(of(directive), sent).url == reverse("document_detail", args=[directive.pk])
    assert list(documents_sought(cast.officer, Question(validity=Validity.ENDED))) == [directive]
    assert not documents_sought(cast.officer, Question(validity=Validity.IN_FORCE))
    assert "01/02/2026" in officer.get(reverse("document_detail", args=[directive.pk])).content.decode()
    line = HistoryLine.objects.get(action="set_validity")
    assert line.values == {
        "document": directive.pk,
        "valid_from": [None, "2026-02-01"],
        "valid_until": [None, yesterday.isoformat()],
    }


def test_a_last_day_before_the_first_is_refused_with_a_sentence(officer, document):
    sent = {"valid_from": "05/02/2026", "valid_until": "01/02/2026", "version": 1}
    answer = officer.post(of(document), sent)
    assert answer.status_code == 422
    assert "05/02/2026" in answer.content.decode()
    assert officer.post(of(document), {"valid_from": "31/02/2026", "version": 1}).status_code == 422
    assert not HistoryLine.objects.filter(action="set_validity").exists()


def test_whoever_comes_second_sees_both(cast, officer, document):
    common = {"actor": cast.officer, "document": document, "valid_until": None}
    set_validity(**common, version=1, valid_from=date(2026, 1, 1))
    with pytest.raises(Collision):
        set_validity(**common, version=1, valid_from=date(2026, 3, 1))
    answer = officer.post(of(document), {"valid_from": "01/03/2026", "valid_until": "", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "01/01/2026" in page
    assert "01/03/2026" in page
    again = {"valid_from": "01/03/2026", "valid_until": "", "version": answer.context["form"]["version"].value()}
    assert officer.post(of(document), again).status_code == 302


def test_readers_set_nothing(cast, as_person):
    directive = make_directive(cast)
    assert as_person(cast.member).get(of(directive)).status_code == 403
    assert as_person(cast.member).post(of(directive), {"version": 1}).status_code == 403
    assert as_person(cast.stranger).get(of(directive)).status_code == 404
    assert as_person(cast.officer).put(of(directive)).status_code == 405
    with pytest.raises(NotAllowed):
        set_validity(actor=cast.member, document=directive, version=1, valid_from=None, valid_until=None)
    with pytest.raises(Refusal):
        set_validity(
            actor=cast.officer,
            document=directive,
            version=directive.version,
            valid_from=date(2026, 2, 2),
            valid_until=date(2026, 2, 1),
        )
