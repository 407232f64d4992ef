"""Who is looking: set on every request, shown by the frame, and told in plain words when something is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from motbuoc.foundation.access.policy import Through, actions_of, grants_of, held_by
from motbuoc.foundation.access.roles import Action, Role
from motbuoc.foundation.administration.selectors import stood_in_for
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.notices.selectors import news_for
from motbuoc.foundation.people.models import Account, Person
from motbuoc.foundation.people.selectors import titles_of

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class ViewerRequest(HttpRequest):
    """A request of somebody who has signed in."""

    viewer: Person
    htmx: HtmxDetails


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person may do anywhere, and in what quality: position and unit, or role and unit."""

    actions: frozenset[Action]
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the main navigation.

    `url_name` is its first page, `action` the right it takes (None: none), `covers` the beginnings of the URL
    names of the pages that belong to it.
    """

    url_name: str
    label: Any
    sign: str
    action: Action | None
    covers: tuple[str, ...]


IN_BAR = 5
PEOPLE = ("person", "position", "invitation", "unit_invitations")
VISITS = ("visit", "check", "chosen", "finding")
REGISTERS = ("outgoing", "incoming", "number", "term", "series", "urging")
DIALOGUES = ("dialogue", "question", "commitment")
REPORTS = ("report", "draft", "paragraph", "outline", "remark", "section_give")
FIGURES = ("period", "schedule", "exemption", "form", "indicator", "breakdown", "submission", "figure", "total")
TASKS = ("inbox", "assignment", "request", "together")
SECTIONS = (
    Section("today", _lazy("Today"), "today", None, ("today",)),
    Section(
        "inbox", _lazy("Tasks"), "inbox", Action.VIEW_ASSIGNMENT, ("inbox", "assignment", "request", "together")
    ),
    Section("calendar", _lazy("Calendar"), "calendar", Action.VIEW_ASSIGNMENT, ("calendar",)),
    Section(
        "directive_list",
        _lazy("Directives"),
        "board",
        Action.VIEW_BOARD,
        ("directive", "board", "descent", "comparison"),
    ),
    Section(
        "document_list",
        _lazy("Documents"),
        "document",
        Action.VIEW_DOCUMENT,
        ("document", "duty", "addressee", "copy", "localise", "plan", "disseminat"),
    ),
    Section("outgoing_list", _lazy("Registers"), "clip", Action.VIEW_REGISTER, REGISTERS),
    Section("period_list", _lazy("Figures"), "figures", Action.VIEW_FIGURES, FIGURES),
    Section(
        "unit_list",
        pgettext_lazy("navigation", "Units"),
        "units",
        Action.VIEW_UNIT,
        ("unit", "reorganisation", "grant"),
    ),
    Section("report_list", _lazy("Reports"), "report", Action.VIEW_REPORT, REPORTS),
    Section("person_list", _lazy("People"), "person", Action.MANAGE_PEOPLE, PEOPLE),
)

ASIDE = (
    Section("desk", _lazy("Department's desk"), "inbox", Action.DECIDE_ASSIGNMENT, ("desk", "wall")),
    Section("visit_list", _lazy("Inspections of work"), "paper-check", Action.VIEW_VISIT, VISITS),
    Section("dialogue_list", _lazy("Dialogues"), "person", Action.VIEW_DIALOGUE, DIALOGUES),
    Section("theme_board", _lazy("Issue board"), "board", Action.VIEW_THEMES, ("theme",)),
    Section("box_list", _lazy("Opinions"), "inbox", Action.NOTE_OPINION, ("box", "opinion")),
    Section("survey_list", _lazy("Surveys"), "person", Action.VIEW_SURVEY, ("survey",)),
    Section(
        "consultation_list", _lazy("Comments on drafts"), "document", Action.VIEW_CONSULTATION, ("consultation",)
    ),
    Section("delivery_list", _lazy("Messages sent"), "sent", Action.MANAGE_PEOPLE, ("delivery",)),
    Section("unreached_list", _lazy("Who was not reached"), "bell", Action.DECIDE_ASSIGNMENT, ("unreached",)),
    Section("workday_year", _lazy("Working calendar"), "today", Action.VIEW_UNIT, ("workday",)),
    Section("deadline_trial", _lazy("Try a deadline"), "clock", Action.VIEW_UNIT, ("deadline_trial",)),
    Section(
        "deadline_recalculation",
        _lazy("Recalculate due days"),
        "clock",
        Action.DECIDE_ASSIGNMENT,
        ("deadline_recalculation",),
    ),
    Section("help_list", _lazy("Who may need help"), "info", Action.DECIDE_ASSIGNMENT, ("help", "outlook")),
    Section("rights_question", _lazy("Who may do what"), "person", Action.VIEW_RIGHTS, ("rights_question",)),
    Section("inspection_list", _lazy("Inspections"), "search", Action.VIEW_HISTORY, ("inspection",)),
    Section("history_list", _lazy("History"), "clock", Action.VIEW_HISTORY, ("history",)),
)
"""Sections that few need and nobody needs daily: in the menu behind one's own name."""


