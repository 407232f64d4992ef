"""Reads of study and dissemination (quán triệt): figures of units, summed only with who is missing named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from motbuoc.domains.cascade.models import Dissemination
from motbuoc.domains.cascade.selectors import receivers
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitsOn


@dataclass
class Studied:
    """Sessions and attendances added up; `units` are the ids of those whose records they are."""

    sessions: int = 0
    attended: int = 0
    expected: int = 0
    units: set[int] = field(default_factory=set)

    def add(self, row: Dissemination | Studied) -> None:
        """Count a record, or what was added up before, in."""
        self.sessions += row.sessions
        self.attended += row.attended
        self.expected += row.expected
        self.units |= row.units if isinstance(row, Studied) else {row.unit_id}

    @property
    def percent(self) -> int | None:
        """Whole percent of the attendances due, rounded down: 100 means all; None where nothing is recorded."""
        return self.attended * 100 // self.expected if self.expected else None


def disseminations_for(viewer: Person) -> QuerySet[Dissemination]:
    """The records of units in reach of `viewer`, of documents of the classes seen there; those withdrawn too."""
    today = clock.today()
    seen = policy.cleared(
        policy.sight(viewer, Action.VIEW_ASSIGNMENT),
        lambda units, wide: policy.holds("unit", units, today, wide=wide),
        "document__classification",
    )
    return Dissemination.objects.filter(seen).select_related("document")


def units_to_record_for(viewer: Person, document: Document) -> UnitsOn:
    """The units for which `viewer` may record sessions on an issued document: receivers and units below them."""
    today = clock.today()
    if document.state != DocumentState.ISSUED or not documents_for(viewer).filter(pk=document.pk).exists():
        return Unit.objects.on(today).none()
    below = Unit.objects.on(today).under(list(receivers(document)), today)
    return below.filter(policy.within_reach(viewer, Action.WORK_ON_ASSIGNMENT, "pk")).order_by("name", "pk")


def studied_by(viewer: Person, document: Document, units: Collection[int]) -> dict[int, Studied]:
    """What each of the receiving `units` studied, with the units below it, as far as `viewer` may see."""
    found: dict[int, Studied] = defaultdict(Studied)
    rows = list(disseminations_for(viewer).filter(document=document, is_withdrawn=False))
    belongs = _nearest(units, {row.unit_id for row in rows})
    for row in rows:
        if (receiver := belongs.get(row.unit_id)) is not None:
            found[receiver].add(row)
    return dict(found)


def _nearest(units: Collection[int], below: Collection[int]) -> dict[int, int]:
    """The nearest of `units` at or above each of the units `below`."""
    tied = Q(ancestor__in=units, descendant__in=below) & in_force(clock.today())
    rows = UnitClosure.objects.filter(tied).order_by("-depth").values_list("descendant_id", "ancestor_id")
    return dict(rows)  # the nearest comes last and stays


def together(studied: Collection[Studied]) -> Studied:
    """All of them added up."""
    total = Studied()
    for one in studied:
        total.add(one)
    return total
