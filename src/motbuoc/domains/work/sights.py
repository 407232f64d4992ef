"""Lines of the history about assignments are for those who may see the assignment itself."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from motbuoc.domains.work.inbox import visible
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.sights import declare
from motbuoc.foundation.people.models import Person


def _seen_by(viewer: Person) -> QuerySet[Assignment, Any]:
    """The ids of `assignments_for`, without how late each is: that would ask for the working calendar in vain."""
    seen: QuerySet[Assignment, Any] = visible(*policy.sight(viewer, Action.VIEW_ASSIGNMENT), clock.today())
    return seen.order_by().values("pk")


declare("assignment", _seen_by)
