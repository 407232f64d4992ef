"""The conclusion of an inspection, and the check of its remedies."""

from typing import Annotated, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motbuoc.domains.inspections import visiting
from motbuoc.domains.inspections.drafting import conclusion_of, draft_of
from motbuoc.domains.inspections.selectors import inspectors_of
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Problem, Words, asks
from motbuoc.interfaces.api.check_plans import Inspector, VisitAsked, VisitMade
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED
from motbuoc.interfaces.api.visits import VisitWhole, visit_seen, visit_whole
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file

router = Router(tags=["inspections"])


class ConclusionAsked(Schema):
    """The conclusion, from the words here (else those of the draft), where no file is sent."""

    version: int
    answer: Annotated[Words, Field(max_length=5_000)] = ""
    text: Annotated[Words, Field(max_length=20_000)] = ""
    number: Annotated[Words, Field(max_length=10)] = ""
    title: Annotated[Words, Field(max_length=120)] = ""
    name: Annotated[Words, Field(max_length=120)] = ""


@router.post(
    "/visits/{pk}/conclude",
    response={200: VisitWhole, **CHANGED},
    summary="Conclude",
    operation_id="visit_conclude",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_conclude(
    request: Caller, pk: int, asked: Form[ConclusionAsked], file: File[UploadedFile | None] = None
) -> Any:
    """Write the conclusion, or bring its file; then it is looked through and issued like any document."""
    visit = visit_seen(request, pk, inspects=True)
    visiting.conclude_visit(
        actor=request.viewer,
        visit=visit,
        version=asked.version,
        answer=asked.answer,
        upload=file or _written(visit, asked),
        is_written=file is None,
    )
    return visit_whole(request, pk)


@router.get(
    "/visits/{pk}/inspectors",
    response=Page[Inspector],
    summary="Who may check the remedies",
    operation_id="visit_inspectors",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_inspectors(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """Of whom the team of a further visit can be made, by name."""
    people = inspectors_of(visit_seen(request, pk, inspects=True).by_unit)
    return page_of(people, asked, lambda person: {"id": person.pk, "name": person.full_name})


@router.post(
    "/visits/{pk}/follow-up",
    response={201: VisitMade, 422: Problem},
    summary="Plan to check the remedies again",
    operation_id="visit_follow_up",
)
@asks(Action.VIEW_VISIT, do=Action.INSPECT_WORK)
def visit_follow_up(request: Caller, pk: int, asked: VisitAsked) -> Any:
    """Plan a visit whose checklist is what the unit had to mend."""
    visit = visit_seen(request, pk, inspects=True)
    planned = asked.planned(visit.by_unit)
    return Status(201, visiting.plan_follow_up(actor=request.viewer, visit=visit, **planned))


def _written(visit: Any, asked: ConclusionAsked) -> SimpleUploadedFile:
    sent = visit.entries.filter(step="send_draft").last()
    words = asked.text.strip() or (sent.text if sent else draft_of(visit))
    content = conclusion_of(visit, words, asked.number.strip(), (asked.title, asked.name))
    name = f"Thông báo kết quả kiểm tra {visit.day:%d-%m-%Y}.docx"
    return SimpleUploadedFile(name, conclusion_file(content), WORD)
