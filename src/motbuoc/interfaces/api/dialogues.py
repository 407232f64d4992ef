"""Dialogues: planned, announced, held, and what was promised there. The public asks on pages, not here."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.dialogue import concluding, services
from motbuoc.domains.dialogue.concluding import Promise
from motbuoc.domains.dialogue.models import Attendance
from motbuoc.domains.dialogue.selectors import (
    came,
    commitments_for,
    commitments_of,
    dialogues_for,
    may_hold,
    rules_for,
    steps_for,
    units_to_hold_for,
)
from motbuoc.domains.dialogue.services import Plan
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.reorganisation.browsing import units_named
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["dialogues"])


class DialogueRow(Schema):
    """A dialogue; `host` is an office, `rule_id` None means an extra one, `address` that of its public page."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    rule_id: int | None
    subject: str
    host: str
    planned_on: date
    place: str
    state: str
    announced_on: date | None
    held_on: date | None
    published_on: date | None
    address: str


class CommitmentTold(Schema):
    """What was promised; `duty_id` is the clause of the conclusion it became, `question_id` what it answers."""

    id: int
    text: str
    unit_id: int
    unit: str | None
    due_on: date
    question_id: int | None
    duty_id: int | None


class ConfirmationTold(Schema):
    """That one side has signed the minutes: in which office, on which day."""

    side: str
    office: str
    signed_on: date


class DialogueWhole(DialogueRow):
    """A dialogue with its minutes, how many came (null: too few to be told), what was promised, and its steps."""

    agenda: str
    minutes: str
    confirmations: list[ConfirmationTold]
    attended: int | None
    conclusion_id: int | None
    commitments: list[CommitmentTold]
    steps: list[StepOffered]


class DialoguePlan(Schema):
    """What is planned of a dialogue."""

    subject: Annotated[Words, Field(min_length=1, max_length=300, pattern=r"\S")]
    host: Annotated[Words, Field(min_length=1, max_length=200, pattern=r"\S")]
    planned_on: Day
    place: Annotated[Words, Field(max_length=200)] = ""
    agenda: Annotated[Words, Field(max_length=4000)] = ""
    rule: int | None = None

    def plan(self) -> Plan:
        """As the services take it."""
        words = self.dict(include={"subject", "host", "planned_on", "place", "agenda"})
        return Plan(rule_id=row_id(self.rule), **words)


class DialogueAsked(DialoguePlan):
    """A dialogue of a unit, to be planned."""

    unit: int


class DialogueChange(DialoguePlan):
    """What is planned anew, on the version that was seen."""

    version: int


class DialogueStep(Schema):
    """A step: `announce_dialogue`, `publish_dialogue`, or `call_off_dialogue` with a reason."""

    version: int
    step: Words
    text: Annotated[Words, Field(max_length=2000)] = ""


class GroupCount(Schema):
    """How many of a group came."""

    group: Attendance.Group
    count: Annotated[int, Field(ge=0, le=1_000_000)]


class DialogueHeld(Schema):
    """When it was held, how many of each group came, what was said."""

    version: int
    held_on: Day
    counts: Annotated[list[GroupCount], Field(max_length=len(Attendance.Group))]
    minutes: Annotated[Words, Field(max_length=60_000)] = ""


class PromiseAsked(Schema):
    """What was promised, by which unit until when; `question` is what it answers."""

    text: Annotated[Words, Field(min_length=1, max_length=2000, pattern=r"\S")]
    unit: int
    due_on: Day
    question: int | None = None


class RuleRow(Schema):
    """How units of some kinds, of a unit and below it, hold dialogues, with the source."""

    id: int
    unit_id: int
    name: str
    source: str
    kinds: list[str]
    per_year: int
    notice_days: int
    answer_workdays: int
    publish_days: int


@router.get("/dialogues", response=Page[DialogueRow], summary="Dialogues", operation_id="dialogue_list")
@asks(Action.VIEW_DIALOGUE)
def dialogue_list(request: Caller, asked: Query[Paging]) -> Any:
    """The dialogues of units in reach, and those whose questions these answer, the latest first."""
    return page_of(dialogues_for(request.viewer), asked, _row)


@router.get(
    "/dialogue-rules", response=Page[RuleRow], summary="Rules of dialogues", operation_id="dialogue_rule_list"
)
@asks(Action.VIEW_DIALOGUE)
def dialogue_rule_list(request: Caller, asked: Query[Paging]) -> Any:
    """The rules that hold for units in reach."""
    return page_of(rules_for(request.viewer), asked, lambda rule: told(RuleRow, rule))


@router.get("/dialogues/{pk}", response=DialogueWhole, summary="One dialogue", operation_id="dialogue_detail")
@asks(Action.VIEW_DIALOGUE)
def dialogue_detail(request: Caller, pk: int) -> Any:
    """A dialogue with what was promised and the steps that can be taken."""
    return _whole(request, pk)


