"""The standard list: indicators of the seven items, which a unit takes over to begin with."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from motbuoc.domains.ledger.choices import Basis, Measure
from motbuoc.domains.ledger.defining import Definition, define_breakdown, define_indicator
from motbuoc.domains.ledger.models import Breakdown, Indicator
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


@cache
def standard_list() -> dict[str, Any]:
    """The table as it is written: `breakdowns` by code, and `items` with their indicators by code."""
    found: dict[str, Any] = tomllib.loads((Path(__file__).parent / "standard_indicators.toml").read_text("utf-8"))
    return found


def missing_of(unit_id: int) -> list[str]:
    """The codes of the standard list that a unit has not defined."""
    there = set(Indicator.objects.filter(unit=unit_id).values_list("code", flat=True))
    return [code for rows in standard_list()["items"].values() for code in rows if code not in there]


def outdated_of(unit_id: int) -> list[Indicator]:
    """What a unit took over when the list did not say yet that it is no sum of the periods."""
    told = {
        code: row["name"]
        for rows in standard_list()["items"].values()
        for code, row in rows.items()
        if row.get("basis", Basis.IN_PERIOD) != Basis.IN_PERIOD
    }
    rows = Indicator.objects.filter(unit=unit_id, valid_until=None, basis=Basis.IN_PERIOD, code__in=told)
    return [row for row in rows.order_by("code") if row.name == told[row.code]]


@transaction.atomic
def correct_standard_basis(*, actor: Person, unit_id: int) -> list[Indicator]:
    """Let those of `outdated_of` count as the list says, for all periods, with a line of history each.

    What units reported stays as it is; only how periods go together was wrong, so no new series begins.

    Raises:
        NotAllowed: the actor keeps no forms there.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    rows = {code: row for each in standard_list()["items"].values() for code, row in each.items()}
    corrected = []
    for row in outdated_of(unit_id):
        fresh = claim(row, row.version)
        before, fresh.basis = fresh.basis, rows[fresh.code]["basis"]
        fresh.save()
        record(actor, Act("correct_basis", "indicator", fresh.pk, unit_id, {"basis": [before, fresh.basis]}))
        corrected.append(fresh)
    return corrected


@transaction.atomic
def take_standard_indicators(*, actor: Person, unit_id: int) -> list[Indicator]:
    """Define for a unit what it has not yet of the standard list, from the beginning of the year; what was made.

    Safe to be asked again: what is there by its code stays as it is, also what the unit has ended.

    Raises:
        NotAllowed: the actor keeps no forms there.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    missing = set(missing_of(unit_id))
    begins = date(clock.today().year, 1, 1)
    made: dict[str, int] = dict(Indicator.objects.filter(unit=unit_id, valid_until=None).values_list("code", "pk"))
    found = []
    for item, rows in standard_list()["items"].items():
        for code, row in rows.items():
            if code not in missing or any(part not in made for part in row.get("of", ())):
                continue
            what = _definition(actor, unit_id, item, code, row, made)
            indicator = define_indicator(actor=actor, unit_id=unit_id, what=what, valid_from=begins)
            made[code] = indicator.pk
            found.append(indicator)
    return found


def _definition(
    actor: Person, unit_id: int, item: str, code: str, row: dict[str, Any], made: dict[str, int]
) -> Definition:
    measure = row.get("measure", Measure.TIMES.value)
    is_known = measure in Measure.values
    numerator, denominator = row.get("of", (None, None))
    return Definition(
        code=code,
        name=row["name"],
        definition=row.get("says", ""),
        item=item,
        measure=measure if is_known else Measure.OTHER.value,
        measure_word="" if is_known else measure,
        decimals=row.get("decimals", 0),
        basis=Basis(row.get("basis", Basis.IN_PERIOD)).value,
        breakdown_id=_breakdown(actor, unit_id, row["by"]) if "by" in row else None,
        numerator_id=made[numerator] if numerator else None,
        denominator_id=made[denominator] if denominator else None,
        counter=row.get("counter", ""),
    )


def _breakdown(actor: Person, unit_id: int, code: str) -> int:
    """The breakdown of that code, made where nobody has it."""
    if there := Breakdown.objects.filter(code=code).first():
        return there.pk
    name, *parts = standard_list()["breakdowns"][code]
    return define_breakdown(actor=actor, unit_id=unit_id, code=code, name=name, categories=parts).pk
