"""The first page: what waits for this viewer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motbuoc.domains.documents.recipients import longest_unowned_for
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.states import READABLE
from motbuoc.domains.work.asked import requests_to_decide
from motbuoc.domains.work.dividing import portions_for
from motbuoc.domains.work.following import followed_by
from motbuoc.domains.work.inbox import Narrowing
from motbuoc.domains.work.listing import First, first_among, first_of
from motbuoc.domains.work.selectors import assignments_for, directives_for, owes, waiting_for
from motbuoc.domains.work.standing import Lateness
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.vacancies import Vacancy, vacancies_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.documents.recipients import with_words
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.boards import number_lines
from motbuoc.interfaces.web.work.changes import changed_for
from motbuoc.interfaces.web.work.words import days_left

SHOWN = 8  # rows of each list; the whole is one click away
DIRECTIVES = 5
LATE = Narrowing(lateness=Lateness.OVERDUE.value)


@dataclass(frozen=True)
class Waiting:
    """One list of the page: its first rows with their days, how many there are, and where all of them are."""

    title: Any
    rows: list[tuple[Any, str]]
    total: int
    is_more: bool
    url: str
    nothing: Any


@require_safe
@remembered
@own_things("what waits for the viewer")
def today(request: ViewerRequest) -> HttpResponse:
    """What one's units owe, what one has to decide on, and the directives under way, as one's role has it."""
    viewer, day = request.viewer, clock.today()
    actions = policy.actions_of(viewer)
    context = {
        "day": day,
        "lists": list(_lists(viewer, day)),
        "requests": _requests(viewer) if Action.DECIDE_ASSIGNMENT in actions else None,
        "to_review": _to_review(viewer) if Action.REVIEW_DOCUMENT in actions else None,
        "changes": changed_for(request) if actions & {Action.VIEW_DOCUMENT, Action.VIEW_ASSIGNMENT} else None,
        "directives": number_lines(viewer, directives_for(viewer)[:DIRECTIVES]),
        "vacancies": _vacancies(viewer, day) if Action.ISSUE_DIRECTIVE in actions else [],
        "alarms": _alarms(viewer) if actions & {Action.SEND_DOCUMENT, Action.VIEW_BOARD} else [],
        "my_parts": portions_for(viewer).count(),
        "may_order": Action.ISSUE_DIRECTIVE in actions,
        "reads": Action.VIEW_DOCUMENT in actions,
        "manages": Action.MANAGE_PEOPLE in actions,
    }
    return render(request, "work/today.html", context)


def _lists(viewer: Person, day: date) -> Iterator[Waiting]:
    inbox = reverse("inbox")
    actions = policy.actions_of(viewer)
    works, decides = Action.WORK_ON_ASSIGNMENT in actions, Action.DECIDE_ASSIGNMENT in actions
    if works:
        nothing = _("Your unit owes nothing. What is handed in stays under “Waiting for acceptance”.")
        found = first_of(viewer, "owed", Narrowing(own=True), SHOWN, assignments_for(viewer))
        yield _waiting(_("What your unit owes"), found, day, inbox, nothing)
        if (followed := first_among(followed_by(viewer), SHOWN)).rows:
            title = _("What your unit tracks")
            yield _waiting(title, followed, day, reverse("followed_list"), "")
    if decides:
        nothing = _("No result waits for you. Units are at work.")
        found = first_among(waiting_for(viewer), SHOWN)
        yield _waiting(_("Waiting for your decision"), found, day, f"{inbox}?tab=waiting", nothing)
    if works or decides or Action.VIEW_ASSIGNMENT not in actions:
        return
    if Action.VIEW_BOARD in actions:
        url = f"{inbox}?tab=owed&lateness={LATE.lateness}"
        found = first_of(viewer, "owed", LATE, SHOWN, assignments_for(viewer))
        yield _waiting(_("Overdue"), found, day, url, _("Nothing is overdue."))
    else:
        nothing = _("Your unit has done all that was asked of it.")
        found = first_of(viewer, "owed", Narrowing(), SHOWN, assignments_for(viewer))
        yield _waiting(_("What your unit is doing"), found, day, inbox, nothing)


def _waiting(title: Any, found: First, day: date, url: str, nothing: Any) -> Waiting:
    rows = [(row, days_left(row, day)) for row in found.rows]
    return Waiting(title, rows, found.held.number, found.held.is_more, url, nothing)


def _requests(viewer: Person) -> First:
    """What units ask the viewer to decide."""
    return first_among(requests_to_decide(viewer), SHOWN)


def _alarms(viewer: Person) -> list[Any]:
    """The hand-offs of documents that nobody owns, which concern the viewer."""
    return with_words(longest_unowned_for(viewer, DIRECTIVES))


def _vacancies(viewer: Person, day: date) -> list[Vacancy]:
    """The units in reach that owe something and have nobody to answer for it."""
    return vacancies_for(viewer, day, SHOWN, owes())


def _to_review(viewer: Person) -> list[Any]:
    """Documents read but not yet issued, which the viewer has to see through."""
    begun = documents_for(viewer).exclude(state__in=READABLE).defer("text", "reading")
    return list(begun[:DIRECTIVES])
