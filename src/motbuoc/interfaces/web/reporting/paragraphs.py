"""The pages of one paragraph of a drafted report: its words beside the records', its place, what it rests on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.reporting.arranging import move_paragraph
from motbuoc.domains.reporting.drafted import Draft, DraftSection, Paragraph, Part
from motbuoc.domains.reporting.drafting import (
    add_paragraph,
    edit_paragraph,
    keep_own_words,
    leave_out,
    whose_it_is,
    words_to_edit,
)
from motbuoc.domains.reporting.drafts import (
    may_write_in,
    paragraphs_for,
    sections_for,
    shown,
)
from motbuoc.domains.reporting.threads import run_at, sources_shown, submissions_behind, tasks_behind
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, Refusal
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.documents.two_versions import collided
from motbuoc.interfaces.web.reporting.drafts import draft_or_404
from motbuoc.interfaces.web.reporting.forms import (
    ChoiceForm,
    NewParagraphForm,
    ParagraphForm,
)
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SOURCES_SIZE = 50


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
