"""Giving numbers: each once, in order, without a gap, however many ask at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.registers.models import Book, Number, Series, Term
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


@dataclass(frozen=True)
class Rule:
    """How a regime numbers what goes out: whether each type has its own series, and whether these begin anew with
    a committee's term or with the calendar year; `separator` stands between number and symbol."""

    by_type: bool
    by_term: bool
    separator: str


RULES = {
    "party": Rule(by_type=True, by_term=True, separator="-"),  # 36-HD/VPTW and 05-HD/VPTW: per type and term
    "youth": Rule(by_type=True, by_term=True, separator="-"),  # 29-HD/TWĐTN-VP: as the Party's
    "state": Rule(by_type=False, by_term=False, separator="/"),  # 30/2020/NĐ-CP art. 15: from 01 on 1 January
    "union": Rule(by_type=False, by_term=False, separator="/"),  # 933/QĐ-TLĐ: as the State's
    "front": Rule(by_type=False, by_term=False, separator="/"),
}
"""By regime. Incoming papers are numbered by the year in all of them (30/2020/NĐ-CP art. 22)."""


@transaction.atomic
def open_term(*, actor: Person, unit: Unit, name: str, begins_on: date, basis: str) -> Term:
    """Open a term: from its first day on the unit's outgoing series begin at 01 again, each type its own.

    Raises:
        NotAllowed: the actor may not release documents of the unit.
        Refusal: no legal basis, or a later term, or one of that day, is there already.
    """
    policy.require(actor, Action.RELEASE_DOCUMENT, unit.pk)
    if not basis.strip() or not name.strip():
        raise Refusal(_("A term has a name and a legal basis: the closing of the congress, or the decision."))
    there = _("A term that begins on this day or later is open already.")
    if Term.objects.filter(unit=unit, begins_on__gte=begins_on).exists():
        raise Refusal(there)
    with once(there):
        term = Term.objects.create(unit=unit, name=name.strip(), begins_on=begins_on, basis=basis.strip())
    values = {"name": term.name, "on": begins_on.isoformat(), "basis": term.basis}
    record(actor, Act("open_term", "unit", unit.pk, unit.pk, values))
    return term


def series_of(unit_id: int, book: str, regime: str, kind: str, on: date) -> Series:
    """The series from which a document of the type `kind` takes its number on the day; made at the first one.

    A unit whose series of the year carry a type goes on so, also where its regime allows one for all.

    Raises:
        Refusal: the regime numbers by term, and none is open.
    """
    rule = RULES[regime] if book == Book.OUTGOING else Rule(by_type=False, by_term=False, separator="/")
    term = Term.objects.filter(unit=unit_id, begins_on__lte=on).order_by("-begins_on").first()
    if rule.by_term and term is None:
        raise Refusal(_("No term of this unit is open. Open it first: its numbers begin at 01 with the term."))
    since = term.begins_on if rule.by_term and term else date(on.year, 1, 1)
    own = Series.objects.filter(unit=unit_id, book=book, since=since, type=kind)
    by_type = rule.by_type or (bool(kind) and own.exists())
    series, _made = Series.objects.get_or_create(
        unit_id=unit_id,
        book=book,
        type=kind if by_type else "",
        since=since,
        defaults={"term": term if rule.by_term else None},
    )
    return series


def next_in(series: Series) -> int:
    """Take the next number of a series; whoever else wants one waits until this transaction has ended."""
    held = Series.objects.select_for_update().get(pk=series.pk)
    number = held.next
    Series.objects.filter(pk=held.pk).update(next=number + 1)
    return number


def take_number(actor: Person, series: Series, state: str, reason: str = "") -> Number:
    """Take the next number of a series and write down what it is for; part of a larger write."""
    return Number.objects.create(
        series=series, number=next_in(series), state=state, reason=reason, taken_by=actor, taken_at=clock.now()
    )


@transaction.atomic
def reserve_number(*, actor: Person, unit: Unit, regime: str, kind: str, reason: str) -> Number:
    """Keep the next number free for a paper that is not here yet.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: no reason; as `series_of`.
    """
    policy.require(actor, Action.REGISTER_DOCUMENT, unit.pk)
    if not reason.strip():
        raise Refusal(_("Write what the number is kept free for."))
    series = series_of(unit.pk, Book.OUTGOING, regime, kind, clock.today())
    number = take_number(actor, series, Number.State.RESERVED, reason.strip())
    values = {"code": number.number, "kind": kind, "reason": number.reason}
    record(actor, Act("reserve_number", "unit", unit.pk, unit.pk, values))
    return number


@transaction.atomic
def cancel_number(*, actor: Person, number: Number, reason: str) -> Number:
    """Say that a number kept free will not be used; it stays in the book as cancelled.

    Raises:
        NotAllowed: the actor may not keep the unit's registers.
        Refusal: no reason, or it is used or cancelled already.
    """
    unit_id = number.series.unit_id
    policy.require(actor, Action.REGISTER_DOCUMENT, unit_id)
    held = Number.objects.select_for_update().get(pk=number.pk)
    if held.state != Number.State.RESERVED:
        raise Refusal(_("This number is not free any more. Reload the page."))
    if not reason.strip():
        raise Refusal(_("Write why the number is cancelled: it stays in the register."))
    held.state, held.reason = Number.State.CANCELLED, reason.strip()
    held.save()
    record(actor, Act("cancel_number", "unit", unit_id, unit_id, {"code": held.number, "reason": held.reason}))
    return held


@transaction.atomic
def continue_series(
    *, actor: Person, unit: Unit, regime: str, kind: str, book: str, start: int, reason: str
) -> Series:
    """Let a series go on at `start`, for a unit whose paper book has given numbers before.

    Raises:
        NotAllowed: the actor may not release documents of the unit.
        Refusal: no reason, a number from `start` on was given already; as `series_of`.
    """
    policy.require(actor, Action.RELEASE_DOCUMENT, unit.pk)
    if not reason.strip():
        raise Refusal(_("Write which paper book is continued."))
    series = Series.objects.select_for_update().get(pk=series_of(unit.pk, book, regime, kind, clock.today()).pk)
    if start <= series.next - 1:
        raise Refusal(_("Number %(number)s was given already.") % {"number": start})
    before, series.next = series.next, start
    series.save()
    values = {"code": [before, start], "kind": kind, "reason": reason.strip()}
    record(actor, Act("continue_series", "unit", unit.pk, unit.pk, values))
    return series
