"""What the pages of documents and tasks show of the cascade."""

from __future__ import annotations

from typing import Any

from motbuoc.domains.cascade.dissemination import Studied, disseminations_for
from motbuoc.domains.cascade.selectors import answers_of, localisations_for, localises_at_home, served_by
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Person


def cascade_of_document(viewer: Person, document: Document) -> dict[str, Any]:
    """The directives that a document carries out, its own plans, and where the viewer may go from it."""
    found = localisations_for(viewer).defer("plan__text", "plan__reading", "directive__text", "directive__reading")
    is_issued = document.state == DocumentState.ISSUED
    return {
        "carries_out": list(found.filter(plan=document).prefetch_related("links")),
        "own_plans": [
            row
            for row in found.filter(directive=document)
            if row.plan.unit_id in policy.granted_units(viewer, Action.VIEW_DOCUMENT)
        ],
        "may_localise": localises_at_home(viewer, document),
        "may_link": policy.may_on(viewer, Action.REVIEW_DOCUMENT, document.unit_id),
        "is_issued": is_issued,
        "study": _studied(viewer, document) if is_issued else None,
        "sees_descent": is_issued and policy.may(viewer, Action.VIEW_BOARD),
    }


def _studied(viewer: Person, document: Document) -> Studied:
    total = Studied()
    for row in disseminations_for(viewer).filter(document=document, is_withdrawn=False).defer("document__text"):
        total.add(row)
    return total


def cascade_of_assignment(viewer: Person, assignment: Assignment) -> dict[str, Any]:
    """What of a directive an assignment of a plan serves, and the plans that are its result."""
    return {"served": served_by(viewer, assignment.duty), "plans": answers_of(viewer, assignment)}
