"""Asking a language model for wording, as a job: at the one address an administrator set, within limits."""

from __future__ import annotations

import logging

from django_tasks import task

from motbuoc.domains.reporting.worded import Trouble
from motbuoc.domains.reporting.wording import (
    fail_wording,
    is_offered,
    messages_of,
    receive_wording,
    wording_to_suggest,
)
from motbuoc.interfaces.jobs.language_model import NoAnswer, answer_to

logger = logging.getLogger(__name__)


@task()
def suggest_wording(wording_id: int) -> None:
    """Ask, and keep what was answered; where nothing came, say why. What may not be sent any more is not."""
    wording = wording_to_suggest(wording_id)
    if wording is None:
        return
    if not is_offered(wording.section.draft):
        fail_wording(wording=wording, trouble=Trouble.CLOSED)
        return
    try:
        receive_wording(wording=wording, answer=answer_to(messages_of(wording.sentences)))
    except NoAnswer as none:
        fail_wording(wording=wording, trouble=none.trouble)
        logger.warning("no wording for suggestion %s: %s", wording_id, none.trouble.value)
    except Exception:
        fail_wording(wording=wording, trouble=Trouble.SILENT)
        logger.exception("suggestion %s could not be asked for", wording_id)
        raise
