"""Figures that units reported themselves and that are unlike all their earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from motbuoc.domains.ledger.courses import A_YEAR, Slots, in_each, took_over
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Jump
from motbuoc.domains.ledger.submitted import Fact, Submission
from motbuoc.domains.ledger.usual import Usual, is_jump, usual_of

Own = dict[int, dict[int, dict[int, Decimal]]]
"""By unit, by indicator, by period: what the unit reported of itself."""


def own_figures(slots: Slots, units: Collection[int]) -> Own:
    """The accepted figures of units without what is below them."""
    rows = Fact.objects.filter(unit__in=units, period__in=slots.opened, known_until=None).order_by()
    found: Own = defaultdict(lambda: defaultdict(dict))
    for unit, indicator, period, amount in rows.values_list("unit", "indicator", "period").annotate(
        total=Sum("amount")
    ):
        found[unit][indicator][period] = amount
    return found


def jumps_in(slots: Slots, units: Collection[int], indicators: Mapping[int, Indicator]) -> list[Jump]:
    """The jumps of units in each period, each beside what came before it."""
    own, began = own_figures(slots, units), took_over(units)
    rows = Submission.objects.filter(period__in=slots.opened, unit__in=units, number__gt=0).order_by()
    submissions = {(period, unit): pk for pk, period, unit in rows.values_list("pk", "period", "unit")}
    found = []
    for unit, by_indicator in own.items():
        for pk, by_period in by_indicator.items():
            amounts = [by_period.get(period.pk) if period else None for period in slots.periods]
            each = in_each(amounts, slots, indicators[pk])
            found += [
                _jump(submissions[period.pk, unit], indicators[pk], amount, usual)
                for at, (period, amount) in enumerate(zip(slots.periods, each, strict=True))
                if period and amount is not None and (period.pk, unit) in submissions
                if (usual := usual_of(past_of(slots, each, at, began.get(unit)))) and is_jump(amount, usual)
            ]
    return found


def past_of(slots: Slots, each: list[Decimal | None], at: int, began: date | None) -> list[Decimal]:
    """The figures before a place, since the unit took over from another."""
    return [
        value
        for period, value in zip(slots.periods[:at], each[:at], strict=True)
        if period and value is not None and (began is None or period.cutoff_on >= began)
    ]


@dataclass(frozen=True)
class Odd:
    """A figure that stands in a report and is unlike all that the unit gave before."""

    indicator: Indicator
    amount: Decimal
    usual: Usual


def odd_in(submission: Submission, amounts: Mapping[int, Decimal]) -> list[Odd]:
    """Which figures of a report, by indicator, are unlike the unit's own past; for whoever looks at it."""
    period, unit = submission.period, submission.unit_id
    if period.schedule.cycle not in A_YEAR:
        return []
    slots = Slots.up_to(period)
    own, began = own_figures(slots, [unit])[unit], took_over([unit]).get(unit)
    found = []
    for indicator in Indicator.objects.filter(pk__in=amounts).order_by("item", "code", "pk"):
        past = [own[indicator.pk].get(each.pk) if each else None for each in slots.periods[:-1]]
        each = in_each([*past, amounts[indicator.pk]], slots, indicator)
        amount, usual = each[-1], usual_of(past_of(slots, each, len(past), began))
        if amount is not None and usual and is_jump(amount, usual):
            found.append(Odd(indicator, amount, usual))
    return found


def _jump(submission: int, indicator: Indicator, amount: Decimal, usual: Usual) -> Jump:
    return Jump(
        submission_id=submission,
        indicator=indicator,
        amount=amount,
        middle=usual.middle,
        smallest=usual.smallest,
        largest=usual.largest,
        count=usual.periods,
    )
