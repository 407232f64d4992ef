"""What a board asks of the tables, as prepared queries: how each unit's assignments stand (`marks.py`), which
units are in reach and where in the tree they stand, and the tasks of the rows that are shown.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce

from motbuoc.domains.work.inbox import has
from motbuoc.domains.work.linked import Prerequisite
from motbuoc.domains.work.marks import Joined, letter
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.standing import OPEN, Horizon
from motbuoc.foundation.access import policy
from motbuoc.foundation.core.listed import listed
from motbuoc.foundation.core.prepared import Prepared
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import UnitClosure, UnitVersion, known_on

OUTSIDE = 0
"""Stands for the duties outside the numbered items where an item is asked for."""


def in_rounds(ids: list[int]) -> tuple[int, ...]:
    """Ids as a value of a prepared query: in twenties, so that one query serves all pages."""
    return (*ids, *ids[-1:] * (-len(ids) % 20))


def below_names(words: tuple[str, ...], day: date) -> QuerySet[UnitClosure, int]:
    """The units with all the words in a name, and those below them."""
    named = UnitVersion.objects.filter(known_on(day))
    for word in words:
        named = named.filter(has("folded", word))
    return policy.below(named.values("unit_id"), day)  # type: ignore[arg-type]


def _waiting(*, documents: Any) -> Any:
    # Asked of each that was stated, for they are few beside the tasks of a directive.
    its_own = Assignment.objects.filter(pk=OuterRef("assignment"), document__in=documents).order_by()
    still_open = Assignment.objects.filter(pk=OuterRef("needs"), state__in=OPEN).order_by()
    return Prerequisite.objects.filter(Exists(its_own), Exists(still_open)).order_by().values_list("pk")[:1]


def _marks(waits: bool, *, document: int, today: date, soon: date, silent: date, granted: Any = None) -> Any:
    found = Assignment.objects.filter(document=document)
    if granted is not None:
        found = found.filter(unit__in=policy.below(granted, today))
    ids = Joined(Cast(Coalesce("provision_id", OUTSIDE), CharField()), ",")
    letters = Joined(letter(Horizon(today, soon, silent), waits=waits))
    return found.order_by().values_list("unit_id").annotate(ids=ids, letters=letters)


def _letters(waits: bool, *, documents: Any, today: date, soon: date, silent: date, granted: Any = None) -> Any:
    found = Assignment.objects.filter(document__in=documents)
    if granted is not None:
        found = found.filter(unit__in=policy.below(granted, today))
    letters = Joined(letter(Horizon(today, soon, silent), waits=waits))
    return found.order_by().values_list("document_id", "unit_id").annotate(letters=letters)


def _depths(*, starts: Any, granted: Any | None = None, today: date, among: str) -> Any:
    ties = UnitClosure.objects.filter(in_force(today), listed("descendant_id", among), ancestor__in=starts)
    if granted is not None:
        ties = ties.filter(descendant__in=policy.below(granted, today).filter(listed("descendant_id", among)))
    return ties.order_by().values_list("descendant_id", "depth")


def _called(*, words: Any, today: date, among: str) -> Any:
    return below_names(words, today).filter(listed("descendant_id", among)).order_by().values_list("descendant_id")


def _names(*, today: date, among: str) -> Any:
    named = UnitVersion.objects.filter(known_on(today), listed("unit_id", among))
    return named.order_by("name", "unit_id").values_list("unit_id", "name")


def _tasks(waits: bool, *, document: int, today: date, soon: date, silent: date, among: Any) -> Any:
    found = Assignment.objects.filter(document=document, unit__in=among).order_by()
    return found.values_list("unit_id", "provision_id", "pk").annotate(
        letter=letter(Horizon(today, soon, silent), waits=waits)
    )


def _tops(level: int, *, starts: Any, today: date, among: str) -> Any:
    below = UnitClosure.objects.filter(in_force(today), ancestor__in=starts)
    there, nearer = (below.filter(**{depth: level}).values("descendant_id") for depth in ("depth", "depth__lt"))
    here = Q(ancestor__in=there) | Q(ancestor__in=nearer, depth=0)
    ties = UnitClosure.objects.filter(in_force(today), listed("descendant_id", among), here)
    return ties.order_by().values_list("ancestor_id", "descendant_id")


waiting, marks, letters, tasks = Prepared(_waiting), Prepared(_marks), Prepared(_letters), Prepared(_tasks)
depths, called, names, tops = Prepared(_depths), Prepared(_called), Prepared(_names), Prepared(_tops)
