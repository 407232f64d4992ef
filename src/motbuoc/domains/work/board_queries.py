"""What a board asks of the tables, as prepared queries over one directive's assignments in a viewer's reach.

`rows` says which; the rest count them by item, by unit and item, or by the unit above at some level of the tree.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from motbuoc.domains.work.inbox import has
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import STATE_ORDER, Horizon, lateness, overdue, state_rank
from motbuoc.domains.work.states import HANDED_IN, AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion, known_on

S = AssignmentState
DAYS = ("soon", "silent")  # asked for where a lateness is


class Shape(NamedTuple):
    """What of a question changes its SQL; the values go with it (`rows`)."""

    wide: bool
    item: str = ""  # "one", "outside" the items, or any
    state: str = ""
    lateness: int | None = None


def counts_on(today: date) -> dict[str, Count]:
    """The numbers of `Totals` as expressions over a query of assignments; what is cancelled counts nowhere."""
    return {
        "count": Count("pk", filter=~Q(state=S.CANCELLED)),
        "done": Count("pk", filter=Q(state=S.ACCEPTED)),
        "waiting": Count("pk", filter=Q(state__in=HANDED_IN)),
        "overdue": Count("pk", filter=overdue(today)),
        "not_acknowledged": Count("pk", filter=Q(state=S.ASSIGNED)),
    }


def rows(shape: Shape, values: dict[str, Any]) -> tuple[Horizon, QuerySet[Assignment]]:
    """The days, and the assignments that a board shows. Takes of `values`: document, granted, today, soon, silent,
    and where they are asked for item, under and words.
    """
    days = Horizon(values.pop("today"), values.pop("soon"), values.pop("silent"))
    found = Assignment.objects.filter(document=values.pop("document"))
    reach = policy.below(values.pop("granted"), days.today)
    if shape.wide:  # asked of each unit that has a task, not of each task: a unit has as many as there are items
        reach = reach.filter(descendant__in=found.order_by().values("unit_id").distinct())
    found = found.filter(unit__in=reach)
    if (under := values.pop("under", None)) is not None:
        found = found.filter(unit__in=policy.below((under,), days.today))
    if words := values.pop("words", ()):
        found = found.filter(unit__in=below_names(words, days.today))
    if shape.item:
        found = found.filter(provision=values.pop("item")) if shape.item == "one" else found.filter(provision=None)
    if shape.state or shape.lateness is not None:
        meant = found.filter(**({"state": shape.state} if shape.state else {}))
        if shape.lateness is not None:
            meant = meant.annotate(late=lateness(days)).filter(late=shape.lateness)
        found = found.filter(unit__in=meant.order_by().values("unit_id"))
    return days, found


def below_names(words: tuple[str, ...], day: date) -> QuerySet[UnitClosure, int]:
    """The units with all the words in a name, and those below them."""
    named = UnitVersion.objects.filter(known_on(day))
    for word in words:
        named = named.filter(has("folded", word))
    return policy.below(named.values("unit_id"), day)  # type: ignore[arg-type]


def _sums(shape: Shape, **values: Any) -> Any:
    _days, found = rows(shape, values)
    units = {
        "units": Count("unit", distinct=True, filter=~Q(state=S.CANCELLED)),
        "given": Count("unit", distinct=True),
    }
    return found.order_by().annotate(one=Value(1)).values_list("one").annotate(**units)


def _columns(shape: Shape, **values: Any) -> Any:
    days, found = rows(shape, values)
    return found.values_list("provision_id").annotate(**counts_on(days.today)).order_by()


def _units(shape: Shape, start: int, end: int | None, **values: Any) -> Any:
    days, found = rows(shape, values)
    units = Unit.objects.known_by(days.today).filter(pk__in=found.order_by().values("unit_id"))
    return units.order_by("name", "pk").values_list("pk", "name")[start:end]


def _of_units(shape: Shape, values: dict[str, Any]) -> tuple[Horizon, QuerySet[Assignment]]:
    """The same of the units `among`, which were found by the rest of what is asked (`_units`): they are few, so
    only the reach is asked again.
    """
    days = Horizon(values.pop("today"), values.pop("soon"), values.pop("silent"))
    reach = policy.holds("unit", values.pop("granted"), days.today, wide=shape.wide)
    found = Assignment.objects.filter(reach, document=values.pop("document"), unit__in=values.pop("among"))
    if shape.item:
        found = found.filter(provision=values.pop("item")) if shape.item == "one" else found.filter(provision=None)
    return days, found


def _cells(shape: Shape, **values: Any) -> Any:
    days, found = _of_units(shape, values) if "among" in values else rows(shape, values)
    counted = found.values_list("unit_id", "provision_id").annotate(
        **counts_on(days.today), rank=Min(state_rank()), late=Max(lateness(days))
    )
    return counted.annotate(first=Coalesce(Min("pk", filter=~Q(state=S.CANCELLED)), Min("pk"))).order_by()


def _of_level(shape: Shape, level: int, values: dict[str, Any]) -> Any:
    """The units that have a row at a level: those so many steps below the starts with an assignment in or below
    them, and those nearer that have one themselves.
    """
    starts = values.pop("starts")
    days, found = rows(shape, values)
    given = found.order_by().values("unit_id")
    over = UnitClosure.objects.filter(in_force(days.today), descendant__in=given).values("ancestor_id")
    here = Q(closure_above__depth=level, pk__in=over) | Q(closure_above__depth__lt=level, pk__in=given)
    units = Unit.objects.known_by(days.today)
    return units.filter(here, in_force(days.today, "closure_above__"), closure_above__ancestor__in=starts)


def _groups(shape: Shape, level: int, **values: Any) -> Any:
    found = _of_level(shape, level, values).annotate(
        is_own=Case(When(closure_above__depth__lt=level, then=Value(1)), default=Value(0))
    )
    return found.order_by("name", "pk").values_list("pk", "name", "is_own")


def _by_state(today: date) -> dict[str, Count]:
    """How many are in each of STATE_ORDER, and overdue."""
    states = {f"in_{state}": Count("pk", filter=Q(state=state)) for state in STATE_ORDER}
    return {**states, "late": Count("pk", filter=overdue(today))}


def _tied(shape: Shape, is_own: bool, values: dict[str, Any]) -> tuple[date, Any]:
    """The assignments of the units `among`, or of all below them; each with its row's unit as `top`."""
    among = values.pop("among")
    days, found = rows(shape, values)
    if is_own:
        return days.today, found.filter(unit__in=among).annotate(top=F("unit_id"))
    # As a sum, so that each unit's few ties are looked at: SQLite would seek each of the rows above each unit.
    tied = found.filter(in_force(days.today, "unit__closure_above__"))
    return days.today, tied.annotate(top=F("unit__closure_above__ancestor_id") + 0).filter(top__in=among)


