"""The pages of assignments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.dialogue.reopening import unsolved_of
from motbuoc.domains.documents.chain import documents_numbered
from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.selectors import routed_from
from motbuoc.domains.work.counted import counted_so_far
from motbuoc.domains.work.dividing import divides, split_of
from motbuoc.domains.work.following import may_urge
from motbuoc.domains.work.grounds import grounds_of
from motbuoc.domains.work.helping import may_offer, newest_offers
from motbuoc.domains.work.inbox import INBOX, Mark, Task, directives_in
from motbuoc.domains.work.listing import Counts, Listing, listing_for
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.practices import place_of
from motbuoc.domains.work.prerequisites import ties_of
from motbuoc.domains.work.products import came
from motbuoc.domains.work.redating import awaits_event, may_record_event
from motbuoc.domains.work.selectors import (
    asked_on,
    assignments_for,
    corrections_of,
    entries_for,
    evidence_for,
    handed_to,
    monitor_of,
    open_question,
    requests_of,
    steps_for,
    supporters_of,
)
from motbuoc.domains.work.services import take_step
from motbuoc.domains.work.standing import Lateness, standing_of
from motbuoc.domains.work.states import CLOSED, OWED, HelpState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.selectors import hand_over_act
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.web.answering import words_of_answering
from motbuoc.interfaces.web.cascade.shown import cascade_of_assignment
from motbuoc.interfaces.web.deadlines.lines import way_of
from motbuoc.interfaces.web.deadlines.words import WEEKDAYS, meaning_of, story_of
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.drafts import note_arrival
from motbuoc.interfaces.web.forms import asked_of, drawn
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.forms import STEPS, InboxFilter, StepForm
from motbuoc.interfaces.web.work.inbox_html import place_links, task_rows
from motbuoc.interfaces.web.work.words import dates_of, excerpt_of, review_clock

PAGE_SIZE = 20
CHOOSING = (Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT)
TAB_LABELS = {
    "owed": gettext_lazy("Owed"),
    "waiting": gettext_lazy("Waiting for acceptance"),
    "done": gettext_lazy("Done"),
    "stopped": gettext_lazy("Suspended, cancelled"),
    "all": gettext_lazy("All"),
}


@require_safe
@remembered
@asks(Action.VIEW_ASSIGNMENT)
def inbox(request: ViewerRequest) -> HttpResponse:
    """The assignments in the viewer's reach: owed, waiting, done or all, narrowed by address."""
    narrowing = InboxFilter(request.GET).narrowing()
    tab = request.GET.get("tab", "owed")
    tab = tab if tab in INBOX else "owed"
    listing = listing_for(request.viewer, narrowing)
    counts = listing.counts()
    page, tasks, further = _page(request, listing, tab, counts)
    is_choosing = not policy.actions_of(request.viewer).isdisjoint(CHOOSING)
    context = {
        "fields": _fields(request),
        "tab": tab,
        "tabs": [
            (label, _with(request.GET, tab=name, page=None, after=None), name == tab, counts.held(name))
            for name, label in TAB_LABELS.items()
        ],
        "page": page,
        "further": further,
        "rows": _rows(request.viewer, tasks, is_choosing=is_choosing),
        "is_choosing": is_choosing,
        "choose_all": urlencode({"task": [task.pk for task in tasks]}, doseq=True),
        "narrowed": narrowing.is_on,
        "works": policy.may(request.viewer, Action.WORK_ON_ASSIGNMENT),
        "narrowed_query": _with(request.GET, tab=None, page=None, after=None) if narrowing.is_on else "",
        "drilled": tasks[0] if tasks and (narrowing.unit_id or narrowing.provision_id) else None,
        "one_item": narrowing.provision_id is not None,
        "one_unit": narrowing.unit_id is not None,
        "undrilled": _with(request.GET, unit=None, item=None, due=None, page=None, after=None),
        "due_on": narrowing.due_on,
        "urge": _urging(request) if tasks and narrowing.lateness == Lateness.OVERDUE else "",
    }
    return render(request, "work/inbox.html", context)


def _rows(viewer: Person, tasks: list[Task], *, is_choosing: bool) -> SafeString:
    prefix = reverse("assignment_detail", args=[0]).removesuffix("0/")
    chosen_by = pgettext("a row", "Choose") if is_choosing else ""
    return task_rows(tasks, clock.today(), prefix, chosen_by=chosen_by, places=place_links(viewer, tasks))


def _urging(request: ViewerRequest) -> str:
    """Where the letter to the late units in the list is written, for who may decide on results somewhere."""
    if not policy.may(request.viewer, Action.DECIDE_ASSIGNMENT):
        return ""
    return reverse("urging_draft") + _with(request.GET, tab=None, page=None, after=None, lateness=None)


