"""The page on which a name left for a reply, or words taken off, are opened: once, for a reason their writer
reads.
"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motbuoc.domains.dialogue.selectors import about, questions_for
from motbuoc.domains.listening import privacy
from motbuoc.domains.listening.sealed import Sealed
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.dialogue.dialogues import crumbs_of
from motbuoc.interfaces.web.dialogue.forms import OpenForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@methods
@asks(Action.VIEW_DIALOGUE, do=Action.OPEN_IDENTITY)
def question_identity(request: ViewerRequest, pk: int) -> HttpResponse:
    """Open who wants a reply to a question in writing, or its words that were taken off: shown only now."""
    question = get_object_or_404(questions_for(request.viewer), pk=pk)
    looks_at(request, "question", pk, question.dialogue.unit_id)
    sealed = about(question)
    if not privacy.may_open(request.viewer, sealed):
        raise policy.refusal(request.viewer, (Action.OPEN_IDENTITY,))
    kinds = [kind for kind in Sealed.Kind if privacy.kept_until(sealed, kind)]
    if not kinds:
        raise Http404
    form = OpenForm(posted(request), kinds=kinds)
    shown: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        kind = privacy.KIND_FOR[form.cleaned_data["purpose"]]
        with form.refusals():
            shown = privacy.open_sealed(actor=request.viewer, about=sealed, kind=kind, **form.cleaned_data)
    context = {
        "question": question,
        "crumbs": crumbs_of(question.dialogue),
        "form": form,
        "until": min(day for kind in kinds if (day := privacy.kept_until(sealed, kind))),
        "shown": shown,
        "openings": privacy.openings_of(sealed),
    }
    return render(request, "dialogue/question_identity.html", context, status=422 if form.errors else 200)
