"""`motbuoc serve`: the web server and the background worker of one machine."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

SIGN_IN = """
  Một Bước is ready:  {address}
  Sign in there{how}. Stop with Ctrl+C.
"""
DEMO = " with one click as any of the invented cast (or by name and the password {password})"


class Command(BaseCommand):
    """Serve the pages and do the background work, in one process tree."""

    help = "Serve the pages and do the background work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to listen and with how many worker processes."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, **options: Any) -> None:
        """Listen until stopped."""
        os.environ["MOTBUOC_WORKER"] = "true"  # read by config.wsgi in the process that serves
        # Styles and scripts lie in the data folder, which may be new, restored or of an older version.
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"http://{options['host']}:{options['port']}"
        how = DEMO.format(password=settings.DEMO_PASSWORD) if settings.DEMO else ""
        self.stdout.write(SIGN_IN.format(address=address, how=how))
        Granian(
            "config.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=1,
            log_access=False,
            log_level=LogLevels.warning,
        ).serve()
