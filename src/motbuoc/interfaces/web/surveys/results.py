"""The pages of what a survey came to: results, tables of two questions, what was written in own words."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motbuoc.domains.listening.suppression import smallest_group
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveyResult
from motbuoc.domains.surveys.results import NONE, REST, crossed_of, texts_of, told_of
from motbuoc.domains.surveys.selectors import questions_for, questions_in, result_of, whole_result_of
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.papers.survey_files import KINDS, survey_file
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.surveys.surveys import crumbs_of, seen_survey
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 50
Kind = SurveyQuestion.Kind


def shown_results(survey: Survey, result: SurveyResult, language: str = "vi") -> dict[str, Any]:
    """What a page of results shows."""
    questions = questions_in(survey)
    share = round(100 * result.answers / survey.population, 1) if survey.population and result.figures else None
    return {
        "survey": survey,
        "result": result,
        "share": share if share is None or share <= 100 else None,
        "least": smallest_group(),
        "told": told_of(questions, result, language) if result.figures else [],
        "groups": [one for one in questions if one.is_group],
    }


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_results(request: ViewerRequest, pk: int) -> HttpResponse:
    """What a survey came to: hidden from everybody while it is open."""
    survey = seen_survey(request, pk)
    result = result_of(survey)
    context: dict[str, Any] = {"survey": survey, "crumbs": crumbs_of(survey), "result": None}
    if result:
        context |= shown_results(survey, result)
    return render(request, "surveys/survey_results.html", context)


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_crossed(request: ViewerRequest, pk: int) -> HttpResponse:
    """A question by what group somebody is of."""
    survey = seen_survey(request, pk)
    result = whole_result_of(survey)
    questions = questions_in(survey)
    groups = [one for one in questions if one.is_group]
    group = _asked(request, "nhom", groups)
    others = [one for one in questions if one != group and one.kind not in (Kind.TEXT, Kind.RANKING)]
    other = _asked(request, "cau", others)
    tables = []
    if result and group and other:
        names = {NONE: _("Not answered"), REST: _("Others, taken together")}
        tables = crossed_of(questions, result, group.pk, other.pk, names)
    context = {
        "survey": survey,
        "crumbs": crumbs_of(survey),
        "groups": groups,
        "others": others,
        "group": group,
        "other": other,
        "tables": tables,
        "least": smallest_group(),
        "is_counted": result is not None,
    }
    return render(request, "surveys/survey_crossed.html", context)


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_export(request: ViewerRequest, pk: int, kind: str) -> FileResponse:
    """What it came to as a file: counts, never single answers."""
    survey = seen_survey(request, pk)
    if kind not in KINDS:
        raise Http404
    result = whole_result_of(survey)
    if result is None:
        raise Refusal(_("The results are hidden while the survey is open."))
    name, content = survey_file(survey, questions_in(survey), result, kind)
    return made_download(content, name)


def _asked(request: ViewerRequest, name: str, offered: list[SurveyQuestion]) -> SurveyQuestion | None:
    """The question that the address asks for, or the first."""
    wanted = request.GET.get(name, "")
    found = next((one for one in offered if str(one.pk) == wanted), None)
    return found or (offered[0] if offered else None)


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_texts(request: ViewerRequest, pk: int) -> HttpResponse:
    """What was written in own words to a question, in no order."""
    question = get_object_or_404(questions_for(request.viewer), pk=pk)
    survey = seen_survey(request, question.survey_id)
    page = Paginator(texts_of(question), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "survey": survey,
        "crumbs": crumbs_of(survey),
        "question": question,
        "page": page,
        "texts": list(page),
    }
    return render(request, "surveys/survey_texts.html", context)
