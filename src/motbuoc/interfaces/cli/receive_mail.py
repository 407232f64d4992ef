"""`motbuoc receive-mail`: takes answers to reminders in, by a pipe, out of a maildir or over IMAP."""

from __future__ import annotations

import mailbox
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from motbuoc.domains.work.replying import PASSING
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.jobs.fetching import BROKEN, fetch_answers
from motbuoc.interfaces.jobs.receiving import MOST_BYTES, receive

TRY_LATER = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the mail and comes again
NEVER = 65  # EX_DATAERR: it sends the mail back with the reason


class Command(BaseCommand):
    """Take mails in."""

    help = "Make progress of answers to reminders: one mail from standard input, or the new ones of a box."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from."""
        parser.add_argument(
            "--maildir", type=Path, help="a maildir whose new mails are taken in and marked as seen"
        )
        parser.add_argument(
            "--mailbox",
            action="store_true",
            help="the unseen mails of the mailbox that MOTBUOC_REPLY_MAILBOX names",
        )

    def handle(self, **options: Any) -> None:
        """One mail, or all that are new."""
        if options["mailbox"]:
            self.stdout.write(self._mailbox())
            return
        if options["maildir"]:
            self.stdout.write(self._maildir(options["maildir"]))
            return
        try:
            verdict = receive(sys.stdin.buffer.read(MOST_BYTES + 1))
        except Refusal as refusal:
            raise CommandError(str(refusal.message), returncode=NEVER) from refusal
        except PASSING as trouble:
            raise CommandError(f"The mail could not be taken in now: {trouble}", returncode=TRY_LATER) from trouble
        self.stdout.write(f"{verdict.outcome or 'known already'}")

    def _mailbox(self) -> str:
        if settings.REPLY_MAILBOX is None:
            raise CommandError("MOTBUOC_REPLY_MAILBOX names no mailbox.")
        try:
            return f"{fetch_answers()} mails taken in."
        except BROKEN as trouble:
            raise CommandError(
                f"The mailbox cannot be looked into now: {trouble}", returncode=TRY_LATER
            ) from trouble

    def _maildir(self, folder: Path) -> str:
        if not (folder / "new").is_dir():
            raise CommandError(f"{folder} is no maildir.")
        box, count = mailbox.Maildir(str(folder), create=False), 0
        for key in sorted(path.name.partition(box.colon)[0] for path in (folder / "new").iterdir()):
            try:
                receive(box.get_bytes(key))
            except Refusal as refusal:
                self.stderr.write(f"{key}: {refusal.message}")
            except PASSING as trouble:  # one that cannot be taken in now stays new, and keeps no other back
                self.stderr.write(f"{key}: {trouble}")
                continue
            mail = box[key]
            mail.set_subdir("cur")
            mail.add_flag("S")
            box[key] = mail
            count += 1
        return f"{count} mails taken in."
