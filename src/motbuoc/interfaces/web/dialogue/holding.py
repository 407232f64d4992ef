"""The pages of a dialogue as it is held: the screen of the room, minutes, what was promised, the conclusion."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.dialogue import concluding, services
from motbuoc.domains.dialogue.concluding import Promise
from motbuoc.domains.dialogue.drafting import conclusion_of, draft_of
from motbuoc.domains.dialogue.selectors import commitments_for, may_answer, questions_of, who_may_do
from motbuoc.domains.dialogue.states import AWAITS, DialogueState
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.conclusion import WORD, conclusion_file
from motbuoc.interfaces.web.dialogue.dialogues import crumbs_of, seen_dialogue
from motbuoc.interfaces.web.dialogue.forms import ConcludeForm, HoldForm, MinutesForm, PromiseForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
MOST_UNITS = 300  # units below that a promise can be given to from a list


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_screen(request: ViewerRequest, pk: int) -> HttpResponse:
    """The screen of the room: the question that is spoken of, the next one, the time, the code to ask by."""
    dialogue = seen_dialogue(request, pk)
    waiting = list(questions_of(request.viewer, dialogue).filter(state__in=AWAITS, alike=None))
    numbers = [question.number for question in waiting]
    asked = request.GET.get("cau", "")
    at = numbers.index(int(asked)) if asked.isdecimal() and len(asked) < 9 and int(asked) in numbers else 0
    is_open = dialogue.state not in (DialogueState.PLANNED, DialogueState.CALLED_OFF)
    address = request.build_absolute_uri(reverse("ask_page", args=[dialogue.address])) if is_open else ""
    current = waiting[at] if waiting else None
    context = {
        "dialogue": dialogue,
        "current": current,
        "answers": current is not None and may_answer(request.viewer, current),
        "next": waiting[at + 1] if at + 1 < len(waiting) else None,
        "before": waiting[at - 1] if at else None,
        "left": len(waiting),
        "address": address,
        "code": square_code(address) if address else "",
        "now": clock.now(),
    }
    return render(request, "dialogue/dialogue_screen.html", context)


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_hold(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note that it was held."""
    dialogue = seen_dialogue(request, pk, holds=True)
    form = HoldForm(posted(request), initial={"version": dialogue.version, "minutes": dialogue.minutes})
    page = FormPage(
        title=_("The dialogue was held"),
        subtitle=dialogue.subject,
        notes=[_("Of who came only how many: there is no list of people.")],
        button=_("Save"),
        back=reverse("dialogue_detail", args=[pk]),
        crumbs=crumbs_of(dialogue),
        done=_("Saved. Note now what was promised, and conclude."),
        fresh=lambda: seen_dialogue(request, pk).version,
    )

    def do() -> object:
        found = form.cleaned_data
        return services.hold_dialogue(
            actor=request.viewer,
            dialogue=dialogue,
            version=found["version"],
            held_on=found["held_on"],
            counts=form.counts(),
            minutes=found["minutes"],
        )

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_minutes(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write the minutes."""
    dialogue = seen_dialogue(request, pk, holds=True)
    form = MinutesForm(posted(request), initial={"version": dialogue.version, "minutes": dialogue.minutes})
    page = FormPage(
        title=_("Minutes"),
        subtitle=dialogue.subject,
        button=_("Save"),
        back=reverse("dialogue_detail", args=[pk]),
        crumbs=crumbs_of(dialogue),
        done=_("Saved."),
        fresh=lambda: seen_dialogue(request, pk).version,
    )
    return page.answer(
        request,
        form,
        lambda: services.write_minutes(actor=request.viewer, dialogue=dialogue, **form.cleaned_data),
    )


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_promise(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note what was promised."""
    dialogue = seen_dialogue(request, pk, holds=True)
    units = who_may_do(dialogue)[:MOST_UNITS]
    questions = [
        (question.pk, f"{question.number}. {question.text[:90]}")
        for question in questions_of(request.viewer, dialogue)
    ]
    asked = request.GET.get("cau", "")
    first = {"unit": dialogue.unit_id, "question": int(asked) if asked.isdecimal() and len(asked) < 18 else None}
    form = PromiseForm(
        posted(request), initial=first, units=[(unit.pk, unit.name) for unit in units], questions=questions
    )
    page = FormPage(
        title=_("Note what was promised"),
        subtitle=dialogue.subject,
        notes=[_("With the conclusion it becomes a task of its unit; whoever asked follows it by their receipt.")],
        button=_("Save"),
        back=reverse("dialogue_detail", args=[pk]) + "#promises",
        crumbs=crumbs_of(dialogue),
        done=_("Noted."),
    )

    def do() -> object:
        found = form.cleaned_data
        what = Promise(found["text"], found["unit"], found["due_on"], found["question"])
        return concluding.promise(actor=request.viewer, dialogue=dialogue, what=what)

    return page.answer(request, form, do)


@require_POST
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def commitment_drop(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take back what was noted as promised."""
    commitment = get_object_or_404(commitments_for(request.viewer), pk=pk)
    seen_dialogue(request, commitment.dialogue_id, holds=True)
    concluding.drop_promise(actor=request.viewer, commitment=commitment)
    messages.success(request, _("Taken back."))
    return redirect("dialogue_detail", commitment.dialogue_id)


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_conclude(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write the notice that concludes, or bring it in; then it is looked through and issued like any document."""
    dialogue = seen_dialogue(request, pk, holds=True)
    first = {"version": dialogue.version, "text": draft_of(dialogue) if dialogue.held_on else ""}
    form = ConcludeForm(posted(request), request.FILES or None, initial=first)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        with form.refusals():
            done = concluding.conclude_dialogue(
                actor=request.viewer,
                dialogue=dialogue,
                version=found["version"],
                upload=found["file"] or _written(dialogue, found),
                is_written=not found["file"],
            )
            messages.success(request, _("The conclusion is there. Look through it and issue it to the units."))
            return redirect("document_review", done.conclusion_id)
        form.rest_on(seen_dialogue(request, pk).version)  # as it is now, for whoever was slower
    context = {"form": form, "dialogue": dialogue, "crumbs": crumbs_of(dialogue)}
    return render(request, "dialogue/dialogue_conclude.html", context, status=422 if form.errors else 200)


def _written(dialogue: Any, found: dict[str, Any]) -> SimpleUploadedFile:
    content = conclusion_of(dialogue, found["text"], found["number"].strip(), (found["title"], found["name"]))
    return SimpleUploadedFile("Thông báo kết luận đối thoại.docx", conclusion_file(content), WORD)
