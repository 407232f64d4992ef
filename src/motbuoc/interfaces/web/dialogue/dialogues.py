"""The pages of dialogues as they are planned: the year's list, one dialogue, the sheet that invites to ask."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.dialogue import services
from motbuoc.domains.dialogue.confirming import may_confirm
from motbuoc.domains.dialogue.selectors import (
    came,
    commitments_of,
    dialogues_for,
    late_to_publish,
    may_hold,
    may_note,
    owed_by,
    questions_of,
    rules_of,
    steps_for,
    units_to_hold_for,
)
from motbuoc.domains.dialogue.states import DialogueState
from motbuoc.domains.dialogue.tallies import tallies_for
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.dialogue.forms import PlanChangeForm, PlanForm, begun
from motbuoc.interfaces.web.dialogue.gaps import asked_year
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
MOST_OWED = 10
ELSEWHERE = {"hold_dialogue": "dialogue_hold", "conclude_dialogue": "dialogue_conclude"}
"""Steps that have a page of their own."""


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_list(request: ViewerRequest) -> HttpResponse:
    """The year: what each unit owes, planned, held and answered; the dialogues; and what waits for an answer."""
    viewer, year = request.viewer, asked_year(request)
    of_year = dialogues_for(viewer).filter(planned_on__year=year)
    page = Paginator(of_year, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "years": [(each, f"?nam={each}", each == year) for each in range(year - 2, year + 2)],
        "page": page,
        "dialogues": list(page),
        "tallies": list(tallies_for(viewer, year)[:MOST_OWED]),
        "owed": list(owed_by(viewer)[:MOST_OWED]),
        "holds": policy.may(viewer, Action.HOLD_DIALOGUE),
        "today": clock.today(),
    }
    return render(request, "dialogue/dialogue_list.html", context)


def crumbs_of(dialogue: Any = None) -> tuple[tuple[Any, str], ...]:
    """The way back to the list, and to a dialogue."""
    home = ((_("Dialogues"), reverse("dialogue_list")),)
    return (*home, (dialogue.subject, reverse("dialogue_detail", args=[dialogue.pk]))) if dialogue else home


def seen_dialogue(request: ViewerRequest, pk: int, *, holds: bool = False) -> Any:
    """The dialogue, if the viewer sees it; to go on, perhaps, only if they hold it."""
    dialogue = get_object_or_404(dialogues_for(request.viewer), pk=pk)
    looks_at(request, "dialogue", pk, dialogue.unit_id)
    if holds and not may_hold(request.viewer, dialogue):
        raise policy.refusal(request.viewer, (Action.HOLD_DIALOGUE,))
    return dialogue


def _offers(request: ViewerRequest) -> dict[str, list[tuple[int, str]]]:
    """The units for which the viewer may plan, and the rules of these."""
    units = [(unit.pk, unit.name) for unit in units_to_hold_for(request.viewer)]
    found = {rule.pk: rule.name for pk, _name in units for rule in rules_of(pk, clock.today())}
    return {"units": units, "rules": list(found.items())}


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_make(request: ViewerRequest) -> HttpResponse:
    """Plan a dialogue."""
    form = PlanForm(posted(request), **_offers(request))
    page = FormPage(
        title=_("Plan a dialogue"),
        subtitle=_("It is announced in the next step: then people can ask."),
        button=_("Plan it"),
        back=reverse("dialogue_list"),
        crumbs=crumbs_of(),
        done=_("Planned. Announce it when it is settled."),
        onward=lambda made: reverse("dialogue_detail", args=[made.pk]),
    )
    return page.answer(
        request,
        form,
        lambda: services.plan_dialogue(actor=request.viewer, unit_id=form.cleaned_data["unit"], plan=form.plan()),
    )


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what is planned."""
    dialogue = seen_dialogue(request, pk, holds=True)
    offers = _offers(request) | {"units": [(dialogue.unit_id, dialogue.unit_name)]}
    form = PlanChangeForm(posted(request), initial=begun(dialogue), **offers)
    page = FormPage(
        title=_("Change the dialogue"),
        subtitle=dialogue.unit_name,
        button=_("Save"),
        back=reverse("dialogue_detail", args=[pk]),
        crumbs=crumbs_of(dialogue),
        done=_("Saved."),
        fresh=lambda: seen_dialogue(request, pk).version,
    )

    def do() -> object:
        version = form.cleaned_data["version"]
        return services.change_dialogue(actor=request.viewer, dialogue=dialogue, version=version, plan=form.plan())

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_DIALOGUE, send=Action.HOLD_DIALOGUE)
def dialogue_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One dialogue: its questions, what was promised, its minutes, and the steps one may take."""
    dialogue = seen_dialogue(request, pk, holds=request.method == "POST")
    if request.method == "POST":
        return _take(request, dialogue)
    viewer = request.viewer
    questions = list(questions_of(viewer, dialogue))
    steps = steps_for(viewer, dialogue)
    context = {
        "dialogue": dialogue,
        "questions": [question for question in questions if question.alike_id is None],
        "alike": {question.alike_id for question in questions if question.alike_id},
        "asked": len(questions),
        "commitments": list(commitments_of(dialogue)),
        "came": came(dialogue),
        "confirmations": list(dialogue.confirmations.all()),
        "confirms": may_confirm(dialogue),
        "conclusion": documents_for(viewer).filter(pk=dialogue.conclusion_id or 0).first(),
        "steps": [step for step in steps if step.name not in ELSEWHERE],
        "elsewhere": [
            (step.label, reverse(ELSEWHERE[step.name], args=[pk])) for step in steps if step.name in ELSEWHERE
        ],
        "holds": may_hold(viewer, dialogue),
        "notes": may_note(viewer, dialogue),
        "is_open": dialogue.state not in (DialogueState.PLANNED, DialogueState.CALLED_OFF),
        "is_held": dialogue.state == DialogueState.HELD,
        "late_notice": dialogue.announced_on is None and dialogue.announce_by < clock.today(),
        "late_to_publish": late_to_publish(dialogue),
        "history_lines": history_of(viewer, "dialogue", pk),
        "today": clock.today(),
    }
    return render(request, "dialogue/dialogue_detail.html", context)


def _take(request: ViewerRequest, dialogue: Any) -> HttpResponse:
    name, text = request.POST.get("step", ""), request.POST.get("text", "").replace("\x00", "")
    if name in ELSEWHERE:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    version = posted_version(request.POST)
    services.take_dialogue_step(
        actor=request.viewer, dialogue=dialogue, version=version, name=name, text=text[:2000]
    )
    messages.success(request, _("Saved."))
    return redirect("dialogue_detail", dialogue.pk)


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_sheet(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet to be hung up and handed out: when, where, the square code, and lines to write a question on."""
    dialogue = seen_dialogue(request, pk)
    address = request.build_absolute_uri(reverse("ask_page", args=[dialogue.address]))
    context = {"dialogue": dialogue, "address": address, "code": square_code(address)}
    return render(request, "dialogue/dialogue_sheet.html", context)
