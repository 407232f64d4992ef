"""Consultations: drafts laid before units and people, what was said, and what becomes of it. People comment on
pages; a draft's file is brought in there too."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.consultation import disposing, services
from motbuoc.domains.consultation.models import CommentGroup, Consultation
from motbuoc.domains.consultation.selectors import (
    asked_in,
    comments_on,
    consultations_for,
    groups_for,
    groups_on,
    may_hold,
    names_of,
    progress_of,
    provisions_in,
    steps_for,
    units_to_consult_for,
    version_of,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["consultations"])


class ConsultationRow(Schema):
    """A draft laid before others; `address` is that of its public page, `asked_number` the version they see."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    kind: str
    subject: str
    question: str
    basis: str
    opens_on: date
    closes_on: date
    is_public: bool
    state: str
    asked_number: int | None
    address: str
    closed_on: date | None
    answered_on: date | None
    published_on: date | None


class UnitConsulted(Schema):
    """A unit that is asked, and its reply."""

    unit_id: int
    unit: str | None
    due_on: date
    replied_on: date | None
    reply_number: str
    reply_dated: date | None
    has_no_comment: bool


class ConsultationWhole(ConsultationRow):
    """A consultation with whom it asks, how far its comments are dealt with, and the steps that can be taken."""

    asked: list[UnitConsulted]
    comments: int
    answered: int
    steps: list[StepOffered]


class ConsultationAsked(Schema):
    """A consultation to be begun; its draft is brought in on a page."""

    unit: int
    subject: Annotated[Words, Field(min_length=1, max_length=300, pattern=r"\S")]
    kind: Literal["comments", "criticism"] = "comments"
    question: Annotated[Words, Field(max_length=4000)] = ""
    basis: Annotated[Words, Field(max_length=300)] = ""
    opens_on: Day
    closes_on: Day
    is_public: bool = False


class ConsultationStep(Schema):
    """A step: `open_consultation`, `close_consultation`, `answer_consultation`, `resume_consultation` or
    `publish_consultation`."""

    version: int
    step: Words


class ProvisionConsulted(Schema):
    """A provision of the version that is laid before people, with how many comments it has and how many of them
    are dealt with."""

    number: int
    level: int
    anchor: str
    label: str
    text: str
    comments: int
    answered: int


class CommentsAsked(Schema):
    """Which comments: those of one provision, by its number, after the comment with the id `after`."""

    provision: Annotated[int, Field(ge=1, le=1_000_000)]
    after: Annotated[int, Field(ge=0, le=2**62)] = 0


class CommentTold(Schema):
    """A comment, word for word; `unit` where it is of a unit's reply, by the paper `reply_number`."""

    id: int
    start: int | None
    quoted: str
    text: str
    given_on: date
    unit: str | None
    reply_number: str | None
    group_id: int | None


class GroupOfComments(Schema):
    """Alike comments on a provision, and what becomes of them."""

    id: int
    version: int
    title: str
    size: int
    is_confirmed: bool
    disposition: str
    reason: str
    disposed_on: date | None


class GroupAnswer(Schema):
    """What becomes of a group: the reason is needed unless it is accepted; `changed_in` is the number of the
    provision of the latest version that reads otherwise for it; `keeps`: what reads like a name in it is none."""

    version: int
    disposition: Literal["accepted", "partly", "declined"]
    reason: Annotated[Words, Field(max_length=4000)] = ""
    keeps: bool = False
    changed_in: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


@router.get(
    "/consultations", response=Page[ConsultationRow], summary="Consultations", operation_id="consultation_list"
)
@asks(Action.VIEW_CONSULTATION)
def consultation_list(request: Caller, asked: Query[Paging]) -> Any:
    """The consultations of units in reach, the latest first."""
    rows = consultations_for(request.viewer)
    return page_of(rows, asked, lambda one: told(ConsultationRow, one, unit=one.unit_name))


@router.get(
    "/consultations/{pk}",
    response=ConsultationWhole,
    summary="One consultation",
    operation_id="consultation_detail",
)
@asks(Action.VIEW_CONSULTATION)
def consultation_detail(request: Caller, pk: int) -> Any:
    """A consultation with the units it asks, its progress and the steps that can be taken."""
    return _whole(request, pk)


@router.post(
    "/consultations",
    response={201: ConsultationWhole, 422: Problem},
    summary="Begin a consultation",
    operation_id="consultation_make",
)
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_make(request: Caller, asked: ConsultationAsked) -> Any:
    """Begin a consultation of a unit."""
    if not units_to_consult_for(request.viewer).filter(pk=row_id(asked.unit)).exists():
        _not_here()
    plan = services.Plan(**asked.dict(exclude={"unit"}))
    made = services.make_consultation(actor=request.viewer, unit_id=asked.unit, plan=plan)
    return Status(201, _whole(request, made.pk))


