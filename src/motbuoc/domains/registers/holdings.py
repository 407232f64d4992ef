"""What a unit hands over of its registers when it ends: what has not left yet. Its books stay in its archives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.registers.models import Outgoing, Recipient
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.foundation.reorganisation.holdings import Holding, by_successor, declare
from motbuoc.foundation.units.models import Unit

GONE = (OutgoingState.DISPATCHED, OutgoingState.VOID)
HANDED_IN = (OutgoingState.CHECKED, OutgoingState.APPROVED)


def hand_over_outgoing(*, successors: Mapping[int, int], day: date) -> list[tuple[int, int]]:
    """Give what each unit (key) has not sent yet to its successor (value): ids of each and its unit.

    What was handed in or approved is a draft again: it bears the name of a unit that can release nothing any more.
    What is numbered keeps number and file; the successor sends it. What was sent or cancelled, incoming lines and
    numbers kept free stay in the books of the unit. Where others have not sent yet, the successor receives it; a
    unit that would send to itself now does not.
    """
    waiting = Outgoing.objects.exclude(state__in=GONE)
    rows = list(waiting.filter(unit__in=successors.keys()).order_by("pk").values_list("pk", "unit_id"))
    for target, sources in by_successor(successors).items():
        theirs = waiting.filter(unit__in=sources)
        theirs.filter(state__in=HANDED_IN).update(state=OutgoingState.DRAFT, layout=None, approved_by=None)
        theirs.update(unit=target, version=F("version") + 1)
    _hand_over_receiving(successors, day)
    return rows


def _hand_over_receiving(successors: Mapping[int, int], day: date) -> None:
    """A unit receives a document once, also where two that were to receive it have become one."""
    planned = Recipient.objects.exclude(outgoing__state__in=GONE)
    names = dict(Unit.objects.on(day).filter(pk__in=successors.values()).values_list("pk", "name"))
    there = set(planned.filter(unit__in=successors.values()).values_list("outgoing_id", "unit_id"))
    rows = list(planned.filter(unit__in=successors.keys()).order_by("pk"))
    Outgoing.objects.filter(pk__in={row.outgoing_id for row in rows}).update(version=F("version") + 1)
    for row in rows:
        target = successors[row.unit_id or 0]
        if (row.outgoing_id, target) in there:
            row.delete()
        else:
            there.add((row.outgoing_id, target))
            row.unit_id, row.name = target, names.get(target, row.name)
            row.save(update_fields=["unit", "name"])
    to_themselves = Q(unit=F("outgoing__unit"), unit__in=successors.values())
    planned.filter(to_themselves).delete()


OUTGOING = Holding("outgoing", "outgoing", _("Outgoing documents not sent yet"), hand_over_outgoing)
declare(OUTGOING)
