"""Pages of how documents hang together: the chain of one, what a person says of it, and what is missing most."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.documents.chain import chain_of, citations_for, citing, documents_numbered, most_missing
from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.linking import (
    confirm_citation,
    settle_citation,
    state_link,
    unsettle_citation,
    withdraw_link,
)
from motbuoc.domains.documents.links import links_stated_for
from motbuoc.domains.documents.models import Document, Relation
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 20
LAYERS = (
    gettext_lazy("What these rest on"),
    gettext_lazy("What it rests on"),
    gettext_lazy("This document"),
    gettext_lazy("What rests on it"),
    gettext_lazy("What follows from these"),
)


class LinkForm(Form):
    """What a document does with another one, which is named by its number."""

    relation = forms.ChoiceField(label=gettext_lazy("What this one does with it"), choices=Relation.choices)
    code = forms.CharField(
        label=gettext_lazy("Number and symbol of the other document"),
        max_length=80,
        help_text=gettext_lazy("One that is in the library, such as 21-CTr/TU."),
    )
    issued_on = DayField(
        label=gettext_lazy("Its date of issue"),
        required=False,
        help_text=gettext_lazy("Where several documents bear this number."),
    )

    def target(self, viewer: Person) -> Document:
        """The document named.

        Raises:
            Refusal: there is none among those `viewer` may read, or more than one.
        """
        found = documents_numbered(viewer, code_key(self.cleaned_data["code"]))
        if day := self.cleaned_data["issued_on"]:
            found = found.filter(issued_on=day)
        match list(found[:2]):
            case [document]:
                return document
            case []:
                raise Refusal(_("The library holds no document of this number. Bring it in first."))
            case _:
                raise Refusal(_("Several documents bear this number. Add the date of issue of the one meant."))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, send=Action.REVIEW_DOCUMENT)
def document_links(request: ViewerRequest, pk: int) -> HttpResponse:
    """The chain of a document as a picture and as a table; who may review it states further links."""
    document = document_or_404(request, pk)
    form = LinkForm(posted(request))
    if request.method == "POST":
        policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            target, relation = form.target(request.viewer), form.cleaned_data["relation"]
            state_link(actor=request.viewer, source=document, target=target, relation=relation)
            return redirect("document_links", document.pk)
    chain = chain_of(request.viewer, document)
    values: dict[str, Any] = {
        "document": document,
        "form": form,
        "chain": chain,
        "layers": list(zip(LAYERS, chain.layers, chain.left_out, strict=True)),
        "missing": [node for node in chain.layers[1] if node.missing],
        "can_review": policy.may_on(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id),
        "can_import": policy.may(request.viewer, Action.IMPORT_DOCUMENT),
    }
    return render(request, "documents/document_links.html", values, status=422 if form.errors else 200)


@require_POST
@asks(Action.VIEW_DOCUMENT, send=Action.REVIEW_DOCUMENT)
def citation_settle(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say of a citation that the document found is meant, that it is not, or that it is to be looked for again."""
    citation = get_object_or_404(citations_for(request.viewer), pk=pk)
    match request.POST.get("answer"):
        case "yes":
            confirm_citation(actor=request.viewer, citation=citation)
        case "no":
            settle_citation(actor=request.viewer, citation=citation, cited=None)
        case _:
            unsettle_citation(actor=request.viewer, citation=citation)
    return redirect("document_links", citation.document_id)


@require_POST
@asks(Action.VIEW_DOCUMENT, send=Action.REVIEW_DOCUMENT)
def link_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take back a link that a person stated."""
    link = get_object_or_404(links_stated_for(request.viewer), pk=pk)
    withdraw_link(actor=request.viewer, link=link)
    messages.success(request, _("The link was taken back."))
    return redirect("document_links", link.source_id)


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT)
def document_missing(request: ViewerRequest) -> HttpResponse:
    """What is cited and not in the library, that cited by most first."""
    page = Paginator(most_missing(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    sources = citing(request.viewer, {str(row["code_key"]) for row in page.object_list})
    rows = [(row, sources.get((row["code_key"], row["issued_on__year"]), [])[:3]) for row in page.object_list]
    can_import = policy.may(request.viewer, Action.IMPORT_DOCUMENT)
    values = {"page": page, "rows": rows, "can_import": can_import}
    return render(request, "documents/document_missing.html", values)
