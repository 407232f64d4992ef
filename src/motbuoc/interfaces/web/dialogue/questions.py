"""The pages of questions, for whoever answers: entered from paper, grouped, forwarded, answered, set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.dialogue.selectors import (
    about,
    may_answer,
    may_hold,
    may_note,
    question_steps_for,
    questions_for,
    questions_of,
    who_may_answer,
)
from motbuoc.domains.listening.intake import TellsWho
from motbuoc.domains.listening.privacy import WORDS, kept_until, may_open
from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.dialogue.dialogues import crumbs_of, seen_dialogue
from motbuoc.interfaces.web.dialogue.forms import (
    AlikeForm,
    AnswerForm,
    AsideForm,
    ForwardForm,
    NoteForm,
    TakeOffForm,
)
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.forms import VersionedForm
from motbuoc.interfaces.web.listening.screened import screened, tell_spots
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


@methods
@asks(Action.VIEW_DIALOGUE, do=Action.NOTE_QUESTION)
def question_note(request: ViewerRequest, pk: int) -> HttpResponse:
    """Enter a question that came on paper or was spoken; its receipt is shown once, to be printed."""
    dialogue = seen_dialogue(request, pk)
    if not may_note(request.viewer, dialogue):
        raise policy.refusal(request.viewer, (Action.NOTE_QUESTION,))
    form = NoteForm(posted(request), initial={"key": new_form_key()})
    context = {"dialogue": dialogue, "crumbs": crumbs_of(dialogue), "form": form}
    if request.method == "POST" and form.is_valid():
        words, channel = form.words(), form.cleaned_data["channel"]
        asked = {"dialogue": dialogue, "words": words, "channel": channel, "reply": form.reply}
        taken = screened(form, lambda: asking.note_question(actor=request.viewer, **asked))
        if taken:
            address = request.build_absolute_uri("/bien-nhan/")
            context |= {"question": taken.question, "receipt": shown(taken.code), "address": address}
            context["code"] = square_code(f"{address}#{shown(taken.code)}")
            return render(request, "dialogue/question_noted.html", context)
    return render(request, "dialogue/question_note.html", context, status=422 if form.errors else 200)


@methods
@asks(Action.VIEW_DIALOGUE, send=Action.HOLD_DIALOGUE)
def question_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One question: where it is, and what can be done with it."""
    question = _question(request, pk)
    if request.method == "POST":
        return _take(request, question)
    return _detail(request, question)


def _question(request: ViewerRequest, pk: int) -> Any:
    question = get_object_or_404(questions_for(request.viewer), pk=pk)
    looks_at(request, "question", pk, question.dialogue.unit_id)
    return question


def _forms(request: ViewerRequest, question: Any) -> dict[str, VersionedForm]:
    """The forms of the steps that can be taken now, by step."""
    viewer, version = request.viewer, {"version": question.version}
    steps = {step.name for step in question_steps_for(viewer, question)}
    sent = request.POST.get("step") if request.method == "POST" else None
    forms: dict[str, VersionedForm] = {}

    def bound(name: str) -> Any:
        return request.POST if sent == name else None

    if "answer_question" in steps:
        first = version | {
            "answer": question.answer,
            "handling": question.handling,
            "is_withheld": question.is_withheld,
        }
        forms["answer_question"] = AnswerForm(bound("answer_question"), initial=first, auto_id="id_answer_%s")
    if "forward_question" in steps:
        units = [(unit.pk, unit.name) for unit in who_may_answer(question) if unit.pk != question.unit_id]
        forms["forward_question"] = ForwardForm(
            bound("forward_question"), initial=version, units=units, auto_id="id_forward_%s"
        )
    if may_hold(viewer, question.dialogue):
        alone = questions_of(viewer, question.dialogue).filter(alike=None).exclude(pk=question.pk)
        others = [(one.pk, f"{one.number}. {one.text[:90]}") for one in alone]
        forms["group_question"] = AlikeForm(
            bound("group_question"),
            initial=version | {"other": question.alike_id},
            others=others,
            auto_id="id_alike_%s",
        )
    if may_answer(viewer, question) and not kept_until(about(question), WORDS):
        forms["take_words_off"] = TakeOffForm(bound("take_words_off"), initial=version, auto_id="id_off_%s")
    if "set_question_aside" in steps:
        forms["set_question_aside"] = AsideForm(
            bound("set_question_aside"), initial=version, auto_id="id_aside_%s"
        )
    return forms