def _page(
    request: ViewerRequest, listing: Listing, tab: str, counts: Counts
) -> tuple[Page[Any] | None, list[Task], str]:
    """The page that is asked for with its rows, and where the list goes on beyond the numbered pages.

    Pages have numbers as far as rows are counted; from there on each leads to the one after its last row.
    """
    held = counts.held(tab)
    page: Page[Any] | None = None
    if mark := Mark.read(request.GET.get("after", "")):
        tasks = listing.rows_after(tab, mark, PAGE_SIZE)
        goes_on = len(tasks) == PAGE_SIZE
    else:
        page = Paginator(range(held.number), PAGE_SIZE).get_page(request.GET.get("page"))
        start = (page.number - 1) * PAGE_SIZE
        tasks = listing.rows(tab, start, start + PAGE_SIZE, counts)
        goes_on = held.is_more and not page.has_next()
    return page, tasks, _with(request.GET, after=tasks[-1].mark.written, page=None) if tasks and goes_on else ""


def _fields(request: ViewerRequest) -> SafeString:
    asked = asked_of(InboxFilter, request.GET)
    names = tuple(
        (pk, code or subject or _("Document without a number"))
        for pk, code, subject in directives_in(request.viewer)
    )
    return drawn(InboxFilter, asked, get_language() or "", names)


