"""The pages for whoever asks: nobody signs in, nothing of the device is kept, no script is needed.

Nothing here reads or keeps an address or an account: whoever has signed in is nobody here too. A receipt's code is
sent in the body of a request and never stands in an address, which servers and browsers write down.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.dialogue import asking
from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.selectors import (
    about,
    found_by_receipt,
    open_to_all,
    promised_to,
    shown_to_all,
    to_be_supported,
)
from motbuoc.domains.dialogue.states import TAKES_QUESTIONS, DialogueState, QuestionState
from motbuoc.domains.dialogue.told import promises_shown, published_by, told_of
from motbuoc.domains.listening import privacy
from motbuoc.domains.listening.guard import Guard, Wait
from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.interfaces.web.dialogue.forms import AskForm
from motbuoc.interfaces.web.listening.screened import screened
from motbuoc.interfaces.web.rights import asks_nobody

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
SUPPORTED = "supported"
MOST_REMEMBERED = 200  # questions that a browser remembers it has supported


def _dialogue(address: str) -> Dialogue:
    dialogue = open_to_all(address)
    if dialogue is None:
        raise Http404
    return dialogue


@never_cache
@methods
@asks_nobody("whoever a dialogue concerns may ask and read what was answered, unnamed")
def ask_page(request: HttpRequest, address: str) -> HttpResponse:
    """A dialogue for whoever it concerns: when and where, what others ask, one's own question, and the results."""
    dialogue = _dialogue(address)
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, initial={"key": new_form_key()}, guards=f"ask:{address}")
    if request.method == "POST" and form.is_valid():
        words = form.words()
        taken = screened(form, lambda: asking.ask(dialogue=dialogue, words=words, reply=form.reply))
        if taken:
            context = {"dialogue": dialogue, "receipt": shown(taken.code), "question": taken.question}
            return render(request, "dialogue/asked.html", context)
    mine = _remembered(request)
    context = {
        "dialogue": dialogue,
        "form": form,
        "is_counted": request.GET.get("tinh") == "1",
        "waits": _seconds(request.GET.get("cho", "")),
        "supporting": Guard.of(f"support:{address}", new_form_key()),
        "takes": dialogue.state in TAKES_QUESTIONS,
        "answers": list(shown_to_all(dialogue)),
        "promised": promises_shown([dialogue.pk]).get(dialogue.pk) if _is_published(dialogue) else None,
        "asked": [(question, str(question.pk) in mine) for question in to_be_supported(dialogue)],
    }
    return render(request, "dialogue/ask_page.html", context, status=422 if form.errors else 200)


def _is_published(dialogue: Dialogue) -> bool:
    return dialogue.state == DialogueState.PUBLISHED


@require_safe
@asks_nobody("what a unit has published of its dialogues is for everybody")
def published_dialogues(request: HttpRequest, unit: int) -> HttpResponse:
    """A unit's published dialogues: what was answered, and how what was promised is kept."""
    page = Paginator(published_by(unit), PAGE_SIZE).get_page(request.GET.get("page"))
    dialogues = list(page)
    if not dialogues:
        raise Http404
    promised = promises_shown([dialogue.pk for dialogue in dialogues])
    context = {
        "unit_name": dialogues[0].unit_name,
        "dialogues": [(dialogue, promised.get(dialogue.pk, ())) for dialogue in dialogues],
        "page": page,
    }
    return render(request, "dialogue/published_dialogues.html", context)


def _seconds(typed: str) -> int:
    """For how many seconds somebody who asks the same was asked to wait; told in the address, as a message kept
    for them would be a session."""
    return int(typed) if typed.isdecimal() and len(typed) < 4 else 0


def _remembered(request: HttpRequest) -> list[str]:
    """The questions that this browser says it has supported: it alone knows."""
    kept = request.COOKIES.get(SUPPORTED, "").split(".")
    return [each for each in kept if each.isdecimal()][-MOST_REMEMBERED:]


@require_POST
@asks_nobody("whoever a dialogue concerns may say that they ask the same, unnamed")
def support_question(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """Say that one asks the same: once a browser."""
    dialogue = _dialogue(address)
    question = get_object_or_404(to_be_supported(dialogue), number=number)
    mine = _remembered(request)
    answer = redirect(f"{reverse('ask_page', args=[address])}?tinh=1#same")
    guard = Guard.of(f"support:{address}", str(request.POST.get("key", ""))[:64], request.POST)
    try:
        is_new = str(question.pk) not in mine and guard.admit_once(str(number))
    except Wait as wait:
        return redirect(f"{reverse('ask_page', args=[address])}?cho={wait.seconds}#same")
    if is_new:
        asking.support(question=question)
        kept = ".".join([*mine, str(question.pk)])
        answer.set_cookie(
            SUPPORTED, kept, max_age=90 * 86_400, httponly=True, samesite="Strict", secure=request.is_secure()
        )
    return answer


def question_receipt(request: HttpRequest, typed: str) -> HttpResponse | None:
    """What became of a question, by the code of its receipt; whoever has that may say once that it is not solved.

    None: no question has such a receipt.
    """
    question = found_by_receipt(typed)
    if question is None:
        return None
    sealed = about(question)
    is_withdrawn = request.POST.get("withdraw") == "1" and privacy.withdraw(about=sealed)
    whole = question.alike or question
    sent = request.POST if "text" in request.POST else None
    form = AskForm(sent, initial={"key": new_form_key()}, guards="receipt")
    if "text" in request.POST and form.is_valid():
        words = form.words()
        own: Question = question
        said = screened(form, lambda: asking.say_unsolved(code=typed, question=own, words=words))
        if said:
            question, whole = found_by_receipt(typed) or question, said.alike or said
    context = {
        "typed": typed,
        "question": question,
        "whole": whole,
        "form": form,
        "may_say": whole.state == QuestionState.ANSWERED and not question.unsolved,
        "steps": told_of(question),
        "promised": promised_to(whole),
        "name_until": privacy.kept_until(sealed),
        "openings": privacy.openings_of(sealed),
        "is_withdrawn": is_withdrawn,
    }
    return render(request, "dialogue/question_receipt.html", context, status=422 if form.errors else 200)