def _detail(request: ViewerRequest, question: Any, forms: Any = None, *, status: int = 200) -> HttpResponse:
    viewer = request.viewer
    steps = {step.name for step in question_steps_for(viewer, question)}
    context = {
        "question": question,
        "dialogue": question.dialogue,
        "crumbs": crumbs_of(question.dialogue),
        "forms": forms or _forms(request, question),
        "takes_up": "take_question_up" in steps,
        "shows": may_hold(viewer, question.dialogue) and question.alike_id is None,
        "grouped": list(questions_of(viewer, question.dialogue).filter(alike=question.pk)),
        "promised": list(question.commitments.filter(is_dropped=False)),
        "history_lines": history_of(viewer, "question", question.pk),
        "name_until": kept_until(about(question)),
        "words_until": kept_until(about(question), WORDS),
        "opens": may_open(viewer, about(question)),
    }
    return render(request, "dialogue/question_detail.html", context, status=status)


def _take(request: ViewerRequest, question: Any) -> HttpResponse:
    name = request.POST.get("step", "")
    if name == "take_question_up":
        version = posted_version(request.POST)
        asking.take_up_again(actor=request.viewer, question=question, version=version)
        return _done(request, question)
    if name == "show_question":
        version, is_shown = posted_version(request.POST), request.POST.get("is_shown") == "1"
        asking.show_question(actor=request.viewer, question=question, version=version, is_shown=is_shown)
        return _done(request, question)
    forms = _forms(request, question)
    form = forms.get(name)
    if form is None:
        raise _refused(request, question)
    if not form.is_valid():
        return _detail(request, question, forms, status=422)
    try:
        _services(request, question, form)[name]()
    except NotAllowed:
        raise
    except TellsWho as found:
        assert isinstance(form, AnswerForm)
        tell_spots(form, "answer", found)
        return _detail(request, question, forms, status=422)
    except Refusal as refusal:
        form.refuse(refusal)
        return _detail(request, question, forms, status=409 if isinstance(refusal, Collision) else 422)
    return _done(request, question)


def _refused(request: ViewerRequest, question: Question) -> Refusal:
    """Why a step is not taken: who may answer is told to look again, others that they may not."""
    if question_steps_for(request.viewer, question) or may_hold(request.viewer, question.dialogue):
        return Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    return policy.refusal(request.viewer, (Action.HOLD_DIALOGUE,))


def _services(request: ViewerRequest, question: Question, form: VersionedForm) -> dict[str, Callable[[], object]]:
    found = form.cleaned_data
    on: dict[str, Any] = {"actor": request.viewer, "question": question}
    version = found["version"]
    other = found.get("other")
    return {
        "answer_question": lambda: asking.answer_question(
            **on,
            version=version,
            text=found["answer"],
            handling=found["handling"],
            is_withheld=found["is_withheld"],
            keeps=found["keeps"],
        ),
        "forward_question": lambda: asking.forward_question(**on, version=version, unit_id=found["unit"]),
        "set_question_aside": lambda: asking.set_aside(**on, version=version, reason=found["reason"]),
        "take_words_off": lambda: asking.take_words_off(**on, version=version, reason=found["reason"]),
        "group_question": lambda: asking.group_question(
            **on, version=version, other=questions_for(request.viewer).get(pk=other) if other else None
        ),
    }


def _done(request: ViewerRequest, question: Question) -> HttpResponse:
    messages.success(request, _("Saved."))
    if request.POST.get("back") == "screen":
        return redirect("dialogue_screen", question.dialogue_id)
    return redirect("question_detail", question.pk)
