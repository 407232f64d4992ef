"""Identifiers of units in schemes of others, and the legal bodies where units are at home: begun and ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, FilteredRelation, QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import TimeSpan, in_force, not_over
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.selectors import reached
from motbuoc.foundation.units.kinds import may_be_at_home
from motbuoc.foundation.units.models import Unit, UnitHost, UnitIdentifier, UnitVersion, known_on


def identifiers_of(unit_id: int, day: date) -> QuerySet[UnitIdentifier]:
    """The identifiers that a unit bears on the day, by scheme."""
    return UnitIdentifier.objects.filter(in_force(day), unit=unit_id).order_by("scheme", "value")


def hosts_of(viewer: Person, unit_id: int, day: date) -> QuerySet[UnitHost]:
    """Where a unit is at home on the day; each with `other_id`, `other_name`, `is_seen` by `viewer`."""
    return _ties(viewer, UnitHost.objects.filter(in_force(day), unit=unit_id), "host", day)


def hosted_by(viewer: Person, unit_id: int, day: date) -> QuerySet[UnitHost]:
    """Which units are at home in a body on the day, in the same way."""
    return _ties(viewer, UnitHost.objects.filter(in_force(day), host=unit_id), "unit", day)


def _ties(viewer: Person, rows: QuerySet[UnitHost], side: str, day: date) -> QuerySet[UnitHost]:
    path = f"{side}__versions"
    dated = rows.annotate(dated=FilteredRelation(path, condition=known_on(day, f"{path}__")))
    return dated.annotate(
        other_id=F(side), other_name=F("dated__name"), is_seen=reached(viewer, Action.VIEW_UNIT, side)
    ).order_by("other_name", "pk")


@transaction.atomic
def add_identifier(*, actor: Person, unit: Unit, scheme: str, value: str, on: date) -> UnitIdentifier:
    """Give a unit an identifier in a scheme from a day on. The value is kept as it is written.

    Raises:
        NotAllowed: the actor may not reorganise the unit.
        Refusal: something is missing, the unit does not exist then, or a unit bears the value from then on.
    """
    scheme, value = " ".join(scheme.split()), value.strip()
    _check(actor, unit, on)
    if not scheme or not value:
        raise Refusal(_("Write the scheme and the value."))
    later = not_over(on)
    if UnitIdentifier.objects.filter(later, scheme=scheme, value=value).exists():
        words = {"scheme": scheme, "value": value}
        raise Refusal(_("%(value)s is in use in the scheme %(scheme)s. End it there first.") % words)
    made = UnitIdentifier.objects.create(unit=unit, scheme=scheme, value=value, valid_from=on)
    told = {"scheme": scheme, "value": value, "on": on.isoformat()}
    record(actor, Act("add_identifier", "unit", unit.pk, unit.pk, told))
    return made


@transaction.atomic
def end_identifier(*, actor: Person, identifier: UnitIdentifier, on: date) -> None:
    """Let a unit bear an identifier no longer from a day on.

    Raises:
        NotAllowed, Refusal: it has ended by then, or begins later.
    """
    policy.require(actor, Action.MANAGE_UNITS, identifier.unit_id)
    _end(identifier, on)
    told = {"scheme": identifier.scheme, "value": identifier.value, "on": on.isoformat()}
    record(actor, Act("end_identifier", "unit", identifier.unit_id, identifier.unit_id, told))


@transaction.atomic
def add_host(*, actor: Person, unit: Unit, host: Unit, on: date) -> UnitHost:
    """Let a unit of the Party or of a mass organisation be at home in a legal body from a day on.

    Raises:
        NotAllowed: the actor may not reorganise the unit.
        Refusal: one does not exist then, they are not of such lines, or they are tied already.
    """
    _check(actor, unit, on)
    kinds = dict(UnitVersion.objects.filter(in_force(on), unit__in=[unit, host]).values_list("unit_id", "kind"))
    if len(kinds) < 2 or not may_be_at_home(kinds[unit.pk], kinds[host.pk]):
        raise Refusal(_("A unit of the Party or a mass organisation is at home in a State body or an enterprise."))
    later = not_over(on)
    if UnitHost.objects.filter(later, unit=unit, host=host).exists():
        raise Refusal(_("The unit is at home there already."))
    made = UnitHost.objects.create(unit=unit, host=host, valid_from=on)
    told = {"host": host.pk, "on": on.isoformat()}
    record(actor, *(Act("add_host", "unit", pk, pk, told | {"unit": unit.pk}) for pk in (unit.pk, host.pk)))
    return made


@transaction.atomic
def end_host(*, actor: Person, tie: UnitHost, on: date) -> None:
    """Let a unit be at home in a body no longer from a day on.

    Raises:
        NotAllowed, Refusal: it has ended by then, or begins later.
    """
    policy.require(actor, Action.MANAGE_UNITS, tie.unit_id)
    _end(tie, on)
    told = {"unit": tie.unit_id, "host": tie.host_id, "on": on.isoformat()}
    record(actor, *(Act("end_host", "unit", pk, pk, told) for pk in (tie.unit_id, tie.host_id)))


def _check(actor: Person, unit: Unit, on: date) -> None:
    policy.require(actor, Action.MANAGE_UNITS, unit.pk)
    if not UnitVersion.objects.filter(in_force(on), unit=unit).exists():
        raise Refusal(_("The unit does not exist on that day. Choose another date or another unit."))


def _end(row: TimeSpan, on: date) -> None:
    """End a dated row on `on`; nothing ends before its first day has passed."""
    on = max(on, row.valid_from + clock.ONE_DAY)
    if row.valid_until is not None and row.valid_until <= on:
        raise Refusal(_("It has ended by that day already."))
    row.valid_until = on
    row.save(update_fields=["valid_until"])
