"""What is wrong with a filled form, in words that say what to do, by cell; and how complete it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import Basis, Comparison
from motbuoc.domains.ledger.filling import (
    EMPTY,
    CellKey,
    Held,
    Line,
    cells_of,
    lines_of,
    narratives_of,
    total_of,
    totals_of,
)
from motbuoc.domains.ledger.models import Check
from motbuoc.domains.ledger.past import last_totals
from motbuoc.domains.ledger.submitted import Submission


@dataclass(frozen=True)
class Finding:
    """Something to mend or to explain at a field; one that `blocks` must be mended before handing in."""

    field_id: int
    words: str
    blocks: bool


def findings_of(submission: Submission) -> list[Finding]:
    """What the checks of its form find in a submission as it stands."""
    lines, cells = lines_of(submission.period.form_id), cells_of(submission)
    return findings_in(submission, lines, cells)


def findings_in(submission: Submission, lines: list[Line], cells: Mapping[CellKey, Held]) -> list[Finding]:
    """The same of lines and cells already read."""
    totals, by_field = totals_of(lines, cells), {line.field.pk: line for line in lines}
    checks = Check.objects.filter(form=submission.period.form_id).prefetch_related("others").order_by("pk")
    past = last_totals(submission) if any(c.comparison == Comparison.NEAR_LAST for c in checks) else {}
    found = []
    for check in checks:
        line = by_field[check.field_id]
        if words := _found(check, line, by_field, totals, past):
            explained = any(cells.get(key, EMPTY).note for key in line.keys)
            if check.blocks or not explained:
                found.append(Finding(check.field_id, check.words or words, check.blocks))
    return found


def _found(
    check: Check,
    line: Line,
    by_field: Mapping[int, Line],
    totals: Mapping[int, Decimal],
    past: Mapping[int, Decimal],
) -> str:
    """The sentence of a rule that does not hold; "" where it holds or nothing is there to compare."""
    mine = totals.get(check.field_id)
    if mine is None:
        return ""
    name = line.field.indicator.name
    if check.comparison == Comparison.NEAR_LAST:
        return _far_from(name, mine, past.get(line.field.indicator_id), check.percent or 0)
    others = [row.pk for row in check.others.all()]
    amounts = [totals[pk] for pk in others if pk in totals]
    if not amounts:
        return ""
    named = " + ".join(by_field[pk].field.indicator.name for pk in others)
    values: dict[str, Any] = {"name": name, "others": named, "mine": said(mine), "theirs": said(sum(amounts))}
    if check.comparison == Comparison.AT_MOST and mine > sum(amounts):
        return (
            _("“%(name)s” is %(mine)s, more than %(others)s, which is %(theirs)s. Correct one of them.") % values
        )
    if check.comparison == Comparison.EQUALS and mine != sum(amounts):
        return _("“%(name)s” is %(mine)s, but %(others)s is %(theirs)s. They must be equal.") % values
    return ""


def _far_from(name: str, mine: Decimal, last: Decimal | None, percent: int) -> str:
    if last is None or abs(mine - last) * 100 <= last * percent:
        return ""
    words = _(
        "“%(name)s” was %(last)s in the last period and is %(mine)s now. If it is right, say why in its note."
    )
    return words % {"name": name, "last": said(last), "mine": said(mine)}


def said(amount: Decimal | int) -> str:
    """A number as documents write it: 1.234,5."""
    whole, _point, rest = f"{Decimal(amount):,f}".partition(".")
    digits = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{digits}" if digits else "")


def shortfalls_of(submission: Submission, lines: Iterable[Line], cells: Mapping[CellKey, Held]) -> list[str]:
    """What keeps a submission from being honestly complete, in words; nothing where it is.

    Required fields and boxes are answered, or it says why there is nothing to report; and the figures are not
    simply those of the last period.
    """
    if submission.nothing_because:
        return []
    missing = [line.field.indicator.name for line in lines if _is_missing(line, cells)]
    written = narratives_of(submission)
    missing += [
        box.title for box in submission.period.form.boxes.all() if box.is_required and not written.get(box.pk)
    ]
    found = [_("Not answered: %(name)s.") % {"name": name} for name in missing]
    if is_copy(submission, lines, cells):
        found.append(_("Every figure is the same as in the last period."))
    return found


def _is_missing(line: Line, cells: Mapping[CellKey, Held]) -> bool:
    if line.is_counted or not line.field.is_required:
        return False
    return any(cells.get(key, EMPTY).amount is None for key in line.keys)


FEWEST_OF_A_COPY = 3  # figures above 0 that agree by chance no more


def is_copy(submission: Submission, lines: Iterable[Line], cells: Mapping[CellKey, Held]) -> bool:
    """Whether all figures that the unit entered are those of its last period, and enough of them are above 0.

    What is there on the cut-off day may well be what was there before: it tells nothing.
    """
    past = last_totals(submission)
    entered = {
        line.field.indicator_id: total
        for line in lines
        if not line.is_counted
        and line.field.indicator.basis != Basis.STOCK
        and (total := total_of(line, cells)) is not None
    }
    telling = [pk for pk, amount in entered.items() if amount]
    return len(telling) >= FEWEST_OF_A_COPY and all(past.get(pk) == amount for pk, amount in entered.items())
