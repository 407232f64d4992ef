"""What a document changes in others, as its words propose it, and the work that rests on what is changed."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from motbuoc.domains.documents.links import links_stated_for
from motbuoc.domains.documents.models import DocumentLink
from motbuoc.domains.documents.touching import CHANGES, Touch, touches_of
from motbuoc.domains.work.touched import assignments_touched
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, asks, row_id, shows
from motbuoc.interfaces.api.documents import document_seen
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import told

router = Router(tags=["library"])


class TouchTold(Schema):
    """That a document changes another one: the whole, or the part at `pinpoint`, which is its `provision_id`.

    `link_id`: what a person stated; without it the words only propose it, and `document_link` states it.
    """

    document_id: int
    code: str
    subject: str
    relation: str
    pinpoint: str
    provision_id: int | None
    link_id: int | None


class Touches(Schema):
    """What was stated first, then what is proposed; `from_day`: from when it is likely to hold."""

    from_day: date | None
    touches: list[TouchTold]


class TouchedRow(Schema):
    """An open task that rests on what was changed; `version` is what a step on it names."""

    id: int
    version: int
    words: str
    unit: str | None
    state: str
    due_on: date | None


@router.get(
    "/documents/{pk}/touches",
    response=Touches,
    summary="What it changes in others",
    operation_id="document_touches",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_touches(request: Caller, pk: int) -> Any:
    """What it amends, replaces and repeals among the documents that the person may read."""
    document = document_seen(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    found = [_touch(touch) for touch in touches_of(request.viewer, document)]
    return {"from_day": document.valid_from or document.issued_on, "touches": found}


@router.get(
    "/links/{pk}/assignments",
    response=Page[TouchedRow],
    summary="The tasks that rest on what was changed",
    operation_id="link_assignments",
)
@asks(Action.VIEW_DOCUMENT)
def link_assignments(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """Open tasks of the part that a link changes; each is cancelled, or left, by a step of its own."""
    stated = links_stated_for(request.viewer).filter(relation__in=CHANGES)
    link: DocumentLink = get_object_or_404(stated, pk=row_id(pk))
    shows(request, "document", link.source_id, link.source.unit_id)
    found = assignments_touched(request.viewer, link).select_related("duty")
    return page_of(found, asked, lambda row: told(TouchedRow, row, words=row.duty.text, unit=row.unit_name))


def _touch(touch: Touch) -> dict[str, Any]:
    return told(
        TouchTold,
        touch,
        document_id=touch.target.pk,
        code=touch.target.code,
        subject=touch.target.subject,
        provision_id=touch.provision.pk if touch.provision else None,
        link_id=touch.link.pk if touch.link else None,
    )
