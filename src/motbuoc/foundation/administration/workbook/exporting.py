"""The rows of the workbook: the tree and its people as a viewer may see them on a day, a few hundred at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.columns import word_of
from motbuoc.foundation.administration.workbook.unit_plan import DAY
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitHost, UnitIdentifier, UnitVersion
from motbuoc.foundation.units.services import batched

BATCH = 500
Line = list[str | int | date | None]
"""The cells of a row, in the order of the columns."""


def unit_lines(viewer: Person, day: date) -> Iterator[Line]:
    """One line for each unit that `viewer` sees on `day`, those above before those below, by code."""
    codes: dict[int, str] = {}
    parents: dict[int, int | None] = {}
    for pk, code, parent in (
        units_for(viewer, day).order_by("code").values_list("pk", "code", "parent_id").iterator()
    ):
        codes[pk], parents[pk] = code, parent
    for part in batched(_from_the_top(parents), BATCH):
        versions = {v.unit_id: v for v in UnitVersion.objects.filter(in_force(day), unit__in=part)}
        identifiers = _joined(
            (unit, f"{scheme}={value}")
            for unit, scheme, value in UnitIdentifier.objects.filter(in_force(day), unit__in=part)
            .order_by("scheme", "value")
            .values_list("unit_id", "scheme", "value")
        )
        hosts = _joined(
            (unit, codes[host])
            for unit, host in UnitHost.objects.filter(in_force(day), unit__in=part)
            .order_by("pk")
            .values_list("unit_id", "host_id")
            if host in codes
        )
        for pk in part:
            yield _unit_line(versions[pk], codes, identifiers.get(pk, ""), hosts.get(pk, ""))


def _unit_line(version: UnitVersion, codes: dict[int, str], identifiers: str, hosts: str) -> Line:
    return [
        version.code,
        version.name,
        version.short_name,
        version.symbol,
        word_of(UnitKind(version.kind)),
        codes.get(version.parent_id or 0, ""),
        version.valid_from,
        version.legal_basis,
        version.valid_until - DAY if version.is_last and version.valid_until else None,
        identifiers,
        hosts,
    ]


def _from_the_top(parents: dict[int, int | None]) -> Iterator[int]:
    """The units, each right before those below it."""
    under: dict[int | None, list[int]] = {}
    for pk, parent in parents.items():
        under.setdefault(parent if parent in parents else None, []).append(pk)
    waiting = under.get(None, [])[::-1]
    while waiting:
        pk = waiting.pop()
        yield pk
        waiting += under.get(pk, [])[::-1]


def _joined(pairs: Iterator[tuple[int, str]]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for unit, words in pairs:
        found.setdefault(unit, []).append(words)
    return {unit: "; ".join(words) for unit, words in found.items()}


def people_lines(viewer: Person, day: date) -> Iterator[Line]:
    """One line for each position held on `day` in the units that `viewer` sees, by code and title."""
    seen = policy.reach(viewer, Action.VIEW_UNIT)
    held: Any = Position.objects.filter(in_force(day), in_force(day, "unit__versions__"), unit__in=seen)
    held = held.annotate(code=F("unit__versions__code")).order_by("code", "title", "pk")
    columns = ("person_id", "person__full_name", "code", "title", "valid_from", "valid_until", "legal_basis")
    titles = {title.value: word_of(title) for title in PositionTitle}
    for person, name, code, title, start, until, basis in held.values_list(*columns).iterator():
        yield [person, name, code, titles[title], start, until - DAY if until else None, basis]
