"""The tree as a list that unfolds, and what differs between two days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Position
from motbuoc.foundation.reorganisation.browsing import (
    MOST_FOUND,
    below_for,
    heads_of,
    names_of,
    sizes_of,
    tops_for,
    unit_seen,
    units_found,
)
from motbuoc.foundation.units.models import UnitOn
from motbuoc.foundation.units.selectors import CHANGES, Difference, differences
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.forms import ListFilter, TwoDaysForm
from motbuoc.interfaces.web.units.words import kind_label
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50
MOST_DIFFERING = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A unit as a line of the list: with who heads it, how many stand under it, and what stands above it."""

    unit: UnitOn
    kind: str
    size: int
    head: Position | None
    above: str = ""

    @property
    def ended_on(self) -> date | None:
        """The day on which it ended, if it had."""
        return getattr(self.unit, "ended_on", None) if self.unit.has_ended else None


def rows_of(
    units: Iterable[UnitOn], day: date, *, with_ended: bool = False, with_above: bool = False
) -> list[Row]:
    """The units as lines, in as many queries for one as for all."""
    units = list(units)
    ids = [unit.pk for unit in units]
    sizes, heads = sizes_of(ids, day, with_ended=with_ended), heads_of(ids, day)
    names = names_of({unit.parent_id for unit in units if unit.parent_id}, day) if with_above else {}
    for unit in units:
        ended = getattr(unit, "ended_on", None)
        unit.has_ended = bool(ended and ended <= day)
    return [
        Row(unit, kind_label(unit.kind), sizes.get(unit.pk, 0), heads.get(unit.pk), names.get(unit.parent_id, ""))
        for unit in units
    ]


@require_safe
@remembered
@asks(Action.VIEW_UNIT)
def unit_list(request: ViewerRequest) -> HttpResponse:
    """The units the viewer may see on a day: one level of the tree, or what a search finds in all of it."""
    form = ListFilter(request.GET)
    day, wanted = form.asked
    kept = request.GET.copy()
    for name in ("page", "under"):
        kept.pop(name, None)
    values: dict[str, Any] = {"form": form, "day": day, "wanted": wanted, "kept": kept.urlencode()}
    values["at"] = "" if day == clock.today() else f"?on={day:%d/%m/%Y}"
    values["may_manage"] = policy.may(request.viewer, Action.MANAGE_UNITS)
    if wanted.is_on:
        found, is_more = units_found(request.viewer, day, wanted)
        rows = rows_of(found, day, with_ended=wanted.with_ended, with_above=True)
        values |= {"rows": rows, "is_more": is_more, "most": MOST_FOUND}
    else:
        values |= _level(request, day, wanted.with_ended)
    return render(request, "units/unit_list.html", values)


def _level(request: ViewerRequest, day: date, with_ended: bool) -> dict[str, Any]:
    """One level of the tree: what stands under the unit asked for, or at the top of what the viewer sees."""
    under = request.GET.get("under", "")
    if not under:
        return {"rows": rows_of(tops_for(request.viewer, day, with_ended=with_ended), day, with_ended=with_ended)}
    unit = unit_seen(request.viewer, int(under), day) if under.isdecimal() and len(under) < 18 else None
    if unit is None:
        raise Http404
    below = below_for(request.viewer, unit.pk, day, with_ended=with_ended)
    page = Paginator(below, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"under": unit, "page": page, "rows": rows_of(page.object_list, day, with_ended=with_ended)}


@dataclass(frozen=True, slots=True)
class Differing:
    """The units of which one thing changed between two days: how many, and the first of them as rows of id, name,
    what it was and what it is."""

    label: Any
    count: int
    rows: list[tuple[int, str, str, str]]


@require_safe
@asks(Action.VIEW_UNIT)
def unit_compare(request: ViewerRequest) -> HttpResponse:
    """What differs between the trees of two days, within what the viewer sees; made to be printed."""
    form = TwoDaysForm(request.GET)
    first, second = form.days
    found = differences(first, second, policy.reach(request.viewer, Action.VIEW_UNIT))
    values = {"form": form, "first": first, "second": second, "groups": list(_grouped(found, first, second))}
    return render(request, "units/unit_compare.html", values)


def _grouped(found: list[Difference], first: date, second: date) -> Iterator[Differing]:
    sides = [side for d in found for side in (d.before, d.after) if side is not None]
    above = {side.parent_id for side in sides if side.parent_id}
    names = names_of(above, first) | names_of(above, second) if above else {}
    for key, label in CHANGES.items():
        changed = [d for d in found if key in d.changes]
        if changed:
            rows = [
                (d.unit_id, str(d.after or d.before), _side(key, d.before, names), _side(key, d.after, names))
                for d in changed[:MOST_DIFFERING]
            ]
            yield Differing(label, len(changed), rows)


def _side(key: str, unit: UnitOn | None, names: dict[int, str]) -> str:
    """What one side says of the thing that changed."""
    if unit is None:
        return ""
    match key:
        case "moved":
            return names.get(unit.parent_id, "") or _("topmost of its line")
        case "converted":
            return kind_label(unit.kind)
        case "recoded":
            return f"{unit.code} · {unit.symbol}"
        case "began" | "ended":
            return f"{unit.name} ({unit.code})"
        case _:
            return str(unit.name)
