"""`motbuoc export-units` and `motbuoc import-units`: the workbook of units and people without a browser."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.foundation.administration.workbook.importing import import_workbook
from motbuoc.foundation.administration.workbook.plan import Plan
from motbuoc.foundation.administration.workbook.planning import plan_import
from motbuoc.foundation.administration.workbook.rows import DAY_FORMATS
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.people.selectors import accounts_called
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.interfaces.papers.tables import read_tables
from motbuoc.interfaces.papers.workbook import write_workbook


def day(text: str) -> date:
    """A day as people write it. Raises ArgumentTypeError for what is none."""
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, in no zone
        except ValueError:
            continue
    raise ArgumentTypeError(f"{text} is not a date; write dd/mm/yyyy")


def person_called(username: str) -> Person:
    """The person of an account. Raises CommandError when there is none that can be used."""
    account = accounts_called([username]).first()
    if account is None:
        raise CommandError(f"There is no usable account called {username}.")
    return account.person


class Export(BaseCommand):
    """Write the workbook."""

    help = "Write the units and people that somebody may see into an Excel workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, as whom, of which day."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="sign-in name of the person who sees them")
        parser.add_argument(
            "--on", type=day, default=None, help="the day of the tree, dd/mm/yyyy (default: today)"
        )

    def handle(self, **options: Any) -> None:
        """Write the file."""
        with options["file"].open("wb") as file:
            write_workbook(file, person_called(options["by"]), options["on"] or clock.today())
        self.stdout.write(f"Written: {options['file']}")


class Import(BaseCommand):
    """Carry out a workbook."""

    help = "Make the tree and its people what an Excel workbook says; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file, as whom, from which day, on what basis."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="sign-in name of the person who does it")
        parser.add_argument("--on", type=day, required=True, help="the day from which changes hold, dd/mm/yyyy")
        parser.add_argument("--basis", required=True, help="the document on which the changes rest")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, **options: Any) -> None:
        """Say every error, or what would change; without --dry-run, do it."""
        actor, basis = person_called(options["by"]), Basis(options["on"], options["basis"])
        try:
            tables = read_tables(options["file"].read_bytes())
            plan = plan_import(actor, tables, basis.effective_on, basis.legal_basis)
            if plan.problems:
                raise CommandError("\n".join(_problems(plan)))
            self.stdout.write(_told(plan))
            if not options["dry_run"] and not plan.is_empty:
                import_workbook(actor=actor, tables=tables, basis=basis, previewed=plan.digest)
                self.stdout.write("Done.")
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal


def _problems(plan: Plan) -> list[str]:
    told = [f"{p.sheet}, {p.row}, {p.column}: {p.sentence}" for p in plan.problems]
    return ["Nothing was written. What to mend:", *told]


def _told(plan: Plan) -> str:
    return (
        f"Units: {len(plan.created)} new, {len(plan.renamed)} renamed, {len(plan.moved)} moved, "
        f"{len(plan.converted)} converted, {plan.unchanged_units} left alone, {len(plan.unlisted)} not named.\n"
        f"Identifiers of {len(plan.identified)} units, host bodies of {len(plan.hosted)}.\n"
        f"Positions: {len(plan.appointed)} begun ({plan.new_people} new people), {len(plan.ended)} ended, "
        f"{plan.unchanged_positions} left alone."
    )
