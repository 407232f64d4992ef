"""The pages of a dialogue's minutes: the paper that both sides sign, and that they have."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.dialogue.confirming import confirm_minutes, minutes_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.papers.conclusion import minutes_file
from motbuoc.interfaces.web.dialogue.dialogues import crumbs_of, seen_dialogue
from motbuoc.interfaces.web.dialogue.forms import ConfirmForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_safe
@asks(Action.VIEW_DIALOGUE)
def dialogue_minutes_paper(request: ViewerRequest, pk: int) -> HttpResponseBase:
    """The minutes as a Word file in the unit's layout, to be printed and signed by both sides."""
    dialogue = seen_dialogue(request, pk)
    if not dialogue.held_on:
        raise Http404
    return made_download(minutes_file(minutes_of(dialogue)), f"bien-ban-doi-thoai-{pk}.docx")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DIALOGUE, do=Action.HOLD_DIALOGUE)
def dialogue_confirm(request: ViewerRequest, pk: int) -> HttpResponse:
    """Note that one side has signed the minutes."""
    dialogue = seen_dialogue(request, pk, holds=True)
    form = ConfirmForm(posted(request), initial={"version": dialogue.version, "signed_on": clock.today()})
    page = FormPage(
        title=_("One side has signed the minutes"),
        subtitle=dialogue.subject,
        notes=[_("Print the minutes, let both sides sign, then note it here. Changed minutes are signed anew.")],
        button=_("Save"),
        back=reverse("dialogue_detail", args=[pk]),
        crumbs=crumbs_of(dialogue),
        done=_("Saved."),
        fresh=lambda: seen_dialogue(request, pk).version,
    )
    return page.answer(
        request, form, lambda: confirm_minutes(actor=request.viewer, dialogue=dialogue, **form.cleaned_data)
    )
