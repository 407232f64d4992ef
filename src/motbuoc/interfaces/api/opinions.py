"""Opinions, for whoever listens, and the issue board. Of who says something nothing is known."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from motbuoc.domains.listening import services, sorting
from motbuoc.domains.listening.board import Row, board_of
from motbuoc.domains.listening.intake import Words as Written
from motbuoc.domains.listening.models import Opinion, Theme
from motbuoc.domains.listening.selectors import (
    boxes_for,
    opinion_steps_for,
    opinions_for,
    themes_for,
    themes_of,
    waiting_for,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, Words, asks, row_id, shows
from motbuoc.interfaces.api.paging import Page, Paging, page_of
from motbuoc.interfaces.api.rows import CHANGED, StepOffered, steps_told, told

router = Router(tags=["opinions"])


class BoxRow(Schema):
    """A box: the unit that listens, where it hangs (`place`), and the last part of its public address."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    place_id: int
    place: str | None
    name: str
    words: str
    address: str
    is_open: bool


class OpinionRow(Schema):
    """An opinion with its theme and, once sorted, its tendency; of time only the day."""

    id: int
    version: int
    box_id: int
    text: str
    channel: str
    said_on: date
    state: str
    unit_id: int
    unit: str | None
    due_on: date
    theme_id: int | None
    tendency: str
    is_pressing: bool
    answer: str
    reason: str
    settled_on: date | None


class OpinionWhole(OpinionRow):
    """An opinion with the steps that can be taken."""

    steps: list[StepOffered]


class WeekOfTheme(Schema):
    """What a week, named by its Monday, added to a theme, as published."""

    week: date
    count: int


class OutlookOfTheme(Schema):
    """What the next `ahead` weeks will probably bring; kept only where it beats the naive forecast."""

    ahead: int
    amount: float
    low: float
    high: float
    error: float
    naive_error: float
    held_back: int


class ThemeRow(Schema):
    """A theme on the issue board. Its figures are those of weeks that are over, and move in steps; none of a theme
    with fewer opinions than the smallest group."""

    id: int
    version: int
    unit_id: int
    unit: str | None
    name: str
    is_named: bool
    words: list[str]
    told: str
    count: int | None
    weeks: list[WeekOfTheme]
    tendencies: dict[str, int]
    places: list[str]
    rose_in: date | None
    outlook: OutlookOfTheme | None


class OpinionEntered(Schema):
    """What came on paper, or is said around; `keeps`: what reads like a name in it is none. `form_key` makes
    sending twice one."""

    text: Annotated[Words, Field(min_length=1, max_length=10_000, pattern=r"\S")]
    channel: Literal["paper", "note"]
    form_key: Annotated[Words, Field(min_length=8, max_length=64)]
    keeps: bool = False
    stays: bool = False


class OpinionTaken(Schema):
    """An opinion that was taken in; the code of its receipt is told only now, and only for paper."""

    id: int
    receipt: str


class OpinionVersion(Schema):
    """The version that what is asked rests on."""

    version: int


class OpinionAnswer(OpinionVersion):
    """An answer; `keeps`: what reads like a name in it is none."""

    text: Annotated[Words, Field(min_length=1, max_length=20_000, pattern=r"\S")]
    keeps: bool = False


class OpinionHeeded(OpinionVersion):
    """What comes of an opinion that needs no answer of its own; `keeps`: what reads like a name in it is none."""

    reason: Annotated[Words, Field(min_length=1, max_length=2000, pattern=r"\S")]
    keeps: bool = False


class OpinionPassedOn(OpinionVersion):
    """The unit that can act."""

    unit: int


class OpinionSorted(OpinionVersion):
    """The theme of an opinion, None for none, and how whoever said it stands to it."""

    theme: int | None = None
    tendency: Literal["", "agree", "neutral", "worried", "upset"] = ""
    is_pressing: bool = False


@router.get("/opinion-boxes", response=Page[BoxRow], summary="Boxes for opinions", operation_id="box_list")
@asks(Action.NOTE_OPINION)
def box_list(request: Caller, asked: Query[Paging]) -> Any:
    """Where opinions come in."""
    return page_of(
        boxes_for(request.viewer), asked, lambda box: told(BoxRow, box, unit=box.unit_name, place=box.place_name)
    )


@router.post(
    "/opinion-boxes/{pk}/opinions",
    response={200: OpinionTaken, **CHANGED},
    summary="Enter an opinion",
    operation_id="opinion_note",
)
@asks(Action.NOTE_OPINION, do=Action.NOTE_OPINION)
def opinion_note(request: Caller, pk: int, asked: OpinionEntered) -> Any:
    """Enter what came on paper or is said around."""
    box = get_object_or_404(boxes_for(request.viewer), pk=row_id(pk))
    shows(request, "opinion_box", box.pk, box.unit_id)
    words = Written(asked.text, asked.form_key, keeps=asked.keeps, stays=asked.stays)
    said = services.note_opinion(actor=request.viewer, box=box, words=words, channel=asked.channel)
    return {"id": said.opinion.pk, "receipt": said.code}


