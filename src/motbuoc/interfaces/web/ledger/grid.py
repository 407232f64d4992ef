"""A form as a grid: its lines with what stands in them, beside the past, and what is to be mended."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from motbuoc.domains.ledger.checks import Finding, findings_in, said
from motbuoc.domains.ledger.counters import counted
from motbuoc.domains.ledger.filling import EMPTY, CellKey, Held, Line, cells_of, lines_of, total_of
from motbuoc.domains.ledger.models import Category, Indicator
from motbuoc.domains.ledger.past import Totals, last_totals, totals_a_year_before
from motbuoc.domains.ledger.selectors import shares_in_force
from motbuoc.domains.ledger.submitted import HandedIn, Submission

Cells = Mapping[CellKey, Held]
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Shown:
    """What a page shows of a form: cells and words, and what the system counted, by field."""

    cells: Cells
    words: Mapping[int, str]
    counts: Mapping[int, int]
    nothing_because: str = ""


@dataclass(frozen=True)
class Disputed:
    """A cell that another changed meanwhile: what they entered, in words, and who."""

    theirs: str
    mine: str
    who: str = ""


@dataclass
class Typed:
    """What somebody sent that is not kept yet: texts by cell, estimate marks and notes by field, and why not."""

    texts: dict[CellKey, str] = field(default_factory=dict)
    estimates: dict[int, bool] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    wrong: dict[CellKey, str] = field(default_factory=dict)
    disputed: dict[CellKey, Disputed] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of the grid. `texts` are what its cells show, `seen` what stands in them as the server knows."""

    line: Line
    texts: dict[CellKey, str]
    total: Decimal | None
    last: Decimal | None
    year: Decimal | None
    is_estimate: bool
    note: str
    seen: str
    findings: Sequence[Finding]
    typed: Typed

    @property
    def pk(self) -> int:
        """The id of its field."""
        return self.line.field.pk

    @property
    def indicator(self) -> Indicator:
        """What it asks for."""
        return self.line.field.indicator


@dataclass(frozen=True)
class Share:
    """A share worked out from two lines of the form."""

    indicator: Indicator
    part: int
    whole: int
    now: Decimal | None
    last: Decimal | None
    year: Decimal | None


@dataclass(frozen=True)
class Section:
    """Lines that follow each other and are broken down alike: one table."""

    categories: Sequence[Category]
    rows: list[Row]
    shares: list[Share]


def draft_of(submission: Submission, lines: list[Line], written: Mapping[int, str]) -> Shown:
    """A form as it stands, with what the system counts now."""
    return Shown(cells_of(submission), written, counts_of(submission, lines), submission.nothing_because)


def frozen(handed: HandedIn) -> Shown:
    """A form as it was handed in."""
    content = handed.content
    cells = {
        CellKey(field, category): Held(None if amount is None else Decimal(amount), estimate, "".join(note))
        for field, category, amount, estimate, *note in content["cells"]
    }
    words = {int(box): text for box, text in content["words"].items()}
    counts = {int(pk): number for pk, number in content["counted"].items()}
    return Shown(cells, words, counts, content["nothing_because"])


def counts_of(submission: Submission, lines: list[Line]) -> dict[int, int]:
    """What the system counts for the unit in the period, by field; each counter is asked once."""
    period, unit = submission.period, submission.unit_id
    keys = {line.field.indicator.counter for line in lines if line.is_counted}
    found = {key: counted(key, [unit], period.start, period.cutoff_on)[unit] for key in keys}
    return {line.field.pk: found[line.field.indicator.counter] for line in lines if line.is_counted}


def sections_of(
    submission: Submission, lines: list[Line], shown: Shown, typed: Typed | None = None
) -> list[Section]:
    """The grid of a form, table by table."""
    last, year = last_totals(submission), totals_a_year_before(submission)
    findings: dict[int, list[Finding]] = {}
    for one in findings_in(submission, lines, shown.cells):
        findings.setdefault(one.field_id, []).append(one)
    rows = [_row(line, shown, last, year, findings.get(line.field.pk, ()), typed or Typed()) for line in lines]
    shares = shares_among(rows, last, year)
    found = []
    for _parts, group in groupby(rows, lambda row: [part.pk for part in row.line.categories]):
        among = list(group)
        here = [share for share in shares if share.part in {row.indicator.pk for row in among}]
        found.append(Section(among[0].line.categories, among, here))
    return found


def saved_rows(lines: Sequence[Line], cells: Cells, typed: Typed) -> list[Row]:
    """The lines that were saved, without what stands beside them: that has not changed."""
    return [_row(line, Shown(cells, {}, {}), {}, {}, (), typed) for line in lines]


def _row(line: Line, shown: Shown, last: Totals, year: Totals, findings: Sequence[Finding], typed: Typed) -> Row:
    held = [shown.cells.get(key, EMPTY) for key in line.keys]
    pk, indicator = line.field.pk, line.field.indicator_id
    texts = {
        key: typed.texts.get(key, said(one.amount) if one.amount is not None else "")
        for key, one in zip(line.keys, held, strict=True)
    }
    count = shown.counts.get(pk)
    return Row(
        line=line,
        texts=texts,
        total=Decimal(count) if count is not None else total_of(line, shown.cells),
        last=last.get(indicator),
        year=year.get(indicator),
        is_estimate=typed.estimates.get(pk, any(one.is_estimate for one in held)),
        note=typed.notes.get(pk, next((one.note for one in held if one.note), "")),
        seen=seen_of(held),
        findings=findings,
        typed=typed,
    )


def seen_of(held: Sequence[Held]) -> str:
    """What stands in the cells of a line, to be sent back with what is entered over it."""
    return json.dumps(
        [[None if one.amount is None else str(one.amount), one.is_estimate, one.note] for one in held],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def shares_among(rows: Sequence[Row], last: Totals, year: Totals) -> list[Share]:
    """The shares in force whose two parts both stand in the form."""
    totals = {row.indicator.pk: row.total for row in rows if row.total is not None}
    asked = [row.indicator.pk for row in rows]
    known = shares_in_force(asked)
    return [
        Share(one, part, whole, percent(totals, one), percent(last, one), percent(year, one))
        for one in known
        if (part := one.numerator_id) and (whole := one.denominator_id)
    ]


def percent(totals: Mapping[int, Decimal], share: Indicator) -> Decimal | None:
    """The share in percent, to its decimals; None where a part is missing or there is nothing to share."""
    part, whole = totals.get(share.numerator_id or 0), totals.get(share.denominator_id or 0)
    if part is None or not whole:
        return None
    return round(part * HUNDRED / whole, max(share.decimals, 1))


def change_of(now: Decimal | None, last: Decimal | None) -> str:
    """By how much a figure differs from the last one, in words: "+5 (+12 %)"."""
    if now is None or last is None:
        return ""
    more = now - last
    sign = "+" if more > 0 else "−" if more < 0 else ""
    if not more or not last:
        return f"{sign}{said(abs(more))}"
    return f"{sign}{said(abs(more))} ({sign}{said(round(abs(more) * HUNDRED / last))} %)"


def lines_and_words(submission: Submission) -> tuple[list[Line], list[Any]]:
    """The lines of its form, and the boxes for words."""
    form = submission.period.form_id
    return lines_of(form), list(submission.period.form.boxes.all())
