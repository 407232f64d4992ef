"""What has had its time is deleted: what the worker does once a day."""

from __future__ import annotations

import logging
from datetime import date

from motbuoc.domains.listening.retention import delete_what_is_over
from motbuoc.foundation.core import clock

_done: list[date] = []
"""The day on which this process did it last."""


def forget_once_a_day() -> dict[str, int]:
    """Delete what is over, once a day in each process; how many of each kind."""
    if _done == [clock.today()]:
        return {}
    found = delete_what_is_over()
    _done[:] = [clock.today()]
    for key, count in found.items():
        logging.getLogger(__name__).warning("deleted in its time: %s of %s", count, key)
    return found
