"""Pages that list, bring in and show documents."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.documents.duplicates import alike_to
from motbuoc.domains.documents.layout import LayoutCheck
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.reading import mend_file
from motbuoc.domains.documents.searching import Question, documents_sought, facets_for
from motbuoc.domains.documents.selectors import FINDINGS, documents_for, units_to_import_for
from motbuoc.domains.documents.services import import_document
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed
from motbuoc.interfaces.web.documents.forms import FilterForm, UploadForm, posted
from motbuoc.interfaces.web.documents.hits import choices_of, hits_of
from motbuoc.interfaces.web.documents.sheet import Sheet
from motbuoc.interfaces.web.downloads import attachment, changed_copy
from motbuoc.interfaces.web.forms import asked_of, drawn
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.remembering import remembered
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 20


def document_or_404(request: ViewerRequest, pk: int) -> Document:
    """The document, if the viewer may read it; the page shows it."""
    document = get_object_or_404(documents_for(request.viewer), pk=pk)
    looks_at(request, "document", pk, document.unit_id)
    return document


@require_safe
@remembered
@asks(Action.VIEW_DOCUMENT)
def document_list(request: ViewerRequest) -> HttpResponse:
    """The library: the documents the viewer may read, searched, narrowed and sorted by the address."""
    question = FilterForm(request.GET).question
    found = documents_sought(request.viewer, question)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    offered = choices_of(facets_for(request.viewer))
    values = {
        "fields": drawn(FilterForm, asked_of(FilterForm, request.GET), get_language() or "", offered),
        "page": page,
        "hits": hits_of(page.object_list, question.words),
        "can_import": policy.may(request.viewer, Action.IMPORT_DOCUMENT),
        "can_order": policy.may(request.viewer, Action.ISSUE_DIRECTIVE),
        "is_filtered": question != Question(order=question.order),
    }
    return render(request, "documents/document_list.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.IMPORT_DOCUMENT)
def document_upload(request: ViewerRequest) -> HttpResponse:
    """Bring a document in; afterwards, look through what was read."""
    units = {unit.pk: unit for unit in units_to_import_for(request.viewer, clock.today())}
    if not units:
        raise NotAllowed(_("Your role does not allow you to bring documents in."))
    choices = [(pk, unit.name) for pk, unit in units.items()]
    form = UploadForm(posted(request), request.FILES or None, units=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            document = import_document(
                actor=request.viewer,
                unit=units[form.cleaned_data["unit"]],
                upload=form.cleaned_data["file"],
                classification=form.cleaned_data["classification"],
            )
            is_doubled = bool(alike_to(request.viewer, document))
            return redirect("document_duplicates" if is_doubled else "document_review", document.pk)
    limit = settings.MAX_UPLOAD_BYTES // 1_000_000
    wanted = request.GET.get("so", "")[:80]
    values = {"form": form, "limit": limit, "is_choice": len(units) > 1, "wanted": wanted}
    status = 422 if form.errors else 200
    return render(request, "documents/document_upload.html", values, status=status)


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_clarity(request: ViewerRequest, pk: int) -> HttpResponse:
    """What is missing of who, what, product, when and report, duty by duty; made to be printed."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    values = {"document": document, "sheet": Sheet(document), "questions": FINDINGS}
    return render(request, "documents/document_clarity.html", values)


@require_safe
@asks(Action.VIEW_DOCUMENT)
def document_file(request: ViewerRequest, pk: int) -> FileResponse:
    """The file as it was brought in, always as a download: a browser must not open a stranger's file here."""
    document = document_or_404(request, pk)
    if document.file is None:
        raise Http404
    return attachment(document.file)


@require_safe
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def document_mended(request: ViewerRequest, pk: int) -> FileResponse:
    """A copy of the file with its layout put right where that is sure, made when asked for and not kept."""
    document = document_or_404(request, pk)
    policy.require(request.viewer, Action.REVIEW_DOCUMENT, document.unit_id)
    if document.file is None or not LayoutCheck(document).can_mend:
        raise Http404
    with document.file.content.open("rb") as file:
        mended = mend_file(document.file.name, file.read())
    return changed_copy(document.file, mended, _("layout mended"))
