"""What units hand over of dialogues when they end: those still to be held, and answers still owed.

What was held stays with whose name it bears; who keeps the archive goes on with it (`selectors.asked_on`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.models import Commitment, Dialogue, Question
from motbuoc.domains.dialogue.states import AWAITS, DialogueState
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare


def hand_over_dialogues(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the dialogues not held yet of each unit (key) to its successor (value): ids of each and its unit."""
    return _hand_over(
        Dialogue.objects.filter(state__in=(DialogueState.PLANNED, DialogueState.ANNOUNCED)), successors
    )


def hand_over_answers(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the questions still to be answered, and what was promised and is no task yet, in the same way."""
    promised = Commitment.objects.filter(duty=None, is_dropped=False)
    for target, sources in by_successor(successors).items():
        promised.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
    return _hand_over(Question.objects.filter(state__in=AWAITS), successors)


def _hand_over(rows: Any, successors: Mapping[int, int]) -> list[tuple[int, int]]:
    given = list(rows.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        rows.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
    return given


declare(Holding("dialogues", "dialogue", _("Dialogues to be held"), hand_over_dialogues))
declare(Holding("answers", "question", _("Questions to be answered"), hand_over_answers))
