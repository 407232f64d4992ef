"""The forms that units fill in: begun, given fields, words and checks, put to use, renewed."""

from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.ledger import forming
from motbuoc.domains.ledger.selectors import fields_for, forms_for, indicators_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.indicators import Code, Item, Name, keeps_for
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["forms"])


class FormRow(Schema):
    """One version of a form; `state`: draft, in_use or closed."""

    id: int
    version: int
    unit_id: int
    code: str
    number: int
    name: str
    state: str


class FieldTold(Schema):
    """A line of a form."""

    id: int
    indicator_id: int
    position: int
    heading: str
    is_required: bool
    is_broken_down: bool


class BoxTold(Schema):
    """A place for words."""

    id: int
    item: str
    title: str
    hint: str
    is_required: bool


class CheckTold(Schema):
    """A rule between fields, or with a field's own past (`percent`)."""

    id: int
    field_id: int
    comparison: str
    others: list[int]
    percent: int | None
    blocks: bool
    words: str


class FormWhole(FormRow):
    """A form with all that it asks for."""

    fields: list[FieldTold]
    boxes: list[BoxTold]
    checks: list[CheckTold]


class FormAsked(Schema):
    """A form to be begun."""

    unit: int
    code: Code
    name: Name


class Resting(Schema):
    """The version of the form that what is asked rests on."""

    version: int


class FieldAsked(Resting):
    """An indicator that a draft is to ask for, or how it asks for it."""

    indicator: int
    heading: Annotated[Words, Field(max_length=200)] = ""
    is_required: bool = True
    is_broken_down: bool = False


class FieldStep(Resting):
    """Move a field up or down, or drop it."""

    step: Literal["up", "down", "drop"]


class BoxAsked(Resting):
    """Words that a draft is to ask for."""

    title: Name
    item: Item = ""
    hint: Annotated[Words, Field(max_length=500)] = ""
    is_required: bool = False


class CheckAsked(Resting):
    """What a field is compared with; `percent` alone for its own past."""

    field: int
    comparison: Literal["at_most", "equals", "near_last"]
    others: Annotated[list[int], Field(max_length=50)] = []
    percent: Annotated[int, Field(ge=1, le=1000)] | None = None
    blocks: bool = True
    words: Annotated[Words, Field(max_length=300)] = ""


class FormStep(Resting):
    """Put a draft to use, begin the next version, or use it no longer."""

    step: Literal["use", "renew", "close"]


@router.get("/forms", response=Page[FormRow], summary="The forms", operation_id="form_list")
@asks(Action.VIEW_FIGURES)
def form_list(request: Caller, asked: Query[Paging]) -> Any:
    """All versions of the forms in sight, by code, the newest first."""
    rows = forms_for(request.viewer).order_by("code", "-number", "pk")
    return page_of(rows, asked, lambda row: told(FormRow, row))


@router.get("/forms/{pk}", response=FormWhole, summary="One form", operation_id="form_detail")
@asks(Action.VIEW_FIGURES)
def form_detail(request: Caller, pk: int) -> Any:
    """What it asks for: fields, words, checks."""
    return _form_told(_form(request, pk))


@router.post("/forms", response={201: FormWhole, **CHANGED}, summary="Begin a form", operation_id="form_make")
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_make(request: Caller, asked: FormAsked) -> Any:
    """Begin a form as a draft."""
    unit = keeps_for(request.viewer, asked.unit)
    made = forming.make_form(actor=request.viewer, unit_id=unit, code=asked.code, name=asked.name)
    return Status(201, _form_told(made))


@router.post(
    "/forms/{pk}/fields",
    response={200: FormWhole, **CHANGED},
    summary="Let a form ask for an indicator",
    operation_id="form_field_put",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_field_put(request: Caller, pk: int, asked: FieldAsked) -> Any:
    """Ask for it at the end of a draft, or change how it is asked for."""
    form = _form(request, pk)
    _keeps(request, form)
    found = indicators_for(request.viewer).filter(pk=row_id(asked.indicator) or 0).first()
    if found is None:
        raise Refusal(_("What you name is not there. Look it up in the list."))
    forming.put_field(actor=request.viewer, form=form, indicator=found, **asked.dict(exclude={"indicator"}))
    return _form_told(_form(request, pk))


@router.post(
    "/form-fields/{pk}/steps",
    response={200: FormWhole, **CHANGED},
    summary="Move or drop a field",
    operation_id="form_field_step",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_field_step(request: Caller, pk: int, asked: FieldStep) -> Any:
    """Move a field of a draft up or down, or ask for it no more."""
    field = get_object_or_404(fields_for(request.viewer), pk=row_id(pk))
    own: dict[str, Any] = {"actor": request.viewer, "form": _form(request, field.form_id), "field": field}
    if asked.step == "drop":
        forming.drop_field(version=asked.version, **own)
    else:
        forming.move_field(version=asked.version, by=-1 if asked.step == "up" else 1, **own)
    return _form_told(_form(request, field.form_id))


@router.post(
    "/forms/{pk}/boxes",
    response={200: FormWhole, **CHANGED},
    summary="Let a form ask for words",
    operation_id="form_box_put",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_box_put(request: Caller, pk: int, asked: BoxAsked) -> Any:
    """Ask for words at the end of a draft."""
    forming.put_box(actor=request.viewer, form=_form(request, pk), **asked.dict())
    return _form_told(_form(request, pk))


@router.post(
    "/forms/{pk}/checks",
    response={200: FormWhole, **CHANGED},
    summary="Let a field be checked",
    operation_id="form_check_put",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_check_put(request: Caller, pk: int, asked: CheckAsked) -> Any:
    """Compare a field of a draft with others, or with its own past."""
    form = _form(request, pk)
    _keeps(request, form)
    rows = {row.pk: row for row in form.fields.all()}
    if not {asked.field, *asked.others} <= set(rows):
        raise Refusal(_("Choose fields of this form."))
    said = asked.dict(exclude={"field", "others"})
    others = [rows[each] for each in asked.others]
    forming.put_check(actor=request.viewer, form=form, field=rows[asked.field], others=others, **said)
    return _form_told(_form(request, pk))


@router.post(
    "/forms/{pk}/steps",
    response={200: FormWhole, **CHANGED},
    summary="Put a form to use, renew or close it",
    operation_id="form_step",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def form_step(request: Caller, pk: int, asked: FormStep) -> Any:
    """Put a draft to use, begin the next version (which is answered), or use it no longer."""
    form, actor = _form(request, pk), request.viewer
    if asked.step == "renew":
        return _form_told(forming.renew_form(actor=actor, form=form))
    if asked.step == "use":
        forming.use_form(actor=actor, form=form, version=asked.version)
    else:
        forming.close_form(actor=actor, form=form, version=asked.version)
    return _form_told(_form(request, pk))


def _form(request: Caller, pk: int) -> Any:
    form: Any = get_object_or_404(forms_for(request.viewer), pk=row_id(pk))
    shows(request, "report_form", pk, form.unit_id)
    return form


def _keeps(request: Caller, form: Any) -> None:
    policy.require(request.viewer, Action.KEEP_FORMS, form.unit_id)


def _form_told(form: Any) -> dict[str, Any]:
    checks = [
        told(CheckTold, row, others=sorted(other.pk for other in row.others.all()))
        for row in form.checks.prefetch_related("others")
    ]
    return told(
        FormWhole,
        form,
        fields=[told(FieldTold, row) for row in form.fields.all()],
        boxes=[told(BoxTold, row) for row in form.boxes.all()],
        checks=checks,
    )
