"""`motbuoc import-calendar`: the days of a year from a file, without a browser."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.domains.work.recounting import recount
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.workdays.importing import check_rows
from motbuoc.foundation.workdays.planning import YearPlan, plan_year
from motbuoc.foundation.workdays.services import save_year
from motbuoc.interfaces.cli.workbook import person_called
from motbuoc.interfaces.papers.calendar_files import read_days


class Command(BaseCommand):
    """Make the working days of a year what a file says."""

    help = "Confirm or replace the working calendar of a year from a CSV, Excel or iCalendar file; all or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, of which year, as whom, on what basis."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument("--by", required=True, help="sign-in name of the administrator who does it")
        parser.add_argument("--basis", required=True, help="the document that decided on the days")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, **options: Any) -> None:
        """Say every error, or what would change; without --dry-run, do it."""
        actor = person_called(options["by"])
        try:
            rows = read_days(options["file"].name, options["file"].read_bytes())
            brought = check_rows(rows, options["year"], options["basis"])
            if brought.problems:
                told = [f"row {problem.row}: {problem.sentence}" for problem in brought.problems]
                raise CommandError("\n".join(["Nothing was written. What to mend:", *told]))
            plan = plan_year(options["year"], brought.days, options["basis"])
            self.stdout.write(_told(plan))
            if not options["dry_run"]:
                done = recount(save_year(actor=actor, plan=plan).pk)
                self.stdout.write(f"Done. Due days counted anew: {done.moved}, of {done.units} units.")
        except OSError as trouble:
            raise CommandError(f"The file cannot be read: {trouble}") from trouble
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal


def _told(plan: YearPlan) -> str:
    lines = [f"{plan.year}: {len(plan.after)} days, {len(plan.changes)} of them new, changed or taken out."]
    for change in plan.changes:
        names = [special.name if special else "-" for special in (change.before, change.after)]
        lines.append(f"{change.day:%d/%m/%Y}: {names[0]} -> {names[1]}")
    return "\n".join(lines)
