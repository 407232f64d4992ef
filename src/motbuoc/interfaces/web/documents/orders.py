"""Pages of orders without a paper: one is noted and given to its units; later a paper confirms it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.documents.linking import state_link
from motbuoc.domains.documents.models import Origin, Relation
from motbuoc.domains.documents.spoken import Asked, Said, ToWhom, note_order, units_to_order_for
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.ordering import give_order
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.foundation.units.models import UnitGroup
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.web.documents.chains import LinkForm
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.unit_search import FIND, Source, UnitField, UnitsField, typed
from motbuoc.interfaces.web.viewer import ViewerRequest


class OrderForm(Form):
    """What was said, by whom, and to which units (`groups`: ids and names)."""

    origin = forms.ChoiceField(
        label=gettext_lazy("How it was said"), choices=Origin.choices[1:], widget=forms.RadioSelect
    )
    said_by = forms.CharField(
        label=gettext_lazy("Who said it"), max_length=250, help_text=gettext_lazy("Name and position.")
    )
    said_on = DayField(label=gettext_lazy("On which day"))
    occasion = forms.CharField(
        label=gettext_lazy("At which meeting"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Of a telephone call, what it was about."),
    )
    tasks = forms.CharField(
        label=gettext_lazy("What is to be done"),
        widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("One task a line. Nothing that is a State secret."),
    )
    due_on = DayField(label=gettext_lazy("Due on"), required=False)
    product = forms.CharField(
        label=gettext_lazy("Product"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("What is handed in: a plan, a report, minutes of a meeting."),
    )
    leads = UnitsField(label=gettext_lazy("Leading units"), required=False)
    group = forms.TypedChoiceField(
        label=gettext_lazy("All units of a group"), required=False, coerce=int, empty_value=None
    )
    supports = UnitsField(label=gettext_lazy("Supporting units"), required=False)
    monitor = UnitField(
        label=gettext_lazy("The unit that tracks it"),
        required=False,
        help_text=gettext_lazy("It sees the work, is told when it is late and may urge. It hands nothing in."),
    )
    classification = forms.ChoiceField(label=gettext_lazy("Class"), choices=Classification.choices)

    def __init__(self, *args: Any, source: Source, groups: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("leads", "supports", "monitor"):
            field = self.fields[name]
            assert isinstance(field, UnitsField)
            field.search_among(source)
        group = self.fields["group"]
        assert isinstance(group, forms.TypedChoiceField)
        group.choices = [("", "—"), *groups]

    def order(self, groups: dict[int, UnitGroup]) -> dict[str, Any]:
        """What the service is to note."""
        typed_in = self.cleaned_data
        lines = [line for line in typed_in["tasks"].splitlines() if line.strip()]
        return {
            "said": Said(typed_in["origin"], typed_in["said_by"], typed_in["said_on"], typed_in["occasion"]),
            "asked": [Asked(line, typed_in["due_on"], typed_in["product"]) for line in lines],
            "to": ToWhom(
                [unit.pk for unit in typed_in["leads"]],
                [unit.pk for unit in typed_in["supports"]],
                groups.get(typed_in["group"]),
                typed_in["monitor"].pk if typed_in["monitor"] else None,
            ),
            "classification": typed_in["classification"],
        }


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.ISSUE_DIRECTIVE)
def order_give(request: ViewerRequest) -> HttpResponse:
    """Note an order that was spoken, and give it to its units or keep it to be looked through first."""
    viewer, today = request.viewer, clock.today()
    units = {unit.pk: unit for unit in units_to_order_for(viewer, today)}
    if not units:
        raise NotAllowed(_("Your role does not allow you to issue directives."))
    asked_for = request.GET.get("unit", "")
    known = int(asked_for) if asked_for.isdecimal() and len(asked_for) < 18 else 0
    unit = units.get(known) or next(iter(units.values()))
    groups = {group.pk: group for group in groups_for(unit.pk, today)}
    options: dict[str, Any] = {
        "source": Source(viewer, today, Action.ISSUE_DIRECTIVE),
        "groups": [(group.pk, group.name) for group in groups.values()],
    }
    first = {"origin": Origin.MEETING, "said_on": today, "classification": Classification.NORMAL}
    form = OrderForm(posted(request), initial=first, **options)
    if FIND in request.POST:
        form = OrderForm(initial=typed(form), **options)
    if form.is_bound and form.is_valid():
        with form.refusals():
            act = note_order if request.POST.get("does") == "keep" else give_order
            document = act(actor=viewer, unit=unit, **form.order(groups))
            return _onward(request, document)
    values = {"form": form, "units": units.values() if len(units) > 1 else (), "unit": unit.pk}
    return render(request, "documents/order_give.html", values, status=422 if form.errors else 200)


def _onward(request: ViewerRequest, document: Any) -> HttpResponse:
    """To where the order is now: under review, about to be issued to very many, or on its board."""
    if document.state == DocumentState.READ:
        return redirect("document_review", document.pk)
    if document.state == DocumentState.CONFIRMED:
        return redirect("document_issue", document.pk)
    messages.success(request, _("Noted, and given to the units."))
    return redirect("board", document.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_paper(request: ViewerRequest, pk: int) -> HttpResponse:
    """Name the paper that confirms a spoken order; it can be taken back on the page of related documents."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if not document.is_spoken:
        return redirect("document_detail", document.pk)
    form = LinkForm(posted(request))
    del form.fields["relation"]
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            paper = form.target(request.viewer)
            state_link(actor=request.viewer, source=paper, target=document, relation=Relation.CONFIRMS)
            messages.success(request, _("The paper is linked to the order."))
            return redirect("document_detail", document.pk)
    status = 422 if form.errors else 200
    return render(request, "documents/document_paper.html", {"document": document, "form": form}, status=status)
