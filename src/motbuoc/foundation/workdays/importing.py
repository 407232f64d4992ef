"""From the rows of a file to the days of a year: every row checked, every error a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from motbuoc.foundation.workdays.calendar import Special
from motbuoc.foundation.workdays.models import DayKind
from motbuoc.foundation.workdays.planning import LONGEST_BASIS, Days, problem_of
from vanban.text import fold

DAY_FORMATS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")


class DayRow(NamedTuple):
    """A day as a file gives it, before anybody has checked it; `row` is where it stands, from 1."""

    row: int
    day: str | date
    kind: str
    name: str
    legal_basis: str


class Problem(NamedTuple):
    """What is wrong in a row, in a sentence."""

    row: int
    sentence: str


@dataclass(slots=True)
class Brought:
    """What a file says of a year: its days, what is wrong, and how many rows are about other years."""

    days: Days = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    elsewhere: int = 0


def check_rows(rows: Iterable[DayRow], year: int, legal_basis: str) -> Brought:
    """The days of `year` among the rows; where a row names no basis it is `legal_basis`."""
    brought, words = Brought(), _kind_words()
    for row in rows:
        day = row.day if isinstance(row.day, date) else _day(row.day)
        if day is None:
            sentence = _("“%(text)s” is no date. Write it as day/month/year, like 30/04/2026.")
            brought.problems.append(Problem(row.row, sentence % {"text": str(row.day)[:40]}))
        elif day.year != year:
            brought.elsewhere += 1
        elif problem := _add(brought.days, day, words.get(fold(row.kind.strip()), ""), row, legal_basis):
            brought.problems.append(Problem(row.row, problem))
    return brought


def _add(days: Days, day: date, kind: str, row: DayRow, legal_basis: str) -> str:
    """Take the day in, or say why not."""
    if not kind:
        with translation.override(settings.LANGUAGE_CODE):
            known = ", ".join(str(label) for label in DayKind.labels)
        words = _("“%(text)s” is no kind of day. Write one of: %(known)s.")
        return words % {"text": row.kind[:40], "known": known}
    if day in days:
        return _("%(day)s stands in the file twice. Leave one.") % {"day": f"{day:%d/%m/%Y}"}
    if problem := problem_of(day, kind, row.name):
        return problem
    days[day] = Special(kind, row.name.strip(), (row.legal_basis.strip() or legal_basis.strip())[:LONGEST_BASIS])
    return ""


def _kind_words() -> dict[str, str]:
    """What a kind may be called: its code, and its label in each language, without marks."""
    words = {fold(kind.value): kind.value for kind in DayKind}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {fold(str(kind.label)): kind.value for kind in DayKind}
    return words


def _day(text: str) -> date | None:
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    return None
