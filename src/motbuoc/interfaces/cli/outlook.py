"""`motbuoc outlook`: work out which tasks may need help, and say how good the forecasts have been."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motbuoc.domains.work.estimating import estimate
from motbuoc.foundation.core.errors import Collision


class Command(BaseCommand):
    """Work it out."""

    help = (
        "Work out how likely open tasks are to be late, from what became of earlier ones. `motbuoc serve` does it "
        "once a night by itself."
    )

    def handle(self, **options: Any) -> None:
        """Work it out and print the Brier scores."""
        try:
            run = estimate()
        except Collision as collision:
            raise CommandError(str(collision.message)) from None
        if run.brier is None or not run.base_brier:
            self.stdout.write("Too few tasks have come to their day to judge a forecast; nothing is shown.")
            return
        ratio = run.brier / run.base_brier
        shown = "shown" if run.is_better else "not shown"
        self.stdout.write(
            f"{run.judged} forecasts judged: Brier score {run.brier:.4f}, base rate {run.base_brier:.4f}, "
            f"ratio {ratio:.3f}: {shown}."
        )
