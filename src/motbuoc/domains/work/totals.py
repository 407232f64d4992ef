"""How far directives have come: their totals in a viewer's reach, counted from letters as a board's are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from motbuoc.domains.documents.models import Document
from motbuoc.domains.work import board_queries as ask
from motbuoc.domains.work.board import Totals
from motbuoc.domains.work.marks import CANCELLED, totals_of
from motbuoc.domains.work.standing import Horizon
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.listed import as_list
from motbuoc.foundation.people.models import Person


def totals_for(viewer: Person, documents: Iterable[Document]) -> dict[int, Totals]:
    """The totals of each of the directives by its id, over the units in reach of `viewer`.

    In three queries for each group of classes that the viewer sees in other places than the rest; of most, one.
    """
    classes = {document.pk: document.classification for document in documents}
    seen, start = policy.sight(viewer, Action.VIEW_ASSIGNMENT), 0
    found: dict[int, Totals] = {}
    for group, count, wide in seen.shape:
        granted = seen.units[start : start + count]
        start += count
        if ids := [pk for pk, classification in classes.items() if classification in group]:
            found |= _totals(ids, granted, wide)
    return found


def _totals(ids: list[int], granted: tuple[int, ...], wide: bool) -> dict[int, Totals]:
    days, documents = Horizon.on(clock.today()), ask.in_rounds(ids)
    waits = bool(ask.waiting(documents=documents))
    reach = {} if wide else {"granted": granted}
    rows = ask.letters(waits, documents=documents, **days.asked, **reach)
    if wide:
        units = as_list({unit for _document, unit, _letters in rows})
        reached = {unit for unit, _depth in ask.depths(starts=granted, today=days.today, among=units)}
        rows = [row for row in rows if row[1] in reached]
    letters: dict[int, list[str]] = {}
    for document, _unit, theirs in rows:
        letters.setdefault(document, []).append(theirs)
    return {
        document: replace(totals_of(Counter("".join(each))), units=sum(bool(one.strip(CANCELLED)) for one in each))
        for document, each in letters.items()
    }
