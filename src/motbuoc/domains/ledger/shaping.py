"""What a table of figures can be made of, and the shape that was asked for, as far as it makes sense."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from motbuoc.domains.ledger.choices import Axis
from motbuoc.domains.ledger.figures import indicators_of
from motbuoc.domains.ledger.models import Breakdown, Category, Indicator
from motbuoc.domains.ledger.pivot import Shape
from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.people.models import Person

Row = TypeVar("Row", Indicator, Category)
MOST_PERIODS = 24
USUAL_PERIODS = 12  # where periods are an axis and none is named to begin with


class Asked(NamedTuple):
    """The axes, and by their keys: the one indicator, the period to begin with, the breakdown, the one part."""

    rows: str = Axis.UNIT
    columns: str = Axis.INDICATOR
    indicator: int | None = None
    since: int | None = None
    breakdown: int | None = None
    category: int | None = None


@dataclass(frozen=True)
class Offered:
    """What there is to choose from in a period: earlier periods of its schedule that the viewer may see, oldest
    first, with it as the last; what it asks for; by what that is broken down (`broken`: by indicator).
    """

    periods: tuple[ReportingPeriod, ...]
    indicators: tuple[Indicator, ...]
    broken: dict[int, int]
    breakdowns: tuple[Breakdown, ...]
    categories: tuple[Category, ...]

    @property
    def axes(self) -> list[Axis]:
        """What may stand on an axis; parts only where something is broken down."""
        return [axis for axis in Axis if axis != Axis.CATEGORY or self.broken]

    def with_parts(self, breakdown: int) -> tuple[Indicator, ...]:
        """The indicators that have the parts of a breakdown; shares where both of their parts have."""
        return tuple(
            shares_within(self.indicators, [pk for pk, parts in self.broken.items() if parts == breakdown])
        )


def offered_for(viewer: Person, period: ReportingPeriod) -> Offered:
    """What the table of a period can be made of."""
    rows = periods_for(viewer).filter(schedule=period.schedule_id, end__lte=period.end).exclude(pk=period.pk)
    earlier = list(rows.select_related("schedule", "form").order_by("-end", "-pk")[: MOST_PERIODS - 1])
    fields = period.form.fields.filter(is_broken_down=True)
    broken = dict(fields.values_list("indicator", "indicator__breakdown"))
    breakdowns = Breakdown.objects.filter(pk__in=broken.values())
    return Offered(
        (*reversed(earlier), period),
        tuple(indicators_of(period)),
        broken,
        tuple(breakdowns),
        tuple(Category.objects.filter(breakdown__in=breakdowns.values("pk")).order_by("breakdown", "position")),
    )


def shape_from(offered: Offered, asked: Asked) -> Shape:
    """The shape asked for; what makes no sense is as if it had not been asked.

    Raises:
        IndexError: the period asks for no figures.
    """
    rows = _axis(asked.rows, offered.axes, Axis.UNIT)
    others = [axis for axis in offered.axes if axis != rows]
    columns = _axis(asked.columns, others, Axis.INDICATOR if Axis.INDICATOR in others else others[0])
    axes, indicators = {rows, columns}, offered.indicators
    categories: tuple[Category, ...] = ()
    category = _by_key(offered.categories, asked.category)
    if Axis.CATEGORY in axes:
        category = None
        of = {offered.broken.get(asked.indicator or 0), asked.breakdown} & {row.pk for row in offered.breakdowns}
        chosen = asked.breakdown if asked.breakdown in of else next(iter(of), offered.breakdowns[0].pk)
        assert chosen is not None
        indicators = offered.with_parts(chosen)
        categories = tuple(row for row in offered.categories if row.breakdown_id == chosen)
    elif category is not None:
        indicators = offered.with_parts(category.breakdown_id)
    if Axis.INDICATOR not in axes:
        indicators = (_by_key(indicators, asked.indicator) or indicators[0],)
    periods = _since(offered.periods, asked.since) if Axis.PERIOD in axes else offered.periods[-1:]
    return Shape(rows, columns, periods, indicators, categories, category)


def _axis(asked: str, possible: Sequence[Axis], usual: Axis) -> Axis:
    return next((axis for axis in possible if axis == asked), usual)


def _by_key(rows: Iterable[Row], key: int | None) -> Row | None:
    return next((row for row in rows if row.pk == key), None)


def _since(periods: tuple[ReportingPeriod, ...], first: int | None) -> tuple[ReportingPeriod, ...]:
    place = next((place for place, row in enumerate(periods) if row.pk == first), -USUAL_PERIODS)
    return periods[place:]


def shares_within(indicators: Sequence[Indicator], broken: Iterable[int]) -> list[Indicator]:
    """Those of the indicators that have parts: broken down, or shares of which both parts are."""
    known = set(broken)
    return [row for row in indicators if row.pk in known or {row.numerator_id, row.denominator_id} <= known]
