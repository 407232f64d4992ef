"""The page of receipts: by its code, and by nothing else, a writer sees what became of their words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motbuoc.interfaces.web.consultation.public import comment_receipt
from motbuoc.interfaces.web.dialogue.public import question_receipt
from motbuoc.interfaces.web.listening.public import opinion_receipt
from motbuoc.interfaces.web.rights import asks_nobody

FOLLOWED = (question_receipt, opinion_receipt, comment_receipt)
"""What can stand behind a code: each answers with its page, or None where the code is none of its own."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_nobody("whoever knows the code of a receipt may follow what it is of")
def receipt(request: HttpRequest) -> HttpResponse:
    """What became of what somebody wrote, for whoever has its receipt.

    The code is sent in the body of a request, never in an address: servers and browsers write these down.
    """
    typed = request.POST.get("code", "").replace("\x00", "")[:40]
    if request.method != "POST" or not typed.strip():
        return render(request, "listening/receipt.html", {"typed": typed})
    for page in FOLLOWED:
        if found := page(request, typed):
            return found
    return render(request, "listening/receipt.html", {"typed": typed, "wrong": True}, status=422)
