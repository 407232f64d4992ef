"""Doing what a plan says: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from itertools import chain
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from motbuoc.foundation.administration.services import end_position
from motbuoc.foundation.administration.workbook.plan import Appointment, Change, NewUnit, Plan
from motbuoc.foundation.administration.workbook.planning import plan_import
from motbuoc.foundation.administration.workbook.rows import Tables
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.services import Act, write_lines
from motbuoc.foundation.people.models import Person, Position
from motbuoc.foundation.reorganisation import in_bulk
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitHost, UnitIdentifier, UnitVersion
from motbuoc.foundation.units.planting import Seedling
from motbuoc.foundation.units.services import batched, hold_tree

BATCH = 500


def import_workbook(
    *, actor: Person, tables: Tables, basis: Basis, previewed: str, file: StoredFile | None = None
) -> Plan:
    """Do what the sheets of a file change on the day of `basis`, and return what was done.

    `previewed` is the digest of the plan that the actor saw; `file`, where it is kept, is told in the history.

    Raises:
        NotAllowed: the actor may not change one of the units.
        Refusal: something in the file is wrong, the basis is missing, or nothing would change.
        Collision: the installation changed since the preview, so that something else would be done.
    """
    if not basis.legal_basis.strip():
        raise Refusal(_("Name the document on which this rests."))
    try:
        return _carry_out(actor, tables, basis, previewed, file)
    except IntegrityError as clash:  # somebody else wrote the same in the very moment
        raise _changed() from clash


def _changed() -> Collision:
    return Collision(
        _("The tree has changed since you looked at this. Nothing was written; look at it once more.")
    )


@transaction.atomic
def _carry_out(actor: Person, tables: Tables, basis: Basis, previewed: str, file: StoredFile | None) -> Plan:
    hold_tree()
    plan = plan_import(actor, tables, basis.effective_on, basis.legal_basis)
    if plan.digest != previewed:
        raise _changed()
    if plan.problems:
        raise Refusal(_("The file has errors. Nothing was written."))
    if plan.is_empty:
        raise Refusal(_("The file says what is there already. There is nothing to do."))
    units = _change_tree(actor, plan, basis)
    touched = _people(actor, plan, units)
    if file:
        counts = {"on": basis.effective_on.isoformat(), "basis": basis.legal_basis, "sha256": file.sha256}
        write_lines(actor, [Act("import_units", "unit", touched, touched, counts)])
    return plan


def _change_tree(actor: Person, plan: Plan, basis: Basis) -> dict[str, int]:
    """New names and kinds, new units, moves from the top down; then whether every kind stands where it can."""
    renamed = {change.unit_id: change.values for change in plan.renamed}
    in_bulk.rename_units(actor=actor, names=renamed, basis=basis)
    kinds = {change.unit_id: UnitKind(change.values["kind"]) for change in plan.converted}
    in_bulk.convert_units(actor=actor, kinds=kinds, basis=basis)
    codes = _codes(plan, basis.effective_on)
    seedlings = [_seedling(new, codes) for new in plan.created]
    made = in_bulk.add_units(actor=actor, seedlings=seedlings, basis=basis)
    codes |= made
    moves = {change.unit_id: codes[str(change.after)] for change in plan.moved}
    in_bulk.move_units(actor=actor, moves=moves, basis=basis, made=made.values())
    in_bulk.check_places({*kinds, *moves}, basis)
    _identify(actor, plan, codes, basis.effective_on)
    return codes


def _codes(plan: Plan, day: date) -> dict[str, int]:
    """The ids of the units that the plan names and that are there, by code."""
    named = {row.parent for row in plan.created} | {str(change.after) for change in plan.moved}
    named |= {row.unit for row in plan.appointed} | {row.unit for row in plan.ended}
    named |= {code for row in plan.created for code in row.hosts}
    named |= {code for change in plan.hosted for code in chain(change.values["add"], change.values["end"])}
    found: dict[str, int] = {}
    for part in batched(named - {""}, BATCH):
        versions = UnitVersion.objects.filter(in_force(day), code__in=part)
        found |= dict(versions.values_list("code", "unit_id"))
    return found


def _seedling(new: NewUnit, codes: dict[str, int]) -> Seedling:
    return Seedling(
        code=new.code,
        name=new.name,
        short_name=new.short_name,
        kind=UnitKind(new.kind),
        parent=codes.get(new.parent, new.parent) or None,
        valid_from=new.valid_from,
        symbol=new.symbol,
        legal_basis=new.legal_basis,
        valid_until=new.valid_until,
    )


def _identify(actor: Person, plan: Plan, codes: dict[str, int], day: date) -> None:
    """Identifiers and host bodies: what is listed no more ends, what is new begins on the day."""
    new = [(codes[row.code], row) for row in plan.created]
    pairs = [(pk, *pair) for pk, row in new for pair in row.identifiers]
    pairs += [(change.unit_id, *pair) for change in plan.identified for pair in change.values["add"]]
    for change in plan.identified:
        for scheme, value in change.values["end"]:
            _end(UnitIdentifier.objects.filter(unit=change.unit_id, scheme=scheme, value=value), day)
    UnitIdentifier.objects.bulk_create(
        (UnitIdentifier(unit_id=pk, scheme=s, value=v, valid_from=day) for pk, s, v in pairs), batch_size=BATCH
    )
    hosts = [(pk, codes[code]) for pk, row in new for code in row.hosts]
    hosts += [(change.unit_id, codes[code]) for change in plan.hosted for code in change.values["add"]]
    for change in plan.hosted:
        ended = [codes[code] for code in change.values["end"]]
        _end(UnitHost.objects.filter(unit=change.unit_id, host__in=ended), day)
    UnitHost.objects.bulk_create(
        (UnitHost(unit_id=pk, host_id=host, valid_from=day) for pk, host in hosts), batch_size=BATCH
    )
    _tell_changes(actor, "identify_unit", plan.identified)
    _tell_changes(actor, "host_unit", plan.hosted)


def _tell_changes(actor: Person, action: str, changes: Iterable[Change]) -> None:
    for part in batched(changes, BATCH):
        write_lines(
            actor,
            [Act(action, "unit", c.unit_id, c.unit_id, {"before": c.before, "after": c.after}) for c in part],
        )


def _end(rows: QuerySet[Any], day: date) -> None:
    """End dated rows on `day`; those that would only begin then never were."""
    rows.filter(valid_from__gte=day).delete()
    rows.filter(not_over(day)).update(valid_until=day)


def _people(actor: Person, plan: Plan, units: dict[str, int]) -> int:
    """End terms, add people and positions; a unit that the plan touched."""
    for ending in plan.ended:
        position = Position.objects.get(pk=ending.position_id)
        end_position(actor=actor, position=position, on=ending.valid_until)
    people = _new_people(plan.appointed)
    firsts = set({row.person: row for row in reversed(plan.appointed) if row.person_id is None}.values())
    for part in batched(plan.appointed, BATCH * 4):
        _appoint(actor, part, units, people, firsts)
    changed = [change.unit_id for change in (*plan.renamed, *plan.moved, *plan.converted)]
    changed += [change.unit_id for change in (*plan.identified, *plan.hosted)]
    if changed:
        return changed[0]
    if plan.created:
        return units[plan.created[0].code]
    return units[plan.appointed[0].unit if plan.appointed else plan.ended[0].unit]


def _new_people(rows: Iterable[Appointment]) -> dict[str, int]:
    """The people whom the installation did not know, by what the plan calls them."""
    names = {row.person: row.full_name for row in rows if row.person_id is None}
    made = Person.objects.bulk_create([Person(full_name=name) for name in names.values()], batch_size=BATCH)
    return {key: person.pk for key, person in zip(names, made, strict=True)}


def _appoint(
    actor: Person,
    rows: list[Appointment],
    units: dict[str, int],
    people: dict[str, int],
    firsts: Collection[Appointment],
) -> None:
    """The positions of `rows`; whoever is new is told as added, with the first of theirs."""
    made = Position.objects.bulk_create(
        [
            Position(
                person_id=row.person_id or people[row.person],
                unit_id=units[row.unit],
                title=row.title,
                valid_from=row.valid_from,
                valid_until=row.valid_until,
                legal_basis=row.legal_basis,
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    acts = []
    for row, position in zip(rows, made, strict=True):
        person, unit, values = position.person_id, position.unit_id, {"title": row.title}
        if row in firsts:
            acts.append(Act("add_person", "person", person, unit, values | {"position": position.pk}))
        else:
            acts.append(Act("appoint", "position", position.pk, unit, values | {"person": person}))
    write_lines(actor, acts)
