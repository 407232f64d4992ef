"""What units hand over of surveys when they end: those still being built or open.

What was closed stays with whose name it bears; who keeps the archive goes on with it (`selectors.asked_on`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.surveys.models import Survey
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare


def hand_over_surveys(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the surveys that go on of each unit (key) to its successor (value): ids of each and its unit."""
    rows = Survey.objects.filter(state__in=(SurveyState.DRAFT, SurveyState.OPEN))
    given = list(rows.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        rows.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
    return given


declare(Holding("surveys", "survey", _("Surveys that go on"), hand_over_surveys))