@router.post(
    "/consultations/{pk}/steps",
    response={200: ConsultationWhole, **CHANGED},
    summary="Open, close, answer or publish a consultation",
    operation_id="consultation_step",
)
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def consultation_step(request: Caller, pk: int, asked: ConsultationStep) -> Any:
    """Take one of the offered steps; none is answered or published while a comment has no answer."""
    consultation = _seen(request, pk)
    if not may_hold(request.viewer, consultation):
        _not_here()
    services.take_consultation_step(
        actor=request.viewer, consultation=consultation, version=asked.version, name=asked.step
    )
    return _whole(request, pk)


@router.get(
    "/consultations/{pk}/provisions",
    response=Page[ProvisionConsulted],
    summary="The provisions of a draft",
    operation_id="consultation_provisions",
)
@asks(Action.VIEW_CONSULTATION)
def consultation_provisions(request: Caller, pk: int, asked: Query[Paging]) -> Any:
    """The provisions laid before people, in order, each with the counts of its comments."""
    consultation = _seen(request, pk)
    of_each = progress_of(consultation).of_each

    def row(one: Any) -> dict[str, Any]:
        comments, answered = of_each.get(one.pk, (0, 0))
        return told(ProvisionConsulted, one, comments=comments, answered=answered)

    return page_of(provisions_in(version_of(consultation)), asked, row)


@router.get(
    "/consultations/{pk}/comments",
    response=list[CommentTold],
    summary="Comments on a provision",
    operation_id="consultation_comments",
)
@asks(Action.VIEW_CONSULTATION)
def consultation_comments(request: Caller, pk: int, asked: Query[CommentsAsked]) -> Any:
    """Fifty comments on a provision by their ids; the next come after the last of them."""
    consultation = _seen(request, pk)
    comments = comments_on(consultation, _provision(consultation, asked.provision), asked.after)
    names = names_of(comments)
    return [
        told(
            CommentTold,
            one,
            unit=names.get(one.reply_id or 0),
            reply_number=one.reply.reply_number if one.reply else None,
        )
        for one in comments
    ]


@router.get(
    "/consultations/{pk}/groups",
    response=Page[GroupOfComments],
    summary="Groups of comments on a provision",
    operation_id="consultation_groups",
)
@asks(Action.VIEW_CONSULTATION)
def consultation_groups(
    request: Caller, pk: int, provision: Annotated[int, Query(ge=1, le=1_000_000)], asked: Query[Paging]
) -> Any:
    """The groups of comments on a provision, those without an answer first."""
    consultation = _seen(request, pk)
    rows = groups_on(consultation, _provision(consultation, provision))
    return page_of(rows, asked, lambda one: told(GroupOfComments, one))


@router.post(
    "/comment-groups/{pk}/answer",
    response={200: GroupOfComments, **CHANGED},
    summary="Say what becomes of a group of comments",
    operation_id="comment_group_answer",
)
@asks(Action.VIEW_CONSULTATION, do=Action.HOLD_CONSULTATION)
def comment_group_answer(request: Caller, pk: int, asked: GroupAnswer) -> Any:
    """Say what becomes of a confirmed group, and why."""
    group: CommentGroup = get_object_or_404(groups_for(request.viewer), pk=row_id(pk))
    shows(request, "consultation", group.consultation_id, group.consultation.unit_id)
    answer = disposing.Answer(asked.disposition, asked.reason, changed_in=asked.changed_in, keeps=asked.keeps)
    done = disposing.dispose_group(actor=request.viewer, group=group, version=asked.version, answer=answer)
    return told(GroupOfComments, done)


def _not_here() -> None:
    action = Action.HOLD_CONSULTATION.label
    raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": action})


def _seen(request: Caller, pk: int) -> Any:
    consultation: Any = get_object_or_404(consultations_for(request.viewer), pk=row_id(pk))
    shows(request, "consultation", pk, consultation.unit_id)
    return consultation


def _provision(consultation: Consultation, number: int) -> Any:
    return get_object_or_404(provisions_in(version_of(consultation)), number=number)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    consultation = _seen(request, pk)
    progress = progress_of(consultation)
    return told(
        ConsultationWhole,
        consultation,
        unit=consultation.unit_name,
        asked=[told(UnitConsulted, one, unit=one.unit_name) for one in asked_in(consultation)],
        comments=progress.total,
        answered=progress.answered,
        steps=steps_told(steps_for(request.viewer, consultation)),
    )
