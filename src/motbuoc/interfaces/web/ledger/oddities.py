"""Figures of a report that are unlike the unit's own past, in words for whoever fills it in or looks it over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from motbuoc.domains.ledger.filling import Line, total_of
from motbuoc.domains.ledger.jumping import odd_in
from motbuoc.domains.ledger.selectors import is_open, is_waiting
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.web.ledger.grid import Shown


def _total(line: Line, shown: Shown) -> Decimal | None:
    if line.is_counted:
        count = shown.counts.get(line.field.pk)
        return None if count is None else Decimal(count)
    return total_of(line, shown.cells)


def odd_words(submission: Submission, lines: list[Line], shown: Shown) -> list[dict[str, Any]]:
    """Each with what was usual before; none once the report is decided on."""
    if not (is_open(submission) or is_waiting(submission)):
        return []
    amounts = {line.field.indicator_id: total for line in lines if (total := _total(line, shown)) is not None}
    return [
        {
            "odd": odd,
            "now": figure_words(odd.indicator, odd.amount),
            "middle": figure_words(odd.indicator, odd.usual.middle),
            "smallest": figure_words(odd.indicator, odd.usual.smallest),
            "largest": figure_words(odd.indicator, odd.usual.largest),
        }
        for odd in odd_in(submission, amounts)
    ]
