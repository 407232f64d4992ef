"""The pages of surveys on paper: codes to be handed out, sheets to be printed, and what comes back entered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.domains.surveys.answering import Sheet, Wrong, note_sheet
from motbuoc.domains.surveys.models import Survey
from motbuoc.domains.surveys.selectors import asked_on, may_note, questions_in
from motbuoc.domains.surveys.tokens import make_tokens
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.interfaces.papers.pdf import pdf_of
from motbuoc.interfaces.papers.sheets import Sheet as Table
from motbuoc.interfaces.papers.sheets import as_csv
from motbuoc.interfaces.papers.survey_sheet import survey_sheet as sheet_file
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.surveys import sheet as sheets
from motbuoc.interfaces.web.surveys.forms import TokensForm
from motbuoc.interfaces.web.surveys.surveys import crumbs_of, seen_survey
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_tokens(request: ViewerRequest, pk: int) -> HttpResponse | FileResponse:
    """Make codes, which are told only now: as labels to be printed, or as a file for a printing house."""
    survey = seen_survey(request, pk, holds=True)
    form = TokensForm(posted(request), initial={"version": survey.version})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            asked = {"version": form.cleaned_data["version"], "count": form.cleaned_data["count"]}
            codes = make_tokens(actor=request.viewer, survey=survey, **asked)
            return _handed_out(request, survey, codes, form.cleaned_data["kind"])
    context = {"survey": survey, "form": form, "crumbs": crumbs_of(survey)}
    return render(request, "surveys/survey_tokens.html", context, status=422 if form.errors else 200)


def _handed_out(request: ViewerRequest, survey: Any, codes: list[str], kind: str) -> HttpResponse | FileResponse:
    address = request.build_absolute_uri(reverse("survey_answer", args=[survey.address]))
    if kind == "csv":
        rows = [[shown(code), f"{address}#{shown(code)}"] for code in codes]
        table = Table(survey.title, "", [_("Code"), _("Address with the code")], rows)
        return made_download("".join(as_csv(table)).encode(), f"ma-khao-sat-{survey.pk}.csv")
    labels = [(shown(code), square_code(f"{address}#{shown(code)}")) for code in codes]
    context = {"survey": survey, "labels": labels, "address": address, "crumbs": crumbs_of(survey)}
    return render(request, "surveys/survey_labels.html", context)


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_sheet(request: ViewerRequest, pk: int, kind: str) -> FileResponse:
    """The sheet to be printed, as a Word or a PDF file, in the language that the address asks for."""
    survey = seen_survey(request, pk)
    if kind not in ("word", "pdf"):
        raise Http404
    asked = request.GET.get("tieng", "")
    language = asked if asked in survey.languages else "vi"
    content = sheet_file(survey, survey.unit_name, questions_in(survey), language)
    if kind == "pdf":
        content = pdf_of(content)
    return made_download(content, f"{survey.title[:80]}.{'docx' if kind == 'word' else 'pdf'}")


@never_cache
@methods
@asks(Action.VIEW_SURVEY, do=Action.NOTE_SHEET)
def survey_note(request: ViewerRequest, pk: int) -> HttpResponse:
    """Enter a sheet that came on paper: all its questions on one page, what was not to be answered left empty."""
    survey = seen_survey(request, pk)
    if not policy.may_on(request.viewer, Action.NOTE_SHEET, asked_on(survey.unit_id)):
        raise policy.refusal(request.viewer, (Action.NOTE_SHEET,))
    questions = questions_in(survey)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            note_sheet(actor=request.viewer, survey=survey, sheet=_sent(request, survey))
        except NotAllowed:
            raise
        except Refusal as told:
            refusal = told
        else:
            messages.success(request, _("Taken in. Enter the next one."))
            return redirect("survey_note", pk)
    numbers = {question.pk: at for at, question in enumerate(questions, 1)}
    drawn = sheets.drawn(questions, numbers, "vi", request.POST)
    if isinstance(refusal, Wrong):
        sheets.mark_wrong(drawn, refusal)
    context = {
        "survey": survey,
        "crumbs": crumbs_of(survey),
        "drawn": drawn,
        "key": request.POST.get("key") or new_form_key(),
        "token": request.POST.get("code", ""),
        "needs_token": survey.way == Survey.Way.TOKENS,
        "refusal": refusal,
        "takes": may_note(request.viewer, survey),
    }
    return render(request, "surveys/survey_note.html", context, status=422 if refusal else 200)


def _sent(request: ViewerRequest, survey: Any) -> Sheet:
    questions = questions_in(survey)
    return Sheet(
        sheets.read(questions, request.POST),
        request.POST.get("key", "")[:64] or new_form_key(),
        [one.pk for one in questions if request.POST.get(f"keeps.{one.pk}")],
        request.POST.get("code", "").replace("\x00", "")[:40],
    )
