"""Inside a unit: an assignment is split into parts, each given to a position; nobody above sees more than numbers.

Nothing here counts or compares persons.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from motbuoc.domains.work.linked import Portion
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.states import CLOSED
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action, roles_with
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person, Position, PositionTitle

MOST = 30  # parts of one assignment


@dataclass(frozen=True)
class Split:
    """Into how many parts a unit has split its assignment, and how many of these are done."""

    count: int
    done: int

    @property
    def open(self) -> int:
        """How many are not done."""
        return self.count - self.done


def split_of(assignment: Assignment) -> Split:
    """The numbers of its parts: all that is told above the unit."""
    states = list(Portion.objects.filter(assignment=assignment).values_list("state", flat=True))
    return Split(len(states), states.count(Portion.State.DONE))


def divides(person: Person, assignment: Assignment) -> bool:
    """Whether `person` splits the work of its unit: who was given the work of this very unit, not of one above."""
    roles = roles_with(Action.WORK_ON_ASSIGNMENT)
    held = policy.held_by(person, clock.today())
    own = any(row.unit_id == assignment.unit_id and row.role in roles for row in held)
    return own and policy.may_on(person, Action.WORK_ON_ASSIGNMENT, assignment.unit_id)


def portions_of(viewer: Person, assignment: Assignment) -> list[Portion]:
    """The parts as their unit sees them: all for who splits the work, else those of the viewer's positions."""
    rows = Portion.objects.filter(assignment=assignment).select_related("done_by", "given_by")
    if not divides(viewer, assignment):
        rows = rows.filter(_held_by(viewer))
    return list(rows)


def portions_for(viewer: Person) -> QuerySet[Portion]:
    """The parts not yet done of the positions that `viewer` holds today, the soonest due first."""
    rows = Portion.objects.filter(_held_by(viewer)).exclude(state=Portion.State.DONE)
    rows = rows.exclude(assignment__state__in=CLOSED).select_related("assignment__duty", "assignment__document")
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def portions_seen_by(viewer: Person) -> QuerySet[Portion]:
    """The parts of the positions that `viewer` holds today, and all of the units whose work they split."""
    roles = roles_with(Action.WORK_ON_ASSIGNMENT)
    own = [row.unit_id for row in policy.held_by(viewer, clock.today()) if row.role in roles]
    split = assignments_for(viewer).filter(policy.within_reach(viewer, Action.WORK_ON_ASSIGNMENT, "unit"))
    seen = Q(assignment__in=split.filter(unit__in=own).order_by().values("pk"))
    return Portion.objects.filter(_held_by(viewer) | seen).select_related("assignment__document")


def _held_by(person: Person) -> Q:
    """Parts given to a position that the person holds today, of directives of a class that positions read."""
    held = Position.objects.filter(in_force(clock.today()), person=person).values_list("unit_id", "title")
    found = Q(pk__in=())
    for unit_id, title in held:
        found |= Q(assignment__unit=unit_id, title=title)
    return found & _readable(person)


def _readable(person: Person) -> Q:
    """A part of what is not for everybody is for those who may read that class there."""
    wide = Q(assignment__document__classification=Classification.NORMAL)
    for of_class, action in policy.CLEARANCES.items():
        units = policy.within_reach(person, action, "assignment__unit")
        wide |= Q(assignment__document__classification=of_class) & units
    return wide


def positions_in(unit_id: int) -> list[tuple[str, str]]:
    """The positions that somebody holds in a unit today, each with its holders' names: value and label."""
    held: dict[str, list[str]] = {}
    rows = Position.objects.filter(in_force(clock.today()), unit=unit_id).order_by("person__full_name")
    for title, name in rows.values_list("title", "person__full_name"):
        held.setdefault(title, []).append(name)
    label = dict(PositionTitle.choices)
    return [(str(t), f"{label[t]} ({', '.join(held[t][:3])})") for t in PositionTitle.values if t in held]


