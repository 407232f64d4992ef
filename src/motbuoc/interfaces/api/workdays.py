"""The working calendar: read by programs that count days too, kept by whoever keeps it."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from motbuoc.domains.work.recounting import effect_for
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.calendar import Special
from motbuoc.foundation.workdays.importing import check_rows
from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.planning import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_BASIS,
    LONGEST_NAME,
    YearPlan,
    plan_confirmation,
    plan_day,
    plan_year,
)
from motbuoc.foundation.workdays.selectors import calendar, year_kept
from motbuoc.foundation.workdays.services import require_keeper, save_year
from motbuoc.interfaces.api.asking import Caller, Words, asks
from motbuoc.interfaces.api.rows import A_FILE, CHANGED
from motbuoc.interfaces.jobs.recounting import follow_calendar
from motbuoc.interfaces.papers.calendar_files import MEDIA_TYPES, read_days, write_days

router = Router(tags=["workdays"])
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Basis = Annotated[Words, Field(max_length=LONGEST_BASIS)]
SHOWN_PROBLEMS = 100


class SpecialDay(Schema):
    """A day that is not what its weekday says: free though a weekday, or worked though a weekend."""

    day: date
    kind: str
    name: str
    legal_basis: str
    is_worked: bool


class WorkingYear(Schema):
    """The special days of a year; all others are worked from Monday to Friday.

    `version` is 0 while the year is only proposed.
    """

    year: int
    version: int
    is_confirmed: bool
    days: list[SpecialDay]


class YearAsked(Schema):
    """Which year; this one where none is named."""

    year: Year | None = None


class FileAsked(YearAsked):
    """The same, as which kind of file."""

    kind: Literal["csv", "xlsx", "ics"] = "csv"


class Confirmed(Schema):
    """`save`: the version of the year that the preview named; without it nothing is written, only shown."""

    legal_basis: Basis
    save: int | None = None


class DayAsked(Confirmed):
    """What a day is from now on; an empty kind: what its weekday says."""

    day: date
    kind: DayKind | Literal[""] = ""
    name: Annotated[Words, Field(max_length=LONGEST_NAME)] = ""


class YearConfirmed(Confirmed):
    """The year to be confirmed as it is proposed."""

    year: Year


class DayMoved(Schema):
    """A day that is another one then; empty: what its weekday says."""

    day: date
    before: str
    after: str


class ProblemTold(Schema):
    """What is wrong in a row of a file."""

    row: int
    sentence: str


class CalendarPlan(Schema):
    """What the change is, and whether it is saved; of `tasks` of `units` the counted day is another then.

    `version`: what is sent as `save` to carry it out. `problems`: of the rows of a file; nothing is saved then.
    """

    year: int
    version: int
    is_saved: bool
    changes: list[DayMoved]
    tasks: int
    units: int
    elsewhere: int = 0
    problems: list[ProblemTold] = []


@router.get(
    "/workdays", response=WorkingYear, summary="The working calendar of a year", operation_id="workday_year"
)
@asks(Action.VIEW_UNIT)
def workday_year(request: Caller, asked: Query[YearAsked]) -> WorkingYear:
    """The special days of the year, as they are counted over now."""
    days = calendar()
    year = asked.year or clock.today().year
    kept = year_kept(year)
    return WorkingYear(
        year=year,
        version=kept.version if kept else 0,
        is_confirmed=days.is_confirmed(year),
        days=[
            SpecialDay(day=day, is_worked=days.is_workday(day), **special._asdict())
            for day, special in sorted(days.days_of(year).items())
        ],
    )


@router.get("/workdays/file", summary="The calendar as a file", operation_id="workday_file", openapi_extra=A_FILE)
@asks(Action.VIEW_UNIT)
def workday_file(request: Caller, asked: Query[FileAsked]) -> HttpResponse:
    """The special days of a year as CSV, Excel or iCalendar; it can be brought in again."""
    year = asked.year or clock.today().year
    name = {"Content-Disposition": f'attachment; filename="lich-lam-viec-{year}.{asked.kind}"'}
    content = write_days(dict(calendar().days_of(year)), year, asked.kind)
    return HttpResponse(content, content_type=MEDIA_TYPES[asked.kind], headers=name)


@router.post(
    "/workdays/day",
    response={200: CalendarPlan, **CHANGED},
    summary="Change one day",
    operation_id="workday_change",
)
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_change(request: Caller, asked: DayAsked) -> Any:
    """Make a day a holiday, a day off, a swapped working day or an ordinary one: shown first, then saved."""
    require_keeper(request.viewer)
    return _planned(request, plan_day(asked.day, str(asked.kind), asked.name, asked.legal_basis), asked.save)


@router.post(
    "/workdays/confirm",
    response={200: CalendarPlan, **CHANGED},
    summary="Confirm a year",
    operation_id="workday_confirm",
)
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_confirm(request: Caller, asked: YearConfirmed) -> Any:
    """Confirm a year as it is proposed, by the document that decided on it: shown first, then saved."""
    require_keeper(request.viewer)
    return _planned(request, plan_confirmation(asked.year, asked.legal_basis), asked.save)


@router.post(
    "/workdays/import",
    response={200: CalendarPlan, **CHANGED},
    summary="Bring in the days of a year",
    operation_id="workday_import",
)
@asks(Action.VIEW_UNIT, do=Action.KEEP_CALENDAR)
def workday_import(
    request: Caller,
    file: File[UploadedFile],
    year: Form[Year],
    legal_basis: Form[Basis],
    save: Form[int | None] = None,
) -> Any:
    """Put the days of a CSV, Excel or iCalendar file in the place of all of the year: shown first, then saved."""
    require_keeper(request.viewer)
    brought = check_rows(read_days(file.name or "", file.read()), year, legal_basis)
    if brought.problems:
        told = [{"row": row, "sentence": sentence} for row, sentence in brought.problems[:SHOWN_PROBLEMS]]
        kept = year_kept(year)
        nothing = {"changes": [], "tasks": 0, "units": 0, "is_saved": False, "elsewhere": brought.elsewhere}
        return {"year": year, "version": kept.version if kept else 0, "problems": told, **nothing}
    plan = plan_year(year, brought.days, legal_basis)
    return {**_planned(request, plan, save), "elsewhere": brought.elsewhere}


def _planned(request: Caller, plan: YearPlan, save: int | None) -> dict[str, Any]:
    """What the plan would change; carried out where the year is still of the version that was shown."""
    tasks, units = effect_for(request.viewer, plan.calendar())
    version = plan.version
    if save is not None:
        change = save_year(actor=request.viewer, plan=plan.resting_on(save))
        follow_calendar.enqueue(change.pk)
        version = change.year.version
    return {
        "year": plan.year,
        "version": version,
        "is_saved": save is not None,
        "changes": [
            {"day": one.day, "before": _kind(one.before), "after": _kind(one.after)} for one in plan.changes
        ],
        "tasks": tasks,
        "units": units,
    }


def _kind(special: Special | None) -> str:
    return special.kind if special else ""
