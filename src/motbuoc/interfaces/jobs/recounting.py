"""Counting due days anew after the working calendar was changed."""

from __future__ import annotations

import logging

from django_tasks import task

from motbuoc.domains.work.recounting import note_failure, recount
from motbuoc.foundation.workdays.selectors import changes_to_recount

logger = logging.getLogger(__name__)


@task()
def follow_calendar(change_id: int) -> None:
    """Count the due days anew that hang on a change; where that fails, the rounds of reminding try it again."""
    _count(change_id)


def pick_up_recounting() -> int:
    """Go on with what was under way when a worker ended, failed, or was changed without a worker; how many changes
    were counted. One that fails keeps no other back.
    """
    return sum(_count(change_id) for change_id in changes_to_recount())


def _count(change_id: int) -> bool:
    """Whether it could be counted; if not, the calendar's page says so and the log why."""
    try:
        recount(change_id)
    except Exception:
        logger.exception("the due days that hang on change %s of the calendar could not be counted", change_id)
        note_failure(change_id)
        return False
    return True
