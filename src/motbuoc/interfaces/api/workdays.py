"""The working calendar, to be read by programs that count days too."""

from datetime import date
from typing import Annotated

from ninja import Field, Query, Router, Schema

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.planning import FIRST_YEAR, LAST_YEAR
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.api.asking import Caller, asks

router = Router(tags=["workdays"])
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class SpecialDay(Schema):
    """A day that is not what its weekday says: free though a weekday, or worked though a weekend."""

    day: date
    kind: str
    name: str
    legal_basis: str
    is_worked: bool


class WorkingYear(Schema):
    """The special days of a year; all others are worked from Monday to Friday."""

    year: int
    is_confirmed: bool
    days: list[SpecialDay]


class YearAsked(Schema):
    """Which year; this one where none is named."""

    year: Year | None = None


@router.get(
    "/workdays", response=WorkingYear, summary="The working calendar of a year", operation_id="workday_year"
)
@asks(Action.VIEW_UNIT)
def workday_year(request: Caller, asked: Query[YearAsked]) -> WorkingYear:
    """The special days of the year, as they are counted over now."""
    days = calendar()
    year = asked.year or clock.today().year
    return WorkingYear(
        year=year,
        is_confirmed=days.is_confirmed(year),
        days=[
            SpecialDay(day=day, is_worked=days.is_workday(day), **special._asdict())
            for day, special in sorted(days.days_of(year).items())
        ],
    )
