"""The windows of inspectors, and every look through them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.inspections import LIST, looks_at_unit, looks_for, windows_for, windows_on
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.papers.acts import object_word
from motbuoc.interfaces.web.people.words import span
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50
IN_A_PANEL = 5

LISTS = {
    "today": gettext_lazy("the first page"),
    "inbox": gettext_lazy("the list of tasks"),
    "calendar": gettext_lazy("the calendar of due days"),
    "unreached_list": gettext_lazy("the list of who was not reached"),
    "workday_year": gettext_lazy("the working calendar of a year"),
    "workday_export": gettext_lazy("the working calendar as a file"),
    "deadline_trial": gettext_lazy("a deadline counted on trial"),
    "deadline_recalculation": gettext_lazy("deadlines to be counted anew"),
    "outgoing_list": gettext_lazy("the register of outgoing documents"),
    "incoming_list": gettext_lazy("the register of incoming documents"),
    "directive_list": gettext_lazy("the list of directives"),
    "document_list": gettext_lazy("the list of documents"),
    "help_list": gettext_lazy("the list of who may need help"),
    "outlook_figures": gettext_lazy("the figures of the forecasts"),
    "visit_list": gettext_lazy("the list of inspections of work"),
    "period_list": gettext_lazy("the list of reporting periods"),
    "schedule_list": gettext_lazy("the list of reporting schedules"),
    "form_list": gettext_lazy("the list of forms"),
    "indicator_list": gettext_lazy("the list of indicators"),
    "report_list": gettext_lazy("the list of reports"),
    "dialogue_list": gettext_lazy("the list of dialogues"),
    "dialogue_gaps": gettext_lazy("the dialogues asked for and held by unit"),
    "dialogue_gaps_export": gettext_lazy("the file of dialogues asked for and held"),
    "dialogue_minutes_paper": gettext_lazy("the minutes of a dialogue as a file"),
    "dialogue_rules": gettext_lazy("the rules of dialogues"),
    "survey_list": gettext_lazy("the list of surveys"),
    "consultation_list": gettext_lazy("the list of consultations"),
    "box_list": gettext_lazy("the boxes for opinions"),
    "opinion_list": gettext_lazy("the list of opinions"),
    "theme_board": gettext_lazy("the issue board"),
    "portal_list": gettext_lazy("the list of reports for the portal"),
    "outline_list": gettext_lazy("the list of outlines"),
    "unit_list": gettext_lazy("the tree of units"),
    "unit_compare": gettext_lazy("what differs between two days"),
    "unit_export": gettext_lazy("units and people as a workbook"),
    "reorganisation_list": gettext_lazy("the list of acts on units"),
    "unit_group_list": gettext_lazy("the groups of addressees"),
    "rights_question": gettext_lazy("a question about rights"),
    "history_list": gettext_lazy("the history"),
    "history_csv": gettext_lazy("the history as a file"),
    "history_root": gettext_lazy("the root of the history"),
    "inspection_list": gettext_lazy("the list of inspections"),
}


@require_safe
@remembered
@asks(Action.VIEW_HISTORY)
def inspection_list(request: ViewerRequest) -> HttpResponse:
    """The windows open on units whose history the viewer sees, and the looks through them, latest first."""
    viewer, today = request.viewer, clock.today()
    windows = list(windows_for(viewer, today))
    looks = looks_for(viewer, today, windows)
    before = request.GET.get("before", "")
    if before.isdecimal():
        looks = looks.filter(pk__lt=int(before))
    shown = list(looks[: PAGE_SIZE + 1])
    context = {
        "windows": [(window, span(window), window.valid_from <= today) for window in windows],
        "looks": [(line, words_of(line)) for line in shown[:PAGE_SIZE]],
        "more": f"?before={shown[PAGE_SIZE - 1].pk}" if len(shown) > PAGE_SIZE else "",
        "start": "?" if before else "",
    }
    return render(request, "access/inspection_list.html", context)


def panel_of(viewer: Person, unit_id: int) -> dict[str, Any]:
    """What `access/inspection_panel.html` shows on a page of a unit: its windows, and the latest looks at it."""
    today = clock.today()
    windows = list(windows_on(viewer, unit_id, today))
    looks = looks_at_unit(viewer, unit_id, today, windows)[:IN_A_PANEL]
    return {
        "windows": [(window, span(window), window.valid_from <= today) for window in windows],
        "looks": [(line, words_of(line)) for line in looks],
    }


def words_of(line: Any) -> str:
    """What was looked at, in words."""
    if line.object_type == LIST:
        return str(LISTS.get(line.values.get("page", ""), object_word(LIST)))
    if line.object_type == "unit":
        return f"{object_word(line.object_type)}: {line.unit_name}"
    return _("%(what)s no. %(number)s") % {"what": object_word(line.object_type), "number": line.object_id}
