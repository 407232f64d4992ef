"""What is wrong with a filled form, in words that say what to do, by cell; and how complete it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, Sum
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
    totals_of,
)
from motbuoc.domains.ledger.models import Check, FormField, NarrativeBox
from motbuoc.domains.ledger.past import last_totals
from motbuoc.domains.ledger.submitted import Submission, Value
from motbuoc.foundation.core.prepared import Prepared


@dataclass(frozen=True)
class Finding:
    """Something to mend or to explain at a field; one that `blocks` must be mended before handing in."""

    field_id: int
    words: str
    blocks: bool


class Rule(NamedTuple):
    """A check of a form as it is read: `Check` with the ids of its other fields."""

    field_id: int
    comparison: str
    percent: int | None
    blocks: bool
    words: str
    others: list[int]

    @property
    def fields(self) -> set[int]:
        """The fields that it rests on."""
        return {self.field_id, *self.others}


def _check_rows(*, form: int) -> Any:
    rows = Check.objects.filter(form=form).order_by("pk", "others__position", "others__pk")
    return rows.values_list("pk", "field_id", "comparison", "percent", "blocks", "words", "others__pk")


_checks = Prepared(_check_rows)  # asked at each cell that is saved


def _rules_of(form_id: int) -> list[Rule]:
    found: dict[int, Rule] = {}
    for pk, field, comparison, percent, blocks, words, other in _checks(form=form_id):
        rule = found.setdefault(pk, Rule(field, comparison, percent, blocks, words, []))
        if other is not None:
            rule.others.append(other)
    return list(found.values())


def findings_of(submission: Submission) -> list[Finding]:
    """What the checks of its form find in a submission as it stands."""
    lines, cells = lines_of(submission.period.form_id), cells_of(submission)
    return findings_in(submission, lines, cells)


def findings_in(submission: Submission, lines: list[Line], cells: Mapping[CellKey, Held]) -> list[Finding]:
    """The same of lines and cells already read."""
    return _findings(submission, _rules_of(submission.period.form_id), lines, cells)


def findings_around(submission: Submission, fields: Collection[int]) -> dict[int, list[Finding]]:
    """What is found now by the checks that rest on one of these fields, by the field where it is told: so what a
    change of them may have put right or wrong. Nothing else of the form is read.
    """
    form_id, changed = submission.period.form_id, set(fields)
    rules = _rules_of(form_id)
    told = {rule.field_id for rule in rules if rule.fields & changed}
    rules = [rule for rule in rules if rule.field_id in told]
    found: dict[int, list[Finding]] = {pk: [] for pk in told}
    if rules:
        involved = sorted(set().union(*(rule.fields for rule in rules)))
        lines, cells = lines_of(form_id, involved), cells_of(submission, involved)
        for one in _findings(submission, rules, lines, cells):
            found[one.field_id].append(one)
    return found


def _findings(
    submission: Submission, rules: list[Rule], lines: list[Line], cells: Mapping[CellKey, Held]
) -> list[Finding]:
    totals, by_field = totals_of(lines, cells), {line.field.pk: line for line in lines}
    past = last_totals(submission) if any(rule.comparison == Comparison.NEAR_LAST for rule in rules) else {}
    found = []
    for rule in rules:
        if words := _found(rule, by_field, totals, past):
            explained = any(cells.get(key, EMPTY).note for key in by_field[rule.field_id].keys)
            if rule.blocks or not explained:
                found.append(Finding(rule.field_id, rule.words or words, rule.blocks))
    return found


def _found(
    rule: Rule, by_field: Mapping[int, Line], totals: Mapping[int, Decimal], past: Mapping[int, Decimal]
) -> str:
    """The sentence of a rule that does not hold; "" where it holds or nothing is there to compare."""
    mine, line = totals.get(rule.field_id), by_field[rule.field_id]
    if mine is None:
        return ""
    name = line.field.indicator.name
    if rule.comparison == Comparison.NEAR_LAST:
        return _far_from(name, mine, past.get(line.field.indicator_id), rule.percent or 0)
    amounts = [totals[pk] for pk in rule.others if pk in totals]
    if not amounts:
        return ""
    named = " + ".join(by_field[pk].field.indicator.name for pk in rule.others)
    values: dict[str, Any] = {"name": name, "others": named, "mine": said(mine), "theirs": said(sum(amounts))}
    if rule.comparison == Comparison.AT_MOST and mine > sum(amounts):
        return (
            _("“%(name)s” is %(mine)s, more than %(others)s, which is %(theirs)s. Correct one of them.") % values
        )
    if rule.comparison == Comparison.EQUALS and mine != sum(amounts):
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


class Tally(NamedTuple):
    """How far a field is answered: of how many cells, how many hold a figure, and what they come to."""

    name: str
    indicator_id: int
    is_required: bool
    is_stock: bool
    cells: int
    filled: int
    total: Decimal | None


def _asked_rows(*, form: int) -> Any:
    rows = FormField.objects.filter(form=form, indicator__counter="").order_by("position", "pk")
    columns = ("pk", "indicator__name", "indicator_id", "is_required", "is_broken_down", "indicator__basis")
    return rows.values_list(*columns).annotate(parts=Count("indicator__breakdown__categories"))


def _entered_rows(*, submission: int) -> Any:
    rows = Value.objects.filter(submission=submission).order_by()
    return rows.values_list("field_id").annotate(filled=Count("amount"), total=Sum("amount"))


def _box_rows(*, form: int) -> Any:
    rows = NarrativeBox.objects.filter(form=form, is_required=True).order_by("position", "pk")
    return rows.values_list("pk", "title")


_asked, _entered, _boxes = Prepared(_asked_rows), Prepared(_entered_rows), Prepared(_box_rows)


def _tallies_of(submission: Submission) -> list[Tally]:
    """The fields that people answer, in their order."""
    entered = {pk: (filled, total) for pk, filled, total in _entered(submission=submission.pk)}
    return [
        Tally(
            name, indicator, required, basis == Basis.STOCK, (broken and parts) or 1, *entered.get(pk, (0, None))
        )
        for pk, name, indicator, required, broken, basis, parts in _asked(form=submission.period.form_id)
    ]


def shortfalls_of(submission: Submission) -> list[str]:
    """What keeps a submission, as it is saved, from being honestly complete, in words; nothing where it is.

    Required fields and boxes are answered, or it says why there is nothing to report; and the figures are not
    simply those of the last period. Asked at each cell that is saved, so cells are counted and not read.
    """
    if submission.nothing_because:
        return []
    tallies = _tallies_of(submission)
    missing = [row.name for row in tallies if row.is_required and row.filled < row.cells]
    if boxes := _boxes(form=submission.period.form_id):
        written = narratives_of(submission)
        missing += [title for pk, title in boxes if not written.get(pk)]
    found = [_("Not answered: %(name)s.") % {"name": name} for name in missing]
    if _is_copy(submission, tallies):
        found.append(_("Every figure is the same as in the last period."))
    return found


FEWEST_OF_A_COPY = 3  # figures above 0 that agree by chance no more


def _is_copy(submission: Submission, tallies: Iterable[Tally]) -> bool:
    """Whether all figures that the unit entered are those of its last period, and enough of them are above 0.

    What is there on the cut-off day may well be what was there before: it tells nothing.
    """
    entered = {row.indicator_id: row.total for row in tallies if row.total is not None and not row.is_stock}
    if len([pk for pk, amount in entered.items() if amount]) < FEWEST_OF_A_COPY:
        return False
    past = last_totals(submission)
    return all(past.get(pk) == amount for pk, amount in entered.items())
