"""Filling a form: cells, merged with what others entered meanwhile; words; "nothing to report"."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.models import Category, FormField, NarrativeBox
from motbuoc.domains.ledger.selectors import is_open
from motbuoc.domains.ledger.submitted import Narrative, Submission, Value
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

LARGEST = Decimal(10) ** 15
LONGEST_NOTE, LONGEST_WORDS = 500, 20_000


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
class Entered:
    """What somebody enters into a cell, over what they saw in it; `was` None: whatever stood there."""

    key: CellKey
    new: Held
    was: Held | None = None


class Clash(NamedTuple):
    """A cell that another changed meanwhile to something else: what stands there, and what was not entered."""

    key: CellKey
    held: Held
    wanted: Held


@dataclass(frozen=True)
class Kept:
    """How saving went: the cells that were kept, those that clash, and the version before and now.

    `word_clashes`: by box what stands there where another wrote meanwhile, and nothing was kept.
    """

    kept: tuple[CellKey, ...]
    clashes: tuple[Clash, ...]
    stood_at: int
    version: int
    word_clashes: Mapping[int, str]


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


def lines_of(form_id: int, only: Collection[int] | None = None) -> list[Line]:
    """The fields of a form in order, with their cells; `only` those of these ids."""
    fields = FormField.objects.filter(form=form_id).select_related("indicator__breakdown")
    if only is not None:
        fields = fields.filter(pk__in=only)
    broken = [row.indicator.breakdown_id for row in fields if row.is_broken_down]
    parts: dict[int, list[Category]] = {}
    for category in Category.objects.filter(breakdown__in=broken).order_by("position"):
        parts.setdefault(category.breakdown_id, []).append(category)
    return [
        Line(row, tuple(parts.get(row.indicator.breakdown_id or 0, ())) if row.is_broken_down else ())
        for row in fields
    ]


def cells_of(submission: Submission, only: Collection[int] | None = None) -> dict[CellKey, Held]:
    """What stands in the cells of a submission, or of `only` these fields; empty ones are left out."""
    rows = submission.values.values_list("field_id", "category_id", "amount", "is_estimate", "note")
    return {
        CellKey(field, category or 0): Held(amount, estimate, note)
        for field, category, amount, estimate, note in (rows if only is None else rows.filter(field__in=only))
    }


def narratives_of(submission: Submission) -> dict[int, str]:
    """The words in the boxes of a submission, by box."""
    return dict(submission.narratives.values_list("box_id", "text"))


def save_cells(*, actor: Person, submission: Submission, entered: Sequence[Entered]) -> Kept:
    """Keep what was entered, cell by cell: `save_form` of figures alone."""
    return save_form(actor=actor, submission=submission, entered=entered)


def save_words(*, actor: Person, submission: Submission, words: Mapping[int, str]) -> Kept:
    """Keep what was written in boxes, by box: `save_form` of words alone."""
    return save_form(actor=actor, submission=submission, words=words)


def say_nothing(*, actor: Person, submission: Submission, because: str) -> Kept:
    """Say that there is nothing to report, and why; empty words take it back."""
    return save_form(actor=actor, submission=submission, because=because)


@transaction.atomic
def save_form(
    *,
    actor: Person,
    submission: Submission,
    entered: Sequence[Entered] = (),
    words: Mapping[int, str] | None = None,
    was: Mapping[int, str] | None = None,
    because: str | None = None,
) -> Kept:
    """Keep what was entered: figures by cell, words by box, and why there is nothing to report.

    What two people entered in different cells or boxes is all kept. A cell that holds neither what was seen in it
    nor what is entered now was changed by another: it stays, and is told of as a clash. So with a box, where `was`
    says what the writer saw in it.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: the form is handed in or locked; a cell or box is not of it, or is counted by the system; a number
            cannot be; words are too long. Nothing is kept then.
    """
    fresh = _held(actor, submission)
    stood_at = fresh.version
    kept, clashes = _keep_cells(actor, fresh, entered) if entered else ([], [])
    wrote, word_clashes = _keep_words(actor, fresh, words, was or {}) if words else (False, {})
    says = because is not None and fresh.nothing_because != plain(because)
    if says:
        fresh.nothing_because = plain(because or "")
    if kept or wrote or says:
        _touch(actor, fresh)
    return Kept(tuple(kept), tuple(clashes), stood_at, fresh.version, word_clashes)


def _keep_cells(actor: Person, fresh: Submission, entered: Sequence[Entered]) -> tuple[list[CellKey], list[Clash]]:
    named = {one.key.field_id for one in entered}  # a cell is saved as one types: the rest is not read
    lines = {key: line for line in lines_of(fresh.period.form_id, named) for key in line.keys}
    for one in entered:
        _check_cell(one, lines.get(one.key))
    held = cells_of(fresh, named)
    kept, clashes = [], []
    for one in entered:
        now = held.get(one.key, EMPTY)
        if one.was is not None and now not in (one.was, one.new):
            clashes.append(Clash(one.key, now, one.new))
        elif now != one.new:
            _put(actor, fresh, one.key, one.new, is_there=one.key in held)
            kept.append(one.key)
    return kept, clashes


def plain(text: str) -> str:
    """Words as they are kept: lines end alike whatever machine they were typed on."""
    return text.replace("\r\n", "\n").strip()


def _keep_words(
    actor: Person, fresh: Submission, words: Mapping[int, str], was: Mapping[int, str]
) -> tuple[bool, dict[int, str]]:
    boxes = set(NarrativeBox.objects.filter(form=fresh.period.form_id).values_list("pk", flat=True))
    if not boxes.issuperset(words):
        raise Refusal(_("This form has no such box. Reload the page."))
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise Refusal(_("At most %(most)s characters in a box.") % {"most": LONGEST_WORDS})
    held = narratives_of(fresh)
    now = {pk: plain(held.get(pk, "")) for pk in words}
    changed = {pk: plain(text) for pk, text in words.items() if plain(text) != now[pk]}
    clashes = {pk: now[pk] for pk in changed if pk in was and plain(was[pk]) != now[pk]}
    mine = changed.keys() - clashes.keys()
    for pk in mine:
        Narrative.objects.update_or_create(
            submission=fresh,
            box_id=pk,
            defaults={"text": changed[pk], "entered_by": actor, "entered_at": clock.now()},
        )
    return bool(mine), clashes


def _held(actor: Person, submission: Submission) -> Submission:
    """The submission, locked, if the actor may enter and it is open."""
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    fresh = Submission.objects.select_for_update(of=("self",)).select_related("period", "assignment")
    found = fresh.get(pk=submission.pk)
    if not is_open(found):
        raise Refusal(
            _("This report is handed in or locked, so nothing is entered any more. Ask for it back first.")
        )
    return found


def _check_cell(one: Entered, line: Line | None) -> None:
    if line is None:
        raise Refusal(_("This form has no such cell. Reload the page."))
    indicator = line.field.indicator
    name = {"name": indicator.name}
    if line.is_counted and (one.new.amount is not None or one.new.is_estimate):
        raise Refusal(_("“%(name)s” is counted by the system: write what differs as a note.") % name)
    if one.new.is_estimate and not indicator.may_estimate:
        raise Refusal(_("“%(name)s” may not be estimated.") % name)
    if one.new.amount is None:
        return
    if not one.new.amount.is_finite() or not 0 <= one.new.amount < LARGEST:
        raise Refusal(_("“%(name)s”: give a number from 0 on, of at most 15 digits.") % name)
    if one.new.amount != round(one.new.amount, indicator.decimals):
        words = _("“%(name)s” has at most %(digits)s digits behind the comma.")
        raise Refusal(words % {**name, "digits": indicator.decimals})


def _put(actor: Person, submission: Submission, key: CellKey, new: Held, *, is_there: bool) -> None:
    """Keep one cell; the submission is locked, so nobody puts it there meanwhile."""
    cell: dict[str, Any] = {"field_id": key.field_id, "category_id": key.category_id or None}
    what: dict[str, Any] = {"amount": new.amount, "is_estimate": new.is_estimate, "note": new.note[:LONGEST_NOTE]}
    what |= {"entered_by": actor, "entered_at": clock.now()}
    if new == EMPTY:
        submission.values.filter(**cell).delete()
    elif is_there:
        submission.values.filter(**cell).update(**what)
    else:
        Value.objects.create(submission=submission, **cell, **what)


def _touch(actor: Person, submission: Submission) -> None:
    """Count the change; what was checked before must be checked again."""
    submission.version += 1
    submission.entered_by, submission.entered_at = actor, clock.now()
    submission.checked_by = submission.checked_at = None
    changed = ("version", "entered_by", "entered_at", "checked_by", "checked_at", "nothing_because")
    submission.save(update_fields=changed)
    values = {"version": submission.version}
    record(actor, Act("enter_figures", "submission", submission.pk, submission.unit_id, values))


def total_of(line: Line, cells: Mapping[CellKey, Held]) -> Decimal | None:
    """The figure of a field: the sum of its parts; None as long as all are empty."""
    amounts = [held.amount for key in line.keys if (held := cells.get(key)) and held.amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def totals_of(lines: Iterable[Line], cells: Mapping[CellKey, Held]) -> dict[int, Decimal]:
    """The figures of the fields that have one, by field."""
    return {line.field.pk: total for line in lines if (total := total_of(line, cells)) is not None}
