"""The pages of reports that are drafted together: begun, read with their sources, edited, handed in, approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.registers.reported import check_issuable, issue_draft, may_issue, outgoing_of
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.arranging import ways_of
from motbuoc.domains.reporting.drafted import Draft, DraftFile
from motbuoc.domains.reporting.drafting import (
    begin_draft,
    refresh_draft,
    take_draft_step,
)
from motbuoc.domains.reporting.drafts import (
    changed_since,
    draft_steps_for,
    drafts_for,
    may_draft,
    may_write_in,
    outline_choices,
    sections_of,
    units_to_report_for,
)
from motbuoc.domains.reporting.filed import stored
from motbuoc.domains.reporting.recipients import is_open
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.reporting.together import may_give_lead
from motbuoc.domains.reporting.wording import is_offered, open_wordings
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.selectors import content_of
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.jobs.draft_files import ask_draft_file
from motbuoc.interfaces.papers.draft_letter import letter_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.reporting.draft_html import in_html
from motbuoc.interfaces.web.reporting.forms import (
    DraftForm,
    DraftStepForm,
)
from motbuoc.interfaces.web.reporting.preview import dated
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

STEPS = (Action.MAKE_REPORT, Action.RELEASE_DOCUMENT)
DONE = {
    "hand_in": gettext_lazy("The report is handed in. Somebody else reads and approves it."),
    "approve": gettext_lazy("The report is approved."),
    "give_back": gettext_lazy("The report is back with its drafters."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_FIGURES, do=Action.MAKE_REPORT)
def draft_begin(request: ViewerRequest, period_pk: int) -> HttpResponse:
    """Begin the report of a unit over a period; it is assembled at once."""
    period = get_object_or_404(periods_for(request.viewer), pk=period_pk)
    units = list(units_to_report_for(request.viewer, period))
    if not units:
        raise policy.refusal(request.viewer, (Action.MAKE_REPORT,), period.schedule.unit_id)
    outlines = outline_choices(units[0].pk, period.schedule.cycle)
    chosen = request.GET.get("de-cuong", "")
    label = period.label[:1].lower() + period.label[1:]
    subject = phrases.DRAFT_SUBJECT.format(name=period.form.name, label=label)
    form = DraftForm(
        posted(request),
        initial={
            "outline": chosen if chosen in {each.value for each in outlines} else outlines[0].value,
            "subject": subject,
        },
        units=[(unit.pk, unit.name) for unit in units],
        outlines=outlines,
    )
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            said = form.cleaned_data
            draft = begin_draft(
                actor=request.viewer,
                period=period,
                unit_id=said["unit"],
                outline=said["outline"],
                subject=said["subject"],
            )
            return redirect("draft_detail", draft.pk)
    values = {"form": form, "period": period}
    return render(request, "reporting/draft_begin.html", values, status=422 if form.errors else 200)


def draft_or_404(request: ViewerRequest, pk: int) -> Draft:
    """The draft, if the viewer may read it."""
    draft = get_object_or_404(drafts_for(request.viewer), pk=pk)
    looks_at(request, "report_draft", pk, draft.unit_id)
    return draft


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, send=STEPS)
def draft_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """A report as it will be printed, each figure and sentence a link to what it rests on; and its next step."""
    draft = draft_or_404(request, pk)
    form = DraftStepForm(posted(request))
    if request.method == "POST":
        own = keeper_of(draft.unit_id, clock.today())
        if not any(policy.may_on(request.viewer, each, own) for each in STEPS):
            raise policy.refusal(request.viewer, STEPS, own)
        if form.is_valid():
            said = form.cleaned_data
            with form.refusals():
                take_draft_step(
                    actor=request.viewer,
                    draft=draft,
                    version=said["version"],
                    name=said["step"],
                    reason=said["reason"],
                )
                messages.success(request, str(DONE[said["step"]]))
                return redirect("draft_detail", pk)
        draft = draft_or_404(request, pk)
    values = _shown(request, draft) | {"refused": form if form.is_bound else None}
    return render(request, "reporting/draft_detail.html", values, status=422 if form.errors else 200)


def _shown(request: ViewerRequest, draft: Draft) -> dict[str, Any]:
    viewer, sections = request.viewer, sections_of(draft)
    letter = letter_of(draft)
    printed = [one for section in sections for one in section.paragraphs]
    may_write = may_draft(viewer, draft) and draft.state == DraftState.WRITTEN
    may_suggest = may_write and is_offered(draft)
    wordings = open_wordings(draft) if may_suggest else {}
    ways = ways_of([each.section for each in sections])
    return {
        "draft": draft,
        "sections": [
            in_html(
                each,
                may_write=may_write and may_write_in(viewer, each.section),
                ways=ways[each.section.pk],
                wording=wordings.get(each.section.pk),
            )
            for each in sections
        ],
        "may_give_lead": draft.state == DraftState.WRITTEN and may_give_lead(viewer, draft),
        "moved": request.GET.get("moved", ""),
        **letter,
        "dated": dated(letter["header"]),
        "may_write": may_write,
        "may_remark": any(policy.may_on(viewer, each, draft.unit_id) for each in STEPS),
        "made_files": DraftFile.Kind.choices,
        "is_open": is_open(draft),
        "may_release": policy.may_on(viewer, Action.RELEASE_DOCUMENT, keeper_of(draft.unit_id, clock.today())),
        "outgoing": outgoing_of(draft),
        "may_issue": may_issue(viewer, draft),
        "may_suggest": may_suggest,
        "steps": draft_steps_for(viewer, draft),
        "changed": changed_since(draft, sections),
        "news": [one for one in printed if one.is_news],
        "typed": [one for one in printed if one.has_typed],
        "blank": [one for one in printed if one.is_blank],
        "history_lines": history_of(viewer, "report_draft", draft.pk, draft.period.document.classification),
    }


@require_POST
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def draft_refresh(request: ViewerRequest, pk: int) -> HttpResponse:
    """Assemble a report from the ledger of now; what was edited stays."""
    draft = draft_or_404(request, pk)
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    sent = request.POST.get("version", "")
    try:
        version = int(sent) if sent.isdecimal() and len(sent) < 10 else draft.version
        refresh_draft(actor=request.viewer, draft=draft, version=version)
        messages.success(request, _("The report stands on the figures of now. What was edited is as it was."))
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("draft_detail", pk)


@require_POST
@asks(Action.VIEW_REPORT, do=Action.REGISTER_DOCUMENT)
def draft_issue(request: ViewerRequest, pk: int) -> HttpResponse:
    """Put an approved report into the outgoing register, where it is numbered, signed and sent.

    Its Word file is made in the background; until it is there its page is waited at, and asks again from there.
    """
    draft = draft_or_404(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, draft.unit_id)
    try:
        check_issuable(draft)
        kept = stored(ask_draft_file(actor=request.viewer, draft=draft, kind=DraftFile.Kind.WORD))
        if kept is None:
            return redirect("draft_export", pk, DraftFile.Kind.WORD.value)
        outgoing = issue_draft(actor=request.viewer, draft=draft, word_file=content_of(kept))
        return redirect("outgoing_detail", outgoing.pk)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("draft_detail", pk)
