"""`motbuoc history verify`: prove that nothing in the history was altered."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from motbuoc.foundation.history.services import verify


class Command(BaseCommand):
    """Look after the history."""

    help = "Prove that nothing in the history was altered; exit code 1 if something was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do: so far, only to verify."""
        parser.add_argument("deed", choices=["verify"])

    def handle(self, **options: Any) -> None:
        """Say how many lines stand, or which is the first that does not."""
        count, broken = verify()
        if broken is None:
            self.stdout.write(f"The history is whole: {count} lines.")
            return
        where = f"line {broken}" if broken else "the end: lines are missing"
        self.stderr.write(f"The history was altered at {where}; {count} lines before it are whole.")
        sys.exit(1)
