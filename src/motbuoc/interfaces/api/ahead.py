"""What is worked out of figures ahead: the whole year of one, and figures unlike their past."""

from decimal import Decimal
from typing import Any

from django.http import Http404
from ninja import Query, Router, Schema

from motbuoc.domains.ledger.ahead import signs_for, whole_year_of
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.api.asking import Caller, asks
from motbuoc.interfaces.api.figures import FiguresAsked, OneAsked, indicator_of, looked_at

router = Router(tags=["figures"])


class WholeYearTold(Schema):
    """The year of a figure. `showing` is "shown", "waiting" while it is worked out, or why there is none.

    `lower` to `upper` hold the year's figure in `level` percent of cases. `error` and `naive_error` are mean
    absolute errors over `held_back` earlier periods; `inside` of `judged` intervals held what came.
    """

    year: int
    showing: str
    until: str
    so_far: Decimal | None
    amount: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    level: int | None
    target: Decimal | None
    against_target: str
    error: float | None
    naive_error: float | None
    held_back: int
    inside: int
    judged: int
    gaps: int
    blanks: int


class PastTold(Schema):
    """What the unit reported in an earlier period."""

    period: str
    amount: Decimal


class SignTold(Schema):
    """A figure unlike all that the unit reported before, in `count` periods, from `smallest` to `largest`."""

    submission_id: int
    unit_id: int
    unit: str
    indicator: str
    name: str
    amount: Decimal
    usual: Decimal
    smallest: Decimal
    largest: Decimal
    count: int
    past: list[PastTold]
    note: str


@router.get(
    "/periods/{pk}/figures/year",
    response=WholeYearTold,
    summary="The whole year of a figure ahead",
    operation_id="figure_year",
)
@asks(Action.VIEW_FIGURES)
def figure_year(request: Caller, pk: int, asked: Query[OneAsked]) -> Any:
    """What the year will probably bring, where that beats guessing; not found for a period that is past."""
    period, unit = looked_at(request, pk, asked)
    told = None if asked.as_of else whole_year_of(period, unit.pk, indicator_of(period, asked.indicator))
    if told is None:
        raise Http404
    row = told.projection
    showing = "waiting" if told.is_waiting else row.showing if row else "gaps"
    shown = row if told.is_shown else None
    return {
        "year": told.year,
        "showing": showing,
        "until": row.period.label if row else "",
        "so_far": row.so_far if row and not told.is_waiting else None,
        "amount": shown and shown.amount,
        "lower": shown and shown.lower,
        "upper": shown and shown.upper,
        "level": shown and shown.level,
        "target": told.target,
        "against_target": told.against_target,
        "error": row and row.error,
        "naive_error": row and row.naive_error,
        "held_back": row.held_back if row else 0,
        "inside": row.inside if row else 0,
        "judged": row.judged if row else 0,
        "gaps": row.gaps if row else 0,
        "blanks": row.blanks if row else 0,
    }


@router.get(
    "/periods/{pk}/figures/signs",
    response=list[SignTold],
    summary="Early signs: figures unlike their past",
    operation_id="figure_signs",
)
@asks(Action.VIEW_FIGURES)
def figure_signs(request: Caller, pk: int, asked: Query[FiguresAsked]) -> Any:
    """Figures of a period that are unlike all that their units reported before, the farthest off first."""
    period, unit = looked_at(request, pk, asked)
    return [
        {
            "submission_id": sign.jump.submission_id,
            "unit_id": sign.jump.submission.unit_id,
            "unit": sign.unit_name,
            "indicator": sign.jump.indicator.code,
            "name": sign.jump.indicator.name,
            "amount": sign.jump.amount,
            "usual": sign.jump.middle,
            "smallest": sign.jump.smallest,
            "largest": sign.jump.largest,
            "count": sign.jump.count,
            "past": [{"period": label, "amount": amount} for label, amount in sign.past],
            "note": sign.note,
        }
        for sign in signs_for(request.viewer, period, unit.pk)
    ]
