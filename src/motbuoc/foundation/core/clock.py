"""What time it is, said once, so that a simulation or a test can live through a year in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.utils import timezone

ONE_DAY = timedelta(days=1)
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
"""Days of work lie within these; others are slips of the finger, and nobody could count working days from them."""

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def now() -> datetime:
    """This moment, with its zone."""
    return _moment.get() or timezone.now()


def today() -> date:
    """Today's date in the installation's time zone."""
    return timezone.localdate(now())


@contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """Within the block, `now` is `moment`: for simulated and imported pasts, never for a person's own act."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
