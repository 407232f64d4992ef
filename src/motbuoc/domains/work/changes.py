"""What changed for somebody since they last looked: a few lines of each kind, of what they may see, by others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.work.board import Totals
from motbuoc.domains.work.selectors import directives_for
from motbuoc.domains.work.told import tell_assignments
from motbuoc.domains.work.totals import totals_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.history.selectors import acts_since, own_acts_since
from motbuoc.foundation.people.models import Person

MOST = 5  # of each kind
LONGEST = timedelta(days=14)
"""Nobody reads what changed before that; the history has it."""


class Kind(NamedTuple):
    """A kind of change: what it is called, of which objects, and the acts that make it."""

    label: Any
    object_type: str
    acts: tuple[str, ...]


KINDS = (
    Kind(_("Results accepted or returned"), "assignment", ("accept", "accept_period", "return", "reopen")),
    Kind(_("Requests decided"), "assignment", ("grant_request", "refuse_request")),
    Kind(_("Due days moved"), "assignment", ("recalculate_deadline", "record_event")),
    Kind(_("Tasks suspended, resumed or cancelled"), "assignment", ("suspend", "resume", "cancel")),
    Kind(_("Documents replaced or amended"), "document", ("add_version", "state_link", "withdraw_link")),
)


@dataclass(frozen=True)
class Change:
    """One line: the act on an object that is called `words`, of a unit; `line` has when and the values."""

    line: HistoryLine
    words: str
    unit: str


@dataclass(frozen=True)
class Changes:
    """What changed since a moment: by kind some lines each and whether there are more; new directives."""

    since: datetime
    kinds: list[tuple[Kind, list[Change], bool]]
    directives: list[tuple[Any, Totals]]


def since(seen: datetime | None) -> datetime:
    """From when on something is new for somebody who last said `seen` that they had seen everything.

    The beginning of yesterday if they never did.
    """
    yesterday = timezone.make_aware(datetime.combine(clock.today() - clock.ONE_DAY, time.min))
    return max(seen, clock.now() - LONGEST) if seen else yesterday


def changes_for(viewer: Person, since: datetime, most: int = MOST) -> Changes:
    """What changed for the viewer, what they did themselves aside; as many queries for many changes as for few."""
    found = [(kind, list(acts_since(viewer, kind.object_type, kind.acts, since)[: most + 1])) for kind in KINDS]
    tasks = {line.object_id for kind, lines in found if kind.object_type == "assignment" for line in lines}
    papers = {line.object_id for kind, lines in found if kind.object_type == "document" for line in lines}
    told = {("assignment", pk): (one.words, one.unit) for pk, one in tell_assignments(viewer, tasks).items()}
    for pk, code, subject in documents_for(viewer).filter(pk__in=papers).values_list("pk", "code", "subject"):
        told["document", pk] = (f"{code} {subject}".strip(), "")
    kinds = []
    for kind, lines in found:
        seen = [line for line in lines if (kind.object_type, line.object_id) in told]
        shown = [Change(line, *told[kind.object_type, line.object_id]) for line in seen[:most]]
        if shown:
            kinds.append((kind, shown, len(seen) > most))
    return Changes(since, kinds, _new_directives(viewer, since, most))


def _new_directives(viewer: Person, since: datetime, most: int) -> list[tuple[Any, Totals]]:
    """The directives issued by others since, with how many tasks they gave the units in reach."""
    own = own_acts_since(viewer, "document", "issue_document", since)
    new = list(directives_for(viewer).filter(released_at__gt=since).exclude(pk__in=own)[:most])
    totals = totals_for(viewer, new) if new else {}
    return [(document, totals[document.pk]) for document in new if document.pk in totals]
