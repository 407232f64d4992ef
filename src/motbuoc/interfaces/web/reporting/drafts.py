"""The pages of reports that are drafted together: begun, read with their sources, edited, handed in, approved."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.ledger.selectors import periods_for
from motbuoc.domains.registers.reported import issue_draft, outgoing_of
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.arranging import move_paragraph, ways_of
from motbuoc.domains.reporting.drafted import Draft, DraftFile, DraftSection, Paragraph, Part
from motbuoc.domains.reporting.drafting import (
    add_paragraph,
    begin_draft,
    edit_paragraph,
    keep_own_words,
    leave_out,
    refresh_draft,
    take_draft_step,
    whose_it_is,
    words_to_edit,
)
from motbuoc.domains.reporting.drafts import (
    changed_since,
    draft_steps_for,
    drafts_for,
    may_draft,
    may_write_in,
    outline_choices,
    paragraphs_for,
    sections_for,
    sections_of,
    shown,
    units_to_report_for,
)
from motbuoc.domains.reporting.recipients import is_open
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.reporting.threads import run_at, sources_shown, submissions_behind, tasks_behind
from motbuoc.domains.reporting.together import may_give_lead
from motbuoc.domains.reporting.wording import is_offered, open_wordings
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.papers.draft_letter import letter_of
from motbuoc.interfaces.papers.draft_paper import draft_file
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import collided
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.reporting.draft_html import in_html
from motbuoc.interfaces.web.reporting.forms import (
    ChoiceForm,
    DraftForm,
    DraftStepForm,
    NewParagraphForm,
    ParagraphForm,
)
from motbuoc.interfaces.web.reporting.preview import dated
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from vanban.formats import NoLayout

SOURCES_SIZE = 50
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
        "may_issue": draft.state == DraftState.AGREED
        and policy.may_on(viewer, Action.REGISTER_DOCUMENT, draft.unit_id),
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
    """Put an approved report into the outgoing register, where it is numbered, signed and sent."""
    draft = draft_or_404(request, pk)
    policy.require(request.viewer, Action.REGISTER_DOCUMENT, draft.unit_id)
    try:
        outgoing = issue_draft(actor=request.viewer, draft=draft, word_file=draft_file(draft))
        return redirect("outgoing_detail", outgoing.pk)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    except NoLayout:
        messages.error(request, _("No official layout is known for this unit."))
    return redirect("draft_detail", pk)


def paragraph_or_404(request: ViewerRequest, pk: int) -> tuple[Paragraph, Draft]:
    """The paragraph and its draft, if the viewer may read it."""
    row = get_object_or_404(paragraphs_for(request.viewer), pk=pk)
    return row, draft_or_404(request, row.section.draft_id)


def _require_writer(request: ViewerRequest, draft: Draft) -> None:
    policy.require(request.viewer, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))


def is_anothers(request: ViewerRequest, section: DraftSection) -> bool:
    """Whether a section is another's to write, which the viewer is then told."""
    if may_write_in(request.viewer, section):
        return False
    messages.info(request, whose_it_is(section))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def paragraph_edit(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write a paragraph in one's own words, with the figures as fields, beside what the records say."""
    paragraph, draft = paragraph_or_404(request, pk)
    _require_writer(request, draft)
    if request.method != "POST" and is_anothers(request, paragraph.section):
        return redirect("paragraph_remarks", pk)
    form = ParagraphForm(posted(request), initial={"version": paragraph.version, "text": words_to_edit(paragraph)})
    values: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with form.refusals():
            try:
                edit_paragraph(
                    actor=request.viewer, paragraph=paragraph, version=said["version"], text=said["text"]
                )
                return _back(draft, paragraph)
            except Collision as collision:
                paragraph, draft = paragraph_or_404(request, pk)
                stored = {"version": paragraph.version, "text": words_to_edit(paragraph)}
                values |= collided(form, collision, stored)
    values |= {"paragraph": paragraph, "draft": draft, "read": shown(paragraph, draft.figures)}
    values["fields"] = [(f"{{{{{name}}}}}", row) for name, row in draft.figures.items()]
    status = 409 if "collision" in values else 422 if form.errors else 200
    return render(request, "reporting/paragraph_edit.html", values, status=status)


def _back(draft: Draft, paragraph: Paragraph) -> HttpResponse:
    url = redirect("draft_detail", draft.pk).url
    return redirect(f"{url}#p{paragraph.pk}" if paragraph.pk else url)


@require_POST
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def paragraph_choose(request: ViewerRequest, pk: int) -> HttpResponse:
    """Leave a paragraph out or put it back, move it; keep one's own words, or take what the records say now."""
    paragraph, draft = paragraph_or_404(request, pk)
    _require_writer(request, draft)
    form = ChoiceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This step is not possible now. Reload the page to see what has changed."))
        return _back(draft, paragraph)
    what: dict[str, Any] = {
        "actor": request.viewer,
        "paragraph": paragraph,
        "version": form.cleaned_data["version"],
    }
    does = form.cleaned_data["does"]
    try:
        if does in ("up", "down"):
            move_paragraph(actor=request.viewer, paragraph=paragraph, up=does == "up")
            return redirect(f"{redirect('draft_detail', draft.pk).url}?moved={does}-{pk}")
        if does == "keep_own":
            keep_own_words(**what)
        elif does == "take_made":
            edit_paragraph(**what, text="")
        else:
            leave_out(**what, is_left_out=does == "leave_out")
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return _back(draft, paragraph)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_REPORT, do=Action.MAKE_REPORT)
def paragraph_add(request: ViewerRequest, section_pk: int) -> HttpResponse:
    """Add a paragraph of one's own to a section."""
    section = get_object_or_404(sections_for(request.viewer), pk=section_pk)
    draft = draft_or_404(request, section.draft_id)
    _require_writer(request, draft)
    if request.method != "POST" and is_anothers(request, section):
        return redirect("draft_detail", draft.pk)
    form = NewParagraphForm(posted(request))
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            added = add_paragraph(actor=request.viewer, section=section, text=form.cleaned_data["text"])
            return _back(draft, added)
    values: dict[str, Any] = {"form": form, "draft": draft, "section": section}
    values["fields"] = [(f"{{{{{name}}}}}", row) for name, row in draft.figures.items()]
    return render(request, "reporting/paragraph_edit.html", values, status=422 if form.errors else 200)


@require_safe
@asks(Action.VIEW_REPORT)
def paragraph_sources(request: ViewerRequest, pk: int, place: int) -> HttpResponse:
    """What a run of a report's words rests on: the units' submissions with what they wrote, or tasks."""
    paragraph, draft = paragraph_or_404(request, pk)
    try:
        run = run_at(paragraph, draft.figures, place)
    except IndexError as missing:
        raise Http404 from missing
    is_of_tasks = paragraph.kind == Part.TASKS
    found = (tasks_behind if is_of_tasks else submissions_behind)(request.viewer, run["sources"])
    page = Paginator(found, SOURCES_SIZE).get_page(request.GET.get("page"))
    values = {
        "draft": draft,
        "paragraph": paragraph,
        "words": run["text"].strip(" ,;"),
        "field": draft.figures.get(run.get("cell", "")),
        "total": len(run["sources"]),
        "page": page,
        "rows": list(page) if is_of_tasks else sources_shown(draft, paragraph, run, list(page)),
        "is_of_tasks": is_of_tasks,
    }
    return render(request, "reporting/draft_sources.html", values)
