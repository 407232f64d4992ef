"""What units hand over of opinions when they end: those still to be dealt with, and their open boxes.

What was settled, and the themes, stay with whose name they bear; who keeps the archive goes on with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.states import OPEN
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare


def hand_over_opinions(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the opinions to be dealt with of each unit (key) to its successor (value): ids of each and its unit."""
    rows: Any = Opinion.objects.filter(state__in=OPEN)
    given = list(rows.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        rows.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
    return given


declare(Holding("opinions", "opinion", _("Opinions to be answered"), hand_over_opinions))
