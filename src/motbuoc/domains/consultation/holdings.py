"""What units hand over of consultations when they end: those not answered yet, and replies they owe.

What was published stays with whose name it bears; who keeps the archive goes on with it (`selectors.asked_on`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.consultation.models import AskedUnit, Consultation
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare


def hand_over_consultations(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the consultations that go on of each unit (key) to its successor (value): ids of each and its unit.

    A reply that is still owed goes with it, unless the successor was asked too and replies for itself.
    """
    rows = Consultation.objects.exclude(state=ConsultationState.PUBLISHED)
    given = list(rows.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        rows.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
        for owed in AskedUnit.objects.filter(unit__in=sources, replied_on=None).order_by("pk"):
            if not AskedUnit.objects.filter(consultation=owed.consultation_id, unit=target).exists():
                AskedUnit.objects.filter(pk=owed.pk).update(unit=target, version=F("version") + 1)
    return given


declare(Holding("consultations", "consultation", _("Consultations that go on"), hand_over_consultations))