def _with(asked: QueryDict, **values: str | None) -> str:
    """The address of the same list with other values; None takes one away."""
    query = asked.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}"


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def assignment_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One assignment: the words it comes from, how it stands, what was reported, and the steps one may take."""
    assignment = get_object_or_404(assignments_for(request.viewer), pk=pk)
    looks_at(request, "assignment", pk, assignment.unit_id)
    if request.method == "POST":
        return _take(request, assignment)
    return _detail(request, assignment)


def _take(request: ViewerRequest, assignment: Any) -> HttpResponse:
    transition = STEPS.get(request.POST.get("step", ""))
    if transition is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    policy.require(request.viewer, Action(transition.action), asked_on(transition.action, assignment))
    known = _known(assignment, entries_for(request.viewer, assignment))
    form = StepForm(request.POST, request.FILES, asks=transition.asks, **known)
    if not form.is_valid():
        return _detail(request, assignment, form, status=422)
    asked = form.cleaned_data
    try:
        take_step(
            actor=request.viewer,
            assignment=assignment,
            ground=_ground(request.viewer, asked.get("ground", "")),
            version=asked["version"],
            name=transition.name,
            text=asked.get("text", ""),
            percent=asked.get("percent"),
            figures=asked.get("figures", ()),
            files=asked.get("evidence", ()),
            classification=asked.get("classification", Classification.NORMAL),
            product=form.said_of_product,
        )
    except NotAllowed:
        raise
    except Collision as collision:
        assignment = get_object_or_404(assignments_for(request.viewer), pk=assignment.pk)
        form.refuse(collision)
        form.rest_on(assignment.version)
        return _detail(request, assignment, form, status=409, since=asked["version"])
    except Refusal as refusal:
        form.refuse(refusal)
        return _detail(request, assignment, form, status=422)
    note_arrival(request)
    messages.success(request, _("Saved: %(step)s.") % {"step": transition.label})
    return redirect("assignment_detail", pk=assignment.pk)


def _ground(viewer: Any, code: str) -> Document | None:
    """The document that a step rests on, by its number and symbol; None where none was named.

    Raises:
        Refusal: there is none among those `viewer` may read, or more than one.
    """
    if not code.strip():
        return None
    found = list(documents_numbered(viewer, code_key(code))[:2])
    if len(found) != 1:
        raise Refusal(_("The library holds no single document of this number. Name it in the reason instead."))
    return found[0]


def _detail(
    request: ViewerRequest, assignment: Any, bound: StepForm | None = None, *, status: int = 200, since: int = 0
) -> HttpResponse:
    """The page, with the form as it was sent in its place; `since` is the version that the sender had read."""
    viewer, today = request.viewer, clock.today()
    steps = steps_for(viewer, assignment)
    entries, requests = list(entries_for(viewer, assignment)), list(requests_of(assignment))
    corrections = list(corrections_of(assignment)) if assignment.corrected_due_on else []
    known, fresh = _known(assignment, entries), entries[since - assignment.version :] if since else []
    forms = [_form(asks, steps, assignment.version, bound, known) for asks in dict.fromkeys(s.asks for s in steps)]
    context = {
        "assignment": assignment,
        "excerpt": excerpt_of(assignment.document, assignment.duty),
        "dates": list(dates_of(assignment, standing_of(assignment, entries, requests, corrections), today)),
        "supporters": supporters_of(assignment),
        "meaning": meaning_of(assignment),
        "question": open_question(assignment, entries),
        "review_clock": review_clock(assignment, entries, today),
        "story": story_of(assignment, calendar()) if assignment.rule else None,
        "way": way_of(assignment, entries, requests, corrections),
        "weekdays": WEEKDAYS,
        "may_record_event": awaits_event(assignment) and may_record_event(viewer, assignment),
        "answering": words_of_answering(assignment.unit_id, today),
        "handed": _handed(viewer, assignment),
        "requests": requests,
        **_help(viewer, assignment),
        "counted": known["counted"],
        "forms": forms,
        "unsent": bound if bound and bound not in forms else None,
        "entries": [(entry, STEPS[entry.step].label) for entry in entries],
        **_beside(viewer, assignment, entries),
        "meanwhile": [(entry, STEPS[entry.step].label) for entry in fresh],
        "history_lines": history_of(viewer, "assignment", assignment.pk, assignment.document.classification),
        **cascade_of_assignment(viewer, assignment),
        "routed_from": routed_from(viewer, assignment.document_id),
        "unsolved": list(unsolved_of(assignment)),
    }
    return render(request, "work/assignment_detail.html", context, status=status)


def _help(viewer: Any, assignment: Assignment) -> dict[str, Any]:
    """The newest offer of help, whether the viewer answers it, and whether they may make one."""
    offer = newest_offers(viewer, [assignment]).get(assignment.pk)
    works = policy.may_on(viewer, Action.WORK_ON_ASSIGNMENT, assignment.unit_id)
    waits = offer is not None and offer.state == HelpState.OFFERED
    return {
        "help_offers": [offer] if offer else [],
        "help_to_answer": {offer.pk} if offer and waits and works else set(),
        "may_offer_help": may_offer(viewer, assignment),
    }


def _beside(viewer: Any, assignment: Any, entries: list[Any]) -> dict[str, Any]:
    """What stands beside the assignment: how far it is, who tracks it, what it waits for, parts and product."""
    place = place_of(assignment.pk)
    if place and not policy.may(viewer, place.practice.action):
        place = None
    reported = [entry.percent for entry in entries if entry.percent is not None]
    return {
        "percent": reported[-1] if reported else None,
        "tracked_by": monitor_of(assignment),
        "can_urge": assignment.state in OWED and may_urge(viewer, assignment),
        "product": came(assignment, entries),
        "grounds": grounds_of(viewer, entries),
        "closed": CLOSED,
        "place": place and (place.practice.label, reverse(place.practice.page, args=[place.pk])),
        "ties": ties_of(assignment, assignments_for(viewer)),
        "split": split_of(assignment),
        "is_dividing": divides(viewer, assignment),
    }


def _handed(viewer: Any, assignment: Any) -> list[tuple[str, Any, Any]]:
    """From which units the assignment came, when, and by which act if the viewer may read it."""
    return [
        (name, row.on, hand_over_act(viewer, row.source_id, row.target_id, row.on))
        for row, name in handed_to(assignment)
    ]


def _form(
    asks: str, steps: Iterable[Any], version: int, bound: StepForm | None, known: dict[str, Any]
) -> StepForm:
    """The form of the steps that ask for the same; the one that was sent, if it is of this kind."""
    alike = [step for step in steps if step.asks == asks]
    if bound and bound.asks == asks:
        bound.steps = alike
        return bound
    return StepForm(asks=asks, steps=alike, initial={"version": version}, **known)


def _known(assignment: Assignment, entries: Iterable[Any]) -> dict[str, Any]:
    """What a form knows of its assignment: the product asked for, the evidence there is, what was counted."""
    entries = list(entries)
    return {
        "directive": assignment.document.classification,
        "expected": assignment.duty.product,
        "sent": [(one.pk, one.file.name) for entry in entries for one in entry.evidence.all()],
        "time_kind": assignment.time_kind,
        "counted": counted_so_far(entries),
    }


@require_safe
@asks(Action.VIEW_ASSIGNMENT)
def evidence_file(request: ViewerRequest, pk: int) -> FileResponse:
    """A file that was brought as evidence, to be kept; never shown inside the page."""
    evidence = get_object_or_404(evidence_for(request.viewer), pk=pk)
    looks_at(request, "assignment", evidence.entry.assignment_id, evidence.entry.assignment.unit_id)
    return attachment(evidence.file)
