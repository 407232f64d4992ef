"""The page of one unit: what it is on a day, all it has been, from what it came and in what it went on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.work.selectors import classes_seen_on, figures_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.selectors import positions_for
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.people.models import Person, PositionTitle
from motbuoc.foundation.reorganisation.browsing import below_for, names_of, unit_seen
from motbuoc.foundation.reorganisation.models import Lineage
from motbuoc.foundation.reorganisation.selectors import (
    Stretch,
    acts_on,
    origins_of,
    reached,
    successions_of,
    summed,
)
from motbuoc.foundation.reorganisation.ties import hosted_by, hosts_of, identifiers_of
from motbuoc.foundation.units.models import UnitOn
from motbuoc.foundation.units.selectors import above, versions_of
from motbuoc.interfaces.web.access.inspections import panel_of
from motbuoc.interfaces.web.answering import words_of_answering
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.units.forms import DayForm
from motbuoc.interfaces.web.units.pages import rows_of
from motbuoc.interfaces.web.units.words import Told, kind_label
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 20
MOST_PEOPLE = 40
MOST_ACTS = 60
FIGURES = ("given", "done", "on_time_first", "on_time")
RANK = {title.value: place for place, title in enumerate(PositionTitle)}


def unit_or_404(request: ViewerRequest, pk: int, day: date) -> UnitOn:
    """The unit on the day, if the viewer may see it."""
    unit = unit_seen(request.viewer, pk, day)
    if unit is None:
        raise Http404
    unit.has_ended = bool(unit.ended_on and unit.ended_on <= day)
    looks_at(request, "unit", pk, pk)
    return unit


@require_safe
@asks(Action.VIEW_UNIT)
def unit_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One unit on a day, with its past, its people, what stands under it, and its figures of the year."""
    form = DayForm(request.GET)
    viewer, day = request.viewer, form.day
    unit = unit_or_404(request, pk, day)
    page = Paginator(below_for(viewer, pk, day), PAGE_SIZE).get_page(request.GET.get("page"))
    versions = list(versions_of(unit))
    current = next((v for v in versions if v.valid_from <= day and (v.valid_until or date.max) > day), None)
    may_read = policy.may_on(viewer, Action.VIEW_ASSIGNMENT, pk)
    values: dict[str, Any] = {
        "form": form,
        "unit": unit,
        "day": day,
        "kind": kind_label(unit.kind),
        "current": current or versions[-1 if unit.has_ended else 0],
        "not_yet": versions[0].valid_from if versions[0].valid_from > day else None,
        "above": above(pk, day).filter(reached(viewer, Action.VIEW_UNIT)),
        "identifiers": identifiers_of(pk, day),
        "hosts": hosts_of(viewer, pk, day),
        "hosted": hosted_by(viewer, pk, day),
        "history_lines": history_of(viewer, "unit", pk),
        "moments": list(_moments(unit, versions)),
        "page": page,
        "below": rows_of(page.object_list, day),
        "may_read_tasks": may_read,
        "figures": figures_by_lineage(viewer, pk, day) if may_read else None,
        "may_manage": current is not None and policy.may_on(viewer, Action.MANAGE_UNITS, pk),
        "may_see_rights": policy.may_on(viewer, Action.VIEW_RIGHTS, pk),
        "may_see_ladder": policy.may_on(viewer, Action.VIEW_BOARD, pk),
        "may_give_rights": policy.may_on(viewer, Action.MANAGE_RIGHTS, pk),
        "may_invite": policy.may_on(viewer, Action.MANAGE_PEOPLE, pk),
        **panel_of(viewer, pk),
        **_lineage(pk, day),
        **_people(request, pk, day, is_there=current is not None),
    }
    return render(request, "units/unit_detail.html", values)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something in the life of a unit: a day, words for it, the drawing, the document it rests on, its act."""

    on: date
    words: str
    sign: str
    legal_basis: str
    act_id: int | None = None


def _moments(unit: UnitOn, versions: list[Any]) -> Iterator[Moment]:
    """Its acts and versions, the latest first; a version that an act made is told by the act."""
    acts = {act.pk: act for act in acts_on(unit.pk)[:MOST_ACTS]}
    told = [Moment(a.effective_on, (t := Told(a)).sentence, t.sign, a.legal_basis, a.pk) for a in acts.values()]
    days = {act.effective_on for act in acts.values()}
    for place, version in enumerate(versions):
        if version.valid_from not in days:
            words = _("%(unit)s: first record") if place == 0 else _("Now %(unit)s")
            told.append(Moment(version.valid_from, words % {"unit": version.name}, "dot", version.legal_basis))
        if version.is_last and version.valid_until not in days:
            told.append(Moment(version.valid_until, _("Ends"), "cross", version.legal_basis))
    yield from sorted(told, key=lambda moment: (moment.on, moment.act_id or 0), reverse=True)


def _lineage(pk: int, day: date) -> dict[str, Any]:
    origins, successions = list(origins_of(pk)), list(successions_of(pk))
    names = names_of({*(r.predecessor_id for r in origins), *(r.successor_id for r in successions)}, day)
    return {
        "origins": [Kin(row, row.predecessor_id, names.get(row.predecessor_id, "")) for row in origins],
        "successions": [Kin(row, row.successor_id, names.get(row.successor_id, "")) for row in successions],
    }


@dataclass(frozen=True, slots=True)
class Kin:
    """A unit from which one came or in which it went on."""

    row: Lineage
    unit_id: int
    name: str

    @property
    def on(self) -> date:
        """The day of the act."""
        return self.row.reorganisation.effective_on

    @property
    def is_part(self) -> bool:
        """Whether the figures go over only in part."""
        return 0 < self.row.share < 100


def _people(request: ViewerRequest, pk: int, day: date, *, is_there: bool) -> dict[str, Any]:
    held = positions_for(request.viewer, day).filter(unit=pk)
    leading = held.exclude(title=PositionTitle.MEMBER)[: MOST_PEOPLE * 2]
    people = sorted(leading, key=lambda position: RANK[position.title])
    return {
        "people": people[:MOST_PEOPLE],
        "others": held.count() - len(people[:MOST_PEOPLE]),
        "answering": words_of_answering(pk, day) if is_there else None,
    }


def figures_by_lineage(viewer: Person, pk: int, day: date) -> dict[str, Any]:
    """What was given, done, and on time by either day, since the first of January, with what each stretch adds."""
    start, classes = day.replace(month=1, day=1), classes_seen_on(viewer, pk)
    kept: dict[tuple[int, date, date], dict[str, int]] = {}

    def counting(name: str) -> Any:
        def count(unit_id: int, first: date, last: date) -> int:
            key = (unit_id, first, last)
            if key not in kept:
                kept[key] = figures_of(*key, classes)
            return kept[key][name]

        return count

    parts: dict[Stretch, list[Any]] = {}
    sums = []
    for name in FIGURES:
        total, adds = summed(pk, start, day, counting(name))
        sums.append(plain(total))
        for stretch, value in adds.items():
            parts.setdefault(stretch, []).append(plain(value))
    names = names_of({stretch.unit_id for stretch in parts}, day)
    rows = [(stretch, names.get(stretch.unit_id, ""), plain(stretch.share), parts[stretch]) for stretch in parts]
    return {"sums": sums, "stretches": rows if len(rows) > 1 else [], "start": start, "end": day}


def plain(value: Decimal) -> int | float:
    """A whole number as one, others as they are."""
    return int(value) if value == value.to_integral_value() else float(value)
