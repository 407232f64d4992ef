"""The whole year of each figure: what it was made of, whether it can be told, and the telling, many at once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from statistics import median
from typing import TYPE_CHECKING

from django.conf import settings

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.courses import Course, Slots, in_each
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Projection, Showing
from motbuoc.domains.ledger.submitted import PLACES

if TYPE_CHECKING:
    from motbuoc.domains.ledger.forecasting import Rule, Told

Values = Sequence[Decimal | None]
STEP = Decimal(1).scaleb(-PLACES)


@dataclass(frozen=True)
class Series:
    """What a projection is made of: the figures of its parts (two for a share), period by period from `start` on.

    `known` periods of the year are in, `ahead` are not; `so_far`: what each part has brought this year, None where
    a figure of this year is not known.
    """

    unit_id: int
    indicator: Indicator
    newest: int
    start: int
    parts: tuple[Values, ...]
    so_far: tuple[Decimal, ...] | None
    known: int
    ahead: int
    gaps: int
    blanks: int

    @property
    def count(self) -> int:
        """How many periods have all its parts."""
        return sum(1 for row in zip(*self.parts, strict=True) if None not in row)

    def digest(self, level: object) -> str:
        """One short word for all that the projection is made of."""
        parts = [[None if value is None else str(value.normalize()) for value in part] for part in self.parts]
        held = [parts, self.newest, self.known, self.ahead, self.gaps, self.blanks, str(self.so_far), level]
        return sha256(json.dumps(held).encode()).hexdigest()

    def why_not(self, least: int) -> Showing | None:
        """Why nothing can be told of it at all; None where it may be tried."""
        if not self.ahead:
            return Showing.OVER
        if self.count < least:
            return Showing.FEW
        if self.gaps * 100 > settings.PROJECTION_GAPS * len(self.parts[0]):
            return Showing.GAPS
        if self.so_far is None:
            return Showing.YEAR_GAP
        if median([value for value in self.parts[-1] if value is not None]) < settings.SMALL_FIGURE:
            return Showing.SMALL
        return None


def series_of(course: Course, slots: Slots, indicator: Indicator, known: Mapping[int, Indicator]) -> Series | None:
    """The series of an indicator in a course; None where never all units were in, or nobody has a figure.

    Neither has a stock: what is there on a day changes like a walk, of which nothing better is told than its last.
    """
    newest = course.newest()
    ids = (indicator.numerator_id, indicator.denominator_id) if indicator.is_share else (indicator.pk,)
    if (
        newest is None
        or not all(pk in known for pk in ids)
        or any(known[pk].basis == Basis.STOCK for pk in ids if pk)
    ):
        return None
    counting = course.counting(slots, newest)
    start, in_year = min(counting), slots.in_year(newest)
    parts: list[Values] = []
    sums: list[Decimal | None] = []
    blanks: set[int] = set()
    for part in (known[pk] for pk in ids if pk):
        totals = [course.figures[at].get(part.pk) if at in counting else None for at in range(newest + 1)]
        blanks |= {at for at in counting if (row := totals[at]) is None or row.entries < len(course.members[at])}
        amounts = [total.amount if total else None for total in totals]
        each = in_each(amounts, slots, part)
        parts.append(tuple(each[start:]))
        of_year = amounts[-1:] if part.basis == Basis.CUMULATIVE else each[max(0, newest + 1 - in_year[0]) :]
        is_whole = part.basis == Basis.CUMULATIVE or len(of_year) == in_year[0]
        is_whole = is_whole and None not in of_year
        sums.append(sum((each for each in of_year if each), Decimal(0)) if is_whole else None)
    so_far = None if None in sums else tuple(each for each in sums if each is not None)
    gaps = newest + 1 - start - len(counting)
    return Series(
        course.unit_id, indicator, newest, start, tuple(parts), so_far, *in_year, gaps=gaps, blanks=len(blanks)
    )


def projections_of(
    slots: Slots, found: Iterable[Series], a_year: int, kept: Mapping[tuple[int, int], str], made_at: datetime
) -> list[Projection]:
    """The rows of the series whose digest is not among the kept, told many at once."""
    least = settings.PROJECTION_LEAST.get(slots.schedule.cycle, 0)
    level = [least, settings.PROJECTION_LEVEL, settings.PROJECTION_MARGIN, settings.PROJECTION_GAPS]
    rows, groups = [], defaultdict(list)
    for series in found:
        digest = series.digest([*level, settings.SMALL_FIGURE])
        if kept.get((series.unit_id, series.indicator.pk)) == digest:
            continue
        row = _begun(slots, series, digest, made_at)
        rows.append(row)
        if why := Showing.FEW if not least else series.why_not(least):
            row.showing = why
        else:
            groups[len(series.parts[0]), len(series.parts), series.known, series.ahead].append((series, row))
    for alike in groups.values():
        _fill_in(alike, a_year)
    return rows


def _begun(slots: Slots, series: Series, digest: str, made_at: datetime) -> Projection:
    return Projection(
        schedule=slots.schedule,
        unit_id=series.unit_id,
        indicator=series.indicator,
        period=slots.periods[series.newest],
        level=settings.PROJECTION_LEVEL,
        so_far=_so_far(series),
        periods=series.count,
        gaps=series.gaps,
        blanks=series.blanks,
        inputs=digest,
        made_at=made_at,
    )


def _so_far(series: Series) -> Decimal | None:
    if series.so_far is None:
        return None
    if not series.indicator.is_share:
        return series.so_far[0]
    above, below = series.so_far
    return round(above * 100 / below, PLACES) if below else None


def _fill_in(alike: Sequence[tuple[Series, Projection]], a_year: int) -> None:
    """Fill in the rows of series of one length, side by side."""
    import numpy as np  # with pandas, takes a second to load

    from motbuoc.domains.ledger.forecasting import Rule, tell  # takes a second to load

    rule = Rule(settings.PROJECTION_LEVEL / 100, settings.PROJECTION_MARGIN / 100)
    first = alike[0][0]
    parts = [
        np.array(
            [[np.nan if value is None else float(value) for value in series.parts[at]] for series, _row in alike]
        )
        for at in range(len(first.parts))
    ]
    told = tell([part.T for part in parts], first.ahead, first.known, a_year, rule)
    for (series, row), one in zip(alike, told, strict=True):
        _fill(row, series, one, rule)


def _fill(row: Projection, series: Series, told: Told, rule: Rule) -> None:
    row.held_back, row.inside, row.judged = told.held_back, told.inside, told.judged
    row.error, row.naive_error, row.is_seasonal = told.error, told.naive_error, told.is_seasonal
    row.showing = _showing(told, rule)
    if row.showing != Showing.SHOWN:
        return
    known = Decimal(0) if series.indicator.is_share else (series.so_far or (Decimal(0),))[0]
    amount, half = Decimal(told.amount), Decimal(told.half or 0)
    no_less = known if all(value >= 0 for part in series.parts for value in part if value is not None) else None
    row.amount = (known + amount).quantize(STEP)
    low = known + amount - half
    row.lower = (low if no_less is None else max(low, no_less)).quantize(STEP)
    row.upper = (known + amount + half).quantize(STEP)


def _showing(told: Told, rule: Rule) -> Showing:
    if not rule.is_judged(told):
        return Showing.FEW
    if not rule.is_better(told):
        return Showing.NOT_BETTER
    return Showing.SHOWN if rule.is_honest(told) else Showing.NOT_HONEST
