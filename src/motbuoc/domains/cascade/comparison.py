"""The units' plans of one directive, compared item by item: who does what, where a gap is, who is later."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.cascade.models import ItemLink, Localisation
from motbuoc.domains.cascade.selectors import items_of, plan_of_each
from motbuoc.domains.documents.models import Document, Duty, TimeKind
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

MARKS = {
    "carried": _("In the plan"),
    "gap": _("Not in the plan"),
    "later": _("Later than the directive"),
    "undated": _("No day, though the directive has one"),
    "not_asked": _("Not asked of the unit"),
}
"""What is said of a cell, the words of its sign."""


@dataclass(frozen=True)
class Cell:
    """What one unit's plan does for one item of the directive: links to its items, none where there is a gap.

    `is_asked`: the unit has a task from this item; what is not asked of it is no gap.
    """

    serves: Duty
    links: tuple[ItemLink, ...]
    is_asked: bool = True

    @property
    def mark(self) -> str:
        """A key of MARKS: the worst that can be said."""
        if not self.links:
            return "gap" if self.is_asked else "not_asked"
        if self.serves.due_on and self.serves.time_kind == TimeKind.DATED:
            if any(link.item.due_on and link.item.due_on > self.serves.due_on for link in self.links):
                return "later"
            if all(link.item.due_on is None for link in self.links):
                return "undated"
        return "carried"


@dataclass(frozen=True)
class Column:
    """One unit's plan: a cell for each item of the directive, in its order."""

    localisation: Localisation
    name: str
    cells: tuple[Cell, ...]

    @property
    def gaps(self) -> int:
        """How many items of the directive the plan does not carry out."""
        return sum(cell.mark == "gap" for cell in self.cells)


@dataclass(frozen=True)
class Comparison:
    """The items of a directive and the plans of units, by name."""

    items: tuple[Duty, ...]
    columns: tuple[Column, ...]

    def row(self, place: int) -> list[tuple[Column, Cell]]:
        """All units' cells of one item."""
        return [(column, column.cells[place]) for column in self.columns]


def comparison_of(viewer: Person, directive: Document) -> Comparison:
    """Compare the plans of a directive that `viewer` may read; of each unit that which counts (`plan_of_each`)."""
    items = items_of(directive)
    plans = plan_of_each(viewer, directive)
    links = ItemLink.objects.filter(localisation__in=[row.pk for row in plans.values()], item__is_dropped=False)
    found: dict[tuple[int, int], list[ItemLink]] = defaultdict(list)
    for link in links.select_related("item").order_by("item__position", "pk"):
        found[link.localisation_id, link.serves_id].append(link)
    owed = Assignment.objects.filter(document=directive, unit__in=plans).exclude(state=AssignmentState.CANCELLED)
    asked = set(owed.values_list("unit_id", "duty_id"))
    names = Unit.objects.known_by(clock.today()).filter(pk__in=plans).order_by("name", "pk")
    return Comparison(
        tuple(items),
        tuple(
            Column(
                plans[pk],
                name,
                tuple(
                    Cell(item, tuple(found.get((plans[pk].pk, item.pk), ())), (pk, item.pk) in asked)
                    for item in items
                ),
            )
            for pk, name in names.values_list("pk", "name")
        ),
    )
