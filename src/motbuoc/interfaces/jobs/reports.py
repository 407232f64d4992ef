"""Making reports."""

from __future__ import annotations

import logging

from django_tasks import task

from motbuoc.domains.reporting.selectors import report_to_make, unit_names_of
from motbuoc.domains.reporting.services import compose_report, fail_report, finish_report
from motbuoc.interfaces.papers.report import report_file

logger = logging.getLogger(__name__)


@task()
def make_report(report_id: int) -> None:
    """Compose a requested report, write its Word file and finish it; a report that cannot be made says so."""
    report = report_to_make(report_id)
    try:
        content = compose_report(report)
        finish_report(report=report, content=content, word_file=report_file(content, unit_names_of(report)))
    except Exception:
        fail_report(report=report)
        logger.exception("report %s could not be made", report_id)
        raise
