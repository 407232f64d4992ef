"""Writing the history, and erasing of it what may be erased."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q

from motbuoc.foundation.core import clock, request_id
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.history.digests import LINE_FIELDS, leaf_of, personal_digest_of
from motbuoc.foundation.history.masking import settled
from motbuoc.foundation.history.models import HistoryHead, HistoryLine, HistoryPersonal
from motbuoc.foundation.history.proving import verify as verify  # where it has always been found
from motbuoc.foundation.people.models import Person, Position
from motbuoc.foundation.units.models import Unit, UnitClosure

AT_ONCE = 500  # lines in one statement


@dataclass(frozen=True)
class Act:
    """What a history line says, before it is written.

    `values` are what changed, old and new as pairs; `personal` those among them that belong to a person and can
    be erased later (a birthday, an address), kept apart from the sealed line.
    """

    action: str
    object_type: str
    object_id: int
    unit_id: int
    values: dict[str, Any] = field(default_factory=dict)
    personal: dict[str, Any] = field(default_factory=dict)


def record(actor: Person, *acts: Act) -> None:
    """Write one line for each act, in the transaction of the write it tells of.

    Raises:
        django.db.transaction.TransactionManagementError: called outside a transaction.
    """
    write_lines(actor, acts)


def write_lines(actor: Person, acts: Iterable[Act]) -> None:
    """`record` for any number of acts at once."""
    acts = list(acts)
    if not acts:
        return
    first = _advance(len(acts)) - len(acts) + 1
    now = clock.now()  # after the head is held: so moments stand in the order of the lines
    kept: list[HistoryPersonal] = []
    rows = [_row(number, now, actor, act, kept) for number, act in enumerate(acts, first)]
    for start in range(0, len(rows), AT_ONCE):
        _insert(rows[start : start + AT_ONCE])
    if kept:
        HistoryPersonal.objects.bulk_create(kept, batch_size=AT_ONCE)


@transaction.atomic
def record_looks(viewer: Person, *acts: Act) -> None:
    """Write one line for each look at something; they change nothing that a page rests on."""
    record(viewer, *acts)
    HistoryHead.objects.filter(pk=1).update(looks=F("looks") + len(acts))


def _advance(by: int) -> int:
    """Count `by` more lines; how many there are with them. The next writer waits until this one has committed."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A line of history is written with the write it tells of.")
    sql = f"UPDATE {HistoryHead._meta.db_table} SET count = count + %s WHERE id = 1 RETURNING count"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [by])
        if row := cursor.fetchone():
            return int(row[0])
    HistoryHead.objects.get_or_create(pk=1)
    return _advance(by)


COLUMNS = (*LINE_FIELDS, "digest")


def _row(number: int, now: datetime, actor: Person, act: Act, kept: list[HistoryPersonal]) -> list[Any]:
    """The columns of one line; its personal values are put into `kept`."""
    values, personal_digest = settled(act.values, act.object_type), ""
    if act.personal:
        personal, salt = settled(act.personal, act.object_type), secrets.token_hex(32)
        personal_digest = personal_digest_of(salt, personal)
        kept.append(HistoryPersonal(line_id=number, salt=salt, values=personal))
    acted_in = position_of(actor, act.unit_id, clock.today())
    row = [number, now, actor.pk, acted_in, act.unit_id, act.action, act.object_type, act.object_id, values]
    row += [request_id.current(), personal_digest]
    return [*row, leaf_of(row).hex()]


def _insert(rows: list[list[Any]]) -> None:
    """Straight into the table: building rows of objects and their SQL took longer than writing them."""
    moment = connection.ops.adapt_datetimefield_value
    names = ", ".join(map(connection.ops.quote_name, COLUMNS))
    marks = f"({', '.join(['%s'] * len(COLUMNS))})"
    sql = f"INSERT INTO {HistoryLine._meta.db_table} ({names}) VALUES {', '.join([marks] * len(rows))}"  # noqa: S608
    flat = [part for row in rows for part in (row[0], moment(row[1]), *row[2:8], json.dumps(row[8]), *row[9:])]
    with connection.cursor() as cursor:
        cursor.execute(sql, flat)


def position_of(person: Person, unit_id: int, on: date) -> int | None:
    """The position in which a person acts on a unit: theirs there or nearest above it, or else their first.

    Read once for each `Person` object, which lives for a request.
    """
    kept: dict[date, list[tuple[int, int]]] = person.__dict__.setdefault("_positions", {})
    if on not in kept:
        kept[on] = [(pk, unit) for pk, unit in _positions(person=person.pk, day=on)]
    held = kept[on]
    if len(held) < 2:
        return held[0][0] if held else None
    nearest: dict[tuple[date, int], int] = person.__dict__.setdefault("_nearest_position", {})
    if (on, unit_id) not in nearest:
        above = UnitClosure.objects.filter(in_force(on), descendant=unit_id)
        depths = dict(above.filter(ancestor__in=[unit for _pk, unit in held]).values_list("ancestor_id", "depth"))
        far = max(depths.values(), default=0) + 1
        nearest[on, unit_id] = min(held, key=lambda position: depths.get(position[1], far))[0]
    return nearest[on, unit_id]


def _position_rows(*, person: int, day: date) -> Any:
    held = Position.objects.filter(in_force(day), person=person)
    return held.order_by("pk").values_list("pk", "unit_id")


_positions = Prepared(_position_rows)  # asked by every write


@transaction.atomic
def erase_personal(*, actor: Person, person: Person, unit_id: int, objects: Iterable[tuple[str, int]] = ()) -> int:
    """Erase the personal values of every line about a person, and about `objects` (kind and id) of theirs.

    The lines themselves stay and can still be proved. Leaves one line on `unit_id` that says how many were
    erased; the caller has asked the policy. How many.
    """
    about = Q(line__object_type="person", line__object_id=person.pk)
    for object_type, object_id in objects:
        about |= Q(line__object_type=object_type, line__object_id=object_id)
    erased, _kinds = HistoryPersonal.objects.filter(about).delete()
    record(actor, Act("erase_personal", "person", person.pk, unit_id, {"erased": erased}))
    return erased


@transaction.atomic
def retain(*, actor: Person, days: Mapping[str, int]) -> int:
    """Erase personal values that are older than their kind of object may keep them.

    `days` says for how many days by kind of object. Leaves one line, on the topmost unit, if anything was erased.
    How many.
    """
    erased, now = dict[str, int](), clock.now()
    for object_type, kept in days.items():
        old = HistoryPersonal.objects.filter(
            line__object_type=object_type, line__at__lt=now - timedelta(days=kept)
        )
        if count := old.delete()[0]:
            erased[object_type] = count
    total = sum(erased.values())
    if total:
        record(actor, Act("retain_personal", "history", 0, _topmost(), {"erased": total, "by_type": erased}))
    return total


def _topmost() -> int:
    return int(Unit.objects.on(clock.today()).filter(parent_id__isnull=True).order_by("pk")[0].pk)
