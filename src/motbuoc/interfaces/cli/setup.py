"""`motbuoc setup`: the first unit and the first administrator of an empty installation."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.foundation.administration.founding import found_installation
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.kinds import UnitKind


class Command(BaseCommand):
    """Make an empty installation ready for its first sign-in."""

    help = "Make the first unit and its administrator, and print the code with which they sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The unit at the top, and who administers it."""
        parser.add_argument("--unit", required=True, help="name of the topmost unit")
        parser.add_argument("--short-name", default="", help="its short name (default: the name)")
        parser.add_argument(
            "--code", required=True, help="its code, such as the letters behind its documents' numbers"
        )
        parser.add_argument(
            "--kind", default=UnitKind.PARTY_ORG_PROVINCE.value, choices=UnitKind.values, help="what it is"
        )
        parser.add_argument("--administrator", required=True, help="full name of who administers it")

    def handle(self, **options: Any) -> None:
        """Make them and print the code, which is kept nowhere."""
        try:
            invited = found_installation(
                name=options["unit"],
                short_name=options["short_name"],
                code=options["code"],
                kind=UnitKind(options["kind"]),
                administrator=options["administrator"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        until = invited.invitation.expires_at.date().isoformat()
        self.stdout.write(f"{invited.invitation.person.full_name} administers {options['unit']}.")
        self.stdout.write(f"Their code, good once, until {until}:\n\n    {invited.code}\n")
        self.stdout.write("Open /moi/ on this installation and type it there. It is not kept anywhere.")
