"""What stands behind a total: the entries of the units, and what was corrected since."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from motbuoc.domains.ledger.below import own_units
from motbuoc.domains.ledger.selectors import submissions_for
from motbuoc.domains.ledger.submitted import Fact, ReportingPeriod
from motbuoc.domains.ledger.totals import facts_known
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitVersion


class Entry(NamedTuple):
    """One unit's figure behind a total."""

    submission_id: int
    unit_name: str
    amount: Decimal
    category: str
    is_estimate: bool
    accepted_at: datetime
    number: int
    is_corrected: bool


class Within(NamedTuple):
    """Only the unit's own figures, without those of the units below; only one part of a breakdown (0: without)."""

    is_own: bool = False
    category: int | None = None


EVERYTHING = Within()


def entries_for(
    viewer: Person,
    period: ReportingPeriod,
    unit_id: int,
    indicators: Collection[int],
    as_of: datetime | None = None,
    within: Within = EVERYTHING,
) -> list[Entry]:
    """The figures behind a total, the largest first, as far as `viewer` may see the submissions they come from."""
    below = in_force(period.cutoff_on, "unit__closure_above__") & Q(unit__closure_above__ancestor=unit_id)
    if within.is_own:
        children = UnitVersion.objects.filter(in_force(period.cutoff_on), parent=unit_id).values("unit")
        below &= Q(unit__in=own_units(unit_id, children, period.cutoff_on))
    seen = submissions_for(viewer).filter(period=period).order_by()
    rows = facts_known(as_of).filter(below, period=period, indicator__in=indicators)
    if within.category is not None:
        rows = rows.filter(category=within.category or None)
    rows = rows.filter(source__submission__in=seen.values("pk")).order_by("-amount", "pk")
    names = dict(Unit.objects.known_by(period.cutoff_on).values_list("pk", "name"))
    found = rows.values_list(
        "source__submission",
        "unit_id",
        "amount",
        "category__name",
        "is_estimate",
        "known_from",
        "source__number",
    )
    return [
        Entry(submission, str(names.get(unit, unit)), amount, category or "", estimate, moment, number, number > 1)
        for submission, unit, amount, category, estimate, moment, number in found
    ]


def corrected_since(period: ReportingPeriod, unit_id: int, moment: datetime) -> QuerySet[Fact]:
    """The facts of a unit and all below it that were known at a moment and no longer are, the latest first."""
    below = in_force(period.cutoff_on, "unit__closure_above__") & Q(unit__closure_above__ancestor=unit_id)
    gone = Fact.objects.filter(below, period=period, known_from__lte=moment, known_until__gt=moment)
    return gone.select_related("indicator").order_by(F("known_until").desc(), "pk")


def sources_of(period: ReportingPeriod, unit_id: int) -> dict[int, list[int]]:
    """The submissions behind each figure of a unit with all below it, by indicator, as the figures are now."""
    below = in_force(period.cutoff_on, "unit__closure_above__") & Q(unit__closure_above__ancestor=unit_id)
    rows = facts_known().filter(below, period=period).order_by("source__submission")
    found: dict[int, list[int]] = {}
    for indicator, submission in rows.values_list("indicator", "source__submission").distinct():
        found.setdefault(indicator, []).append(submission)
    return found
