"""The units' plans of one directive, compared item by item: who does what, where a gap is, who is later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.cascade.models import ItemLink, Localisation
from motbuoc.domains.cascade.selectors import items_of, plans_for
from motbuoc.domains.documents.models import Document, Duty, TimeKind
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

MARKS = {
    "carried": _("In the plan"),
    "gap": _("Not in the plan"),
    "later": _("Later than the directive"),
    "undated": _("No day, though the directive has one"),
}
"""What is said of a cell, the words of its sign."""


@dataclass(frozen=True)
class Cell:
    """What one unit's plan does for one item of the directive: links to its items, none where there is a gap."""

    serves: Duty
    links: tuple[ItemLink, ...]

    @property
    def mark(self) -> str:
        """A key of MARKS: the worst that can be said."""
        if not self.links:
            return "gap"
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
    """Compare the plans of a directive that `viewer` may read; the last plan of each unit counts."""
    items = items_of(directive)
    plans = {row.plan.unit_id: row for row in plans_for(viewer, directive)}
    links = ItemLink.objects.filter(localisation__in=[row.pk for row in plans.values()], item__is_dropped=False)
    found: dict[tuple[int, int], list[ItemLink]] = defaultdict(list)
    for link in links.select_related("item").order_by("item__position", "pk"):
        found[link.localisation_id, link.serves_id].append(link)
    names = Unit.objects.known_by(clock.today()).filter(pk__in=plans).order_by("name", "pk")
    columns = tuple(
        Column(plans[pk], name, _cells(items, plans[pk].pk, found)) for pk, name in names.values_list("pk", "name")
    )
    return Comparison(tuple(items), columns)


def _cells(
    items: Sequence[Duty], localisation: int, found: dict[tuple[int, int], list[ItemLink]]
) -> tuple[Cell, ...]:
    return tuple(Cell(item, tuple(found.get((localisation, item.pk), ()))) for item in items)
