"""One step ahead: what the worker does once a night."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from motbuoc.domains.work.estimating import estimate_once
from motbuoc.domains.work.outlook_tables import OutlookRun
from motbuoc.foundation.core import clock


def foresee() -> OutlookRun | None:
    """Work the forecasts of the day out, from `MOTBUOC_OUTLOOK_HOUR` on, if nobody has; the run, if this made it.

    Asked once a minute; a night without a worker is made up for in the morning.
    """
    if timezone.localtime(clock.now()).hour < settings.OUTLOOK_HOUR:
        return None
    return estimate_once(clock.today())
