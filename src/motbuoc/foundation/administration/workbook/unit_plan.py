"""From the rows of units to acts: what is new, what differs, and every reason why it cannot be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.columns import UNITS, word_of
from motbuoc.foundation.administration.workbook.known import Known, KnownUnit, codes_by_id
from motbuoc.foundation.administration.workbook.plan import Change, NewUnit, Plan
from motbuoc.foundation.administration.workbook.rows import Problem, UnitRow, clean
from motbuoc.foundation.units.kinds import LINE_OF, UnitKind, may_be_at_home, may_stand_under

DAY = timedelta(days=1)
At = int | str
"""Where a unit stands in the tree that would be: its id, or the code of one that the file adds."""


@dataclass
class Planned:
    """The tree as it would be, while the rows are looked at.

    `rows` by code, `new` those of new units; `moving` the ids of units that move or change their kind; `bearers`
    in which row an identifier stands; `unread` the cells (row and head) that could not be read.
    """

    known: Known
    legal_basis: str
    plan: Plan
    new: dict[str, UnitRow] = field(default_factory=dict)
    rows: dict[str, UnitRow] = field(default_factory=dict)
    parents: dict[At, At | None] = field(default_factory=dict)
    kinds: dict[At, str] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    moving: set[int] = field(default_factory=set)
    bearers: dict[tuple[str, str], int] = field(default_factory=dict)
    unread: set[tuple[int, str]] = field(default_factory=set)

    def wrong(self, row: UnitRow, key: str, sentence: str) -> None:
        """Put down that a cell is wrong."""
        self.plan.problems.append(Problem(UNITS.title, row.number, UNITS.head(key), sentence))

    @cached_property
    def by_id(self) -> dict[int, KnownUnit]:
        """The units that the actor sees, by id."""
        return {unit.pk: unit for unit in self.known.units.values()}

    def at(self, code: str) -> At | None:
        """Where the unit with a code stands; None where there is none that the actor sees."""
        unit = self.known.units.get(code)
        return unit.pk if unit else code if code in self.new else None

    def first_day(self, row: UnitRow) -> date:
        """From which day a new unit is there."""
        return row.valid_from or self.known.day

    def above(self, at: At) -> Iterator[At]:
        """A place and all above it; nothing twice, so that a cycle ends."""
        seen: set[At] = set()
        here: At | None = at
        while here is not None and here not in seen:
            seen.add(here)
            yield here
            here = self.parents.get(here)


def plan_units(rows: list[UnitRow], known: Known, legal_basis: str, plan: Plan) -> Planned:
    """Put into `plan` what the rows of units would change, and what is wrong with them."""
    planned = Planned(known, legal_basis, plan, names=codes_by_id(known.units))
    planned.parents.update(known.parents.items())
    planned.kinds.update(known.kinds.items())
    planned.unread = {(p.row, p.column) for p in plan.problems if p.sheet == UNITS.title}
    for row in rows:
        if not row.code:
            continue
        if row.code in planned.rows:
            first = {"row": planned.rows[row.code].number}
            planned.wrong(
                row, "code", _("This code stands in row %(row)s already. Each unit has one row.") % first
            )
            continue
        planned.rows[row.code] = row
        if row.code not in known.units:
            planned.new[row.code] = row
        for pair in row.identifiers or ():
            planned.bearers.setdefault(pair, row.number)
    for row in planned.rows.values():
        _place(planned, row)
    for row in planned.rows.values():
        unit = known.units.get(row.code)
        _check_change(planned, row, unit) if unit else _check_new(planned, row)
    _check_tree(planned)
    for row in planned.rows.values():
        if unit := known.units.get(row.code):
            _compare(planned, row, unit)
        else:
            plan.created.append(_made(planned, row))
    plan.moved.sort(key=lambda change: len(list(planned.above(change.unit_id))))  # from the top down
    plan.unlisted = [(u.code, u.name) for code, u in known.units.items() if code not in planned.rows]
    return planned


def _place(planned: Planned, row: UnitRow) -> None:
    """Put the row into the tree as it would be."""
    unit = planned.known.units.get(row.code)
    at: At = unit.pk if unit else row.code
    above = planned.at(row.parent) if row.parent else None
    if row.parent and above is None:
        sentence = _("No unit with the code “%(code)s” is in the file or in the installation. Check the code.")
        planned.wrong(row, "parent", sentence % {"code": row.parent})
    if unit is None or above is not None:
        if unit and planned.parents[at] != above:
            planned.moving.add(unit.pk)
        planned.parents[at] = above
    if row.kind:
        if unit and unit.kind != row.kind:
            planned.moving.add(unit.pk)
        planned.kinds[at] = row.kind


def _check_new(planned: Planned, row: UnitRow) -> None:
    known, day = planned.known, planned.first_day(row)
    if not row.kind and (row.number, UNITS.head("kind")) not in planned.unread:
        planned.wrong(row, "kind", _("“%(column)s” is missing. Fill it in.") % {"column": UNITS.head("kind")})
    if day > known.day:
        sentence = _(
            "A new unit begins on the day of the import (%(day)s) or before. Take a later day for the import."
        )
        planned.wrong(row, "valid_from", sentence % {"day": f"{known.day:%d/%m/%Y}"})
    if row.code in known.borne and ((until := known.borne[row.code]) is None or until > day):
        sentence = _("The code %(code)s already belongs to another unit. Choose another one.")
        planned.wrong(row, "code", sentence % {"code": row.code})
    if row.kind == UnitKind.TASK_BODY and not row.last_day:
        planned.wrong(row, "last_day", _("A temporary body needs the day on which it ends."))
    if row.last_day and row.last_day < max(known.day, day):
        planned.wrong(
            row, "last_day", _("This body would have ended by then. Leave it out, or write a later day.")
        )
    _check_above_new(planned, row, day)
    for key, value in (("identifiers", row.identifiers), ("hosts", row.hosts)):
        _check_lists(planned, row, key, bool(value), None)


def _check_above_new(planned: Planned, row: UnitRow, day: date) -> None:
    """The place of a new unit: whether the actor may add there, and whether what is above it was there by then."""
    known = planned.known
    if row.parent in planned.new:
        since = planned.first_day(planned.new[row.parent])
    elif unit := known.units.get(row.parent):
        if not unit.may_manage:
            planned.wrong(row, "parent", _not_allowed(Action.MANAGE_UNITS))
        is_moving = not planned.moving.isdisjoint(planned.above(unit.pk))
        since = known.day if is_moving else known.settled.get(unit.pk, known.day)
    else:
        if not row.parent and not known.may_begin_line:
            sentence = _("Only an administrator of the topmost unit may begin a new line of units.")
            planned.wrong(row, "parent", sentence)
        return
    if day < since:
        sentence = _("The unit above has stood there since %(day)s. Write that day or a later one.")
        planned.wrong(row, "valid_from", sentence % {"day": f"{since:%d/%m/%Y}"})


def _check_change(planned: Planned, row: UnitRow, unit: KnownUnit) -> None:
    """Whether the actor may change what differs, and whether the day allows it."""
    known = planned.known
    keys = [key for key in ("name", "short_name", "symbol", "kind") if _differs(row, unit, key)]
    above = planned.parents[unit.pk]
    if above != unit.parent_id:
        keys.append("parent")
        parent = known.units.get(row.parent)
        if parent and not parent.may_manage:
            planned.wrong(row, "parent", _not_allowed(Action.MANAGE_UNITS))
    for key, value in (("identifiers", row.identifiers), ("hosts", row.hosts)):
        is_other = value is not None and set(value) != _listed(planned, unit, key)
        _check_lists(planned, row, key, is_other, unit)
        keys += [key] if is_other else []
    if not keys:
        return
    if not unit.may_manage:
        planned.wrong(row, keys[0], _not_allowed(Action.MANAGE_UNITS))
    if later := known.changed_later.get(unit.pk):
        sentence = _("“%(unit)s” was changed on %(day)s. Choose that day or a later one.")
        planned.wrong(row, keys[0], sentence % {"unit": unit.name, "day": f"{later:%d/%m/%Y}"})


def _check_lists(planned: Planned, row: UnitRow, key: str, is_other: bool, unit: KnownUnit | None) -> None:
    """Identifiers belong to one unit each; host bodies are there, and others than the unit itself."""
    if not is_other:
        return
    for pair in row.identifiers or () if key == "identifiers" else ():
        bearer = planned.known.identified.get(pair)
        is_twin = planned.bearers.get(pair) != row.number
        if is_twin or (bearer is not None and (unit is None or bearer != unit.pk)):
            sentence = _("The identifier %(pair)s belongs to another unit. Check it.")
            planned.wrong(row, key, sentence % {"pair": "=".join(pair)})
    for code in row.hosts or () if key == "hosts" else ():
        if planned.at(code) is None:
            sentence = _("No unit with the code “%(code)s” is in the file or in the installation. Check the code.")
            planned.wrong(row, key, sentence % {"code": code})
        elif code == row.code:
            planned.wrong(row, key, _("A unit is not its own host. Write the code of another one."))
        elif not _may_host(planned, row.code, code):
            sentence = _("A unit of the Party or a mass organisation is at home in a State body or an enterprise.")
            planned.wrong(row, key, sentence)


def _may_host(planned: Planned, code: str, host: str) -> bool:
    """Whether the kinds allow it; where one is not known, that is told at its own cell."""
    kind, above = (planned.kinds.get(at) if (at := planned.at(each)) else None for each in (code, host))
    return not (kind and above) or may_be_at_home(kind, above)


def _check_tree(planned: Planned) -> None:
    """The tree that would be: no cycles, one topmost unit of each line, each kind where it can stand."""
    children: dict[At, list[At]] = {}
    for child, parent in planned.parents.items():
        if parent is not None:
            children.setdefault(parent, []).append(child)
    astray = {code for code, row in planned.new.items() if row.parent and planned.parents[code] is None}
    tops = [top for top in planned.kinds if planned.parents[top] is None and top not in astray]
    roots = Counter(LINE_OF[UnitKind(planned.kinds[top])] for top in tops)
    for row in planned.rows.values():
        at: At = planned.at(row.code) or row.code
        parent, kind = planned.parents[at], planned.kinds.get(at, "")
        is_touched = at in planned.moving or isinstance(at, str)
        if parent is None and kind and is_touched and not row.parent and roots[LINE_OF[UnitKind(kind)]] > 1:
            sentence = _("There is a topmost unit of this line already. Choose the unit above this one.")
            planned.wrong(row, "parent", sentence)
        if is_touched and _is_in_cycle(planned, at):
            planned.wrong(row, "parent", _("The units above this one lead back to itself. Check the codes above."))
        if is_touched and parent is not None and kind:
            _check_kind(planned, row, kind, planned.kinds.get(parent, ""), "parent" if row.parent else "kind")
        if at in planned.moving:
            for below in children.get(at, ()):
                if below not in planned.moving and not isinstance(below, str):
                    _check_kind(planned, row, planned.kinds[below], kind, "kind")


def _is_in_cycle(planned: Planned, at: At) -> bool:
    *_between, last = planned.above(at)
    return planned.parents.get(last) is not None and planned.parents[last] == at


def _check_kind(planned: Planned, row: UnitRow, kind: str, above: str, key: str) -> None:
    if above and not may_stand_under(kind, above):
        sentence = _(
            "The kind “%(kind)s” cannot stand under “%(above)s”. Choose another kind or another unit above."
        )
        words = {"kind": word_of(UnitKind(kind)), "above": word_of(UnitKind(above))}
        planned.wrong(row, key, sentence % words)


def _made(planned: Planned, row: UnitRow) -> NewUnit:
    return NewUnit(
        code=row.code,
        name=row.name,
        short_name=row.short_name or row.name[:80].strip(),
        symbol=row.symbol or row.code,
        kind=row.kind,
        parent=row.parent,
        valid_from=planned.first_day(row),
        valid_until=row.last_day + DAY if row.last_day else None,
        legal_basis=row.legal_basis or planned.legal_basis,
        identifiers=row.identifiers or (),
        hosts=row.hosts or (),
    )


def _compare(planned: Planned, row: UnitRow, unit: KnownUnit) -> None:
    """Put down what differs of a unit that is there."""
    plan, before = planned.plan, sum(map(len, planned.plan.acts))
    named = {key: getattr(row, key) for key in ("name", "short_name", "symbol") if _differs(row, unit, key)}
    if named:
        was = "; ".join(getattr(unit, key) for key in named)
        plan.renamed.append(Change(unit.pk, row.code, unit.name, was, "; ".join(named.values()), named))
    if (above := planned.parents[unit.pk]) != unit.parent_id and row.parent:
        was = planned.names.get(unit.parent_id or 0, "")
        plan.moved.append(Change(unit.pk, row.code, unit.name, was, row.parent, {"parent": above}))
    if row.kind and row.kind != unit.kind:
        kinds = word_of(UnitKind(unit.kind)), word_of(UnitKind(row.kind))
        plan.converted.append(Change(unit.pk, row.code, unit.name, *kinds, {"kind": row.kind}))
    for key, value, changes in (
        ("identifiers", row.identifiers, plan.identified),
        ("hosts", row.hosts, plan.hosted),
    ):
        had = _listed(planned, unit, key)
        told: set[Any] = set(value or ())
        if value is not None and told != had:
            values = {"add": sorted(told - had), "end": sorted(had - told)}
            changes.append(Change(unit.pk, row.code, unit.name, _told(had), _told(value), values))
    plan.unchanged_units += before == sum(map(len, plan.acts))


def _told(parts: Iterable[Any]) -> str:
    words: list[str] = ["=".join(part) if isinstance(part, tuple) else str(part) for part in parts]
    return "; ".join(sorted(words))


def _listed(planned: Planned, unit: KnownUnit, key: str) -> set[Any]:
    if key == "identifiers":
        return set(planned.known.identifiers.get(unit.pk, ()))
    return {planned.names[pk] for pk in planned.known.hosts.get(unit.pk, ())}


def _differs(row: UnitRow, unit: KnownUnit, key: str) -> bool:
    return bool(getattr(row, key)) and getattr(row, key) != clean(getattr(unit, key))


def _not_allowed(action: Action) -> str:
    return _("Your role does not allow this here: %(action)s.") % {"action": action.label}
