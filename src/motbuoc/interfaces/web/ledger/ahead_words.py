"""The whole year of a figure in the words of its page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.ahead import WholeYear
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Projection
from motbuoc.domains.ledger.trends import Point
from motbuoc.interfaces.papers.figure_words import figure_words
from motbuoc.interfaces.papers.year_picture import year_picture


def whole_year_shown(ahead: WholeYear, indicator: Indicator, trend: Sequence[Point]) -> dict[str, Any]:
    """What the page shows of it: the figures in words and the picture, or only why there is none."""
    row = ahead.projection
    if row is None or not ahead.is_shown:
        return {"told": ahead, "row": row}
    return {
        "told": ahead,
        "row": row,
        "amount": figure_words(indicator, row.amount),
        "lower": figure_words(indicator, row.lower),
        "upper": figure_words(indicator, row.upper),
        "so_far": figure_words(indicator, row.so_far),
        "target": figure_words(indicator, ahead.target) if ahead.target is not None else "",
        "error": _rounded(row.error),
        "naive_error": _rounded(row.naive_error),
        "guess": _("guessing by the same periods of the year before")
        if row.is_seasonal
        else _("guessing by the period before"),
        "percent": _percent_less(row),
        "picture": SafeString(year_picture(indicator, row, trend, ahead.target)),
    }


def _rounded(error: float | None) -> str:
    """An error with as many digits as mean something."""
    if error is None:
        return ""
    digits = 0 if error >= 100 else 1 if error >= 1 else 2
    return f"{round(Decimal(error), digits):,f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _percent_less(row: Projection) -> int:
    """By how much the error is below that of the naive forecast, in percent."""
    if not row.naive_error or row.error is None:
        return 0
    return int(100 - row.error * 100 / row.naive_error)
