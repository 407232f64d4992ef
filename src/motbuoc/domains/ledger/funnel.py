"""How far the reports of a period have come: expected, begun, handed in, approved on the way, accepted."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from motbuoc.domains.ledger.selectors import IN_TIME, RECEIVED
from motbuoc.domains.ledger.submitted import Approval, HandedIn, Submission
from motbuoc.domains.work.states import HANDED_IN, AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import UnitClosure

ACCEPTED = Q(assignment__state=AssignmentState.ACCEPTED)


class Funnel(NamedTuple):
    """The reports of a period by the step they have reached; each step counts those that went on from it as well.

    What came in time may have gaps, and what is whole may have come late: so both are counted apart, of what was
    handed in and of what is accepted. `approved` is None where no unit stands between who reports and who asks.
    `corrected`: accepted for a second time, in place of figures accepted before.
    """

    expected: int
    begun: int
    received: int
    on_time: int
    complete: int
    approved: int | None
    accepted: int
    accepted_on_time: int
    accepted_complete: int
    corrected: int


def parts_of_period() -> dict[str, Q]:
    """Which submissions of a period one may look at, by how far they are today: of each step, and the rest."""
    complete = Q(is_complete=True)
    return {
        "begun": Q(entered_at__isnull=False) | RECEIVED,
        "missing": ~RECEIVED,
        "received": RECEIVED,
        "on_time": RECEIVED & IN_TIME,
        "complete": RECEIVED & complete,
        "incomplete": RECEIVED & ~complete,
        "waiting": Q(assignment__state__in=HANDED_IN),
        "approved": ACCEPTED
        | Q(assignment__state__in=HANDED_IN) & ~Q(Exists(_units_on_the_way(still_waiting=True))),
        "accepted": ACCEPTED,
        "accepted_on_time": ACCEPTED & IN_TIME,
        "accepted_complete": ACCEPTED & complete,
        "corrected": ACCEPTED & Q(Exists(_accepted_before())),
    }


def funnel_of(submissions: QuerySet[Submission]) -> Funnel:
    """The counts of these submissions of one period, in one query."""
    parts = parts_of_period()
    counts = {name: Count("pk", filter=parts[name]) for name in Funnel._fields if name in parts}
    on_the_way = Count("pk", filter=Exists(_units_on_the_way()))
    found = submissions.order_by().aggregate(expected=Count("pk"), on_the_way=on_the_way, **counts)
    if not found.pop("on_the_way"):
        found["approved"] = None
    return Funnel(**found)


def _units_on_the_way(*, still_waiting: bool = False) -> QuerySet[UnitClosure]:
    """The units that report too and stand above a submission's today (`services.units_to_approve`)."""
    above = UnitClosure.objects.filter(
        in_force(clock.today()), descendant=OuterRef("unit"), depth__gt=0, is_archive=False
    ).exclude(ancestor=OuterRef("period__schedule__unit"))
    reporting = Submission.objects.filter(period=OuterRef(OuterRef("period")), unit=OuterRef("ancestor"))
    above = above.filter(Exists(reporting))
    if still_waiting:
        last = {"handed_in__handed_in_at": OuterRef(OuterRef("handed_in_at"))}
        approved = Approval.objects.filter(
            handed_in__submission=OuterRef(OuterRef("pk")), unit=OuterRef("ancestor"), **last
        )
        above = above.exclude(Exists(approved))
    return above


def _accepted_before() -> QuerySet[HandedIn]:
    """What was accepted of a submission before that which is accepted now."""
    return HandedIn.objects.filter(
        submission=OuterRef("pk"), accepted_at__isnull=False, number__lt=OuterRef("number")
    )
