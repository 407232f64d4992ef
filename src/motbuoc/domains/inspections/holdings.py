"""What units hand over of inspections when they end: plans that go on, and visits that are not over.

What was concluded or called off, and plans of years past, stay as they are with whose name they bear: who keeps
the archive reads them, and goes on with them (`selectors.asked_on`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.inspections.models import CheckPlan, Chosen, Visit
from motbuoc.domains.inspections.states import OVER, VisitState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.reorganisation.holdings import Holding, declare
from motbuoc.foundation.units.models import Unit, UnitClosure


def hand_over_plans(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the plans of this year and later, and those with a visit that is not over: ids of each and its unit.

    Where the successor has a plan of the same words, the name of the unit that ended is put behind them.
    """
    going_on = CheckPlan.objects.filter(unit__in=successors.keys())
    with_visits = Visit.objects.exclude(state__in=OVER).filter(plan__unit__in=successors.keys()).values("plan")
    given = list((going_on.filter(year__gte=day.year) | going_on.filter(pk__in=with_visits)).order_by("pk"))
    names = dict(Unit.objects.known_by(clock.today()).filter(pk__in=successors).values_list("pk", "name"))
    rows = []
    for plan in given:
        source, plan.unit_id = plan.unit_id, successors[plan.unit_id]
        plan.subject = _free_subject(plan, (str(names.get(source, source)), f"{names.get(source, '')} {source}"))
        plan.version += 1
        plan.save()
        rows.append((plan.pk, source))
    return rows


def _free_subject(plan: CheckPlan, names: Iterable[str]) -> str:
    """The words of a plan; where its unit has such a plan already, with the first name that tells it apart."""
    there = set(CheckPlan.objects.filter(unit=plan.unit_id, year=plan.year).values_list("subject", flat=True))
    behind = ["", *(f" ({name})" for name in names)]
    words = [plan.subject[: 500 - len(each)] + each for each in behind]
    return next((each for each in words if each not in there), words[-1])


def hand_over_inspecting(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the visits that the units were to make, or are making: to whoever inspects in their place."""
    return _hand_over("by_unit", "unit", successors)


def hand_over_inspected(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the visits that the units were to get, and their places in samples, to whom their work goes."""
    rows = _hand_over("unit", "by_unit", successors)
    _hand_over_places(successors, day)
    return rows


def _hand_over(column: str, other: str, successors: Mapping[int, int]) -> list[tuple[int, int]]:
    """Nobody inspects itself: a visit between two units that have become one stays as it was, to be called off."""
    open_ones = Visit.objects.exclude(state__in=OVER).filter(**{f"{column}__in": successors.keys()})
    rows = []
    for pk, unit, across in list(open_ones.order_by("pk").values_list("pk", f"{column}_id", f"{other}_id")):
        if successors[unit] != across:
            moved: Any = {f"{column}_id": successors[unit], "version": F("version") + 1}
            Visit.objects.filter(pk=pk).update(**moved)
            rows.append((pk, unit))
    return rows


def _hand_over_places(successors: Mapping[int, int], day: date) -> None:
    """A place in a sample goes to the successor if that stands below the plan's unit and is not in it already."""
    places = Chosen.objects.filter(unit__in=successors.keys(), taken_out_by=None)
    for place in places.select_related("plan").order_by("pk"):
        target, plan = successors[place.unit_id], place.plan
        if plan.visits.filter(unit=place.unit_id, state=VisitState.CONCLUDED).exists():
            continue
        below = UnitClosure.objects.filter(in_force(day), ancestor=plan.unit_id, descendant=target, depth__gt=0)
        if below.exists() and not plan.chosen.filter(unit=target).exists():
            place.unit_id = target
            place.save(update_fields=["unit"])


declare(Holding("check_plans", "check_plan", _("Plans of inspections"), hand_over_plans))
declare(Holding("inspecting", "visit", _("Inspections that the unit makes"), hand_over_inspecting))
declare(Holding("inspected", "visit", _("Inspections of the unit"), hand_over_inspected))
