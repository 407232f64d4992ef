"""The one way from the sheets of a file to a plan."""

from __future__ import annotations

from datetime import date

from motbuoc.foundation.administration.workbook.columns import SHEETS
from motbuoc.foundation.administration.workbook.known import known_for
from motbuoc.foundation.administration.workbook.people_plan import plan_people
from motbuoc.foundation.administration.workbook.plan import Plan
from motbuoc.foundation.administration.workbook.rows import Tables, read_rows
from motbuoc.foundation.administration.workbook.unit_plan import plan_units
from motbuoc.foundation.people.models import Person

ORDER = {sheet.title: place for place, sheet in enumerate(SHEETS)}


def plan_import(actor: Person, tables: Tables, day: date, legal_basis: str) -> Plan:
    """What the sheets would change on `day`, done by `actor`; with all that is wrong, in the order of the file.

    `legal_basis` is that of everything whose row names none.
    """
    rows = read_rows(tables)
    plan = Plan(problems=rows.problems)
    known = known_for(actor, rows, day)
    planned = plan_units(rows.units, known, legal_basis, plan)
    plan_people(rows.people, planned, legal_basis, plan)
    plan.problems.sort(key=lambda problem: (ORDER[problem.sheet], problem.row))
    return plan
