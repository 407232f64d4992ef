"""The page on which what the head wrote on an incoming paper is given to units as a task."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from motbuoc.domains.registers.giving import Given, give_incoming
from motbuoc.domains.registers.models import Incoming
from motbuoc.domains.registers.selectors import incoming_for
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import FIND, Source, UnitsField, typed
from motbuoc.interfaces.web.viewer import ViewerRequest


class GiveForm(Form):
    """What is to be done, by which units, until when."""

    text = forms.CharField(label=gettext_lazy("Routing note"), max_length=1000, widget=forms.Textarea({"rows": 3}))
    units = UnitsField(label=gettext_lazy("Units that do it"))
    due_on = DayField(label=gettext_lazy("Until when"), required=False)
    product = forms.CharField(
        label=gettext_lazy("Product"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What is handed in: a plan, a report, minutes of a meeting."),
    )

    def __init__(self, *args: Any, source: Source, **options: Any) -> None:
        super().__init__(*args, **options)
        units = self.fields["units"]
        assert isinstance(units, UnitsField)
        units.search_among(source)

    @property
    def given(self) -> Given:
        """What the service is to give."""
        said = self.cleaned_data
        return Given(said["text"], [unit.pk for unit in said["units"]], said["due_on"], said["product"])


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REGISTER, do=Action.ISSUE_DIRECTIVE)
def incoming_give(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give an incoming paper to units as a task, with the last routing note as its words."""
    incoming = get_object_or_404(incoming_for(request.viewer), pk=pk)
    looks_at(request, "incoming", pk, incoming.unit_id)
    policy.require(request.viewer, Action.ISSUE_DIRECTIVE, incoming.unit_id)
    source = Source(request.viewer, clock.today(), Action.ISSUE_DIRECTIVE)
    form = GiveForm(posted(request), initial=_written(incoming), source=source)
    if request.method == "POST" and FIND in request.POST:
        form = GiveForm(initial=typed(form), source=source)
    elif request.method == "POST" and form.is_valid():
        with form.refusals():
            give_incoming(actor=request.viewer, incoming=incoming, given=form.given)
            count = len(form.given.units)
            words = ngettext("Given to %(count)s unit as a task.", "Given to %(count)s units as a task.", count)
            messages.success(request, words % {"count": count})
            return redirect("incoming_detail", pk)
    values = {"form": form, "incoming": incoming}
    return render(request, "registers/incoming_give.html", values, status=422 if form.errors else 200)


def _written(incoming: Incoming) -> dict[str, Any]:
    """The last note, as long as it was not given; a day that is past cannot be given any more."""
    note = incoming.last_note
    if note is None or note.document_id:
        return {}
    is_past = note.due_on and note.due_on < clock.today()
    return {"text": note.text, "due_on": None if is_past else note.due_on}
