"""What a person settles of a document that was read: its header, class, days in force, and addressees.

What is left out of a correction stays as it stands.
"""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from motbuoc.domains.documents import services
from motbuoc.domains.documents.models import Addressee, Cycle
from motbuoc.domains.documents.selectors import addressees_for
from motbuoc.domains.documents.validity import set_validity
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.api.asking import Caller, ClassName, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.documents import DocumentRow, document_row, document_seen
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["review"])
Few = Annotated[Words, Field(max_length=300)]
Ids = Annotated[list[int], Field(max_length=2_000)]
NO_WORD = Literal[""]


class HeaderAsked(Schema):
    """Header fields, how often units report, and until when it runs; a new class needs its `reason`."""

    version: int
    superior: Annotated[Words, Field(max_length=250)] | None = None
    issuer: Annotated[Words, Field(max_length=250)] | None = None
    code: Annotated[Words, Field(max_length=80)] | None = None
    type: Annotated[Words, Field(max_length=20)] | None = None
    place: Annotated[Words, Field(max_length=120)] | None = None
    subject: Annotated[Words, Field(max_length=1_000)] | None = None
    issued_on: Day | None = None
    report_cycle: Cycle | NO_WORD | None = None
    runs_until: Day | None = None


class ClassAsked(Schema):
    """The class of a document, and why it changes."""

    version: int
    classification: ClassName
    reason: Annotated[Words, Field(max_length=500)]


class ValidityAsked(Schema):
    """The first and the last day in force; empty where the document names none."""

    version: int
    valid_from: Day | None = None
    valid_until: Day | None = None


class Validity(Schema):
    """From which day to which a document is in force, where it says so itself; another may end it (`links`)."""

    id: int
    version: int
    valid_from: date | None
    valid_until: date | None


class AddresseeTold(Schema):
    """A line of the addressees, and what it means: unresolved, a group, one_unit, or informed (nobody to act)."""

    id: int
    text: str
    selection: str
    unit_id: int | None
    group_id: int | None


class AddresseeAsked(Schema):
    """Which units an addressee means; `unit` with one_unit, `group` with group."""

    selection: Addressee.Selection
    unit: int | None = None
    group: int | None = None


@router.post(
    "/documents/{pk}/header",
    response={200: DocumentRow, **CHANGED},
    summary="Correct the header",
    operation_id="document_correct",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_correct(request: Caller, pk: int, asked: HeaderAsked) -> Any:
    """Correct what was read of a document while it is under review."""
    changes = changes_in(asked, days=("issued_on", "runs_until"))
    made = services.correct_document(
        actor=request.viewer, document=document_seen(request, pk), version=asked.version, changes=changes
    )
    return document_row(made)


@router.post(
    "/documents/{pk}/classification",
    response={200: DocumentRow, **CHANGED},
    summary="Change the class",
    operation_id="document_classify",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_classify(request: Caller, pk: int, asked: ClassAsked) -> Any:
    """Change the class of a document in any state; who may see what was made of it follows at once."""
    document = document_seen(request, pk)
    return document_row(services.classify_document(actor=request.viewer, document=document, **asked.dict()))


@router.get(
    "/documents/{pk}/validity",
    response=Validity,
    summary="Since when and until when it is in force",
    operation_id="document_validity",
)
@asks(Action.VIEW_DOCUMENT)
def document_validity(request: Caller, pk: int) -> Any:
    """The days that the document names itself."""
    return told(Validity, document_seen(request, pk), id=pk)


@router.post(
    "/documents/{pk}/validity",
    response={200: Validity, **CHANGED},
    summary="Set since when and until when it is in force",
    operation_id="document_validity_set",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_validity_set(request: Caller, pk: int, asked: ValidityAsked) -> Any:
    """Set both days, in any state: the library is searched by them."""
    made = set_validity(actor=request.viewer, document=document_seen(request, pk), **asked.dict())
    return told(Validity, made, id=pk)


@router.post(
    "/addressees/{pk}",
    response={200: AddresseeTold, 422: Problem},
    summary="Say whom an addressee means",
    operation_id="addressee_resolve",
)
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def addressee_resolve(request: Caller, pk: int, asked: AddresseeAsked) -> Any:
    """Say which units a line of the addressees means."""
    addressee: Addressee = get_object_or_404(addressees_for(request.viewer), pk=row_id(pk))
    document, today = addressee.document, clock.today()
    shows(request, "document", document.pk, document.unit_id)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    unit = group = None
    if asked.unit is not None:
        unit = get_object_or_404(units_for(request.viewer, today), pk=row_id(asked.unit))
    if asked.group is not None:
        group = get_object_or_404(groups_for(document.unit_id, today), pk=row_id(asked.group))
    made = services.resolve_addressee(
        actor=request.viewer, addressee=addressee, selection=asked.selection.value, unit=unit, group=group
    )
    return told(AddresseeTold, made)


def changes_in(asked: Schema, *, days: tuple[str, ...], besides: tuple[str, ...] = ()) -> dict[str, Any]:
    """What was sent; null only where that says something: of `days`, and of numbers of them."""
    sent = asked.model_dump(exclude_unset=True, exclude={"version", *besides}, mode="python")
    kept = {name: value for name, value in sent.items() if value is not None or name in days}
    return {name: getattr(value, "value", value) for name, value in kept.items()}
