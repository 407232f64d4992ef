"""The pages for whoever comments on a draft: nobody signs in, nothing of the device is kept, no script is needed.

Nothing here reads or keeps an address or an account: whoever has signed in is nobody here too.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.consultation.commenting import comment
from motbuoc.domains.consultation.models import Consultation
from motbuoc.domains.consultation.selectors import (
    found_by_receipt,
    number_called,
    open_to_all,
    provisions_in,
    told_of,
    version_of,
    window_of,
)
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.consultation.forms import CommentForm
from motbuoc.interfaces.web.listening.screened import screened
from motbuoc.interfaces.web.rights import asks_nobody

methods = require_http_methods(["GET", "HEAD", "POST"])


def _consultation(address: str) -> Any:
    consultation = open_to_all(address)
    if consultation is None:
        raise Http404
    return consultation


def numbered(asked: str) -> int:
    """The number of a provision in an address, 1 for what is none."""
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


@never_cache
@require_safe
@asks_nobody("whoever a draft concerns may read and comment on it, unnamed")
def draft_read(request: HttpRequest, address: str) -> HttpResponse:
    """A draft for whoever it concerns, some provisions at a time, each with the way to comment on it."""
    consultation = _consultation(address)
    version = version_of(consultation)
    asked, missing = request.GET.get("dieu", "")[:100].replace("\x00", ""), False
    if asked.strip():
        number = number_called(version, asked)
        if number:
            return redirect(f"{reverse('draft_read', args=[address])}?tu={number}")
        missing = True
    window = window_of(version, numbered(request.GET.get("tu", "")))
    answers = told_of(consultation, window.provisions)
    context = {
        "consultation": consultation,
        "window": window,
        "provisions": [(one, answers.get(one.pk, [])) for one in window.provisions],
        "takes": consultation.takes_on(clock.today()),
        "is_begun": consultation.opens_on <= clock.today(),
        "asked": asked,
        "missing": missing,
    }
    return render(request, "consultation/draft_read.html", context)


@never_cache
@methods
@asks_nobody("whoever a draft concerns may comment on it, unnamed")
def draft_comment(request: HttpRequest, address: str, number: int) -> HttpResponse:
    """One provision of a draft, and what one says of it or of words of it."""
    consultation: Consultation = _consultation(address)
    found = provisions_in(version_of(consultation)).filter(number=number) if 0 < number < 1_000_000 else None
    provision = found.first() if found is not None else None
    if provision is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = CommentForm(sent, initial={"key": new_form_key()}, guards=f"comment:{address}")
    if request.method == "POST" and form.is_valid():
        words, phrase = form.words(), form.phrase()
        taken = screened(
            form, lambda: comment(consultation=consultation, number=number, words=words, phrase=phrase)
        )
        if taken:
            context = {"consultation": consultation, "receipt": shown(taken.code), "provision": provision}
            return render(request, "consultation/commented.html", context)
    takes = consultation.takes_on(clock.today())
    context = {"consultation": consultation, "provision": provision, "form": form, "takes": takes}
    return render(request, "consultation/draft_comment.html", context, status=422 if form.errors else 200)


def comment_receipt(request: HttpRequest, typed: str) -> HttpResponse | None:
    """What became of a comment, by the code of its receipt; None: no comment has such a receipt."""
    found = found_by_receipt(typed)
    if found is None:
        return None
    is_told = found.consultation.state == ConsultationState.PUBLISHED
    return render(request, "consultation/comment_receipt.html", {"comment": found, "is_told": is_told})
