"""What a unit hands over of documents when it ends: those still under review, with the duties planned for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Addressee, Copy, Document, DutyUnit
from motbuoc.domains.documents.states import READABLE, UNANSWERED
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare


def hand_over_documents(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the documents of each unit (key) that are not issued yet to its successor (value): ids of each and its
    unit.

    What was issued stays the unit's own, with the symbols of its date. Duties and addressees of documents not
    issued yet that name an ending unit name its successor.
    """
    waiting = Document.objects.exclude(state__in=READABLE)
    rows = list(waiting.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        waiting.filter(unit__in=sources).update(unit=target, version=F("version") + 1)
        Addressee.objects.filter(document__in=waiting.values("pk"), unit__in=sources).update(unit=target)
    _rename_duties(successors)
    return rows


def _rename_duties(successors: Mapping[int, int]) -> None:
    """A unit takes part in a duty once, also where two that took part have become one."""
    planned = DutyUnit.objects.exclude(duty__document__state__in=READABLE)
    rows = list(planned.filter(unit__in=successors.keys()).order_by("part", "pk"))
    there = set(planned.filter(unit__in=successors.values()).values_list("duty_id", "unit_id"))
    DutyUnit.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        if (row.duty_id, successors[row.unit_id]) not in there:
            there.add((row.duty_id, successors[row.unit_id]))
            DutyUnit.objects.create(duty_id=row.duty_id, unit_id=successors[row.unit_id], part=row.part)


def hand_over_copies(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give the copies that a unit (key) has not answered for to its successor (value), but for those of documents
    that the successor has a copy of already; what was answered stays in the unit's archives."""
    waiting = Copy.objects.filter(unit__in=successors.keys(), state__in=UNANSWERED).order_by("pk")
    there = set(Copy.objects.filter(unit__in=successors.values()).values_list("document_id", "unit_id"))
    given: list[tuple[int, int]] = []
    for pk, unit, document in list(waiting.values_list("pk", "unit_id", "document_id")):
        if (document, successors[unit]) not in there:
            there.add((document, successors[unit]))
            Copy.objects.filter(pk=pk).update(unit=successors[unit], version=F("version") + 1)
            given.append((pk, unit))
    return given


DOCUMENTS = Holding("documents", "document", _("Documents under review"), hand_over_documents)
declare(DOCUMENTS)
declare(Holding("copies", "copy", _("Copies not yet answered for"), hand_over_copies))
