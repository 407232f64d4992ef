"""`motbuoc backup FILE`: everything the installation holds in one archive, written while people work."""

from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motbuoc.backup.encryption import recipient_of
from motbuoc.backup.writing import write_backup
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.cli.passphrases import passphrase_in

NO_KEY = "The signing key is not in it, as it is not encrypted: after a restore everybody signs in again."
ALTERED = "{target} is whole, but the history in it was altered: see `motbuoc history verify`."


class Command(BaseCommand):
    """Write a backup."""

    help = "Write the database and the files to one archive while people work, read it back, and say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how it is locked. A passphrase is never an argument: others can read those."""
        parser.add_argument("file", type=Path)
        lock = parser.add_mutually_exclusive_group()
        lock.add_argument("--encrypt", action="store_true", help="ask for a passphrase")
        lock.add_argument("--passphrase-file", type=Path, help="the passphrase is the first line of this file")
        lock.add_argument(
            "--recipient", action="append", default=[], help="encrypt to a public key of age (age1…)"
        )
        parser.add_argument("--leave-out-lost", action="store_true", help="go on without files the store has lost")

    def handle(self, **options: Any) -> None:
        """Write it, telling how far it is."""
        target: Path = options["file"]
        try:
            recipients = [recipient_of(text) for text in options["recipient"]]
            passphrase = "" if recipients else self._passphrase(options)
            stands = write_backup(
                target,
                passphrase=passphrase,
                recipients=recipients,
                leave_out=options["leave_out_lost"],
                say=self.stdout.write,
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except OSError as error:  # a disk that is full or gone
            raise CommandError(f"Nothing was kept: {error}") from error
        if not stands:
            raise CommandError(ALTERED.format(target=target))
        self.stdout.write(f"Done: {target}, {target.stat().st_size / 1_000_000:.1f} MB, read back and checked.")
        if not passphrase and not recipients:
            self.stdout.write(NO_KEY)

    def _passphrase(self, options: dict[str, Any]) -> str:
        if options["passphrase_file"]:
            return passphrase_in(options["passphrase_file"])
        if options["encrypt"] and not settings.BACKUP_PASSPHRASE:
            first = getpass("Passphrase: ")
            if not first or getpass("Once more: ") != first:
                raise Refusal("The two are not the same, or empty. Nothing was written.")
            return first
        return str(settings.BACKUP_PASSPHRASE)
