"""A person's own tokens of the programming interface: made, shown once, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.foundation.access.roles import SCOPE_LABELS
from motbuoc.foundation.administration.api_tokens import make_token, revoke_token, tokens_of
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest

USUAL_DAYS = 90


class TokenForm(Form):
    """What a token is called and good for, and until when."""

    name = forms.CharField(
        label=gettext_lazy("Name of the token"),
        max_length=80,
        help_text=gettext_lazy("Which program will use it, so that you know it again."),
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it is for"),
        choices=list(SCOPE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Never more than you may do yourself."),
    )
    expires_on = DayField(label=gettext_lazy("Last day"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@own_things("tokens by which programs act for the viewer")
def api_tokens(request: ViewerRequest) -> HttpResponse:
    """The viewer's tokens, and a form for another one; its key is shown on the answer and never again."""
    ends = clock.today() + timedelta(days=USUAL_DAYS)
    form = TokenForm(request.POST or None, initial={"scopes": ["read"], "expires_on": ends})
    made = None
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            made = make_token(actor=request.viewer, **form.cleaned_data)
            form = TokenForm(initial={"scopes": ["read"], "expires_on": ends})
    context: dict[str, Any] = {
        "form": form,
        "made": made,
        "tokens": [
            (token, [SCOPE_LABELS[scope] for scope in token.scopes]) for token in tokens_of(request.viewer)
        ],
    }
    return render(request, "accounts/api_tokens.html", context, status=422 if form.errors else 200)


@require_POST
@own_things("takes a token of the viewer back")
def api_token_revoke(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make a token worthless at once."""
    token = revoke_token(actor=request.viewer, pk=pk)
    if token is None:
        raise Http404
    messages.success(
        request, _("Taken back: %(name)s. Programs that use it get no more answers.") % {"name": token.name}
    )
    return redirect("api_tokens")