def _group_cells(shape: Shape, is_own: bool, **values: Any) -> Any:
    today, found = _tied(shape, is_own, values)
    return found.values_list("top", "provision_id").annotate(**_by_state(today)).order_by()


def _group_units(shape: Shape, **values: Any) -> Any:
    among = values.pop("among")
    days, found = rows(shape, values)
    given = found.order_by().values("unit_id").distinct()
    tied = UnitClosure.objects.filter(in_force(days.today), ancestor__in=among, descendant__in=given)
    return tied.values_list("ancestor_id").annotate(units=Count("descendant")).order_by()


def _levels(wide: bool, **values: Any) -> Any:
    starts = values.pop("starts")
    days, found = rows(Shape(wide), values)
    tied = UnitClosure.objects.filter(
        in_force(days.today), ancestor__in=starts, descendant__in=found.order_by().values("unit_id")
    )
    return tied.order_by("depth").values_list("depth").annotate(units=Count("descendant"))


sums, columns = Prepared(_sums, spare=DAYS), Prepared(_columns, spare=DAYS)
units, cells = Prepared(_units, spare=DAYS), Prepared(_cells, spare=DAYS)
groups = Prepared(_groups, spare=DAYS)
group_cells, group_units = Prepared(_group_cells, spare=DAYS), Prepared(_group_units, spare=DAYS)
levels = Prepared(_levels, spare=DAYS)