@router.get("/opinions", response=Page[OpinionRow], summary="Opinions", operation_id="opinion_list")
@asks(Action.ANSWER_OPINION)
def opinion_list(request: Caller, asked: Query[Paging], is_waiting: bool = False) -> Any:
    """What was said to the person's units or passed on to these; or only what waits, the most urgent first."""
    rows = waiting_for(request.viewer) if is_waiting else opinions_for(request.viewer)
    return page_of(rows, asked, _row)


@router.get("/opinions/{pk}", response=OpinionWhole, summary="One opinion", operation_id="opinion_detail")
@asks(Action.ANSWER_OPINION)
def opinion_detail(request: Caller, pk: int) -> Any:
    """An opinion with the steps that can be taken."""
    return _whole(request, pk)


@router.post(
    "/opinions/{pk}/answer",
    response={200: OpinionWhole, **CHANGED},
    summary="Answer an opinion",
    operation_id="opinion_answer",
)
@asks(Action.ANSWER_OPINION, do=Action.ANSWER_OPINION)
def opinion_answer(request: Caller, pk: int, asked: OpinionAnswer) -> Any:
    """Answer it, or better its answer; whoever wrote reads it by their receipt."""
    services.answer_opinion(actor=request.viewer, opinion=_opinion(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/opinions/{pk}/heed",
    response={200: OpinionWhole, **CHANGED},
    summary="Heed an opinion",
    operation_id="opinion_heed",
)
@asks(Action.ANSWER_OPINION, do=Action.ANSWER_OPINION)
def opinion_heed(request: Caller, pk: int, asked: OpinionHeeded) -> Any:
    """Say what comes of it, without an answer of its own."""
    services.heed_opinion(actor=request.viewer, opinion=_opinion(request, pk), **asked.dict())
    return _whole(request, pk)


@router.post(
    "/opinions/{pk}/pass-on",
    response={200: OpinionWhole, **CHANGED},
    summary="Pass an opinion on",
    operation_id="opinion_pass_on",
)
@asks(Action.ANSWER_OPINION, do=Action.ANSWER_OPINION)
def opinion_pass_on(request: Caller, pk: int, asked: OpinionPassedOn) -> Any:
    """Give it to the unit that can act: one above or below."""
    unit_id = row_id(asked.unit) or 0
    services.pass_opinion_on(
        actor=request.viewer, opinion=_opinion(request, pk), version=asked.version, unit_id=unit_id
    )
    return _whole(request, pk)


@router.post(
    "/opinions/{pk}/sort",
    response={200: OpinionWhole, **CHANGED},
    summary="Sort an opinion",
    operation_id="opinion_sort",
)
@asks(Action.ANSWER_OPINION, do=Action.ANSWER_OPINION)
def opinion_sort(request: Caller, pk: int, asked: OpinionSorted) -> Any:
    """Put it into a theme of the unit to which it was said, and note its tendency."""
    opinion: Any = _opinion(request, pk)
    wanted: Theme | None = None
    if asked.theme is not None:
        wanted = get_object_or_404(themes_of(opinion.box.unit_id), pk=row_id(asked.theme))
    sorting.sort_opinion(
        actor=request.viewer,
        opinion=opinion,
        version=asked.version,
        theme=wanted,
        tendency=asked.tendency,
        is_pressing=asked.is_pressing,
    )
    return _whole(request, pk)


@router.get("/themes", response=Page[ThemeRow], summary="The issue board", operation_id="theme_list")
@asks(Action.VIEW_THEMES)
def theme_list(request: Caller, asked: Query[Paging]) -> Any:
    """The themes of units in reach, with their figures as published."""
    found = page_of(themes_for(request.viewer), asked, lambda theme: theme)
    rows = {row.theme.pk: row for row in board_of(found["rows"])}
    return found | {"rows": [_theme(rows[theme.pk]) for theme in found["rows"]]}


@router.get("/themes/{pk}", response=ThemeRow, summary="One theme", operation_id="theme_detail")
@asks(Action.VIEW_THEMES)
def theme_detail(request: Caller, pk: int) -> Any:
    """A theme with its figures as published; of its words those that stand for it."""
    theme = get_object_or_404(themes_for(request.viewer), pk=row_id(pk))
    shows(request, "theme", theme.pk, theme.unit_id)
    return _theme(board_of([theme])[0])


def _theme(row: Row) -> dict[str, Any]:
    theme: Any = row.theme
    outlook = row.outlook
    names = OutlookOfTheme.model_fields
    return told(
        ThemeRow,
        theme,
        unit=theme.unit_name,
        count=None if row.is_small else row.total,
        weeks=[{"week": week, "count": count} for week, count in row.course],
        tendencies={name or "unsorted": count for name, count in row.tendencies.items() if count},
        places=list(row.places),
        rose_in=row.rise.week if row.rise else None,
        outlook={name: getattr(outlook, name) for name in names} if outlook else None,
    )


def _opinion(request: Caller, pk: int) -> Opinion:
    opinion: Opinion = get_object_or_404(opinions_for(request.viewer), pk=row_id(pk))
    shows(request, "opinion", opinion.pk, opinion.unit_id)
    return opinion


def _row(opinion: Any) -> dict[str, Any]:
    return told(OpinionRow, opinion, unit=opinion.unit_name)


def _whole(request: Caller, pk: int) -> dict[str, Any]:
    opinion: Any = _opinion(request, pk)
    return {**_row(opinion), "steps": steps_told(opinion_steps_for(request.viewer, opinion))}
