"""The life of a document: every state with every step."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.services import confirm_document, reopen_document
from motbuoc.domains.documents.states import TRANSITIONS, DocumentState
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.foundation.core.errors import Refusal
from tests.factories import make_document

# Sending, which may be done again and then moves nothing, is tried where it is done (domains/registers).
STEPS = {"confirm": confirm_document, "reopen": reopen_document, "issue": issue_directive}


@pytest.mark.parametrize("state", DocumentState.values)
@pytest.mark.parametrize(
    "transition", [t for t in TRANSITIONS if t.name in STEPS], ids=lambda transition: transition.name
)
def test_a_step_is_taken_from_its_states_only(cast, state, transition):
    document = make_document(cast)
    Document.objects.update(state=state)
    document.refresh_from_db()
    if state in transition.sources:
        STEPS[transition.name](actor=cast.officer, document=document, version=1)
        assert Document.objects.get().state == transition.target
    else:
        with pytest.raises(Refusal):
            STEPS[transition.name](actor=cast.officer, document=document, version=1)
        assert Document.objects.get().state == state
