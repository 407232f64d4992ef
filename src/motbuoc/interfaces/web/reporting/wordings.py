"""The pages of suggested wording: what is sent is chosen and shown, what was answered is read and decided on."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motbuoc.domains.reporting.drafted import Draft, DraftSection
from motbuoc.domains.reporting.drafts import may_draft, may_write_in, sections_for
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.reporting.wording import (
    accept_wording,
    ask_wording,
    digest_of,
    drop_wording,
    is_offered,
    messages_of,
    model_words,
    offers_in,
    sentences_chosen,
    wordings_for,
)
from motbuoc.domains.reporting.wording_checks import checked, unknown_in
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.jobs.suggesting import suggest_wording
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.reporting.drafts import draft_or_404
from motbuoc.interfaces.web.reporting.forms import WordingForm
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def wording_ask(request: ViewerRequest, section_pk: int) -> HttpResponse:
    """Choose sentences of a section, see all that would be sent to the language model, and send it."""
    section = get_object_or_404(sections_for(request.viewer), pk=section_pk)
    draft = draft_or_404(request, section.draft_id)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    values: dict[str, Any] = {"draft": draft, "section": section, "model": ""}
    if not is_offered(draft):
        return render(request, "reporting/wording_ask.html", values)
    sent = request.POST if request.method == "POST" else request.GET
    chosen = [int(pk) for pk in sent.getlist("chosen")[:100] if pk.isdecimal() and pk.isascii() and len(pk) < 10]
    values |= {"model": model_words(), "offers": offers_in(section), "chosen": chosen}
    try:
        if request.method == "POST":
            seen = sent.get("seen", "")
            wording = ask_wording(actor=request.viewer, section=section, chosen=chosen, seen=seen)
            transaction.on_commit(partial(suggest_wording.enqueue, wording.pk))
            return redirect("wording_detail", wording.pk)
        if chosen and "again" not in sent:
            values |= _preview(section, chosen)
    except NotAllowed:
        raise
    except Refusal as refusal:
        values["refused"] = refusal.message
        status = 409 if isinstance(refusal, Collision) else 422
        return render(request, "reporting/wording_ask.html", values, status=status)
    return render(request, "reporting/wording_ask.html", values)


def _preview(section: DraftSection, chosen: list[int]) -> dict[str, Any]:
    """All that would be sent, and its digest."""
    sentences = sentences_chosen(section, chosen)
    query = urlencode([("chosen", pk) for pk in chosen])
    return {"messages_sent": messages_of(sentences), "seen": digest_of(sentences), "query": query}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def wording_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """What the language model suggests, what in it is in none of the sentences; accepted as mended, or dropped."""
    wording = get_object_or_404(wordings_for(request.viewer), pk=pk)
    draft = draft_or_404(request, wording.section.draft_id)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    first = {"version": wording.version, "text": wording.text, "does": "accept", "is_instead": True}
    form = WordingForm(posted(request), initial=first)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return _decided(request, draft, wording, form.cleaned_data)
    if request.method == "POST":
        wording = get_object_or_404(wordings_for(request.viewer), pk=pk)
    text = form.data.get("text", wording.text) if form.is_bound else wording.text
    values = {
        "draft": draft,
        "wording": wording,
        "form": form,
        "runs": checked(text, wording.sentences, draft.figures),
        "unknown": ", ".join(unknown_in(text, wording.sentences, draft.figures)),
        "may_write": may_draft(request.viewer, draft)
        and draft.state == DraftState.WRITTEN
        and may_write_in(request.viewer, wording.section),
    }
    return render(request, "reporting/wording_detail.html", values, status=422 if form.errors else 200)


def _decided(request: ViewerRequest, draft: Draft, wording: Any, said: dict[str, Any]) -> HttpResponse:
    what: dict[str, Any] = {"actor": request.viewer, "wording": wording, "version": said["version"]}
    back = redirect("draft_detail", draft.pk).url
    if said["does"] == "drop":
        drop_wording(**what)
        return redirect(f"{back}#s{wording.section_id}")
    if not said["text"].strip():
        raise Refusal(_("Write the paragraph, or drop the suggestion."))
    made = accept_wording(**what, text=said["text"], is_instead=said["is_instead"])
    return redirect(f"{back}#p{made.pk}")
