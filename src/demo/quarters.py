"""The reports of the simulated months: one for each quarter, asked for and made on its last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from motbuoc.domains.documents.models import Document
from motbuoc.domains.reporting.services import request_report
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.jobs.reports import make_report


class Quarters:
    """The quarters whose reports are still to be made; each begins the day after the one before it ended."""

    def __init__(self, begin: date, ends: Sequence[date]) -> None:
        self.begin, self.ends = begin, list(ends)

    def ended_before(self, day: date) -> date | None:
        """The last day of the next quarter to report on, if it lies before `day`."""
        return self.ends[0] if self.ends and self.ends[0] < day else None

    def report(self, officer: Person, document: Document) -> None:
        """Ask for the report of the next quarter and make it at once, as the background job would."""
        end = self.ends.pop(0)
        report = request_report(actor=officer, document=document, start=self.begin, end=end)
        make_report.call(report.pk)
        self.begin = end + timedelta(days=1)
