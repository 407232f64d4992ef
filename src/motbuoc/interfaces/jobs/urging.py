"""Reminding people: what the worker does once a minute, and `motbuoc remind` once."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from motbuoc.domains.work.reminding import Sweep
from motbuoc.foundation.core import clock


@dataclass(frozen=True, slots=True)
class Urged:
    """What one round did: assignments looked at."""

    looked_at: int


def urge(*, at_once: bool = False) -> Urged:
    """Find what is due from `MOTBUOC_REMIND_HOUR` on (`at_once`: at any hour).

    Whatever was missed, on days without a worker too, is found in the next round.
    """
    hour = timezone.localtime(clock.now()).hour
    looked_at = Sweep(clock.today()).run() if at_once or hour >= settings.REMIND_HOUR else 0
    return Urged(looked_at)
