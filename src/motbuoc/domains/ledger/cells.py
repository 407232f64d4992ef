"""The cells of a form in the database, read and written while somebody types.

One cell is saved at a time, so a query that Django builds anew would take longer than all that it asks for: those
here are prepared (`core.prepared`), and rows are written by the statements themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from motbuoc.domains.ledger.models import Category, FormField, Indicator
from motbuoc.domains.ledger.submitted import DIGITS, PLACES, Submission, Value
from motbuoc.foundation.core.prepared import Prepared

FEW = 20  # fields named in a prepared query, of which each number is another; more are rare


class CellKey(NamedTuple):
    """Which cell of a form: the field, and the category where it is broken down (0: it is not)."""

    field_id: int
    category_id: int = 0


class Held(NamedTuple):
    """What stands in a cell."""

    amount: Decimal | None = None
    is_estimate: bool = False
    note: str = ""


EMPTY = Held()


@dataclass(frozen=True)
class Line:
    """One field of a form with its cells; `categories` are empty where it is not broken down."""

    field: FormField
    categories: tuple[Category, ...]

    @property
    def keys(self) -> list[CellKey]:
        """The keys of its cells."""
        return [CellKey(self.field.pk, row.pk) for row in self.categories] or [CellKey(self.field.pk)]

    @property
    def is_counted(self) -> bool:
        """Whether the system fills it in."""
        return bool(self.field.indicator.counter)


def _columns(model: type[Any]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


FIELDS, INDICATORS, CATEGORIES = _columns(FormField), _columns(Indicator), _columns(Category)


def _field_rows(*, form: int, fields: tuple[int, ...]) -> Any:
    rows = FormField.objects.filter(form=form, pk__in=fields).order_by("position", "pk")
    return rows.values_list(*FIELDS, *(f"indicator__{name}" for name in INDICATORS))


def _category_rows(*, breakdowns: tuple[int, ...]) -> Any:
    rows = Category.objects.filter(breakdown__in=breakdowns).order_by("breakdown", "position")
    return rows.values_list(*CATEGORIES)


def _cell_rows(*, submission: int, fields: tuple[int, ...]) -> Any:
    rows = Value.objects.filter(submission=submission, field__in=fields).order_by()
    return rows.values_list("pk", "field_id", "category_id", "amount", "is_estimate", "note")


_some_fields, _some_categories = Prepared(_field_rows), Prepared(_category_rows)
_some_cells = Prepared(_cell_rows)


def lines_of(form_id: int, only: Collection[int] | None = None) -> list[Line]:
    """The fields of a form in order, with their cells; `only` those of these ids."""
    if only is None or len(only) > FEW:
        fields = FormField.objects.filter(form=form_id).select_related("indicator__breakdown")
        found = list(fields if only is None else fields.filter(pk__in=only))
    else:
        found = [_as_field(row) for row in _some_fields(form=form_id, fields=tuple(only))] if only else []
    parts = _parts_of({row.indicator.breakdown_id for row in found if row.is_broken_down})
    return [
        Line(row, tuple(parts.get(row.indicator.breakdown_id or 0, ())) if row.is_broken_down else ())
        for row in found
    ]


def _as_field(row: Sequence[Any]) -> FormField:
    field = FormField.from_db("default", FIELDS, row[: len(FIELDS)])
    field.indicator = Indicator.from_db("default", INDICATORS, row[len(FIELDS) :])
    return field


def _parts_of(breakdowns: Collection[int | None]) -> dict[int, list[Category]]:
    """The categories of breakdowns, by breakdown and in their order."""
    named, parts = tuple(row for row in breakdowns if row), dict[int, list[Category]]()
    for row in _some_categories(breakdowns=named) if named else ():
        category = Category.from_db("default", CATEGORIES, row)
        parts.setdefault(category.breakdown_id, []).append(category)
    return parts


def cells_there(submission_id: int, fields: Collection[int]) -> dict[CellKey, tuple[int, Held]]:
    """What stands in the cells of these fields, with the id of each row; empty ones are left out."""
    named = tuple(sorted(fields))
    ask = _some_cells if len(named) <= FEW else _some_cells.fresh
    return {
        CellKey(field, category or 0): (pk, Held(amount, estimate, note))
        for pk, field, category, amount, estimate, note in ask(submission=submission_id, fields=named)
    }


def cells_of(submission: Submission, only: Collection[int] | None = None) -> dict[CellKey, Held]:
    """What stands in the cells of a submission, or of `only` these fields; empty ones are left out."""
    if only is not None:
        return {key: held for key, (_pk, held) in cells_there(submission.pk, only).items()} if only else {}
    rows = submission.values.values_list("field_id", "category_id", "amount", "is_estimate", "note")
    return {
        CellKey(field, category or 0): Held(amount, estimate, note)
        for field, category, amount, estimate, note in rows
    }


class Rule(NamedTuple):
    """What may stand in the cells of a field."""

    field_id: int
    is_broken_down: bool
    breakdown_id: int | None
    name: str
    decimals: int
    may_estimate: bool
    counter: str


def _rule_rows(*, form: int, fields: tuple[int, ...]) -> Any:
    asked = ("breakdown_id", "name", "decimals", "may_estimate", "counter")
    rows = FormField.objects.filter(form=form, pk__in=fields).order_by()
    return rows.values_list("pk", "is_broken_down", *(f"indicator__{name}" for name in asked))


def _belonging(*, categories: tuple[int, ...]) -> Any:
    return Category.objects.filter(pk__in=categories).order_by().values_list("pk", "breakdown_id")


_some_rules, _belong = Prepared(_rule_rows), Prepared(_belonging)


def rules_of(form_id: int, keys: Collection[CellKey]) -> dict[CellKey, Rule]:
    """What may stand in these cells, as far as they are cells of the form."""
    fields = tuple(sorted({key.field_id for key in keys}))
    categories = tuple(sorted({key.category_id for key in keys} - {0}))
    few = len(fields) <= FEW and len(categories) <= FEW
    rows = (_some_rules if few else _some_rules.fresh)(form=form_id, fields=fields)
    rules = {row[0]: Rule(*row) for row in rows}
    belongs = dict((_belong if few else _belong.fresh)(categories=categories)) if categories else {}
    return {
        key: rule
        for key in keys
        if (rule := rules.get(key.field_id))
        and (belongs.get(key.category_id) == rule.breakdown_id if rule.is_broken_down else not key.category_id)
    }


@dataclass
class Opened:
    """A submission that is locked until the transaction ends, as it stands."""

    pk: int
    unit_id: int
    form_id: int
    version: int
    nothing_because: str
    state: str
    locked_on: date | None


def _locking(*, submission: int) -> Any:
    rows = Submission.objects.select_for_update().filter(pk=submission).order_by()
    return rows.values_list("unit_id", "version", "nothing_because")


def _standing(*, submission: int) -> Any:
    rows = Submission.objects.filter(pk=submission).order_by()
    return rows.values_list("period__form_id", "assignment__state", "period__locked_on")


_lock, _stands = Prepared(_locking), Prepared(_standing)


def lock(submission_id: int) -> Opened:
    """The submission, locked: others who save, or hand it in, wait.

    How it stands is asked once it is held: in one statement with the lock a database would answer what stood
    before the wait.

    Raises:
        Submission.DoesNotExist: there is none.
    """
    rows = _lock(submission=submission_id)
    if not rows:
        raise Submission.DoesNotExist
    (unit_id, version, because), (form_id, state, locked_on) = rows[0], _stands(submission=submission_id)[0]
    return Opened(submission_id, unit_id, form_id, version, because, state, locked_on)


UPDATE = (
    f"UPDATE {Value._meta.db_table} SET amount = %s, is_estimate = %s, note = %s, entered_by_id = %s,"  # noqa: S608
    " entered_at = %s WHERE id = %s"
)
INSERT = (
    f"INSERT INTO {Value._meta.db_table} (amount, is_estimate, note, entered_by_id, entered_at, submission_id,"  # noqa: S608
    " field_id, category_id) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
)
TOUCH = (
    f"UPDATE {Submission._meta.db_table} SET version = %s, nothing_because = %s, entered_by_id = %s,"  # noqa: S608
    " entered_at = %s, checked_by_id = NULL, checked_at = NULL WHERE id = %s"
)


class Change(NamedTuple):
    """What is to stand in a cell; `pk` of the row that is there, 0 where there is none."""

    key: CellKey
    new: Held
    pk: int


def write(submission_id: int, changes: Iterable[Change], actor_id: int, now: datetime) -> None:
    """Put changes into cells; the submission is locked, so nobody puts anything there meanwhile."""
    moment = connection.ops.adapt_datetimefield_value(now)
    gone, over, new = [], [], []
    for key, held, pk in changes:
        amount = connection.ops.adapt_decimalfield_value(held.amount, DIGITS, PLACES)
        what = (amount, held.is_estimate, held.note, actor_id, moment)
        if held == EMPTY:
            gone.append(pk)
        elif pk:
            over.append((*what, pk))
        else:
            new.append((*what, submission_id, key.field_id, key.category_id or None))
    with connection.cursor() as cursor:
        for statement, rows in ((UPDATE, over), (INSERT, new)):
            if len(rows) == 1:
                cursor.execute(statement, rows[0])
            elif rows:
                cursor.executemany(statement, rows)
    if gone:
        Value.objects.filter(pk__in=gone).delete()


def touch(opened: Opened, actor_id: int, now: datetime) -> None:
    """Count a change; what was checked before must be checked again."""
    opened.version += 1
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(TOUCH, [opened.version, opened.nothing_because, actor_id, moment, opened.pk])
