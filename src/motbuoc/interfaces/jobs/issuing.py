"""Giving a great directive to its units, batch by batch."""

from __future__ import annotations

import logging
import time

from django.db import connection, transaction
from django_tasks import task

from motbuoc.domains.ledger.scheduling import expect_of
from motbuoc.domains.work.issuing import fail_issuing, issue_batch
from motbuoc.domains.work.selectors import document_of, issuings_under_way

logger = logging.getLogger(__name__)
GAP = 0.15  # seconds: who waits for SQLite to write asks again each tenth of a second


@task()
def go_on_issuing(issuing_id: int) -> None:
    """Give batch after batch until all have it or somebody stops it; one that cannot be given says so.

    Between two of them others get to write: SQLite lets in whoever asks at the right moment, which a worker that
    goes on at once always does, and pages of others ended because the database was locked.
    """
    try:
        while _give_next(issuing_id):
            if connection.vendor == "sqlite":
                time.sleep(GAP)
    except Exception:
        fail_issuing(issuing_id)
        logger.exception("directive of issuing %s could not be given to all units", issuing_id)
        raise


@transaction.atomic
def _give_next(issuing_id: int) -> bool:
    """Give the next batch; where it asks for figures, each unit gets its form together with its task."""
    is_more = issue_batch(issuing_id)
    expect_of(document_of(issuing_id))
    return is_more


def pick_up_issuing() -> None:
    """Ask for what was under way when a worker ended; where another still is at it, the two take turns."""
    for issuing_id in issuings_under_way():
        go_on_issuing.enqueue(issuing_id)
