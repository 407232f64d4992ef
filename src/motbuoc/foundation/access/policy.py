"""The one policy. Every page, file, export and call asks one of its four questions.

A grant reaches the subtree of its unit, in the tree of the day it is asked on; where it only reads, also the
archives kept there. What is the issuing unit's own (`OF_THE_UNIT`) reaches its unit alone, and what ended units
left to it. A person holds what was granted to them, what those hold for whom they stand in, and, where
nobody works for a unit, what its next in line needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.holding import Held as Held
from motbuoc.foundation.access.holding import Through as Through
from motbuoc.foundation.access.holding import held_by as held_by
from motbuoc.foundation.access.holding import held_on as held_on
from motbuoc.foundation.access.holding import joined as joined
from motbuoc.foundation.access.holding import sources as sources
from motbuoc.foundation.access.holding import worked_for as worked_for
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import (
    ACTIONS,
    OF_ARCHIVES,
    OF_THE_UNIT,
    SECOND_FACTOR_ACTIONS,
    Action,
    Role,
    roles_with,
)
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.core.named import OfEach
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitVersion

EVERYTHING = frozenset(Action)


def limit(person: Person, actions: frozenset[Action]) -> Person:
    """Let this `Person` object, which lives for a request, do nothing but `actions`: they come by a token."""
    person.__dict__["_limits"] = actions
    return person


def limits_of(person: Person) -> frozenset[Action]:
    """The actions that this `Person` object can be allowed at all."""
    found: frozenset[Action] = person.__dict__.get("_limits", EVERYTHING)
    return found


def granted_units(person: Person, action: Action, *, on: date | None = None) -> tuple[int, ...]:
    """The units on which `person` holds a role that may do `action`; `below` gives what they reach."""
    if action not in limits_of(person):
        return ()
    roles = roles_with(action)
    held = held_by(person, on or clock.today())
    return tuple(dict.fromkeys(row.unit_id for row in held if row.role in roles))


def below(units: Iterable[int], on: date, *, archives: bool = True) -> QuerySet[UnitClosure, int]:
    """The ids of the units and of all that stand below them on the day: a query, to be joined into any list.

    With the ended units whose `archives` are kept there, which are for reading only.
    """
    closure = UnitClosure.objects.filter(in_force(on), ancestor__in=units)
    return (closure if archives else closure.filter(is_archive=False)).values_list("descendant_id", flat=True)


def tied(action: Action, on: date) -> QuerySet[UnitClosure]:
    """What ties a granted unit (`ancestor`) to those on which its grants allow `action` (`descendant`)."""
    return _tied(action in OF_THE_UNIT, action in OF_ARCHIVES, on)


def _tied(of_the_unit: bool, of_archives: bool, on: date) -> QuerySet[UnitClosure]:
    closure = UnitClosure.objects.filter(in_force(on))
    if of_the_unit:
        return closure.filter(Q(depth=0, is_archive=False) | _kept(on))
    return closure if of_archives else closure.filter(is_archive=False)


def _kept(on: date) -> Q:
    """The condition on ties in force: those of what has ended to the nearest unit that goes on, as
    `units.selectors.keeper_of` has it. Asked of each tie that is found, since to find them all takes as long as
    the tree is large.
    """
    live = Exists(UnitVersion.objects.filter(in_force(on), unit=OuterRef("ancestor")))
    nearer = UnitClosure.objects.filter(
        in_force(on), live, is_archive=True, descendant=OuterRef("descendant"), depth__lt=OuterRef("depth")
    )
    return Q(is_archive=True) & Q(live) & ~Q(Exists(nearer))


WIDE = 500  # units below the granted ones from which a list asks of each row rather than naming all units


def holds(
    column: str, units: Collection[int], on: date, *, wide: bool, archives: bool = True, walked: bool = False
) -> Q:
    """The condition that the unit in `column` is one of `units` or stands below one of them on the day.

    Few units are named, and the rows found by them; of `wide` ones each row is asked instead: to name all units of
    a province for a page of twenty rows would cost more than the page. `walked`: rows are passed until some are
    found.
    """
    if not wide:
        return Q(**{f"{column}__in": below(units, on, archives=archives)})
    tied = UnitClosure.objects.filter(in_force(on), ancestor__in=units, descendant=OuterRef(column))
    tied = tied if archives else tied.filter(is_archive=False)
    return Q(OfEach(tied) if walked else Exists(tied))


def _some_below(*, units: tuple[int, ...], day: date) -> QuerySet[UnitClosure, Any]:
    return below(units, day)[WIDE : WIDE + 1].values_list("descendant_id")


_more_than_few = Prepared(_some_below)


def is_wide(person: Person, units: tuple[int, ...], on: date) -> bool:
    """Whether more than WIDE units stand below `units`; asked once for each `Person` object, as `held_by`."""
    known: dict[Any, bool] = person.__dict__.setdefault("_wide", {})
    if (units, on) not in known:
        known[units, on] = bool(units and _more_than_few(units=units, day=on))
    return known[units, on]


def within_reach(person: Person, action: Action, column: str, *, on: date | None = None) -> Q:
    """The condition that `person` may do `action` on the unit in `column`."""
    day, units = on or clock.today(), granted_units(person, action, on=on)
    if action in OF_THE_UNIT:
        return Q(**{f"{column}__in": reach(person, action, on=on)})
    return holds(column, units, day, wide=is_wide(person, units, day), archives=action in OF_ARCHIVES)


def grants_of(person: Person, *, on: date | None = None) -> QuerySet[Grant]:
    """The grants that `person` holds on the day, wherever they reach."""
    return Grant.objects.filter(in_force(on or clock.today()), person=person)


def actions_of(person: Person, *, on: date | None = None) -> frozenset[Action]:
    """Everything that `person` may do somewhere."""
    held = held_by(person, on or clock.today())
    return limits_of(person) & frozenset().union(*(ACTIONS[Role(row.role)] for row in held))


def may(person: Person, action: Action, *, on: date | None = None) -> bool:
    """Whether `person` may do `action` anywhere at all."""
    return action in actions_of(person, on=on)


def needs_second_factor(person: Person) -> bool:
    """Whether what `person` may do somewhere is too much for a password alone."""
    return bool(actions_of(person) & SECOND_FACTOR_ACTIONS)


def reach(person: Person, action: Action, *, on: date | None = None) -> QuerySet[UnitClosure, int]:
    """The ids of the units on which `person` may do `action`: a query, to be joined into any list."""
    day = on or clock.today()
    granted = tied(action, day).filter(ancestor__in=granted_units(person, action, on=day))
    return granted.values_list("descendant_id", flat=True)


def may_on(person: Person, action: Action, unit_id: int, *, on: date | None = None) -> bool:
    """Whether `person` may do `action` on the unit."""
    granted, day = granted_units(person, action, on=on), on or clock.today()
    of_kind = action in OF_THE_UNIT, action in OF_ARCHIVES
    return bool(granted and _ties(*of_kind, granted=granted, unit=unit_id, day=day))


def _ties_query(of_the_unit: bool, of_archives: bool, *, granted: tuple[int, ...], unit: int, day: date) -> Any:
    found = _tied(of_the_unit, of_archives, day).filter(ancestor__in=granted, descendant=unit)
    return found.order_by().values_list("pk")[:1]


_ties = Prepared(_ties_query)  # asked several times by the page of anything


def who_may(action: Action, unit: Unit, *, on: date | None = None) -> QuerySet[Person]:
    """The people who may do `action` on `unit`: by grant, as stand-ins, or as the next in line."""
    day = on or clock.today()
    above = tied(action, day).filter(descendant=unit).values("ancestor_id")
    own, covered, acting = sources(day, roles_with(action))
    rows = own.filter(unit__in=above), covered.filter(position__unit__in=above), acting.filter(unit__in=above)
    people = {pk for found in rows for pk in found.values_list("person_id", flat=True)}
    return Person.objects.filter(pk__in=people)


def require(person: Person, action: Action, unit_id: int, *, on: date | None = None) -> None:
    """Go on only if `person` may do `action` on the unit.

    Raises:
        NotAllowed: they may not.
    """
    if not may_on(person, action, unit_id, on=on):
        raise refusal(person, (action,), unit_id)


def refusal(person: Person, actions: Collection[Action], unit_id: int | None = None) -> NotAllowed:
    """The refusal to do one of `actions`, on the unit or anywhere; where a right to it has ended it says when."""
    named = "; ".join(str(action.label) for action in actions)
    last = _ended(person, actions, unit_id)
    if last is None:
        return NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": named})
    words = _(
        "Your right to this ended on %(day)s: %(action)s. Leave it to whoever has it now, or ask whoever looks "
        "after rights to give it to you again."
    )
    return NotAllowed(words % {"day": f"{last - clock.ONE_DAY:%d/%m/%Y}", "action": named})


def _ended(person: Person, actions: Collection[Action], unit_id: int | None) -> date | None:
    """The last day from which a grant of `person` no longer allows one of `actions` on the unit, or anywhere.

    None where no grant of theirs reached it, or none would reach it today: then none has ended that they miss.
    """
    allowed, today = limits_of(person), clock.today()
    found: list[date] = []
    for action in allowed.intersection(actions):
        over = Grant.objects.filter(person=person.pk, role__in=roles_with(action), valid_until__lte=today)
        ends: Any = over.filter(valid_until__gt=F("valid_from")).values_list("unit_id", "valid_until")
        for granted, until in ends:
            if unit_id is None or all(
                tied(action, day).filter(ancestor=granted, descendant=unit_id).exists()
                for day in (until - clock.ONE_DAY, today)
            ):
                found.append(until)
    return max(found, default=None)


CLEARANCES = {
    Classification.INTERNAL: Action.VIEW_INTERNAL,
    Classification.RESTRICTED: Action.VIEW_RESTRICTED,
}
"""The right to read each class beside the normal one."""


def granted_for(person: Person, action: Action, classification: str, *, on: date | None = None) -> tuple[int, ...]:
    """The units on which `person` was given a role that may do `action`, and one that reads the class."""
    granted = granted_units(person, action, on=on)
    clearance = CLEARANCES.get(Classification(classification))
    if clearance is None:
        return granted
    reading = set(granted_units(person, clearance, on=on))
    return tuple(unit for unit in granted if unit in reading)


class Sight(NamedTuple):
    """What a person may see: for each group of classes, the granted units below which they may be seen.

    Two plain tuples, so that a prepared query can take `shape` (the classes of each group, how many units it has,
    and whether these are wide) as its shape and `units` (those of all groups, one after the other) as a value.
    """

    shape: tuple[tuple[tuple[str, ...], int, bool], ...]
    units: tuple[int, ...]


def sight(person: Person, action: Action, *, on: date | None = None) -> Sight:
    """Where `person` may do `action`, class by class; one group where all grants read all classes."""
    groups: dict[tuple[int, ...], list[str]] = {}
    for classification in Classification.values:
        if units := granted_for(person, action, classification, on=on):
            groups.setdefault(units, []).append(classification)
    day = on or clock.today()
    shape = tuple((tuple(classes), len(units), is_wide(person, units, day)) for units, classes in groups.items())
    return Sight(shape, tuple(unit for units in groups for unit in units))


def cleared(seen: Sight, within: Callable[[tuple[int, ...], bool], Q], *classifications: str) -> Q:
    """The condition of a list: rows `within` granted units (and whether these are wide), of classes seen there.

    `classifications` name the fields that hold the classes. They are not asked for where every class may be seen,
    so that the query stays as it would be without classes.
    """
    found, start = [], 0
    for classes, count, wide in seen.shape:
        rows = within(seen.units[start : start + count], wide)
        start += count
        if len(classes) < len(Classification):
            rows &= Q(**{f"{field}__in": classes for field in classifications})
        found.append(rows)
    return reduce(or_, found) if found else Q(pk__in=())
