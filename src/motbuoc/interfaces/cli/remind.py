"""`motbuoc remind`: one round of reminding, for cron or a systemd timer where `motbuoc serve` does no jobs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from motbuoc.interfaces.jobs.urging import urge


class Command(BaseCommand):
    """Remind people of what is due, now."""

    help = "Find what is due and tell people of it, once; safe to run twice or on several machines at once."

    def handle(self, **_options: Any) -> None:
        """One round."""
        done = urge(at_once=True)
        self.stdout.write(f"{done.looked_at} assignments looked at, {done.made} messages made, {done.sent} sent.")
