"""Filling a form: cells, merged with what others entered meanwhile; words; "nothing to report"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.cells import EMPTY as EMPTY
from motbuoc.domains.ledger.cells import CellKey as CellKey
from motbuoc.domains.ledger.cells import Change, Opened, Rule, cells_there, lock, rules_of, touch, write
from motbuoc.domains.ledger.cells import Held as Held
from motbuoc.domains.ledger.cells import Line as Line
from motbuoc.domains.ledger.cells import cells_of as cells_of
from motbuoc.domains.ledger.cells import lines_of as lines_of
from motbuoc.domains.ledger.models import NarrativeBox
from motbuoc.domains.ledger.selectors import takes_entries
from motbuoc.domains.ledger.submitted import Narrative, Submission
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

LARGEST = Decimal(10) ** 15
LONGEST_NOTE, LONGEST_WORDS = 500, 20_000


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

    `word_clashes`: by box what stands there where another wrote meanwhile, and nothing was kept. `because_clash`:
    so with why there is nothing to report; None where nobody else said anything of it.
    """

    kept: tuple[CellKey, ...]
    clashes: tuple[Clash, ...]
    stood_at: int
    version: int
    word_clashes: Mapping[int, str]
    because_clash: str | None = None


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
    because_was: str | None = None,
) -> Kept:
    """Keep what was entered: figures by cell, words by box, and why there is nothing to report.

    What two people entered in different cells or boxes is all kept. A cell that holds neither what was seen in it
    nor what is entered now was changed by another: it stays, and is told of as a clash. So with a box, where `was`
    says what the writer saw in it, and with the reason for nothing, where `because_was` does.

    Raises:
        NotAllowed: the actor does not work for the unit.
        Refusal: the form is handed in or locked; a cell or box is not of it, or is counted by the system; a number
            cannot be; words are too long. Nothing is kept then.
    """
    fresh = _held(actor, submission)
    stood_at = fresh.version
    kept, clashes = _keep_cells(actor, fresh, entered) if entered else ([], [])
    wrote, word_clashes = _keep_words(actor, fresh, words, was or {}) if words else (False, {})
    says, because_clash = _keep_because(fresh, because, because_was) if because is not None else (False, None)
    if kept or wrote or says:
        _count(actor, fresh)
    return Kept(tuple(kept), tuple(clashes), stood_at, fresh.version, word_clashes, because_clash)


def _keep_cells(actor: Person, fresh: Opened, entered: Sequence[Entered]) -> tuple[list[CellKey], list[Clash]]:
    named = {one.key.field_id for one in entered}  # a cell is saved as one types: the rest is not read
    rules = rules_of(fresh.form_id, [one.key for one in entered])
    for one in entered:
        _check_cell(one, rules.get(one.key))
    there = cells_there(fresh.pk, named)
    changes, clashes = dict[CellKey, Change](), []
    for one in entered:
        pk, now = there.get(one.key, (0, EMPTY))
        if one.was is not None and now not in (one.was, one.new):
            clashes.append(Clash(one.key, now, one.new))
        elif now != one.new:
            changes[one.key] = Change(one.key, one.new._replace(note=one.new.note[:LONGEST_NOTE]), pk)
    if changes:
        write(fresh.pk, changes.values(), actor.pk, clock.now())
    return list(changes), clashes


def _keep_because(fresh: Opened, because: str, was: str | None) -> tuple[bool, str | None]:
    """Whether it says something else now; or what another said meanwhile."""
    now, mine = plain(fresh.nothing_because), plain(because)
    if mine == now:
        return False, None
    if was is not None and plain(was) != now:
        return False, now
    fresh.nothing_because = mine
    return True, None


def plain(text: str) -> str:
    """Words as they are kept: lines end alike whatever machine they were typed on."""
    return text.replace("\r\n", "\n").strip()


def _keep_words(
    actor: Person, fresh: Opened, words: Mapping[int, str], was: Mapping[int, str]
) -> tuple[bool, dict[int, str]]:
    boxes = set(NarrativeBox.objects.filter(form=fresh.form_id).values_list("pk", flat=True))
    if not boxes.issuperset(words):
        raise Refusal(_("This form has no such box. Reload the page."))
    if any(len(text) > LONGEST_WORDS for text in words.values()):
        raise Refusal(_("At most %(most)s characters in a box.") % {"most": LONGEST_WORDS})
    held = dict(Narrative.objects.filter(submission=fresh.pk).values_list("box_id", "text"))
    now = {pk: plain(held.get(pk, "")) for pk in words}
    changed = {pk: plain(text) for pk, text in words.items() if plain(text) != now[pk]}
    clashes = {pk: now[pk] for pk in changed if pk in was and plain(was[pk]) != now[pk]}
    mine = changed.keys() - clashes.keys()
    for pk in mine:
        Narrative.objects.update_or_create(
            submission_id=fresh.pk,
            box_id=pk,
            defaults={"text": changed[pk], "entered_by": actor, "entered_at": clock.now()},
        )
    return bool(mine), clashes


def _held(actor: Person, submission: Submission) -> Opened:
    """The submission, locked, if the actor may enter and it is open."""
    policy.require(actor, Action.WORK_ON_ASSIGNMENT, submission.assignment.unit_id)
    found = lock(submission.pk)
    if not takes_entries(found.state, found.locked_on):
        raise Refusal(
            _("This report is handed in or locked, so nothing is entered any more. Ask for it back first.")
        )
    return found


def _check_cell(one: Entered, rule: Rule | None) -> None:
    if rule is None:
        raise Refusal(_("This form has no such cell. Reload the page."))
    name = {"name": rule.name}
    if rule.counter and (one.new.amount is not None or one.new.is_estimate):
        raise Refusal(_("“%(name)s” is counted by the system: write what differs as a note.") % name)
    if one.new.is_estimate and not rule.may_estimate:
        raise Refusal(_("“%(name)s” may not be estimated.") % name)
    if one.new.amount is None:
        return
    if not one.new.amount.is_finite() or not 0 <= one.new.amount < LARGEST:
        raise Refusal(_("“%(name)s”: give a number from 0 on, of at most 15 digits.") % name)
    if one.new.amount != round(one.new.amount, rule.decimals):
        words = _("“%(name)s” has at most %(digits)s digits behind the comma.")
        raise Refusal(words % {**name, "digits": rule.decimals})


def _count(actor: Person, fresh: Opened) -> None:
    touch(fresh, actor.pk, clock.now())
    record(actor, Act("enter_figures", "submission", fresh.pk, fresh.unit_id, {"version": fresh.version}))


def total_of(line: Line, cells: Mapping[CellKey, Held]) -> Decimal | None:
    """The figure of a field: the sum of its parts; None as long as all are empty."""
    amounts = [held.amount for key in line.keys if (held := cells.get(key)) and held.amount is not None]
    return sum(amounts, Decimal(0)) if amounts else None


def totals_of(lines: Iterable[Line], cells: Mapping[CellKey, Held]) -> dict[int, Decimal]:
    """The figures of the fields that have one, by field."""
    return {line.field.pk: total for line in lines if (total := total_of(line, cells)) is not None}
