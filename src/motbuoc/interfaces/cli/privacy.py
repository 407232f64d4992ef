"""`motbuoc privacy …`: delete what has had its time, and seal names anew when keys are changed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.domains.listening.privacy import reseal
from motbuoc.domains.listening.retention import delete_what_is_over, kept


class Command(BaseCommand):
    """Look after what is kept of people who are listened to."""

    help = "Delete what has had its time (the server does it once a day by itself), or seal names with a new key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The deeds."""
        deeds = parser.add_subparsers(dest="deed", required=True)
        deeds.add_parser("forget", help="delete what has had its time")
        deeds.add_parser("reseal", help="seal all anew with the first of MOTBUOC_IDENTITY_KEYS")

    def handle(self, **options: Any) -> None:
        """Do one deed."""
        getattr(self, options["deed"])()

    def forget(self) -> None:
        """`forget`."""
        found = delete_what_is_over()
        for each in kept():
            self.stdout.write(f"{each.key}: {found.get(each.key, 0)} deleted.")

    def reseal(self) -> None:
        """`reseal`."""
        done, lost = reseal()
        self.stdout.write(f"Sealed anew: {done}.")
        if lost:
            raise CommandError(f"With none of the keys: {lost}. Put the key back with which they were sealed.")
