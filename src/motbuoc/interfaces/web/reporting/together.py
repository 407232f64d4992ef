"""The pages of drafting together: remarks on a paragraph, whose section it is, versions side by side."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.reporting.arranging import move_section
from motbuoc.domains.reporting.drafted import DraftVersion, Remark
from motbuoc.domains.reporting.drafting import words_to_edit
from motbuoc.domains.reporting.drafts import may_draft, may_write_in, sections_for, shown
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.reporting.together import (
    NOT_THE_LEAD,
    NOW,
    WHO_REMARK,
    compared,
    give_lead,
    give_section,
    may_give_lead,
    remark_on,
    settle_remark,
    writers_of,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.reporting.drafts import draft_or_404
from motbuoc.interfaces.web.reporting.forms import LeadForm, MoveForm, OwnerForm, RemarkForm, SettleForm
from motbuoc.interfaces.web.reporting.paragraphs import is_anothers, paragraph_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, send=WHO_REMARK)
def paragraph_remarks(request: ViewerRequest, pk: int) -> HttpResponse:
    """What was remarked on a paragraph, with the changes suggested; and a remark of one's own."""
    paragraph, draft = paragraph_or_404(request, pk)
    own = keeper_of(draft.unit_id, clock.today())
    may_remark = any(policy.may_on(request.viewer, action, own) for action in WHO_REMARK)
    form = RemarkForm(posted(request), initial={"suggestion": ""})
    if request.method == "POST":
        if not may_remark:
            raise policy.refusal(request.viewer, WHO_REMARK, own)
        if form.is_valid():
            with form.refusals():
                remark_on(actor=request.viewer, paragraph=paragraph, **form.cleaned_data)
                return redirect("paragraph_remarks", pk)
    values: dict[str, Any] = {
        "draft": draft,
        "paragraph": paragraph,
        "read": shown(paragraph, draft.figures),
        "text": words_to_edit(paragraph),
        "remarks": paragraph.remarks.select_related("written_by", "settled_by"),
        "may_remark": may_remark,
        "may_write": may_draft(request.viewer, draft)
        and draft.state == DraftState.WRITTEN
        and may_write_in(request.viewer, paragraph.section),
        "form": form,
    }
    return render(request, "reporting/paragraph_remarks.html", values, status=422 if form.errors else 200)


@require_POST
@asks(Action.VIEW_REPORT, do=WHO_REMARK)
def remark_settle(request: ViewerRequest, pk: int) -> HttpResponse:
    """Settle a remark, with its suggestion taken or without."""
    remark = get_object_or_404(Remark, pk=pk)
    _paragraph, draft = paragraph_or_404(request, remark.paragraph_id)
    own = keeper_of(draft.unit_id, clock.today())
    if not any(policy.may_on(request.viewer, action, own) for action in WHO_REMARK):
        raise policy.refusal(request.viewer, WHO_REMARK, own)
    form = SettleForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            settle_remark(actor=request.viewer, remark=remark, version=said["version"], is_taken=said["take"])
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
    else:
        messages.error(request, _("This step is not possible now. Reload the page to see what has changed."))
    return redirect("paragraph_remarks", remark.paragraph_id)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def section_give(request: ViewerRequest, section_pk: int) -> HttpResponse:
    """Say whose section it is."""
    section = get_object_or_404(sections_for(request.viewer), pk=section_pk)
    draft = draft_or_404(request, section.draft_id)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    if request.method != "POST" and is_anothers(request, section):
        return redirect("draft_detail", draft.pk)
    people = {person.pk: person for person in writers_of(draft)}
    choices = [(pk, person.full_name) for pk, person in people.items()]
    form = OwnerForm(posted(request), initial={"owner": section.owner_id}, people=choices)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            owner = people.get(form.cleaned_data["owner"] or 0)
            give_section(actor=request.viewer, section=section, owner=owner)
            return redirect("draft_detail", draft.pk)
    values = {"form": form, "draft": draft, "section": section}
    return render(request, "reporting/section_give.html", values, status=422 if form.errors else 200)


@require_POST
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def section_move(request: ViewerRequest, section_pk: int) -> HttpResponse:
    """Move a section, with what stands below it, before the one above or behind the one below."""
    section = get_object_or_404(sections_for(request.viewer), pk=section_pk)
    draft = draft_or_404(request, section.draft_id)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    form = MoveForm(request.POST)
    here = redirect("draft_detail", draft.pk).url
    if not form.is_valid():
        messages.error(request, _("This step is not possible now. Reload the page to see what has changed."))
        return redirect(here)
    does = form.cleaned_data["does"]
    try:
        move_section(actor=request.viewer, section=section, up=does == "up")
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect(f"{here}?moved={does}-s{section_pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=WHO_REMARK)
def draft_lead(request: ViewerRequest, pk: int) -> HttpResponse:
    """Say who is responsible for the report."""
    draft = draft_or_404(request, pk)
    own = keeper_of(draft.unit_id, clock.today())
    if not any(policy.may_on(request.viewer, action, own) for action in WHO_REMARK):
        raise policy.refusal(request.viewer, WHO_REMARK, own)
    if not may_give_lead(request.viewer, draft):
        messages.info(request, NOT_THE_LEAD)
        return redirect("draft_detail", pk)
    people = {person.pk: person for person in writers_of(draft)}
    first = {"lead": draft.lead.pk, "version": draft.version}
    form = LeadForm(posted(request), initial=first, people=[(pk, who.full_name) for pk, who in people.items()])
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.refusals():
            give_lead(actor=request.viewer, draft=draft, version=said["version"], lead=people[said["lead"]])
            return redirect("draft_detail", pk)
    values = {"form": form, "draft": draft}
    return render(request, "reporting/draft_lead.html", values, status=422 if form.errors else 200)


@require_safe
@asks(Action.VIEW_REPORT)
def draft_versions(request: ViewerRequest, pk: int) -> HttpResponse:
    """The versions that were handed in; two of them, or one and the text of now, side by side."""
    draft = draft_or_404(request, pk)
    versions = list(draft.versions.select_related("handed_in_by"))
    one = _number(request.GET.get("one"), versions[-1].number if versions else NOW)
    other = _number(request.GET.get("other"), NOW)
    try:
        rows = compared(draft, one, other) if versions else []
    except DraftVersion.DoesNotExist as missing:
        raise Http404 from missing
    choices = [(row.number, _("Version %(number)s") % {"number": row.number}) for row in versions]
    choices.append((NOW, _("Now")))
    values = {
        "draft": draft,
        "versions": versions,
        "rows": rows,
        "one": one,
        "other": other,
        "choices": choices,
        "names": (dict(choices)[one], dict(choices)[other]) if versions else (),
        "changes": sum(not row.is_same for row in rows),
    }
    return render(request, "reporting/draft_versions.html", values)


def _number(typed: str | None, otherwise: int) -> int:
    if not typed:
        return otherwise
    if not (typed.isdecimal() and typed.isascii() and len(typed) < 5):
        raise Http404
    return int(typed)
