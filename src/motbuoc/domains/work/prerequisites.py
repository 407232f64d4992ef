"""Assignments that wait for others: stated by whoever issued both, never in a loop, told when the last is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work.inbox import named
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.standing import THOSE_WAITING
from motbuoc.domains.work.states import CLOSED, OWED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.notices.occasions import Occasion, Reach, Recipient
from motbuoc.foundation.notices.recipients import Recipients
from motbuoc.foundation.notices.services import News, notify
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

MOST = 20  # that one assignment waits for
WORDS = 60  # characters of a task in a sentence


@transaction.atomic
def add_prerequisite(*, actor: Person, assignment: Assignment, needs: Assignment) -> Prerequisite:
    """State that `assignment` waits until `needs` is accepted; stating it again changes nothing.

    Raises:
        NotAllowed: the actor does not decide on both.
        Refusal: they were not issued by one unit, one of them is closed, it would wait for itself (the sentence
            names the loop), or for too many.
    """
    issuer = assignment.document.unit_id
    for one in (assignment, needs):
        policy.require(actor, Action.DECIDE_ASSIGNMENT, one.document.unit_id)
    if needs.document.unit_id != issuer:
        raise Refusal(_("A task can wait only for tasks that the same unit issued."))
    Unit.objects.select_for_update(no_key=True).get(
        pk=issuer
    )  # of two at once, the second sees what the first did
    if Assignment.objects.filter(pk__in=(assignment.pk, needs.pk), state__in=CLOSED).exists():
        raise Refusal(_("One of the two is done or cancelled already: nothing is waited for."))
    if loop := _loop(assignment.pk, needs.pk):
        raise Refusal(_("This would wait for itself: %(loop)s. Take one of these out first.") % {"loop": loop})
    if Prerequisite.objects.filter(assignment=assignment).exclude(needs=needs).count() >= MOST:
        raise Refusal(_("A task can wait for at most %(most)s others.") % {"most": MOST})
    row, is_new = Prerequisite.objects.get_or_create(
        assignment=assignment, needs=needs, defaults={"stated_by": actor}
    )
    if is_new:
        _record(actor, "add_prerequisite", assignment, needs.pk)
    return row


@transaction.atomic
def drop_prerequisite(*, actor: Person, assignment: Assignment, needs_id: int) -> None:
    """Let `assignment` wait no more for another.

    Raises:
        NotAllowed: the actor does not decide on it.
    """
    policy.require(actor, Action.DECIDE_ASSIGNMENT, assignment.document.unit_id)
    gone, _of = Prerequisite.objects.filter(assignment=assignment, needs=needs_id).delete()
    if gone:
        _record(actor, "drop_prerequisite", assignment, needs_id)


def _record(actor: Person, action: str, assignment: Assignment, needs_id: int) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(look_on=clock.today())  # its clock may stand otherwise now
    record(actor, Act(action, "assignment", assignment.pk, assignment.unit_id, {"needs": needs_id}))


def _loop(waiting: int, needed: int) -> str:
    """The loop that would come of it, in words; "" where none would."""
    came_from: dict[int, int] = {needed: waiting}
    layer = [needed]
    while layer and waiting not in layer:
        ties = Prerequisite.objects.filter(assignment__in=layer).values_list("assignment_id", "needs_id")
        new = [(source, target) for source, target in ties if target == waiting or target not in came_from]
        came_from |= {target: source for source, target in new}
        layer = list(dict.fromkeys(target for _source, target in new))
    if waiting not in layer and waiting != needed:
        return ""
    path = [waiting]
    while waiting != needed and (before := came_from[path[-1]]) != waiting:
        path.append(before)
    rows = named(Assignment.objects.filter(pk__in=path), clock.today()).select_related("duty")
    words = {row.pk: f"“{Truncator(row.duty.text).chars(WORDS)}” ({row.unit_short_name})" for row in rows}
    return " → ".join(words[pk] for pk in (*reversed(path), path[-1]) if pk in words)


@dataclass(frozen=True)
class Tie:
    """One end of a wait: the unit, whether it is over; words only for who may see the assignment (`is_shown`)."""

    pk: int
    is_shown: bool
    unit_name: str
    state: str
    words: str

    @property
    def is_over(self) -> bool:
        """Whether nothing is waited for any more."""
        return self.state in CLOSED


@dataclass(frozen=True)
class Ties:
    """What an assignment waits for, and what waits for it."""

    needs: list[Tie]
    awaited_by: list[Tie]

    @property
    def is_waiting(self) -> bool:
        """Whether something is still waited for."""
        return any(not tie.is_over for tie in self.needs)

    @property
    def waits_on(self) -> list[str]:
        """The names of the units that are waited for."""
        return list(dict.fromkeys(tie.unit_name for tie in self.needs if not tie.is_over))


def ties_of(assignment: Assignment, seen: Any) -> Ties:
    """Both ends of an assignment's waits; `seen` are the assignments that the viewer may see."""
    rows = (
        list(Prerequisite.objects.filter(assignment=assignment).values_list("needs_id", flat=True)),
        list(Prerequisite.objects.filter(needs=assignment).values_list("assignment_id", flat=True)),
    )
    ids = [*rows[0], *rows[1]]
    if not ids:
        return Ties([], [])
    shown = set(seen.filter(pk__in=ids).order_by().values_list("pk", flat=True))
    found = named(Assignment.objects.filter(pk__in=ids), clock.today()).select_related("duty")
    ties = {row.pk: _tie(row, row.pk in shown) for row in found}
    return Ties([ties[pk] for pk in rows[0]], [ties[pk] for pk in rows[1]])


