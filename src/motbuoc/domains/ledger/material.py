"""What is at hand for the words of a form: the unit's own tasks of an item, with what it reported and brought."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Prefetch, Q

from motbuoc.domains.ledger.submitted import Submission
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.selectors import assignments_for, evidence_for
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.people.models import Person

MOST = 30  # tasks of an item at once


def tasks_by_item(viewer: Person, submission: Submission, items: Collection[str]) -> dict[str, list[Assignment]]:
    """The unit's tasks of these items that were under way in the period, by item, as far as `viewer` sees them.

    Of the directive that the schedule rests on, or of any where it rests on none. Each has `entries_then`: what
    was written of it in the period, with the evidence.
    """
    period = submission.period
    days = (period.start, period.cutoff_on)
    entries = Entry.objects.filter(written_at__date__range=days).prefetch_related(
        Prefetch("evidence", evidence_for(viewer))
    )
    rows = assignments_for(viewer).filter(
        ~Q(state__in=CLOSED) | Q(news_on__gte=period.start),
        unit=submission.unit_id,
        submission=None,
        provision__number__in=items,
        assigned_on__lte=period.cutoff_on,
    )
    if period.schedule.basis_id:
        rows = rows.filter(document=period.schedule.basis_id)
    found: dict[str, list[Assignment]] = {}
    prefetched = rows.order_by("provision__position", "pk").prefetch_related(
        Prefetch("entries", entries, to_attr="entries_then")
    )
    for row in prefetched[: MOST * max(len(items), 1)]:
        assert row.provision
        found.setdefault(row.provision.number, []).append(row)
    return {item: tasks[:MOST] for item, tasks in found.items()}
