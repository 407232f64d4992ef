"""Counting what a survey that was closed came to: of a million sheets it takes a minute."""

from __future__ import annotations

import logging
from functools import partial

from django.db import transaction
from django_tasks import task

from motbuoc.domains.surveys.counting import count_survey

logger = logging.getLogger(__name__)


@task()
def count(survey_id: int) -> None:
    """Count it; nothing is destroyed where that fails."""
    try:
        count_survey(survey_id)
    except Exception:
        logger.exception("survey %s could not be counted", survey_id)
        raise


def ask_to_count(survey_id: int) -> None:
    """Have a survey counted once what is written now is settled."""
    transaction.on_commit(partial(count.enqueue, survey_id))