def _tie(row: Any, is_shown: bool) -> Tie:
    words = Truncator(row.duty.text).chars(160) if is_shown else ""
    return Tie(row.pk, is_shown, row.unit_short_name or "", row.state, words)


def waiting_among(ids: Iterable[int]) -> set[int]:
    """Those of the assignments that still wait for another."""
    return set(Assignment.objects.filter(THOSE_WAITING, pk__in=list(ids)).values_list("pk", flat=True))


def waiting_by(document: Document, moment: datetime) -> set[int]:
    """Those of a directive's assignments that waited for another at a moment; what was taken out never was."""
    stated = Prerequisite.objects.filter(assignment__document=document, stated_at__lt=moment)
    ties = list(stated.values_list("assignment_id", "needs_id"))
    last = _last_turn({needed for _waiting, needed in ties}, moment)
    return {waiting for waiting, needed in ties if last.get(needed, ("reopen",))[0] == "reopen"}


def released_among(ids: Iterable[int]) -> dict[int, date]:
    """When the last thing that each of the assignments waited for was closed, of those that waited for any."""
    ties = list(Prerequisite.objects.filter(assignment__in=list(ids)).values_list("assignment_id", "needs_id"))
    last = _last_turn({needed for _waiting, needed in ties}, clock.now())
    found: dict[int, date] = {}
    for waiting, needed in ties:
        if needed in last:
            day = timezone.localdate(last[needed][1])
            found[waiting] = max(found.get(waiting, day), day)
    return found


def _last_turn(ids: set[int], moment: datetime) -> dict[int, tuple[str, datetime]]:
    """The last step before a moment that closed each assignment or opened it again, and when it was taken."""
    turns = Entry.objects.filter(
        assignment__in=ids, step__in=("accept", "cancel", "reopen"), written_at__lt=moment
    )
    found = turns.order_by("written_at", "pk").values_list("assignment_id", "step", "written_at")
    return {pk: (step, at) for pk, step, at in found} if ids else {}


def tell_released(assignment: Assignment) -> None:
    """Tell those whose task waited for this one, now closed, and for nothing else. Part of a step.

    Who has handed in, or was told to stop, is not told that it can begin.
    """
    freed = Assignment.objects.filter(prerequisites__needs=assignment, state__in=OWED)
    ids = set(freed.values_list("pk", flat=True))
    if not ids:
        return
    # Of two that are accepted at once, the second waits here and then sees what the first did.
    list(Assignment.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    ready = list(Assignment.objects.filter(pk__in=ids - waiting_among(ids)).select_related("document"))
    Assignment.objects.filter(pk__in=[row.pk for row in ready]).update(look_on=clock.today())
    people = Recipients(clock.today())
    people.load({row.unit_id for row in ready}, {row.document.unit_id for row in ready})
    notify(news for row in ready for news in _news(row, assignment.pk, people))


def _news(row: Assignment, needed: int, people: Recipients) -> Iterable[News]:
    work = (row.unit_id, row.document.unit_id, row.document.classification)
    today = clock.today()
    for person in people.of(Recipient.OWNER, *work) or people.of(Recipient.HEAD, *work):
        yield News(
            person=person,
            occasion=Occasion.READY,
            since=today,
            object_type="assignment",
            object_id=row.pk,
            unit=row.unit_id,
            reach=Reach.DIGEST,
            key=f"assignment/{row.pk}/{Occasion.READY}/{needed}/{today.isoformat()}/{person}",
        )
