"""What a plan would do, as figures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.administration.workbook.plan import Change, Plan
from motbuoc.foundation.administration.workbook.unit_plan import DAY
from motbuoc.foundation.people.models import PositionTitle
from motbuoc.foundation.units.kinds import UnitKind

SHOWN = 100  # rows of one table


@dataclass(frozen=True)
class Section:
    """One table of the preview: `total` rows, of which `rows` are shown, each a list of cells under `heads`."""

    title: str
    heads: tuple[str, ...]
    rows: list[tuple[str, ...]]
    total: int

    @property
    def cells(self) -> list[list[tuple[str, str]]]:
        """The rows, each cell with its head."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def more(self) -> int:
        """How many rows are not shown."""
        return self.total - len(self.rows)


def figures_of(plan: Plan) -> list[tuple[int, str, str]]:
    """The counts: number, label, note."""
    new = _("of them new people: %(count)s") % {"count": plan.new_people} if plan.new_people else ""
    alone = _("units; positions: %(count)s") % {"count": plan.unchanged_positions}
    return [
        (len(plan.created), _("New units"), ""),
        (len(plan.renamed), _("Renamed"), ""),
        (len(plan.moved), _("Moved"), ""),
        (len(plan.converted), _("Converted"), ""),
        (len(plan.identified) + len(plan.hosted), _("Identifiers, host bodies"), ""),
        (len(plan.appointed), _("Positions begun"), new),
        (len(plan.ended), _("Positions ended"), ""),
        (plan.unchanged_units, _("Left alone"), alone),
    ]


def sections_of(plan: Plan) -> list[Section]:
    """The tables of what would be done, without empty ones, and of the units that the file does not name."""
    sections = [_created(plan), *_changes(plan), _appointed(plan), _ended(plan), _unlisted(plan)]
    return [section for section in sections if section.total]


def _section(title: str, heads: tuple[str, ...], rows: list[Any], told: Any) -> Section:
    return Section(title, heads, [told(row) for row in rows[:SHOWN]], len(rows))


def _created(plan: Plan) -> Section:
    heads = (_("Code"), _("Name"), _("Kind"), _("Under"), _("From"), _("Legal basis"))
    return _section(
        _("New units"),
        heads,
        plan.created,
        lambda r: (r.code, r.name, str(UnitKind(r.kind).label), r.parent, _day(r.valid_from), r.legal_basis),
    )


def _changes(plan: Plan) -> Iterable[Section]:
    heads = (_("Code"), _("Name"), _("Before"), _("After"))
    for title, changes in (
        (_("Renamed"), plan.renamed),
        (_("Moved under another unit"), plan.moved),
        (_("Converted to another kind"), plan.converted),
        (_("Identifiers"), plan.identified),
        (_("Host bodies"), plan.hosted),
    ):
        yield _section(title, heads, changes, _change)


def _change(change: Change) -> tuple[str, ...]:
    return change.code, change.name, change.before, change.after


def _appointed(plan: Plan) -> Section:
    heads = (_("Person"), _("Unit"), _("Position"), _("From"), _("Last day"))
    return _section(
        _("Positions begun"),
        heads,
        plan.appointed,
        lambda r: (
            r.full_name if r.person_id else _("%(name)s (new)") % {"name": r.full_name},
            r.unit,
            str(PositionTitle(r.title).label),
            _day(r.valid_from),
            _day(r.valid_until and r.valid_until - DAY),
        ),
    )


def _ended(plan: Plan) -> Section:
    heads = (_("Person"), _("Unit"), _("Position"), _("Last day"))
    return _section(
        _("Positions ended"),
        heads,
        plan.ended,
        lambda r: (r.full_name, r.unit, str(PositionTitle(r.title).label), _day(r.valid_until - DAY)),
    )


def _unlisted(plan: Plan) -> Section:
    title = _("Units that the file does not name: they stay as they are")
    return _section(title, (_("Code"), _("Name")), plan.unlisted, tuple)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
