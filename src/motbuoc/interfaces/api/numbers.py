"""Numbers of the registers: series and terms, numbers kept free and cancelled."""

from datetime import date, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from motbuoc.domains.registers.drafting import letterhead_of
from motbuoc.domains.registers.models import Book, Number
from motbuoc.domains.registers.numbering import cancel_number, continue_series, open_term, reserve_number
from motbuoc.domains.registers.selectors import numbers_for, own_units, series_for, terms_for, with_units
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.asking import Caller, Day, Problem, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.registers import desk, kind_known
from motbuoc.interfaces.api.rows import told

router = Router(tags=["numbers"])
Why = Annotated[Words, Field(max_length=300)]


class NumberRow(Schema):
    """A number kept free or cancelled, and what for."""

    id: int
    number: int
    unit_id: int
    type: str
    state: str
    reason: str
    taken_at: datetime


class SeriesRow(Schema):
    """Numbers of one book from a day on, of one type or (`type` empty) of all; `next`: the next one."""

    id: int
    unit_id: int
    unit: str | None
    book: str
    type: str
    since: date
    next: int
    term: str | None


class TermRow(Schema):
    """A term of a committee, from its first day on."""

    id: int
    unit_id: int
    unit: str | None
    name: str
    begins_on: date
    basis: str


class TermAsked(Schema):
    """A term to be opened, with its legal basis."""

    unit: int
    name: Annotated[Words, Field(max_length=80)]
    begins_on: Day
    basis: Why


class ReserveAsked(Schema):
    """A number to be kept free for a document of a type."""

    unit: int
    type: Words
    reason: Why


class ContinueAsked(ReserveAsked):
    """A series that goes on from a paper book at `start`."""

    book: Book
    start: Annotated[int, Field(ge=1, le=999_999)]


class WhyAsked(Schema):
    """Why something is done."""

    reason: Why


@router.get(
    "/numbers", response=Page[NumberRow], summary="Numbers kept free or cancelled", operation_id="number_list"
)
@asks(Action.VIEW_REGISTER)
def number_list(request: Caller, asked: Query[Paging]) -> Any:
    """Those of the person's own units, the latest first."""
    return page_of(numbers_for(request.viewer).filter(series__unit__in=_own(request)), asked, _number)


@router.get("/series", response=Page[SeriesRow], summary="Series of numbers", operation_id="series_list")
@asks(Action.VIEW_REGISTER)
def series_list(request: Caller, asked: Query[Paging]) -> Any:
    """The series of the person's own units with their next numbers, the latest first."""
    rows = with_units(series_for(request.viewer).filter(unit__in=_own(request)), clock.today())
    return page_of(rows, asked, _series)


@router.get("/terms", response=Page[TermRow], summary="Terms", operation_id="term_list")
@asks(Action.VIEW_REGISTER)
def term_list(request: Caller, asked: Query[Paging]) -> Any:
    """The terms of the person's own units, the latest first."""
    rows = with_units(terms_for(request.viewer).filter(unit__in=_own(request)), clock.today())
    return page_of(rows.order_by("-begins_on", "pk"), asked, _term)


@router.post("/terms", response={201: TermRow, 422: Problem}, summary="Open a term", operation_id="term_open")
@asks(Action.VIEW_REGISTER, do=Action.RELEASE_DOCUMENT)
def term_open(request: Caller, asked: TermAsked) -> Any:
    """Open a term: from its first day on the series of each type begin at 01 again."""
    unit = desk(request.viewer, asked.unit, Action.RELEASE_DOCUMENT)
    term = open_term(actor=request.viewer, unit=unit, **asked.dict(exclude={"unit"}))
    return Status(201, told(TermRow, term, unit=unit.short_name))


@router.post(
    "/numbers",
    response={201: NumberRow, 422: Problem},
    summary="Keep a number free",
    operation_id="number_reserve",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def number_reserve(request: Caller, asked: ReserveAsked) -> Any:
    """Keep the next number free for a paper that is not here yet."""
    unit = desk(request.viewer, asked.unit, Action.REGISTER_DOCUMENT)
    made = reserve_number(actor=request.viewer, unit=unit, **_kind(asked), reason=asked.reason)
    return Status(201, _number(made))


@router.post(
    "/numbers/{pk}/cancel",
    response={200: NumberRow, 422: Problem},
    summary="Cancel a number kept free",
    operation_id="number_cancel",
)
@asks(Action.VIEW_REGISTER, do=Action.REGISTER_DOCUMENT)
def number_cancel(request: Caller, pk: int, asked: WhyAsked) -> Any:
    """Say that a number kept free will not be used; it stays in the book as cancelled."""
    number = get_object_or_404(numbers_for(request.viewer), pk=row_id(pk))
    shows(request, "unit", number.series.unit_id, number.series.unit_id)
    return _number(cancel_number(actor=request.viewer, number=number, reason=asked.reason))


@router.post(
    "/series",
    response={200: SeriesRow, 422: Problem},
    summary="Continue a paper book",
    operation_id="series_continue",
)
@asks(Action.VIEW_REGISTER, do=Action.RELEASE_DOCUMENT)
def series_continue(request: Caller, asked: ContinueAsked) -> Any:
    """Let a series go on where a paper book ended."""
    unit = desk(request.viewer, asked.unit, Action.RELEASE_DOCUMENT)
    more: dict[str, Any] = {"book": asked.book.value, "start": asked.start, "reason": asked.reason}
    series = continue_series(actor=request.viewer, unit=unit, **_kind(asked), **more)
    return told(SeriesRow, series, unit=unit.short_name, term=str(series.term) if series.term else None)


def _kind(asked: ReserveAsked) -> dict[str, Any]:
    return {"regime": letterhead_of(asked.unit, clock.today()).regime, "kind": kind_known(asked.type)}


def _own(request: Caller) -> list[int]:
    return [unit.pk for unit in own_units(request.viewer, Action.VIEW_REGISTER)]


def _number(number: Number) -> dict[str, Any]:
    return told(NumberRow, number, unit_id=number.series.unit_id, type=number.series.type)


def _series(series: Any) -> dict[str, Any]:
    return told(SeriesRow, series, unit=series.unit_name, term=str(series.term) if series.term else None)


def _term(term: Any) -> dict[str, Any]:
    return told(TermRow, term, unit=term.unit_name)
