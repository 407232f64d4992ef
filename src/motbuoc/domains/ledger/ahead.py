"""What was worked out ahead, read: the whole year of a figure, and the early signs of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q

from motbuoc.domains.ledger.choices import Basis
from motbuoc.domains.ledger.courses import A_YEAR
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.projected import Jump, Projection, Showing
from motbuoc.domains.ledger.projecting import stamp_of_schedule
from motbuoc.domains.ledger.selectors import submissions_for
from motbuoc.domains.ledger.submitted import Fact, HandedIn, ReportingPeriod, Submission, Target
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure

PAST_SHOWN = 6
"""Earlier figures listed beside an early sign, the newest of them."""


@dataclass(frozen=True)
class WholeYear:
    """The year of a figure as it will probably be, or why it is not told.

    `is_waiting`: something was accepted since, and it is not worked out yet. `target` is the year's, if any.
    """

    year: int
    projection: Projection | None
    is_waiting: bool
    target: Decimal | None

    @property
    def is_shown(self) -> bool:
        """Whether there is a figure to show."""
        return not self.is_waiting and self.projection is not None and self.projection.showing == Showing.SHOWN

    @property
    def against_target(self) -> str:
        """Where the target lies: "reached" below the interval, "missed" above it, "open" within; "": none."""
        if not self.is_shown or self.target is None or self.projection is None:
            return ""
        assert self.projection.lower is not None
        assert self.projection.upper is not None
        if self.projection.lower >= self.target:
            return "reached"
        return "missed" if self.projection.upper < self.target else "open"


def whole_year_of(period: ReportingPeriod, unit_id: int, indicator: Indicator) -> WholeYear | None:
    """The year ahead of an indicator of a unit with all below it, told from the newest whole period.

    None where none is told in this cycle or of this (a stock), or for a period before that one: it would tell what
    is known by now.
    Whoever shows it has asked for the unit by `figures.units_to_read_for`.
    """
    parts = [each for each in (indicator.numerator, indicator.denominator) if each] or [indicator]
    if period.schedule.cycle not in A_YEAR or any(part.basis == Basis.STOCK for part in parts):
        return None
    rows = Projection.objects.filter(schedule=period.schedule, unit=unit_id, indicator=indicator)
    found = rows.select_related("period").first()
    if found and found.period.end > period.end:
        return None
    year = found.period.end.year if found else period.end.year
    target = Target.objects.filter(unit=unit_id, indicator=indicator, year=year).values_list("amount", flat=True)
    return WholeYear(year, found, _is_waiting(period, unit_id), target.first())


def _is_waiting(period: ReportingPeriod, unit_id: int) -> bool:
    """Whether something that it is made of came after it was worked out."""
    schedule = period.schedule
    if schedule.projected_at is None or schedule.projected_as != stamp_of_schedule(schedule):
        return True
    below = in_force(period.cutoff_on, "unit__closure_above__") & Q(unit__closure_above__ancestor=unit_id)
    rows = Submission.objects.filter(below, period__schedule=schedule)
    return rows.filter(accepted_at__gt=schedule.projected_at).exists()


@dataclass(frozen=True)
class Sign:
    """A jump with its unit, the figures before it (the newest first), and what the unit noted beside it."""

    jump: Jump
    unit_name: str
    past: tuple[tuple[str, Decimal], ...]
    note: str


def signs_for(viewer: Person, period: ReportingPeriod, unit_id: int) -> list[Sign]:
    """The early signs of a period in the reports below a unit that `viewer` may see, the farthest off first."""
    below = UnitClosure.objects.filter(in_force(period.cutoff_on), ancestor=unit_id).values("descendant")
    seen = submissions_for(viewer).filter(period=period, unit__in=below).order_by()
    rows = Jump.objects.filter(submission__in=seen.values("pk")).select_related("submission", "indicator")
    jumps = sorted(rows.order_by("pk"), key=lambda row: (-abs(row.amount - row.middle) / (row.middle + 1), row.pk))
    names = dict(
        Unit.objects.known_by(period.cutoff_on)
        .filter(pk__in=[row.submission.unit_id for row in jumps])
        .values_list("pk", "name")
    )
    past, notes = _past_of(period, jumps), _notes_of(period, jumps)
    return [
        Sign(
            row,
            str(names.get(row.submission.unit_id, "")),
            tuple(past[row.submission.unit_id, row.indicator_id][:PAST_SHOWN]),
            notes.get((row.submission_id, row.indicator_id), ""),
        )
        for row in jumps
    ]


def _past_of(period: ReportingPeriod, jumps: Iterable[Jump]) -> dict[tuple[int, int], list[tuple[str, Decimal]]]:
    """What the units reported in earlier periods, the newest first."""
    wanted = {(row.submission.unit_id, row.indicator_id) for row in jumps}
    rows = Fact.objects.filter(
        known_until=None,
        period__schedule=period.schedule_id,
        period__end__lt=period.end,
        unit__in={unit for unit, _indicator in wanted},
        indicator__in={indicator for _unit, indicator in wanted},
    )
    sums: dict[tuple[int, int], dict[str, Decimal]] = defaultdict(dict)
    columns = rows.order_by("-period__end", "pk").values_list("unit", "indicator", "period__label", "amount")
    for unit, indicator, label, amount in columns:
        found = sums[unit, indicator]
        found[label] = found.get(label, Decimal(0)) + amount
    return defaultdict(list, {key: list(found.items()) for key, found in sums.items()})


def _notes_of(period: ReportingPeriod, jumps: Iterable[Jump]) -> dict[tuple[int, int], str]:
    """What stands in the notes of the accepted reports, by report and indicator."""
    fields = dict(period.form.fields.values_list("pk", "indicator_id"))
    accepted = HandedIn.objects.filter(
        submission__in={row.submission_id for row in jumps}, number=F("submission__number")
    )
    found: dict[tuple[int, int], str] = {}
    for handed in accepted.order_by("pk"):
        for field, _category, _amount, _estimate, *note in handed.content["cells"]:
            if note and field in fields:
                found[handed.submission_id, fields[field]] = str(note[0])
    return found
