"""`motbuoc restore FILE`: make an empty installation what a backup holds."""

from __future__ import annotations

from argparse import ArgumentParser
from getpass import getpass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from motbuoc.backup.encryption import identity_in
from motbuoc.backup.restoring import restore_backup
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.cli.passphrases import passphrase_in

PROMPT = "Passphrase of the backup: "


class Command(BaseCommand):
    """Restore a backup."""

    help = "Put a backup into an empty installation; everything is checked before anything is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, and what opens it."""
        parser.add_argument("file", type=Path)
        opens = parser.add_mutually_exclusive_group()
        opens.add_argument("--passphrase-file", type=Path, help="the passphrase is the first line of this file")
        opens.add_argument("--identity", type=Path, help="a file with the private key of age (AGE-SECRET-KEY-1…)")

    def handle(self, **options: Any) -> None:
        """Restore, then prove the history."""

        def ask() -> str:
            file: Path | None = options["passphrase_file"]
            return passphrase_in(file) if file else str(settings.BACKUP_PASSPHRASE) or getpass(PROMPT)

        try:
            identity = identity_in(options["identity"]) if options["identity"] else None
            restore_backup(options["file"], ask=ask, identity=identity, say=self.stdout.write)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        except OSError as error:  # a disk that is full or gone
            raise CommandError(f"Nothing was restored: {error}") from error
        call_command("history", "verify", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("Done.")
