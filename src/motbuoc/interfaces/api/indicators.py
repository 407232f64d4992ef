"""What is counted: indicators, what others call them, targets, and what figures are broken down by."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.ledger import defining
from motbuoc.domains.ledger.defining import Definition
from motbuoc.domains.ledger.selectors import breakdowns_for, indicators_for
from motbuoc.domains.ledger.standard import correct_standard_basis, take_standard_indicators
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, told

router = Router(tags=["indicators"])
Code = Annotated[Words, Field(min_length=1, max_length=40, pattern=r"\S")]
Name = Annotated[Words, Field(min_length=1, max_length=300, pattern=r"\S")]
Item = Annotated[Words, Field(max_length=20)]


class IndicatorAsked(Schema):
    """What an indicator is; `numerator` and `denominator` make it a share, `counter` what the system counts."""

    code: Code
    name: Name
    definition: Annotated[Words, Field(max_length=5000)] = ""
    item: Item = ""
    measure: Literal["times", "attendances", "people", "dong", "documents", "units", "other"] = "times"
    measure_word: Annotated[Words, Field(max_length=40)] = ""
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    basis: Literal["in_period", "cumulative", "stock"] = "in_period"
    may_estimate: bool = True
    breakdown: int | None = None
    numerator: int | None = None
    denominator: int | None = None
    counter: Annotated[Words, Field(max_length=60)] = ""

    def what(self, viewer: Person) -> Definition:
        """As the services take it.

        Raises:
            Refusal: the breakdown, or a part of the share, is not there.
        """
        said = self.dict(exclude={"unit", "version", "valid_from", "breakdown", "numerator", "denominator"})
        return Definition(
            **said,
            breakdown_id=_there(breakdowns_for(viewer), self.breakdown),
            numerator_id=_there(indicators_for(viewer), self.numerator),
            denominator_id=_there(indicators_for(viewer), self.denominator),
        )


class IndicatorDefined(IndicatorAsked):
    """A new indicator of a unit, in force from a day; without one from today."""

    unit: int
    valid_from: Day | None = None


class IndicatorRedefined(IndicatorAsked):
    """What an indicator is from a day on."""

    version: int
    valid_from: Day


class IndicatorEnded(Schema):
    """From which day it is asked for no more."""

    version: int
    valid_until: Day


class MappingAsked(Schema):
    """What another requester calls it."""

    requester: Annotated[Words, Field(min_length=1, max_length=200, pattern=r"\S")]
    code: Annotated[Words, Field(min_length=1, max_length=60, pattern=r"\S")]
    name: Annotated[Words, Field(max_length=300)] = ""


class MappingTold(Schema):
    """The same, as it is kept."""

    requester: str
    code: str
    name: str


class TargetAsked(Schema):
    """What a unit is to reach in a year."""

    unit: int
    year: Annotated[int, Field(ge=2000, le=2100)]
    amount: Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=3)]


class TakeAsked(Schema):
    """For which unit. `corrects`: what it took over as a sum of the periods, and is none, is set right too."""

    unit: int
    corrects: bool = False


class IndicatorRow(Schema):
    """An indicator; `breakdown_id`, `numerator_id` and `denominator_id` where it has them."""

    id: int
    version: int
    unit_id: int
    code: str
    name: str
    definition: str
    item: str
    measured_in: str
    decimals: int
    basis: str
    may_estimate: bool
    breakdown_id: int | None
    numerator_id: int | None
    denominator_id: int | None
    counter: str
    valid_from: date
    valid_until: date | None
    succeeds_id: int | None


class IndicatorWhole(IndicatorRow):
    """An indicator with what others call it."""

    mappings: list[MappingTold]


class Taken(Schema):
    """How many indicators were defined, and how many set right."""

    made: int
    corrected: int


class BreakdownAsked(Schema):
    """By what figures may be broken down; the parts add up to the whole."""

    unit: int
    code: Code
    name: Annotated[Words, Field(min_length=1, max_length=200, pattern=r"\S")]
    categories: Annotated[list[Annotated[Words, Field(max_length=200)]], Field(max_length=40)]


class BreakdownTold(Schema):
    """The same, as it is kept."""

    id: int
    code: str
    name: str
    categories: list[str]


def keeps_for(person: Person, unit: int) -> int:
    """The unit, if the person may ask for figures there; one that is not there is answered alike.

    Raises:
        NotAllowed: they may not.
    """
    found = row_id(unit) or 0
    if not policy.may_on(person, Action.KEEP_FORMS, found):
        wanted = {"action": Action.KEEP_FORMS.label}
        raise NotAllowed(_("Your role does not allow this here: %(action)s.") % wanted)
    return found


def _there(rows: Any, asked: int | None) -> int | None:
    if asked is None:
        return None
    if not rows.filter(pk=row_id(asked)).exists():
        raise Refusal(_("What you name is not there. Look it up in the list."))
    return asked


@router.get("/indicators", response=Page[IndicatorRow], summary="What is counted", operation_id="indicator_list")
@asks(Action.VIEW_FIGURES)
def indicator_list(request: Caller, asked: Query[Paging]) -> Any:
    """The indicators by item, those that have ended too."""
    return page_of(indicators_for(request.viewer), asked, lambda row: told(IndicatorRow, row))


@router.get("/indicators/{pk}", response=IndicatorWhole, summary="One indicator", operation_id="indicator_detail")
@asks(Action.VIEW_FIGURES)
def indicator_detail(request: Caller, pk: int) -> Any:
    """What counts, how it is measured, since when, and what others call it."""
    return _indicator_told(_indicator(request, pk))


@router.post(
    "/indicators",
    response={201: IndicatorWhole, **CHANGED},
    summary="Define an indicator",
    operation_id="indicator_define",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_define(request: Caller, asked: IndicatorDefined) -> Any:
    """Define what is counted."""
    unit = keeps_for(request.viewer, asked.unit)
    made = defining.define_indicator(
        actor=request.viewer, unit_id=unit, what=asked.what(request.viewer), valid_from=asked.valid_from
    )
    return Status(201, _indicator_told(made))


@router.post(
    "/standard-indicators",
    response={200: Taken, 422: Problem},
    summary="Take over the standard list",
    operation_id="indicator_take",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_take(request: Caller, asked: TakeAsked) -> Any:
    """Define for a unit what it has not yet of the indicators of the seven items."""
    unit = keeps_for(request.viewer, asked.unit)
    made = take_standard_indicators(actor=request.viewer, unit_id=unit)
    corrected = correct_standard_basis(actor=request.viewer, unit_id=unit) if asked.corrects else []
    return {"made": len(made), "corrected": len(corrected)}


@router.post(
    "/indicators/{pk}/redefine",
    response={201: IndicatorWhole, **CHANGED},
    summary="Define an indicator anew",
    operation_id="indicator_redefine",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_redefine(request: Caller, pk: int, asked: IndicatorRedefined) -> Any:
    """Let another definition count from a day on; the series is marked as broken there."""
    made = defining.redefine_indicator(
        actor=request.viewer,
        indicator=_indicator(request, pk),
        version=asked.version,
        what=asked.what(request.viewer),
        valid_from=asked.valid_from,
    )
    return Status(201, _indicator_told(made))


@router.post(
    "/indicators/{pk}/end",
    response={200: IndicatorWhole, **CHANGED},
    summary="End an indicator",
    operation_id="indicator_end",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_end(request: Caller, pk: int, asked: IndicatorEnded) -> Any:
    """Ask for it no more from a day on; its figures stay."""
    indicator = _indicator(request, pk)
    return _indicator_told(defining.end_indicator(actor=request.viewer, indicator=indicator, **asked.dict()))


@router.post(
    "/indicators/{pk}/mappings",
    response={200: IndicatorWhole, 422: Problem},
    summary="Say what another requester calls it",
    operation_id="indicator_map",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_map(request: Caller, pk: int, asked: MappingAsked) -> Any:
    """Said again of the same requester, it takes the place of what was said before."""
    indicator = _indicator(request, pk)
    defining.map_indicator(actor=request.viewer, indicator=indicator, **asked.dict())
    return _indicator_told(indicator)


@router.post(
    "/indicators/{pk}/targets",
    response={200: TargetAsked, 422: Problem},
    summary="Set a target",
    operation_id="indicator_target",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def indicator_target(request: Caller, pk: int, asked: TargetAsked) -> Any:
    """Say what a unit is to reach in a year."""
    indicator = _indicator(request, pk)
    unit = keeps_for(request.viewer, asked.unit)
    target = defining.set_target(
        actor=request.viewer, unit_id=unit, indicator=indicator, year=asked.year, amount=asked.amount
    )
    return {"unit": target.unit_id, "year": target.year, "amount": target.amount}


@router.get(
    "/breakdowns",
    response=Page[BreakdownTold],
    summary="What figures are broken down by",
    operation_id="breakdown_list",
)
@asks(Action.VIEW_FIGURES)
def breakdown_list(request: Caller, asked: Query[Paging]) -> Any:
    """The breakdowns with their parts, by name."""
    return page_of(breakdowns_for(request.viewer).prefetch_related("categories"), asked, _breakdown_told)


@router.post(
    "/breakdowns",
    response={201: BreakdownTold, **CHANGED},
    summary="Define a breakdown",
    operation_id="breakdown_define",
)
@asks(Action.VIEW_FIGURES, do=Action.KEEP_FORMS)
def breakdown_define(request: Caller, asked: BreakdownAsked) -> Any:
    """Say by what figures may be broken down."""
    said = asked.dict(exclude={"unit"})
    unit = keeps_for(request.viewer, asked.unit)
    made = defining.define_breakdown(actor=request.viewer, unit_id=unit, **said)
    return Status(201, _breakdown_told(made))


def _indicator(request: Caller, pk: int) -> Any:
    indicator: Any = get_object_or_404(indicators_for(request.viewer), pk=row_id(pk))
    shows(request, "indicator", pk, indicator.unit_id)
    return indicator


def _indicator_told(indicator: Any) -> dict[str, Any]:
    mappings = [told(MappingTold, row) for row in indicator.mappings.all()]
    return told(IndicatorWhole, indicator, mappings=mappings)


def _breakdown_told(row: Any) -> dict[str, Any]:
    return told(BreakdownTold, row, categories=[part.name for part in row.categories.all()])
