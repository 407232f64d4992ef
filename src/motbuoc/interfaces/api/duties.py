"""The duties of a document under review: read, corrected, dropped, merged, split, added."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from motbuoc.domains.documents import services
from motbuoc.domains.documents.models import CountedFrom, Cycle, Duty, DutyUnit, TimeKind
from motbuoc.domains.documents.selectors import cuts_of, duties_for, duties_of, duty_after
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.workdays.rules import LONGEST, CountUnit
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.documents import document_seen
from motbuoc.interfaces.api.reviewing import NO_WORD, AddresseeTold, changes_in
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["review"])
Few = Annotated[Words, Field(max_length=300)]
Ids = Annotated[list[int], Field(max_length=2_000)]


class DutyTold(Schema):
    """A duty under review: when it is due by which rule, and who leads, supports and tracks it.

    `for_addressees`: the addressees' units each lead it. `unsure`: fields of which the reader was not sure, with
    `confidence` that it is a duty at all. `cuts`: characters of the text before which it can be split.
    """

    id: int
    version: int
    provision: str | None
    text: str
    verb: str
    what: str
    product: str
    time_kind: str
    cycle: str
    cycle_day: int | None
    due_on: date | None
    due_count: int | None
    due_unit: str
    counted_from: str
    event: str
    is_before: bool
    rolls: bool
    for_addressees: bool
    leads: list[int]
    supports: list[int]
    monitor: int | None
    unsure: list[str]
    confidence: float
    is_dropped: bool
    cuts: list[int]


class Reviewed(Schema):
    """A document's addressees and duties, those dropped too, in the order of the text."""

    addressees: list[AddresseeTold]
    duties: list[DutyTold]


class DutyAsked(Schema):
    """What a duty says, as it is to be; of its units all are named where one is."""

    version: int
    verb: Annotated[Words, Field(max_length=80)] | None = None
    what: Annotated[Words, Field(max_length=5_000)] | None = None
    product: Few | None = None
    time_kind: TimeKind | None = None
    cycle: Cycle | NO_WORD | None = None
    cycle_day: Annotated[int, Field(ge=1, le=31)] | None = None
    due_on: Day | None = None
    due_count: Annotated[int, Field(ge=1, le=LONGEST)] | None = None
    due_unit: CountUnit | NO_WORD | None = None
    counted_from: CountedFrom | NO_WORD | None = None
    event: Few | None = None
    is_before: bool | None = None
    rolls: bool | None = None
    for_addressees: bool | None = None
    leads: Ids | None = None
    supports: Ids | None = None
    monitor: int | None = None


class DutyStep(Schema):
    """A step of a duty: agree that it is one, drop or restore it, merge it with the next of its item, split it."""

    version: int
    step: Literal["agree", "drop", "restore", "merge", "split"]
    at: Annotated[int, Field(ge=0, le=10**9)] | None = None


class WordsAsked(Schema):
    """The words of a duty that was missed, as they stand in the text; `near`: the ones closest to a character."""

    words: Annotated[Words, Field(max_length=5_000)]
    near: Annotated[int, Field(ge=0, le=10**9)] = 0


@router.get(
    "/documents/{pk}/review",
    response=Reviewed,
    summary="What is to be settled of a document",
    operation_id="document_review",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_review(request: Caller, pk: int) -> Any:
    """Its addressees and duties with their versions; a document that needs nothing more is confirmed."""
    return _reviewed(request, pk)


@router.post(
    "/documents/{pk}/duties",
    response={201: Reviewed, 422: Problem},
    summary="Add a duty that was missed",
    operation_id="duty_add",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_add(request: Caller, pk: int, asked: WordsAsked) -> Any:
    """Add a duty by its words in the text."""
    services.add_duty(actor=request.viewer, document=document_seen(request, pk), **asked.dict())
    return Status(201, _reviewed(request, pk))


@router.post(
    "/duties/{pk}",
    response={200: DutyTold, **CHANGED},
    summary="Correct a duty",
    operation_id="duty_correct",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_correct(request: Caller, pk: int, asked: DutyAsked) -> Any:
    """Say what is to be done and handed in, by when, and by which units; its words in the text stay."""
    duty = _duty(request, pk)
    names = ("for_addressees", "leads", "supports", "monitor")
    changes = changes_in(asked, days=("due_on", "cycle_day", "due_count"), besides=names)
    if changes.get("time_kind", duty.time_kind) != TimeKind.PERIODIC:
        changes |= {"cycle": "", "cycle_day": None}
    units = None
    if asked.model_fields_set & set(names):
        leads, supports = ([row_id(each) or 0 for each in some or ()] for some in (asked.leads, asked.supports))
        monitor = None if asked.monitor is None else row_id(asked.monitor) or 0
        units = services.DutyUnits(bool(asked.for_addressees), leads, supports, monitor)
    services.correct_duty(actor=request.viewer, duty=duty, version=asked.version, changes=changes, units=units)
    return _duty_told(_duty(request, pk))


@router.post(
    "/duties/{pk}/steps",
    response={200: Reviewed, **CHANGED},
    summary="Agree to a duty, drop, restore, merge or split it",
    operation_id="duty_step",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_step(request: Caller, pk: int, asked: DutyStep) -> Any:
    """Settle one duty; `split` names the character `at` which the second begins."""
    duty = _duty(request, pk)
    common: dict[str, Any] = {"actor": request.viewer, "duty": duty, "version": asked.version}
    if asked.step == "agree":
        services.correct_duty(**common, changes={})
    elif asked.step == "split":
        services.split_duty(**common, at=asked.at or 0)
    elif asked.step == "merge":
        services.merge_duties(**common, other=_next(duty))
    else:
        services.drop_duty(**common, dropped=asked.step == "drop")
    return _reviewed(request, duty.document_id)


def _next(duty: Duty) -> Duty:
    other = duty_after(duty)
    if other is None:
        raise Refusal(_("Only duties of the same item can be merged."))
    return other


def _duty(request: Caller, pk: int) -> Duty:
    duty: Duty = get_object_or_404(duties_for(request.viewer), pk=row_id(pk))
    shows(request, "document", duty.document_id, duty.document.unit_id)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, duty.document.unit_id)
    return duty


def _reviewed(request: Caller, pk: int) -> dict[str, Any]:
    document = document_seen(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    return {
        "addressees": [told(AddresseeTold, each) for each in document.addressees.all()],
        "duties": [_duty_told(duty) for duty in duties_of(document, dropped=True)],
    }


def _duty_told(duty: Duty) -> dict[str, Any]:
    units: dict[str, list[int]] = {part: [] for part in DutyUnit.Part.values}
    for each in duty.units.all():
        units[each.part].append(each.unit_id)
    return told(
        DutyTold,
        duty,
        provision=duty.provision.number if duty.provision else None,
        leads=units[DutyUnit.Part.LEAD],
        supports=units[DutyUnit.Part.SUPPORT],
        monitor=next(iter(units[DutyUnit.Part.MONITOR]), None),
        cuts=[cut.at for cut in cuts_of(duty)],
    )