@transaction.atomic
def give_portion(
    *, actor: Person, assignment: Assignment, what: str, title: str, due_on: date | None = None
) -> Portion:
    """Give a part of an assignment to a position in its unit.

    Raises:
        NotAllowed: the actor was not given the work of this unit itself.
        Refusal: the work is over, there are no words, nobody holds the position, the day is past, or there are too
            many parts.
    """
    fresh = _held(actor, assignment)
    if not what.strip():
        raise Refusal(_("Write what this part of the work is."))
    if title not in dict(positions_in(fresh.unit_id)):
        raise Refusal(_("Nobody holds this position in the unit today. Choose another one."))
    if due_on and due_on < clock.today():
        raise Refusal(_("The day for this part is past. Choose a later one."))
    if Portion.objects.filter(assignment=fresh).count() >= MOST:
        raise Refusal(_("A task has at most %(most)s parts.") % {"most": MOST})
    portion = Portion.objects.create(
        assignment=fresh, title=title, what=what.strip(), due_on=due_on, given_by=actor, given_on=clock.today()
    )
    _record(actor, "give_portion", portion)
    return portion


@transaction.atomic
def finish_portion(*, actor: Person, portion: Portion, version: int, words: str = "") -> Portion:
    """Say that a part is done: whoever holds its position, or who splits the work.

    Raises:
        NotAllowed: the actor is neither.
        Refusal: it is done already, or the work is over.
        Collision: somebody changed it since `version`.
    """
    fresh = claim(portion, version)
    is_holder = Portion.objects.filter(_held_by(actor), pk=portion.pk).exists()
    if not is_holder and not divides(actor, fresh.assignment):
        raise NotAllowed(_("Only whoever holds this position, or who splits the work, may say so."))
    _check_open(fresh.assignment)
    if fresh.state == Portion.State.DONE:
        raise Refusal(_("This part is done already."))
    fresh.state, fresh.words = Portion.State.DONE, words.strip()
    fresh.done_by, fresh.done_on = actor, clock.today()
    fresh.save()
    _record(actor, "finish_portion", fresh)
    return fresh


@transaction.atomic
def return_portion(*, actor: Person, portion: Portion, version: int, reason: str) -> Portion:
    """Give a part that was said to be done back to its position.

    Raises:
        NotAllowed: the actor does not split the work.
        Refusal: it is not done, the work is over, or there is no reason.
        Collision: somebody changed it since `version`.
    """
    _held(actor, portion.assignment)
    fresh = claim(portion, version)
    if fresh.state != Portion.State.DONE:
        raise Refusal(_("This part is not done yet: there is nothing to return."))
    if not reason.strip():
        raise Refusal(_("Write the reason, so that it is known what to mend."))
    fresh.state, fresh.words = Portion.State.RETURNED, reason.strip()
    fresh.done_by, fresh.done_on = None, None
    fresh.save()
    _record(actor, "return_portion", fresh)
    return fresh


@transaction.atomic
def drop_portion(*, actor: Person, portion: Portion, version: int) -> None:
    """Take a part back that is not done; that it was given stays in the history.

    Raises:
        NotAllowed: the actor does not split the work.
        Refusal: it is done, or the work is over.
        Collision: somebody changed it since `version`.
    """
    _held(actor, portion.assignment)
    fresh = claim(portion, version)
    if fresh.state == Portion.State.DONE:
        raise Refusal(_("This part is done already."))
    _record(actor, "drop_portion", fresh)
    fresh.delete()


def _held(actor: Person, assignment: Assignment) -> Assignment:
    """The assignment, locked; only for who splits its work, and while it is open."""
    fresh = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not divides(actor, fresh):
        raise NotAllowed(_("Only who was given the work of this unit splits it into parts."))
    _check_open(fresh)
    return fresh


def _check_open(assignment: Assignment) -> None:
    if assignment.state in CLOSED:
        raise Refusal(_("The task is over: nothing of it is given or done any more."))


def _record(actor: Person, action: str, portion: Portion) -> None:
    """One line; without the words of the part, which are its unit's own."""
    row = portion.assignment
    record(actor, Act(action, "assignment", row.pk, row.unit_id, {"portion": portion.pk}))
