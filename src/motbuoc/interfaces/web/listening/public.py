"""The pages for whoever says something: nobody signs in, nothing of the device is kept, no script is needed."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motbuoc.domains.listening import services
from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.domains.listening.selectors import found_by_receipt, open_box, told_by
from motbuoc.interfaces.web.listening.opinion_forms import OpinionForm
from motbuoc.interfaces.web.listening.screened import screened
from motbuoc.interfaces.web.rights import asks_nobody

MOST_TOLD = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_nobody("whoever a unit listens to may say something, unnamed")
def box_page(request: HttpRequest, address: str) -> HttpResponse:
    """A box for whoever has something to say; and what the unit tells of what it heard before."""
    box = open_box(address)
    if box is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = OpinionForm(sent, initial={"key": new_form_key()}, guards=f"opinion:{address}")
    if request.method == "POST" and form.is_valid():
        words = form.words()
        said = screened(form, lambda: services.say(box=box, words=words))
        if said:
            context = {"box": box, "receipt": shown(said.code), "opinion": said.opinion}
            return render(request, "listening/said.html", context)
    context = {"box": box, "form": form, "told": list(told_by(box.unit_id)[:MOST_TOLD])}
    return render(request, "listening/box_page.html", context, status=422 if form.errors else 200)


def opinion_receipt(request: HttpRequest, typed: str) -> HttpResponse | None:
    """What became of an opinion, by the code of its receipt; None: no opinion has such a receipt."""
    opinion = found_by_receipt(typed)
    if opinion is None:
        return None
    return render(request, "listening/opinion_receipt.html", {"opinion": opinion})
