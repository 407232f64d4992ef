"""Pages that settle the duties of a document, one at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.documents.selectors import cuts_of, duties_for, duty_after
from motbuoc.domains.documents.services import (
    add_duty,
    correct_duty,
    drop_duty,
    merge_duties,
    split_duty,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.interfaces.web.documents.finding import finding, found_for, while_finding
from motbuoc.interfaces.web.documents.forms import (
    DutyForm,
    SplitForm,
    WordsForm,
    posted,
    posted_version,
    stored_duty,
)
from motbuoc.interfaces.web.documents.pages import document_or_404
from motbuoc.interfaces.web.documents.reviewing import back_to_review, check_open
from motbuoc.interfaces.web.documents.sheet import Sheet
from motbuoc.interfaces.web.documents.two_versions import differences, in_place
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


def _duty(request: ViewerRequest, pk: int) -> Duty:
    """The duty, if the viewer may correct it."""
    duty = get_object_or_404(duties_for(request.viewer), pk=pk)
    check_open(request, duty.document)
    return duty


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_correct(request: ViewerRequest, pk: int) -> HttpResponse:
    """Correct what a duty says and choose its units."""
    duty = _duty(request, pk)
    initial = stored_duty(duty)
    stored = (*initial["leads"], *initial["supports"], initial["monitor"])
    units = found_for(request, duty.document, ("leads", "supports", "monitor"), stored)
    options: dict[str, Any] = {"units": units.choices, "auto_id": f"duty{duty.pk}_%s"}  # several may be open
    form = while_finding(request, DutyForm(posted(request), initial=initial, **options), **options)
    values: dict[str, Any] = {"document": duty.document, "duty": duty, "form": form, **finding(request, units)}
    if form.is_bound and form.is_valid():
        try:
            correct_duty(
                actor=request.viewer,
                duty=duty,
                version=form.cleaned_data["version"],
                changes=form.changes,
                units=form.chosen_units,
            )
        except Collision as collision:
            duty.refresh_from_db()
            values |= {"collision": collision, "differences": differences(form, stored_duty(duty))}
            form.rest_on(duty.version)
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return back_to_review(duty.document_id, f"duty-{duty.pk}")
    return in_place(request, "documents/duty_correct.html", values, f"duty-{duty.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_split(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make two duties of one, at the end of a sentence or part."""
    duty = _duty(request, pk)
    cuts = cuts_of(duty)
    stored = {"version": duty.version}
    form = SplitForm(posted(request), initial=stored, cuts=cuts, auto_id=f"split{duty.pk}_%s")
    values: dict[str, Any] = {"document": duty.document, "duty": duty, "form": form, "cuts": cuts}
    if request.method == "POST" and form.is_valid():
        try:
            split_duty(actor=request.viewer, duty=duty, **form.cleaned_data)
        except Collision as collision:
            duty.refresh_from_db()
            values |= {"collision": collision, "cuts": cuts_of(duty)}
            values["form"] = SplitForm(initial={"version": duty.version}, cuts=values["cuts"])
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return back_to_review(duty.document_id, f"duty-{duty.pk}")
    return in_place(request, "documents/duty_split.html", values, f"duty-{duty.pk}")


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_merge(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make one duty of this and the next one of the same item."""
    duty = _duty(request, pk)
    if (other := duty_after(duty)) is None:
        raise Refusal(_("Only duties of the same item can be merged."))
    merge_duties(actor=request.viewer, duty=duty, version=posted_version(request.POST), other=other)
    return back_to_review(duty.document_id, f"duty-{duty.pk}")


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_drop(request: ViewerRequest, pk: int) -> HttpResponse:
    """Mark words as no duty; they stay in the list, to be taken back with one click."""
    duty = _duty(request, pk)
    drop_duty(actor=request.viewer, duty=duty, version=posted_version(request.POST))
    return back_to_review(duty.document_id, f"duty-{duty.pk}")


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_restore(request: ViewerRequest, pk: int) -> HttpResponse:
    """Take back that words were marked as no duty."""
    duty = _duty(request, pk)
    drop_duty(actor=request.viewer, duty=duty, version=posted_version(request.POST), dropped=False)
    return back_to_review(duty.document_id, f"duty-{duty.pk}")


@require_POST
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_agree(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say that words the reader was not sure of are a duty, as it stands."""
    duty = _duty(request, pk)
    correct_duty(actor=request.viewer, duty=duty, version=posted_version(request.POST), changes={})
    return back_to_review(duty.document_id, f"duty-{duty.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_DOCUMENT, do=Action.REVIEW_DOCUMENT)
def duty_add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add a duty that was missed, by its words in the text."""
    document = document_or_404(request, pk)
    check_open(request, document)
    form = WordsForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words, near = form.cleaned_data["words"], form.cleaned_data["near"] or 0
        with form.refusals():
            duty = add_duty(actor=request.viewer, document=document, words=words, near=near)
            messages.success(request, _("Added. Say what is to be done, by when and by whom."))
            return back_to_review(document.pk, f"duty-{duty.pk}")
    values = {"document": document, "form": form, "sheet": Sheet(document)}
    return in_place(request, "documents/duty_add.html", values, "duty-add")