def standing_of(person: Person) -> Standing:
    """The actions and the title of a person today: of the position held, or else of the role granted; and for whom
    they stand in."""
    today = clock.today()
    titles = [f"{title.label}, {unit}" for title, unit in titles_of(person.pk, today)[:1]]
    if not titles:
        named = in_force(today, "unit__versions__")
        granted = grants_of(person).filter(named).values_list("role", "unit__versions__short_name")
        titles = [f"{Role(role).label}, {unit}" for role, unit in granted[:1]]
    return Standing(actions_of(person), "; ".join([*titles, *_acting(person)]))


def _acting(person: Person) -> list[str]:
    """For whom the person stands in today, if for anybody."""
    if all(row.through != Through.STAND_IN for row in held_by(person, clock.today())):
        return []
    return [
        _("standing in for %(name)s, %(unit)s") % {"name": row.position.person.full_name, "unit": row.unit_name}
        for row in stood_in_for(person, clock.today())
    ]


def viewer_of(request: HttpRequest) -> Person | None:
    """The person who has signed in, if one has; asked once a request."""
    if not hasattr(request, "_viewer"):
        user = getattr(request, "user", None)
        request._viewer = user.person if isinstance(user, Account) else None  # type: ignore[attr-defined]
    return request._viewer  # type: ignore[attr-defined, no-any-return]


def news_of(request: HttpRequest) -> tuple[int, int]:
    """The length of the history and the viewer's unread notices; asked once a request."""
    if not hasattr(request, "_news"):
        viewer = viewer_of(request)
        request._news = news_for(viewer.pk) if viewer else (0, 0)  # type: ignore[attr-defined]
    return request._news  # type: ignore[attr-defined, no-any-return]


def _standing(request: HttpRequest) -> Standing:
    if not hasattr(request, "_standing"):
        viewer = viewer_of(request)
        request._standing = standing_of(viewer) if viewer else Standing(frozenset(), "")  # type: ignore[attr-defined]
    return request._standing  # type: ignore[attr-defined, no-any-return]


def _sections(request: HttpRequest, sections: Iterable[Section]) -> Iterable[tuple[Section, bool]]:
    match = request.resolver_match
    here = (match.url_name or "") if match else ""
    if not viewer_of(request):
        return []
    actions = _standing(request).actions
    return [
        (section, here.startswith(section.covers))
        for section in sections
        if section.action is None or section.action in actions
    ]


def _bar(request: HttpRequest) -> tuple[list[tuple[Section, bool]], list[tuple[Section, bool]]]:
    """The sections that stand in the bar, and those behind its last entry: a bar holds what a phone can show."""
    sections = list(_sections(request, SECTIONS))
    at = IN_BAR if len(sections) > IN_BAR + 1 else len(sections)  # one alone needs no menu
    return sections[:at], sections[at:]


def viewer_context(request: HttpRequest) -> dict[str, Any]:
    """What the frame shows of the viewer. Nothing is asked of the database until a template shows it."""
    return {
        "viewer": SimpleLazyObject(partial(viewer_of, request)),
        "viewer_position": SimpleLazyObject(lambda: _standing(request).title),
        "nav": SimpleLazyObject(lambda: _bar(request)[0]),
        "nav_more": SimpleLazyObject(lambda: _bar(request)[1]),
        "nav_more_is_current": SimpleLazyObject(lambda: any(here for _section, here in _bar(request)[1])),
        "aside": SimpleLazyObject(partial(_sections, request, ASIDE)),
        "unread": SimpleLazyObject(lambda: news_of(request)[1]),
        "demo": settings.DEMO,
    }


class ViewerMiddleware:
    """Sets `request.viewer` on requests of people who have signed in; turns refusals into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Set the viewer before the page runs."""
        if viewer := viewer_of(request):
            request.viewer = viewer  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """403 for what the viewer may not do; for other refusals back to the page they came from, or 409."""
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"sentence": exception.message}, status=403)
        if not isinstance(exception, Refusal):
            return None
        back = _came_from(request)
        # A page that cannot even be shown must not send back to itself for ever.
        if request.method in ("GET", "HEAD") or back is None:
            return render(request, "errors/refused.html", {"sentence": exception.message}, status=409)
        messages.error(request, str(exception.message))
        if getattr(request, "htmx", False):
            return HttpResponseClientRedirect(back)
        response = HttpResponseRedirect(back)
        response.status_code = 303
        return response


def _came_from(request: HttpRequest) -> str | None:
    """The path of the page on this host that the request came from."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host() or not referer.path.startswith("/") or referer.path.startswith("//"):
        return None
    return f"{referer.path}?{referer.query}" if referer.query else referer.path
