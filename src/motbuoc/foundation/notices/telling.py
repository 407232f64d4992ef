"""How the objects that notices are about are told to a person: declared by each practice, asked when sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from motbuoc.foundation.notices.models import Notice
from motbuoc.foundation.notices.occasions import Occasion, sentence
from motbuoc.foundation.people.models import Person


@dataclass(frozen=True, slots=True)
class Told:
    """An object as a person may see it: `words` name it, `unit` is the short name of the unit it stands on.

    `is_plain`: of the normal class, so that its words may leave the house. `is_settled`: nobody need be told of it
    any more. `takes_replies`: what its reader answers by mail becomes progress on it.
    """

    words: str
    unit: str
    is_plain: bool
    is_settled: bool
    takes_replies: bool = False


Tell = Callable[[Person | None, Collection[int]], dict[int, Told]]
TELLERS: dict[str, Tell] = {}


def declare(object_type: str, tell: Tell) -> None:
    """Say how objects of a kind are told: `tell` gives those of the ids that the viewer may see today.

    Without a viewer (a unit's gateway, behind which anybody may read) it gives those of the normal class.
    """
    TELLERS[object_type] = tell


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in words; `told` is None where its reader may no longer see what it is about."""

    notice: Notice
    sentence: str
    told: Told | None


def lines_for(viewer: Person | None, notices: Iterable[Notice]) -> list[Line]:
    """The notices as lines in their order, each with what `viewer` may see of its object now."""
    notices = list(notices)
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        wanted.setdefault(notice.object_type, set()).add(notice.object_id)
    seen = {kind: TELLERS[kind](viewer, ids) for kind, ids in wanted.items()}
    return [Line(n, sentence(n.occasion, n.parameters), seen[n.object_type].get(n.object_id)) for n in notices]


def worth_sending(lines: Iterable[Line]) -> list[Line]:
    """The lines that still tell something: seen, not settled, of each object the newest; the weightiest first."""
    order = list(Occasion)
    newest: dict[tuple[str, int], Line] = {}
    for line in sorted(lines, key=lambda one: one.notice.pk):
        if line.told and not line.told.is_settled:
            newest[line.notice.object_type, line.notice.object_id] = line
    return sorted(newest.values(), key=lambda one: (order.index(Occasion(one.notice.occasion)), one.notice.pk))
