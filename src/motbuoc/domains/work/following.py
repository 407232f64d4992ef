"""What a unit tracks without doing it (the monitor of an assignment), and urging those who do it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.domains.work.states import CLOSED, OWED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.occasions import Occasion, Reach, Recipient
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person


def followed_by(viewer: Person) -> WithLateness:
    """What the units for which `viewer` works track and others still owe, the latest first."""
    mine = policy.within_reach(viewer, Action.WORK_ON_ASSIGNMENT, "monitor")
    rows = assignments_for(viewer).filter(mine, monitor__isnull=False).exclude(state__in=CLOSED)
    return rows.order_by("-lateness", F("due_on").asc(nulls_last=True), "pk")


def may_urge(actor: Person, assignment: Assignment) -> bool:
    """Whether `actor` may urge the unit: for the unit that tracks it, or for the one that issued it."""
    if policy.may_on(actor, Action.DECIDE_ASSIGNMENT, assignment.document.unit_id):
        return True
    monitor = assignment.monitor_id
    return bool(monitor) and policy.may_on(actor, Action.WORK_ON_ASSIGNMENT, monitor or 0)


@transaction.atomic
def urge(*, actor: Person, assignment: Assignment) -> int:
    """Tell those who work on an assignment, at once, that it is waited for; how many are told.

    Raises:
        NotAllowed: the actor works neither for the unit that tracks it nor for the one that issued it.
        Refusal: the unit owes nothing any more, was urged today already, or has nobody who could be told.
    """
    fresh = Assignment.objects.select_for_update().get(pk=assignment.pk)
    fresh.document = assignment.document
    if not may_urge(actor, fresh):
        raise NotAllowed(_("Only the unit that tracks this task, or the one that issued it, urges."))
    if fresh.state not in OWED:
        raise Refusal(_("The unit owes nothing of this task now: there is nobody to urge."))
    today = clock.today()
    key = f"assignment/{fresh.pk}/{Occasion.URGED}/{today.isoformat()}"
    if Notice.objects.filter(object_type="assignment", object_id=fresh.pk, key__startswith=f"{key}/").exists():
        raise Refusal(_("The unit was urged today already. Call them if it cannot wait until tomorrow."))
    people = _told(fresh)
    if not people:
        raise Refusal(_("Nobody of this unit can be told. Ask whoever looks after people to give it somebody."))
    notify(
        News(
            person=person,
            occasion=Occasion.URGED,
            since=today,
            object_type="assignment",
            object_id=fresh.pk,
            unit=fresh.unit_id,
            reach=Reach.URGENT,
            key=f"{key}/{person}",
        )
        for person in people
    )
    record(actor, Act("urge", "assignment", fresh.pk, fresh.unit_id, {"told": len(people)}))
    return len(people)


def _told(assignment: Assignment) -> list[int]:
    people, document = Recipients(clock.today()), assignment.document
    people.load([assignment.unit_id], [document.unit_id])
    work = (assignment.unit_id, document.unit_id, document.classification)
    return people.of(Recipient.OWNER, *work) or people.of(Recipient.HEAD, *work)
