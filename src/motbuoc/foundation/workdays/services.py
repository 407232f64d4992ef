"""Writes of the working calendar."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.workdays.calendar import Special
from motbuoc.foundation.workdays.models import CalendarChange, CalendarDay, CalendarYear, DayKind
from motbuoc.foundation.workdays.planning import MOST_DAYS, DayChange, YearPlan, problem_of, rows_of
from motbuoc.foundation.workdays.selectors import calendar, year_kept


def kept_on(person: Person) -> int | None:
    """The topmost unit on which the person keeps the calendar, which is one for all; None: they do not."""
    tops = Unit.objects.on(clock.today()).filter(parent_id__isnull=True)
    mine = tops.filter(policy.within_reach(person, Action.KEEP_CALENDAR, "pk")).order_by("pk")
    found: int | None = mine.values_list("pk", flat=True).first()
    return found


def require_keeper(person: Person) -> int:
    """Go on only if the person keeps the calendar; the unit on which they do.

    Raises:
        NotAllowed: they do not.
    """
    unit = kept_on(person)
    if unit is None:
        raise NotAllowed(_("The calendar is one for all: only an administrator of the topmost unit changes it."))
    return unit


def save_year(*, actor: Person, plan: YearPlan) -> CalendarChange:
    """Make the days of a year what the plan says. The due days that hang on them are counted anew afterwards.

    Raises:
        NotAllowed: the actor does not keep the calendar.
        Refusal: a day cannot be what the plan says.
        Collision: somebody changed the year since the plan was made.
    """
    unit = require_keeper(actor)
    _check(plan)
    try:
        with transaction.atomic():
            return _save(actor, unit, plan)
    except IntegrityError as clash:  # somebody else confirmed the year in the very moment
        raise _changed() from clash


def _check(plan: YearPlan) -> None:
    if len(plan.after) > MOST_DAYS or any(day.year != plan.year for day in plan.after):
        raise Refusal(_("The days are not those of one year. Check the file."))
    for day, special in plan.after.items():
        if special != plan.before.get(day) and (problem := problem_of(day, special.kind, special.name)):
            raise Refusal(f"{day:%d/%m/%Y}: {problem}")


def _changed() -> Collision:
    return Collision(
        _("Somebody else changed this year while you looked at it. Nothing was written; look at it once more.")
    )


def _save(actor: Person, unit: int, plan: YearPlan) -> CalendarChange:
    year = year_kept(plan.year)
    if (year.version if year else 0) != plan.version:
        raise _changed()
    if year:
        year = claim(year, plan.version)
    elif dict(calendar().days_of(plan.year)) != plan.before:  # what is proposed has changed with the program
        raise _changed()
    else:
        year = CalendarYear(year=plan.year, confirmed_on=clock.today())
    year.stamp = uuid.uuid4()
    if plan.act != "change_calendar_day":
        year.legal_basis = plan.legal_basis
    year.save()
    year.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(year=year, day=day, kind=special.kind, name=special.name, legal_basis=special.legal_basis)
        for day, special in plan.after.items()
    )
    change = CalendarChange.objects.create(
        year=year,
        made_by=actor,
        legal_basis=plan.legal_basis,
        before=rows_of(plan.before),
        after=rows_of(plan.after),
    )
    values = {"year": plan.year, "basis": plan.legal_basis, "days": _told(plan.changes)}
    record(actor, Act(plan.act, "calendar_year", year.pk, unit, values))
    return change


def _told(changes: list[DayChange]) -> dict[str, str]:
    """What became of each day, in the language of the installation: the history is read in it."""
    with translation.override(settings.LANGUAGE_CODE):
        return {f"{one.day:%d/%m/%Y}": f"{_day(one.before)} → {_day(one.after)}" for one in changes}


def _day(special: Special | None) -> str:
    return f"{special.name} ({DayKind(special.kind).label})" if special else _("ordinary day")
