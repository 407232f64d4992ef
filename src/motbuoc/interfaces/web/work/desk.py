"""The department's desk: what is late, who was urged, what was checked, who needs help, what did not arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.dialogue import tallies
from motbuoc.domains.documents.recipients import longest_unowned_for
from motbuoc.domains.inspections.selectors import remedies_of, visits_for
from motbuoc.domains.registers.selectors import last_urged, outcomes_of, urgings_for
from motbuoc.domains.work import desk as reads
from motbuoc.domains.work.helping import may_need_help
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.listing import listing_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.notices.models import Channel
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.board_sheet import column_words
from motbuoc.interfaces.web.documents.recipients import with_words
from motbuoc.interfaces.web.registers.urging import OUTCOMES
from motbuoc.interfaces.web.remembering import remembered_with
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.templatetags import signs
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.words import days_left

SHOWN = 10  # rows of each list; the whole is one click away
FEW = 6
FIGURES = (Lateness.OVERDUE, Lateness.SOON, Lateness.QUIET)
STATES = (AssignmentState.ASSIGNED, AssignmentState.SUBMITTED)
OVERDUE = f"tab=owed&lateness={Lateness.OVERDUE.value}"  # of the inbox


@require_safe
@remembered_with(lambda: (reads.messages_mark(), tallies.asked_mark()))
@asks(Action.VIEW_BOARD, do=Action.DECIDE_ASSIGNMENT)
def desk(request: ViewerRequest) -> HttpResponse:
    """One page for who tracks, checks and urges; each line leads to what it counts and to what can be done."""
    viewer, day = request.viewer, clock.today()
    actions = policy.actions_of(viewer)
    visits = list(visits_for(viewer)[:FEW]) if Action.VIEW_VISIT in actions else []
    remedies = remedies_of(viewer, visits)
    context = {
        "day": day,
        "figures": list(_figures(viewer)),
        "units_late": reads.late_unit_count(viewer),
        "overdue_url": f"{reverse('inbox')}?{OVERDUE}",
        "late_units": _units(viewer),
        "late_items": _items(viewer),
        "urged": [(row, OUTCOMES[row.outcome]) for row in outcomes_of(urgings_for(viewer)[:FEW], day)],
        "channels": _channels(reads.reminded_by_channel(viewer)),
        "visits": [(visit, remedies.get(visit.pk)) for visit in visits],
        "help": [(row, days_left(row, day)) for row in may_need_help(viewer)[:FEW]],
        "alarms": with_words(longest_unowned_for(viewer, FEW)),
        "unreached": reads.unreached_for(viewer, FEW),
        "inspects": Action.INSPECT_WORK in actions,
        "registers": Action.REGISTER_DOCUMENT in actions,
        **(_dialogues(viewer, day.year) if Action.VIEW_DIALOGUE in actions else {}),
    }
    return render(request, "work/desk.html", context)


def _dialogues(viewer: Person, year: int) -> dict[str, Any]:
    """The year's dialogues in sum, and the units that lack most; in two queries."""
    standing = tallies.standing_for(viewer, year)
    lacking = list(tallies.tallies_for(viewer, year, only_gaps=True)[:FEW]) if standing.units else []
    return {"dialogues": standing, "lacking": lacking, "year": year}


def _figures(viewer: Person) -> Iterator[dict[str, Any]]:
    """The big numbers: each that of the tab of the inbox to which it leads."""
    kinds = [(Narrowing(lateness=late.value), signs.LATENESS[late.value]) for late in FIGURES]
    kinds += [(Narrowing(state=state.value), signs.STATES[state.value]) for state in STATES]
    for narrowing, sign in kinds:
        tab = "waiting" if narrowing.state == AssignmentState.SUBMITTED else "owed"
        asked = f"state={narrowing.state}" if narrowing.state else f"lateness={narrowing.lateness}"
        held = listing_for(viewer, narrowing).counts().held(tab)
        value = f"{held.number}+" if held.is_more else held.number
        url = f"{reverse('inbox')}?tab={tab}&{asked}"
        yield {"value": value, "label": sign.label, "css": sign.css, "sign": sign.drawing, "url": url}


def _units(viewer: Person) -> list[dict[str, Any]]:
    """The late units, each with what leads to its tasks, and when it was last reminded in the app or by letter."""
    inbox, today = f"{reverse('inbox')}?{OVERDUE}", clock.today()
    rows = reads.late_units_for(viewer, SHOWN)
    letters = last_urged(viewer, [row.unit_id for row in rows])
    return [
        {
            "row": row,
            "url": f"{inbox}&unit={row.unit_id}",
            "days": (today - row.since).days,
            "reminded_at": max(filter(None, (row.reminded_at, letters.get(row.unit_id))), default=None),
        }
        for row in rows
    ]


def _items(viewer: Person) -> list[dict[str, Any]]:
    """The late items in words, each with what leads to its tasks."""
    found = []
    for row in reads.late_items_for(viewer, SHOWN):
        item = f"&item={row.provision.pk}" if row.provision else ""
        url = f"{reverse('inbox')}?{OVERDUE}&directive={row.document.pk}{item}"
        letter = f"{reverse('urging_draft')}?directive={row.document.pk}{item}"
        words = column_words(row.document, row.provision)
        found.append({"row": row, "words": words, "url": url, "urging_url": letter})
    return found


def _channels(counts: dict[str, int]) -> Iterable[tuple[Any, int]]:
    """By which way how many reminders went."""
    named = [(_("In the app"), counts["app"])]
    return [*named, *((Channel(name).label, number) for name, number in counts.items() if name != "app")]
