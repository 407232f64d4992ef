"""Who may see what the history tells of the ledger, and where the tracker finds its forms."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.selectors import forms_for, indicators_for, periods_for, schedules_for, submissions_for
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.domains.work import practices
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.history.sights import declare

declare("submission", lambda viewer: submissions_for(viewer).order_by().values("pk"))
declare("reporting_period", lambda viewer: periods_for(viewer).order_by().values("pk"))
declare("schedule", lambda viewer: schedules_for(viewer).order_by().values("pk"))
declare("report_form", lambda viewer: forms_for(viewer).order_by().values("pk"))
declare("indicator", lambda viewer: indicators_for(viewer).order_by().values("pk"))


def _forms_of(assignments: Collection[int]) -> dict[int, int]:
    return dict(Submission.objects.filter(assignment__in=assignments).order_by().values_list("assignment", "pk"))


practices.declare(
    practices.Practice(
        "ledger",
        _forms_of,
        frozenset({"submit", "accept", "accept_period"}),
        "submission_detail",
        Action.VIEW_FIGURES,
        _("The form to fill in"),
    )
)
