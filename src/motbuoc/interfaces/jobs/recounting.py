"""Counting due days anew after the working calendar was changed."""

from __future__ import annotations

from django_tasks import task

from motbuoc.domains.work.recounting import recount
from motbuoc.foundation.workdays.selectors import changes_to_recount


@task()
def follow_calendar(change_id: int) -> None:
    """Count the due days anew that hang on a change."""
    recount(change_id)


def pick_up_recounting() -> int:
    """Go on with what was under way when a worker ended, and with changes made without one; how many changes."""
    waiting = changes_to_recount()
    for change_id in waiting:
        recount(change_id)
    return len(waiting)
