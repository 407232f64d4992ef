"""`motbuoc account remove-second-factors NAME`: for somebody who has lost the phone, the key and the codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.foundation.people.selectors import accounts_called
from motbuoc.foundation.people.services import remove_second_factors


class Command(BaseCommand):
    """Help somebody who cannot sign in."""

    help = "Take all second factors off an account and sign it out everywhere. (A new password: changepassword.)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and for whom."""
        parser.add_argument("deed", choices=["remove-second-factors"])
        parser.add_argument("username", help="the sign-in name")

    def handle(self, **options: Any) -> None:
        """Do it, and say what was done."""
        account = accounts_called([options["username"]]).first()
        if account is None:
            raise CommandError(f"There is no open account called {options['username']}.")
        count = remove_second_factors(account)
        self.stdout.write(f"{account.person.full_name}: {count} removed, signed out everywhere.")
