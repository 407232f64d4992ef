"""Writes to what is counted: indicators, what breaks them down, what others call them, targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import Basis, Measure
from motbuoc.domains.ledger.counters import COUNTERS
from motbuoc.domains.ledger.models import Breakdown, Category, Indicator, Mapping
from motbuoc.domains.ledger.submitted import Target
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_CATEGORIES = 40


@dataclass(frozen=True)
class Definition:
    """What an indicator is; `numerator` and `denominator` make it a share, `counter` what the system counts."""

    code: str
    name: str
    definition: str = ""
    item: str = ""
    measure: str = Measure.TIMES
    measure_word: str = ""
    decimals: int = 0
    basis: str = Basis.IN_PERIOD
    may_estimate: bool = True
    breakdown_id: int | None = None
    numerator_id: int | None = None
    denominator_id: int | None = None
    counter: str = ""


@transaction.atomic
def define_breakdown(*, actor: Person, unit_id: int, code: str, name: str, categories: Sequence[str]) -> Breakdown:
    """Say by what figures may be broken down.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: a name is missing, there are fewer than two parts or too many, or a part is named twice.
        Collision: the code is taken.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    names = [plain for each in categories if (plain := " ".join(each.split()))]
    if not code.strip() or not name.strip():
        raise Refusal(_("Give it a code and a name."))
    if not 2 <= len(names) <= MOST_CATEGORIES or len(set(names)) < len(names):
        words = _("Name from 2 to %(most)s different parts, one a line.")
        raise Refusal(words % {"most": MOST_CATEGORIES})
    with once(_("There is a breakdown of this code already.")):
        breakdown = Breakdown.objects.create(code=code.strip(), name=name.strip())
    Category.objects.bulk_create(
        Category(breakdown=breakdown, name=each, position=position) for position, each in enumerate(names)
    )
    values = {"code": breakdown.code, "name": breakdown.name, "categories": names}
    record(actor, Act("define_breakdown", "breakdown", breakdown.pk, unit_id, values))
    return breakdown


@transaction.atomic
def define_indicator(
    *, actor: Person, unit_id: int, what: Definition, valid_from: date | None = None
) -> Indicator:
    """Define an indicator for the forms of a unit and of those below it.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: a name, code or measure is missing; a share has not both parts, or parts that are shares; a
            counter is unknown.
        Collision: the code is taken.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    indicator = _new(actor, unit_id, what, valid_from or clock.today())
    with once(_("There is an indicator of this code already. Change that one, or choose another code.")):
        indicator.save()
    record(actor, Act("define_indicator", "indicator", indicator.pk, unit_id, _said(what)))
    return indicator


def _new(actor: Person, unit_id: int, what: Definition, valid_from: date) -> Indicator:
    _check(what)
    return Indicator(
        unit_id=unit_id, made_by=actor, valid_from=valid_from, **asdict(what) | {"code": what.code.strip()}
    )


def _check(what: Definition) -> None:
    if not what.code.strip() or not what.name.strip():
        raise Refusal(_("Give it a code and a name."))
    if what.measure == Measure.OTHER and not what.measure_word.strip():
        raise Refusal(_("Write what it is measured in."))
    if not 0 <= what.decimals <= 3:
        raise Refusal(_("At most three digits behind the comma."))
    if (what.numerator_id is None) != (what.denominator_id is None):
        raise Refusal(_("A share needs both: what is counted, and out of what."))
    if what.numerator_id is not None:
        named = [pk for pk in (what.numerator_id, what.denominator_id) if pk]
        parts = Indicator.objects.filter(pk__in=named, denominator=None)
        if what.numerator_id == what.denominator_id or parts.count() < 2:
            raise Refusal(_("A share is made of two different indicators that are no shares themselves."))
        if what.counter:
            raise Refusal(_("A share is worked out from its parts: let these be counted instead."))
    if what.counter and what.counter not in COUNTERS:
        raise Refusal(_("The system has no such counter."))


def _said(what: Definition) -> dict[str, Any]:
    return {name: value for name, value in asdict(what).items() if value not in ("", None)}


@transaction.atomic
def redefine_indicator(
    *, actor: Person, indicator: Indicator, version: int, what: Definition, valid_from: date
) -> Indicator:
    """Let an indicator end and another go on in its place from a day: the series is marked as broken there.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: as `define_indicator`; or the day is not after its first one, or it has ended.
    """
    policy.require(actor, Action.KEEP_FORMS, indicator.unit_id)
    old = claim(indicator, version)
    if old.valid_until is not None:
        raise Refusal(_("This indicator has ended already."))
    if valid_from <= old.valid_from:
        raise Refusal(_("The new definition must begin after the old one."))
    old.valid_until = valid_from
    old.save()
    new = _new(actor, old.unit_id, what, valid_from)
    new.succeeds = old
    with once(_("There is an indicator of this code already. Change that one, or choose another code.")):
        new.save()
    values = {"succeeds": old.pk, "valid_from": valid_from.isoformat(), **_said(what)}
    record(actor, Act("redefine_indicator", "indicator", new.pk, old.unit_id, values))
    return new


@transaction.atomic
def end_indicator(*, actor: Person, indicator: Indicator, version: int, valid_until: date) -> Indicator:
    """Ask for an indicator no more in periods that begin on that day or later.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it has ended, or the day is not after its first one.
    """
    policy.require(actor, Action.KEEP_FORMS, indicator.unit_id)
    fresh = claim(indicator, version)
    if fresh.valid_until is not None:
        raise Refusal(_("This indicator has ended already."))
    if valid_until <= fresh.valid_from:
        raise Refusal(_("It must end after it began."))
    fresh.valid_until = valid_until
    fresh.save()
    values = {"valid_until": valid_until.isoformat()}
    record(actor, Act("end_indicator", "indicator", fresh.pk, fresh.unit_id, values))
    return fresh


@transaction.atomic
def map_indicator(*, actor: Person, indicator: Indicator, requester: str, code: str, name: str = "") -> Mapping:
    """Say what another requester calls an indicator; said again, it takes the place of what was said before.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: the requester or their code is missing.
    """
    policy.require(actor, Action.KEEP_FORMS, indicator.unit_id)
    if not requester.strip() or not code.strip():
        raise Refusal(_("Write who asks for it, and by which code."))
    mapping, _made = Mapping.objects.update_or_create(
        indicator=indicator, requester=requester.strip(), defaults={"code": code.strip(), "name": name.strip()}
    )
    values = {"requester": mapping.requester, "code": mapping.code}
    record(actor, Act("map_indicator", "indicator", indicator.pk, indicator.unit_id, values))
    return mapping


@transaction.atomic
def set_target(*, actor: Person, unit_id: int, indicator: Indicator, year: int, amount: Decimal) -> Target:
    """Say what a unit is to reach of an indicator in a year.

    Raises:
        NotAllowed: the actor keeps no forms for the unit.
        Refusal: the amount is negative.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    if amount < 0:
        raise Refusal(_("A target is a number from 0 on."))
    target, made = Target.objects.get_or_create(
        unit_id=unit_id, indicator=indicator, year=year, defaults={"amount": amount, "set_by": actor}
    )
    before = None if made else target.amount
    if not made:
        target = claim(target, None)
        target.amount, target.set_by, target.set_at = amount, actor, clock.now()
        target.save()
    values = {"indicator": indicator.pk, "year": year, "amount": [str(before) if before else None, str(amount)]}
    record(actor, Act("set_target", "indicator", indicator.pk, unit_id, values))
    return target
