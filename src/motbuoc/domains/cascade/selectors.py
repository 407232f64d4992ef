"""Reads of localisation: who may localise what, a directive's plans, what a plan's items serve."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from motbuoc.domains.cascade.matching import Item, asks_for_a_plan
from motbuoc.domains.cascade.models import ItemLink, Localisation
from motbuoc.domains.documents.models import Document, Duty
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitsOn
from motbuoc.foundation.units.selectors import keepers_of


def receivers(directive: Document) -> QuerySet[Assignment, int]:
    """The ids of the units that owe something of a directive: a query; what was cancelled is not owed."""
    return (
        directive.assignments.exclude(state=AssignmentState.CANCELLED)
        .order_by()
        .values_list("unit_id", flat=True)
        .distinct()
    )


def units_to_localise_for(viewer: Person, directive: Document, on: date) -> UnitsOn:
    """The units for which `viewer` may make a plan of a directive: receivers that they bring papers in for."""
    if directive.state != DocumentState.ISSUED:
        return Unit.objects.on(on).none()
    reach = policy.reach(viewer, Action.IMPORT_DOCUMENT, on=on)
    units = Unit.objects.on(on).filter(pk__in=receivers(directive)).filter(pk__in=reach)
    return units.order_by("name", "pk")


def localises_at_home(viewer: Person, directive: Document) -> bool:
    """Whether a unit on which `viewer` was given a role that writes its plans has received the directive."""
    if directive.state != DocumentState.ISSUED:
        return False
    own = policy.granted_units(viewer, Action.IMPORT_DOCUMENT)
    return receivers(directive).filter(unit__in=own).exists()


def localisations_for(viewer: Person) -> QuerySet[Localisation]:
    """The localisations of which `viewer` may read the plan and the directive."""
    readable = documents_for(viewer).order_by().values("pk")
    found = Localisation.objects.filter(plan__in=readable, directive__in=readable)
    return found.select_related("plan", "directive", "answers").order_by("pk")


def plans_for(viewer: Person, directive: Document) -> QuerySet[Localisation]:
    """The plans of a directive that `viewer` may read, the first written first."""
    heavy = ("plan__text", "plan__reading", "plan__layout", "directive__text", "directive__reading")
    return localisations_for(viewer).filter(directive=directive).defer(*heavy)


def plan_of_each(viewer: Person, directive: Document) -> dict[int, Localisation]:
    """The plan of a directive that counts, by its unit, of those that `viewer` may read: the last that was issued,
    or the last written while none was.

    That of a unit which has ended since is the plan of the one that goes on with its work, where that has none.
    """
    rows = list(plans_for(viewer, directive))
    keepers = keepers_of({row.plan.unit_id for row in rows}, clock.today())

    def counts(row: Localisation) -> tuple[bool, bool, int]:
        unit = row.plan.unit_id
        return row.plan.state == DocumentState.ISSUED, keepers[unit] == unit, row.pk

    return {keepers[row.plan.unit_id]: row for row in sorted(rows, key=counts)}


def items_of(document: Document) -> list[Duty]:
    """What a document asks for, in order: the items that plans are compared by."""
    return list(document.duties.filter(is_dropped=False).select_related("provision"))


def items_asked_of(directive: Document, unit_id: int) -> list[Duty]:
    """What a directive asks of one unit, in order: what its plan is to carry out."""
    owed = directive.assignments.filter(unit=unit_id).exclude(state=AssignmentState.CANCELLED).values("duty")
    return list(directive.duties.filter(pk__in=owed).select_related("provision"))


def as_items(duties: Iterable[Duty]) -> list[Item]:
    """Duties as what can be matched."""
    return [
        Item(
            duty.pk,
            f"{duty.verb} {duty.what}".strip() or duty.text,
            duty.provision.number if duty.provision else "",
        )
        for duty in duties
    ]


@dataclass(frozen=True)
class Served:
    """That something serves an item of a directive, in the directive's words; with the target set for it."""

    directive: Document
    duty: Duty
    target: str


def served_by(viewer: Person, item: Duty) -> list[Served]:
    """The items of directives which an item of a plan carries out, where `viewer` may read the directive."""
    links = ItemLink.objects.filter(item=item, localisation__in=localisations_for(viewer).order_by().values("pk"))
    rows = links.select_related("serves__provision", "serves__document").order_by("serves__position")
    return [Served(row.serves.document, row.serves, row.target) for row in rows]


def answers_of(viewer: Person, assignment: Assignment) -> list[Localisation]:
    """The plans that are the result of an assignment, as far as `viewer` may read them."""
    return list(localisations_for(viewer).filter(answers=assignment))


def answerable(viewer: Person, localisation: Localisation) -> list[Assignment]:
    """The assignments of the plan's unit that ask for a plan, and the one chosen; as `viewer` may see them."""
    owed = assignments_for(viewer).filter(document=localisation.directive_id, unit=localisation.plan.unit_id)
    return [
        row
        for row in owed.order_by("pk")
        if row.pk == localisation.answers_id or asks_for_a_plan(f"{row.duty.text} {row.duty.product}")
    ]
