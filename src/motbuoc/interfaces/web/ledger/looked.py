"""What the pages of figures look at: a period, a unit with all below it, as it was known on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.dateparse import parse_date

from motbuoc.domains.ledger.behind import corrected_since
from motbuoc.domains.ledger.figures import top_for, units_to_read_for
from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import UnitOn
from motbuoc.foundation.units.selectors import above
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.viewer import ViewerRequest


@dataclass(frozen=True)
class Looked:
    """What is looked at, as it was known at the end of a day (None: now).

    `kept`: what else the address says of the page, so that it stays when unit or day are changed.
    """

    period: ReportingPeriod
    unit: UnitOn
    day: date | None
    way: list[UnitOn]
    kept: dict[str, str] = field(default_factory=dict)

    def keep(self, query: Mapping[str, str]) -> None:
        """Say what else the address says."""
        self.kept.update(query)

    @property
    def as_of(self) -> datetime | None:
        """The last moment of the day."""
        return timezone.make_aware(datetime.combine(self.day, time.max)) if self.day else None

    @property
    def query(self) -> str:
        """The address behind "?" that looks at the same."""
        return urlencode({"don-vi": self.unit.pk} | self._on_the_day)

    @property
    def whole_query(self) -> str:
        """The same with what else this page is asked for."""
        return urlencode({"don-vi": self.unit.pk} | self._on_the_day | self.kept)

    @property
    def now_query(self) -> str:
        """The same as it is known now."""
        return urlencode({"don-vi": self.unit.pk} | self.kept)

    @property
    def elsewhere(self) -> str:
        """The address behind "?" of this page for another unit, whose key is to be added."""
        return urlencode(self.kept | self._on_the_day | {"don-vi": ""})

    @property
    def _on_the_day(self) -> dict[str, str]:
        return {"den-ngay": self.day.isoformat()} if self.day else {}

    @property
    def context(self) -> dict[str, Any]:
        """What every page of it shows."""
        corrected = corrected_since(self.period, self.unit.pk, self.as_of) if self.as_of else ()
        return {"looked": self, "period": self.period, "unit": self.unit, "corrected": list(corrected[:20])}


def looked_at(request: ViewerRequest, pk: int) -> Looked:
    """The period and the unit asked for; without one, the highest that the viewer may see.

    Raises:
        Http404: there is none, or the viewer does not see it.
    """
    period = get_object_or_404(periods_for(request.viewer), pk=pk)
    asked = request.GET.get("don-vi", "")
    seen = units_to_read_for(request.viewer, period)
    unit = get_object_or_404(seen, pk=int(asked)) if asked.isdecimal() else top_for(request.viewer, period)
    if unit is None:
        raise Http404
    looks_at(request, "reporting_period", period.pk, period.schedule.unit_id)
    day = parse_date(request.GET.get("den-ngay", "")) if request.GET.get("den-ngay") else None
    if day and not clock.FIRST_DAY <= day <= clock.today():
        day = None
    readable = set(seen.values_list("pk", flat=True))
    way = [row for row in above(unit.pk, period.cutoff_on) if row.pk in readable]
    return Looked(period, unit, day, way)
