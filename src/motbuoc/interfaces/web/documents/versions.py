"""Pages of the versions of a document, what differs between them, and of documents that look like it."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.documents.duplicates import alike_to
from motbuoc.domains.documents.models import VersionKind
from motbuoc.domains.documents.selectors import documents_for
from motbuoc.domains.documents.services import MEDIA_TYPES
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.documents.versions import (
    MOST_WORDS,
    add_version,
    difference,
    is_compared_whole,
    make_version_of,
    versions_for,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.downloads import attachment
from motbuoc.interfaces.web.forms import FilePicker, Form
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


class VersionFileForm(Form):
    """A further file of a document, and what it is."""

    file = forms.FileField(
        label=gettext_lazy("The document's file"),
        widget=FilePicker(accept=",".join(MEDIA_TYPES)),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file first.")},
    )
    kind = forms.ChoiceField(label=gettext_lazy("What it is"), choices=VersionKind.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, send=Action.REVIEW_DOCUMENT)
def document_versions(request: ViewerRequest, pk: int) -> HttpResponse:
    """All files of a document, the first and those that came later; who may review it adds one."""
    document = document_or_404(request, pk)
    form = VersionFileForm(posted(request), request.FILES or None)
    if request.method == "POST":
        policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            version = add_version(
                actor=request.viewer,
                document=document,
                upload=form.cleaned_data["file"],
                kind=form.cleaned_data["kind"],
            )
            return redirect("version_detail", version.pk)
    values = {
        "document": document,
        "form": form,
        "versions": versions_for(request.viewer).filter(document=document).defer("text"),
        "can_review": policy.may_on(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id),
    }
    return render(request, "documents/document_versions.html", values, status=422 if form.errors else 200)


@require_safe
@asks(Action.VIEW_DOCUMENT)
def version_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """What differs between a version and the first file, word by word."""
    version = get_object_or_404(versions_for(request.viewer), pk=pk)
    looks_at(request, "document", version.document_id, version.document.unit_id)
    pieces = difference(version.document.text, version.text)
    values = {"version": version, "document": version.document, "pieces": pieces}
    values["differs"] = any(became for _words, became in pieces)
    is_whole = is_compared_whole(version.document.text, version.text)
    values["compared"] = None if is_whole else MOST_WORDS
    return render(request, "documents/version_detail.html", values)


@require_safe
@asks(Action.VIEW_DOCUMENT)
def version_file(request: ViewerRequest, pk: int) -> FileResponse:
    """The file of a version, as it was brought in."""
    version = get_object_or_404(versions_for(request.viewer), pk=pk)
    looks_at(request, "document", version.document_id, version.document.unit_id)
    return attachment(version.file)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_duplicates(request: ViewerRequest, pk: int) -> HttpResponse:
    """Documents that look like this one: open it, make this one a version of it, or go on as another document."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    form = Form(posted(request))
    if request.method == "POST":
        number = request.POST.get("original", "")
        known = int(number) if number.isdecimal() and len(number) < 18 else 0
        form.is_valid()
        with form.refusals():
            if not number:
                raise Refusal(_("Choose the document of which this one is a version."))
            original = get_object_or_404(documents_for(request.viewer), pk=known)
            version = make_version_of(
                actor=request.viewer, document=document, original=original, kind=VersionKind.LATER
            )
            return redirect("version_detail", version.pk)
    values = {
        "document": document,
        "form": form,
        "alike": alike_to(request.viewer, document),
        "is_open": document.state == DocumentState.READ,
    }
    return render(request, "documents/document_duplicates.html", values, status=422 if form.errors else 200)
