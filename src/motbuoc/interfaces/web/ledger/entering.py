"""What was sent from a grid: figures with what was seen in their cells, and words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.amounts import read_amount
from motbuoc.domains.ledger.filling import LONGEST_NOTE, Entered, Held, Line
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.ledger.grid import Typed

MINE, THEIRS = "mine", "theirs"


@dataclass
class Sent:
    """What was sent: what can be kept, what cannot and why, and what is disputed and not decided."""

    entered: list[Entered] = field(default_factory=list)
    undecided: list[Entered] = field(default_factory=list)
    typed: Typed = field(default_factory=Typed)
    lines: list[int] = field(default_factory=list)


def read_cells(data: QueryDict, lines: list[Line]) -> Sent:
    """The figures of the lines that were sent.

    Raises:
        Refusal: what was seen in a line does not stand beside it: the page is out of date.
    """
    sent = Sent()
    for line in lines:
        if f"seen-{line.field.pk}" in data:
            sent.lines.append(line.field.pk)
            _read_line(data, line, sent)
    return sent


def _read_line(data: QueryDict, line: Line, sent: Sent) -> None:
    pk, seen = line.field.pk, _seen(data.get(f"seen-{line.field.pk}", ""), len(line.keys))
    estimate = data.get(f"estimate-{pk}") == "on"
    note = data.get(f"note-{pk}", "").strip()[:LONGEST_NOTE]
    sent.typed.estimates[pk], sent.typed.notes[pk] = estimate, note
    noted = next((place for place, was in enumerate(seen) if was.note), 0)
    changes_estimate = estimate != any(was.is_estimate for was in seen)
    for place, (key, was) in enumerate(zip(line.keys, seen, strict=True)):
        name = f"{key.field_id}-{key.category_id}"
        text = data.get(f"amount-{name}")
        amount = was.amount
        if text is not None and not line.is_counted:
            try:
                amount = read_amount(text, line.field.indicator.decimals)
            except Refusal as refusal:
                sent.typed.texts[key], sent.typed.wrong[key] = text, str(refusal.message)
                continue
        is_estimate = estimate if changes_estimate or was.amount is None else was.is_estimate
        new = Held(amount, amount is not None and is_estimate, note if place == noted else was.note)
        _sort_in(Entered(key, new, was), data.get(f"take-{name}"), f"clash-{name}" in data, sent)


def _sort_in(one: Entered, taken: str | None, is_disputed: bool, sent: Sent) -> None:
    if one.new == one.was or (is_disputed and taken == THEIRS):
        return
    if is_disputed and taken != MINE:
        sent.undecided.append(one)
    else:
        sent.entered.append(one)


def _seen(text: str, cells: int) -> list[Held]:
    """What was seen in the cells of a line (`grid.seen_of`)."""
    try:
        found = [
            Held(None if amount is None else _number(amount), bool(estimate), str(note))
            for amount, estimate, note in json.loads(text)
        ]
    except (ValueError, TypeError, InvalidOperation):
        found = []
    if len(found) != cells:
        raise Refusal(_("This page is out of date. Reload it and try again."))
    return found


def _number(amount: object) -> Decimal:
    found = Decimal(str(amount))
    if not found.is_finite():
        raise ValueError(f"{amount} was never seen in a cell")
    return found


def read_words(data: QueryDict, boxes: Mapping[int, object]) -> tuple[dict[int, str], dict[int, str]]:
    """What was written in the boxes that were sent, and what was seen there before."""
    words = {pk: data.get(f"words-{pk}", "") for pk in boxes if f"words-{pk}" in data}
    seen = {pk: data.get(f"seen-words-{pk}", "") for pk in words if f"seen-words-{pk}" in data}
    return words, seen