@router.post(
    "/dialogues",
    response={201: DialogueWhole, 422: Problem},
    summary="Plan a dialogue",
    operation_id="dialogue_make",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_make(request: Caller, asked: DialogueAsked) -> Any:
    """Plan a dialogue of a unit; it is announced by a step."""
    own = units_to_hold_for(request.viewer).filter(pk=row_id(asked.unit))
    if not own.exists():
        raise NotAllowed(
            _("Your role does not allow this here: %(action)s.") % {"action": Action.HOLD_DIALOGUE.label}
        )
    made = services.plan_dialogue(actor=request.viewer, unit_id=asked.unit, plan=asked.plan())
    return Status(201, _whole(request, made.pk))


@router.post(
    "/dialogues/{pk}/change",
    response={200: DialogueWhole, **CHANGED},
    summary="Change what is planned of a dialogue",
    operation_id="dialogue_change",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_change(request: Caller, pk: int, asked: DialogueChange) -> Any:
    """Change what is planned, until it is held."""
    services.change_dialogue(
        actor=request.viewer, dialogue=_held(request, pk), version=asked.version, plan=asked.plan()
    )
    return _whole(request, pk)


@router.post(
    "/dialogues/{pk}/steps",
    response={200: DialogueWhole, **CHANGED},
    summary="Announce, publish or call off a dialogue",
    operation_id="dialogue_step",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_step(request: Caller, pk: int, asked: DialogueStep) -> Any:
    """Take one of the offered steps; a conclusion is made on its page, where its file is looked through."""
    services.take_dialogue_step(
        actor=request.viewer, dialogue=_held(request, pk), version=asked.version, name=asked.step, text=asked.text
    )
    return _whole(request, pk)


@router.post(
    "/dialogues/{pk}/held",
    response={200: DialogueWhole, **CHANGED},
    summary="Note that a dialogue was held",
    operation_id="dialogue_hold",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_hold(request: Caller, pk: int, asked: DialogueHeld) -> Any:
    """Note its day, how many came, and the minutes."""
    services.hold_dialogue(
        actor=request.viewer,
        dialogue=_held(request, pk),
        version=asked.version,
        held_on=asked.held_on,
        counts={each.group.value: each.count for each in asked.counts},
        minutes=asked.minutes,
    )
    return _whole(request, pk)


@router.post(
    "/dialogues/{pk}/promises",
    response={200: DialogueWhole, **CHANGED},
    summary="Note what was promised",
    operation_id="dialogue_promise",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_promise(request: Caller, pk: int, asked: PromiseAsked) -> Any:
    """Note what was promised, after it was held and before it is concluded."""
    dialogue = _held(request, pk)
    if not units_named(request.viewer, clock.today(), [row_id(asked.unit) or 0], Action.VIEW_DIALOGUE):
        raise Refusal(_("One of these units is not there, or you may not choose it."))
    what = Promise(asked.text, asked.unit, asked.due_on, row_id(asked.question))
    concluding.promise(actor=request.viewer, dialogue=dialogue, what=what)
    return _whole(request, pk)


@router.post(
    "/commitments/{pk}/drop",
    response={200: DialogueWhole, **CHANGED},
    summary="Take back what was noted as promised",
    operation_id="commitment_drop",
)
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def commitment_drop(request: Caller, pk: int) -> Any:
    """Take it back, before the conclusion."""
    commitment: Any = get_object_or_404(commitments_for(request.viewer), pk=row_id(pk))
    _held(request, commitment.dialogue_id)
    concluding.drop_promise(actor=request.viewer, commitment=commitment)
    return _whole(request, commitment.dialogue_id)


def seen_dialogue(request: Caller, pk: int) -> Any:
    """The dialogue, if the person sees it."""
    dialogue: Any = get_object_or_404(dialogues_for(request.viewer), pk=row_id(pk))
    shows(request, "dialogue", pk, dialogue.unit_id)
    return dialogue


def _held(request: Caller, pk: int) -> Any:
    dialogue = seen_dialogue(request, pk)
    if not may_hold(request.viewer, dialogue):
        raise NotAllowed(
            _("Your role does not allow this here: %(action)s.") % {"action": Action.HOLD_DIALOGUE.label}
        )
    return dialogue


def _row(dialogue: Any) -> dict[str, Any]:
    return told(DialogueRow, dialogue, unit=dialogue.unit_name)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    dialogue = seen_dialogue(request, pk)
    commitments = [told(CommitmentTold, row, unit=row.unit_name) for row in commitments_of(dialogue)]
    more = {
        "unit": dialogue.unit_name,
        "attended": came(dialogue).total,
        "confirmations": [told(ConfirmationTold, row) for row in dialogue.confirmations.all()],
        "commitments": commitments,
        "steps": steps_told(steps_for(request.viewer, dialogue)),
    }
    return told(DialogueWhole, dialogue, **more)
