"""Study sessions on directives: figures of units, and no names."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.cascade.disseminating import correct_dissemination, disseminate
from motbuoc.domains.cascade.dissemination import disseminations_for, together, units_to_record_for
from motbuoc.domains.cascade.models import Form
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.reorganisation.browsing import names_of
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.cascade import Share
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["study sessions"])
Count = Annotated[int, Field(ge=1, le=9_999_999)]


class SessionsRow(Schema):
    """Sessions in which a unit studied a document. `attended`: attendances, never people; withdrawn ones do not
    count."""

    id: int
    version: int
    document_id: int
    unit_id: int
    unit: str
    held_on: date
    form: str
    sessions: int
    attended: int
    expected: int
    is_withdrawn: bool


class Studies(Page[SessionsRow]):
    """The sessions in sight, and what they come to."""

    together: Share


class Figures(Schema):
    """The figures of sessions."""

    held_on: Day
    form: Form
    sessions: Annotated[int, Field(ge=1, le=9_999)]
    attended: Annotated[int, Field(ge=0, le=9_999_999)]
    expected: Count


class SessionsAsked(Figures):
    """Sessions of a unit."""

    unit: int


class CorrectionOfSessions(Figures):
    """Other figures, or their withdrawal; with the reason."""

    version: int
    reason: Annotated[Words, Field(max_length=500)]
    is_withdrawn: bool = False


@router.get(
    "/documents/{pk}/study-sessions",
    response=Studies,
    summary="Study sessions on a document",
    operation_id="document_study_sessions",
)
@asks(Action.VIEW_DOCUMENT)
def document_study_sessions(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """The sessions whose figures the person may see, the first first, and their sums."""
    found = disseminations_for(request.viewer).filter(document=_document(request, pk))
    names = names_of(found.order_by().values_list("unit_id", flat=True), clock.today())
    rows = list(found)
    page = page_of(rows, asked, lambda row: _row(row, names.get(row.unit_id, "")), total=len(rows))
    total = together([row for row in rows if not row.is_withdrawn])  # type: ignore[misc]
    return {**page, "together": total}


@router.post(
    "/documents/{pk}/study-sessions",
    response={201: SessionsRow, 422: Problem},
    summary="Record study sessions",
    operation_id="document_study_record",
)
@asks(Action.VIEW_DOCUMENT, do=Action.WORK_ON_ASSIGNMENT)
def document_study_record(request: Caller, pk: int, asked: SessionsAsked) -> Any:
    """Record sessions of a unit to which the document was issued, or of one below it."""
    document = _document(request, pk)
    policy.require(request.viewer, Action.WORK_ON_ASSIGNMENT, row_id(asked.unit) or 0)
    unit = units_to_record_for(request.viewer, document).filter(pk=asked.unit).first()
    if unit is None:
        raise Refusal(_("This document was not issued to this unit, nor to a unit above it."))
    figures = {**asked.dict(exclude={"unit"}), "form": asked.form.value}
    made = disseminate(actor=request.viewer, document=document, unit=unit, **figures)
    return Status(201, _row(made, unit.name))


@router.post(
    "/study-sessions/{pk}/correct",
    response={200: SessionsRow, **CHANGED},
    summary="Correct or withdraw study sessions",
    operation_id="study_sessions_correct",
)
@asks(Action.VIEW_ASSIGNMENT, do=Action.WORK_ON_ASSIGNMENT)
def study_sessions_correct(request: Caller, pk: int, asked: CorrectionOfSessions) -> Any:
    """Set other figures, with the reason; the history keeps both."""
    row = get_object_or_404(disseminations_for(request.viewer), pk=row_id(pk))
    figures = {**asked.dict(exclude={"version", "reason"}), "form": asked.form.value}
    fresh = correct_dissemination(
        actor=request.viewer, dissemination=row, version=asked.version, reason=asked.reason, **figures
    )
    return _row(fresh, names_of([fresh.unit_id], clock.today()).get(fresh.unit_id, ""))


def _document(request: Caller, pk: int) -> Document:
    document = get_object_or_404(documents_for(request.viewer), pk=row_id(pk))
    shows(request, "document", pk, document.unit_id)
    return document


def _row(row: Any, unit: str) -> dict[str, Any]:
    return told(SessionsRow, row, unit=unit)
