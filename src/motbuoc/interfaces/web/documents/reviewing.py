"""Pages that settle a document: its header and addressees, confirming, opening again, issuing."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import addressees_for, candidate_units, shares_of
from motbuoc.domains.documents.services import (
    classify_document,
    confirm_document,
    correct_document,
    open_for_review,
    reopen_document,
    resolve_addressee,
)
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.work.issuing import (
    begin_issuing,
    is_great,
    issue_directive,
    resume_issuing,
    stop_issuing,
)
from motbuoc.domains.work.models import Issuing
from motbuoc.domains.work.selectors import issuing_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.units.selectors import groups_for
from motbuoc.interfaces.jobs.issuing import go_on_issuing
from motbuoc.interfaces.web.documents.finding import finding, found_for, while_finding
from motbuoc.interfaces.web.documents.forms import (
    AddresseeForm,
    ClassForm,
    HeaderForm,
    WordsForm,
    posted,
    posted_version,
)
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.sheet import DutyCard, Sheet
from motbuoc.interfaces.web.documents.two_versions import differences, in_place
from motbuoc.interfaces.web.registers.shown import book_of
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


def back_to_review(document_id: int, anchor: str = "") -> HttpResponse:
    """Back to the review, to the part that was changed."""
    return redirect(reverse("document_review", args=[document_id]) + (f"#{anchor}" if anchor else ""))


def check_open(request: ViewerRequest, document: Document) -> None:
    """Go on only if the viewer may correct the document.

    What is posted is checked for being open by the service, so that a page can keep what was typed when somebody
    confirmed the document meanwhile.
    """
    if request.method == "POST":
        policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    else:
        open_for_review(request.viewer, document)


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_review(request: ViewerRequest, pk: int) -> HttpResponse:
    """The text with what was read in it, and beside it what a person can correct."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if document.state != DocumentState.READ:
        return redirect("document_detail", document.pk)
    values = {"document": document, "sheet": Sheet(document), "words_form": WordsForm()}
    values |= book_of(request.viewer, document)
    return render(request, "documents/document_review.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_header(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct the header fields, the period of the reports and the last day."""
    document = document_or_404(request, pk)
    check_open(request, document)
    form = HeaderForm(request.POST) if request.method == "POST" else HeaderForm.of(document)
    values: dict[str, Any] = {"document": document, "form": form}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            reason = form.cleaned_data["reason"]
            correct_document(
                actor=request.viewer, document=document, version=version, changes=form.changes, reason=reason
            )
        except Collision as collision:
            document.refresh_from_db()
            stored = HeaderForm.of(document).initial
            form.rest_on(document.version)
            values |= {"collision": collision, "differences": differences(form, stored)}
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return back_to_review(document.pk, "header")
    return in_place(request, "documents/document_header.html", values, "header")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_classify(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change the class of a document, whatever its state: who may see it and all that was made of it."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    stored = {"classification": document.classification, "version": document.version}
    form = ClassForm(posted(request), initial=stored)
    values: dict[str, Any] = {"document": document, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            classify_document(actor=request.viewer, document=document, **form.cleaned_data)
        except Collision as collision:
            document.refresh_from_db()
            form.rest_on(document.version)
            stored = {"classification": document.classification}
            values |= {"collision": collision, "differences": differences(form, stored)}
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The class is changed. Who may see the document follows at once."))
            return redirect("document_detail", document.pk)
    return in_place(request, "documents/document_classify.html", values, "classify")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def addressee_resolve(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say which units an addressee means."""
    addressee = get_object_or_404(addressees_for(request.viewer), pk=pk)
    document = addressee.document
    check_open(request, document)
    units = found_for(request, document, ("unit",), (addressee.unit_id,))
    groups = groups_for(document.unit_id, clock.today())
    chosen = f"group-{addressee.group_id}" if addressee.group_id else addressee.selection
    stored = {"selection": chosen, "unit": addressee.unit_id}
    options: dict[str, Any] = {
        "units": units.choices,
        "groups": [(group.pk, group.name) for group in groups],
        "auto_id": f"addressee{addressee.pk}_%s",
    }
    form = while_finding(request, AddresseeForm(posted(request), initial=stored, **options), **options)
    if form.is_bound and form.is_valid():
        with form.refusals():
            group = groups.filter(pk=form.group_id).first()
            unit = candidate_units(document, clock.today()).filter(pk=form.cleaned_data["unit"]).first()
            resolve_addressee(
                actor=request.viewer,
                addressee=addressee,
                selection="group" if group else form.cleaned_data["selection"],
                unit=unit,
                group=group,
            )
            return back_to_review(document.pk, f"addressee-{addressee.pk}")
    values = {"document": document, "addressee": addressee, "form": form, **finding(request, units)}
    return in_place(request, "documents/addressee_resolve.html", values, f"addressee-{addressee.pk}")


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_confirm(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say that the review is done."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    confirm_document(actor=request.viewer, document=document, version=posted_version(request.POST))
    messages.success(request, _("Confirmed. It can now be issued to the units."))
    return redirect("document_detail", document.pk)


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_reopen(request: ViewerRequest, pk: int) -> HttpResponse:
    """Open a confirmed document to corrections again."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    reopen_document(actor=request.viewer, document=document, version=posted_version(request.POST))
    return redirect("document_review", document.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.ISSUE_DIRECTIVE)
def document_issue(request: ViewerRequest, pk: int) -> HttpResponse:
    """Show what issuing will create, and do it."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.ISSUE_DIRECTIVE, document.unit_id)
    issuing = issuing_of(document)
    if request.method == "POST":
        return _turn(request, issuing) if issuing else _issue(request, document)
    if issuing:
        return render(request, "documents/document_issuing.html", {"document": document, "issuing": issuing})
    if document.state != DocumentState.CONFIRMED:
        return redirect("document_detail", document.pk)
    return render(request, "documents/document_issue.html", _preview(document))


def _issue(request: ViewerRequest, document: Document) -> HttpResponse:
    """At once, or in the background where it is a great directive."""
    version, today = posted_version(request.POST), clock.today()
    if is_great(sum(len(share.unit_ids) for share in shares_of(document, today))):
        issuing = begin_issuing(actor=request.viewer, document=document, version=version)
        transaction.on_commit(partial(go_on_issuing.enqueue, issuing.pk))
        return redirect("document_issue", document.pk)
    made = issue_directive(actor=request.viewer, document=document, version=version)
    messages.success(request, _("Issued: %(count)s assignments.") % {"count": len(made)})
    return redirect("board", document.pk)


def _turn(request: ViewerRequest, issuing: Issuing) -> HttpResponse:
    """Stop what is under way, or go on with it."""
    if request.POST.get("act") == "stop":
        stop_issuing(actor=request.viewer, issuing=issuing)
    else:
        resume_issuing(actor=request.viewer, issuing=issuing)
        transaction.on_commit(partial(go_on_issuing.enqueue, issuing.pk))
    return redirect("document_issue", issuing.document_id)


def _preview(document: Document) -> dict[str, Any]:
    sheet, shares = Sheet(document), shares_of(document, clock.today())
    unclear: dict[tuple[Any, ...], list[DutyCard]] = defaultdict(list)
    for card in sheet.cards:
        if card.missing:
            unclear[tuple(card.missing)].append(card)
    counts = [len(share.unit_ids) for share in shares]
    return {
        "document": document,
        "sheet": sheet,
        "rows": list(zip(sheet.cards, counts, strict=True)),
        "unit_count": len({pk for share in shares for pk in share.unit_ids}),
        "total": sum(counts),
        "unclear": list(unclear.items()),
        "unresolved": [card for card in sheet.addressee_cards if not card.count],
    }
