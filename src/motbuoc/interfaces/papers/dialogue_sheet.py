"""A year's dialogues of units as a sheet for Excel: what the rules ask for against what was planned and held."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.sheets import Sheet, as_excel


def tallies_workbook(year: int, rows: Iterable[Any]) -> bytes:
    """The rows of `dialogue.tallies.tallies_for` as an .xlsx file, all of them, in their order."""
    headings = (
        _("Unit"),
        _("Asked for by the rule"),
        pgettext("dialogues", "Planned"),
        pgettext("dialogues", "Held"),
        pgettext("dialogues", "Missing"),
        _("Questions"),
        _("Answered questions"),
        _("Answers late"),
    )
    sheet = Sheet(
        title=_("Dialogues of %(year)s: asked for, planned, held, answered") % {"year": year},
        note=_("As of %(day)s.") % {"day": f"{clock.today():%d/%m/%Y}"},
        headings=headings,
        rows=(
            (row.name, row.wanted, row.planned, row.held, row.gap, row.asked, row.answered, row.overdue)
            for row in rows
        ),
    )
    return as_excel(sheet)
