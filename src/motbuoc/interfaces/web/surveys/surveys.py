"""The pages of surveys as they are built and held."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.surveys import building, services
from motbuoc.domains.surveys.models import LANGUAGES, SurveyQuestion
from motbuoc.domains.surveys.selectors import (
    answered_so_far,
    conditions_for,
    may_hold,
    may_note,
    questions_for,
    questions_in,
    result_of,
    steps_for,
    surveys_for,
    units_to_survey_for,
)
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.jobs.surveys import ask_to_count
from motbuoc.interfaces.web.documents.forms import posted, posted_version
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.surveys.forms import (
    QuestionForm,
    SurveyChangeForm,
    SurveyForm,
    TranslationForm,
    asked_so,
    begun,
)
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 20
Kind = SurveyQuestion.Kind


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_list(request: ViewerRequest) -> HttpResponse:
    """The surveys of units in reach, the latest first."""
    page = Paginator(surveys_for(request.viewer), PAGE_SIZE).get_page(request.GET.get("page"))
    holds = policy.may(request.viewer, Action.HOLD_SURVEY)
    return render(request, "surveys/survey_list.html", {"page": page, "surveys": list(page), "holds": holds})


def crumbs_of(survey: Any = None) -> tuple[tuple[Any, str], ...]:
    """The way back to the list, and to a survey."""
    home = ((_("Surveys"), reverse("survey_list")),)
    return (*home, (survey.title, reverse("survey_detail", args=[survey.pk]))) if survey else home


def seen_survey(request: ViewerRequest, pk: int, *, holds: bool = False) -> Any:
    """The survey, if the viewer sees it; to go on, perhaps, only if they hold it."""
    survey = get_object_or_404(surveys_for(request.viewer), pk=pk)
    looks_at(request, "survey", pk, survey.unit_id)
    if holds and not may_hold(request.viewer, survey):
        raise policy.refusal(request.viewer, (Action.HOLD_SURVEY,))
    return survey


@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_make(request: ViewerRequest) -> HttpResponse:
    """Begin a survey."""
    units = [(unit.pk, unit.name) for unit in units_to_survey_for(request.viewer)]
    form = SurveyForm(posted(request), units=units)
    page = FormPage(
        title=_("Begin a survey"),
        subtitle=_("Its questions are added next. Nobody sees it before it is opened."),
        button=_("Begin"),
        back=reverse("survey_list"),
        crumbs=crumbs_of(),
        done=_("Begun. Add its questions."),
        onward=lambda made: reverse("survey_detail", args=[made.pk]),
    )

    def do() -> object:
        return services.make_survey(actor=request.viewer, unit_id=form.cleaned_data["unit"], plan=form.plan())

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what a survey is about."""
    survey = seen_survey(request, pk, holds=True)
    units = [(survey.unit_id, survey.unit_name)]
    form = SurveyChangeForm(posted(request), initial=begun(survey), units=units)
    page = FormPage(
        title=_("Change the survey"),
        subtitle=survey.unit_name,
        button=_("Save"),
        back=reverse("survey_detail", args=[pk]),
        crumbs=crumbs_of(survey),
        done=_("Saved."),
        fresh=lambda: seen_survey(request, pk).version,
    )

    def do() -> object:
        version = form.cleaned_data["version"]
        return services.change_survey(actor=request.viewer, survey=survey, version=version, plan=form.plan())

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_SURVEY, send=Action.HOLD_SURVEY)
def survey_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One survey: its questions as they are built, how it is answered, and the steps one may take."""
    survey = seen_survey(request, pk, holds=request.method == "POST")
    if request.method == "POST":
        return _take(request, survey)
    viewer, questions = request.viewer, questions_in(survey)
    holds = may_hold(viewer, survey)
    address = request.build_absolute_uri(reverse("survey_answer", args=[survey.address]))
    context = {
        "survey": survey,
        "code": square_code(address) if survey.state != SurveyState.DRAFT else "",
        "questions": questions,
        "conditions": {one.pk: _condition(one, questions) for one in questions if one.shown_if_id},
        "kinds": Kind.choices,
        "languages": [(code, LANGUAGES[code]) for code in survey.languages],
        "steps": steps_for(viewer, survey),
        "holds": holds,
        "notes": may_note(viewer, survey),
        "builds": holds and survey.state == SurveyState.DRAFT,
        "result": result_of(survey),
        "so_far": answered_so_far(survey) if survey.state == SurveyState.OPEN else None,
        "is_over": survey.state == SurveyState.OPEN and survey.closes_on < clock.today(),
        "history_lines": history_of(viewer, "survey", pk),
    }
    return render(request, "surveys/survey_detail.html", context)


def _condition(question: SurveyQuestion, questions: list[SurveyQuestion]) -> str:
    """When a question is asked, in words."""
    at, earlier = next((n, one) for n, one in enumerate(questions, 1) if one.pk == question.shown_if_id)
    words = [said or key for key, said in earlier.options if key in question.shown_for]
    return _("Only if question %(number)s was answered: %(answers)s") % {"number": at, "answers": "; ".join(words)}


def _take(request: ViewerRequest, survey: Any) -> HttpResponse:
    """A step of the survey, or something done to one of its questions."""
    name, version = request.POST.get("step", ""), posted_version(request.POST)
    if name == "copy_survey":
        made = services.copy_survey(actor=request.viewer, survey=survey)
        messages.success(request, _("Copied. Look at its days."))
        return redirect("survey_detail", made.pk)
    asked: dict[str, Any] = {"actor": request.viewer, "version": version}
    if name in ("up", "down", "drop"):
        question = _question(request, survey)
        if name == "drop":
            building.drop_question(question=question, **asked)
        else:
            building.move_question(question=question, up=name == "up", **asked)
        return redirect(f"{reverse('survey_detail', args=[survey.pk])}#questions")
    if name == "count_survey":
        ask_to_count(survey.pk)
    else:
        services.take_survey_step(survey=survey, name=name, **asked)
    if name == "close_survey":
        ask_to_count(survey.pk)
    messages.success(request, _("Saved."))
    return redirect("survey_detail", survey.pk)


def _question(request: ViewerRequest, survey: Any) -> SurveyQuestion:
    asked = request.POST.get("question", "")
    wanted = int(asked) if asked.isdecimal() and len(asked) < 18 else 0
    for question in questions_in(survey):
        if question.pk == wanted:
            return question
    raise Refusal(_("This question is not there any more."))


@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_question_make(request: ViewerRequest, pk: int) -> HttpResponse:
    """Add a question of the kind that the address says."""
    survey = seen_survey(request, pk, holds=True)
    asked = request.GET.get("loai", "")
    kind = Kind(asked) if asked in Kind.values else Kind.SINGLE
    earlier = conditions_for(questions_in(survey), None)
    form = QuestionForm(posted(request), kind=kind, earlier=earlier, initial={"version": survey.version})
    page = _question_page(_("Add a question"), kind, survey, request)

    def do() -> object:
        asked = {"actor": request.viewer, "survey": survey, "version": form.cleaned_data["version"]}
        return building.add_question(kind=kind, asking=form.asking(), **asked)

    return page.answer(request, form, do)


@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_question_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change a question."""
    question = get_object_or_404(questions_for(request.viewer), pk=pk)
    survey = seen_survey(request, question.survey_id, holds=True)
    earlier = conditions_for(questions_in(survey), question.position)
    initial = asked_so(question) | {"version": survey.version}
    form = QuestionForm(posted(request), kind=question.kind, earlier=earlier, initial=initial)
    page = _question_page(_("Change the question"), Kind(question.kind), survey, request)

    def do() -> object:
        asked = {"actor": request.viewer, "question": question, "version": form.cleaned_data["version"]}
        return building.change_question(asking=form.asking(), **asked)

    return page.answer(request, form, do)


def _question_page(title: str, kind: Kind, survey: Any, request: ViewerRequest) -> FormPage:
    return FormPage(
        title=title,
        subtitle=kind.label,
        button=_("Save"),
        back=f"{reverse('survey_detail', args=[survey.pk])}#questions",
        crumbs=crumbs_of(survey),
        done=_("Saved."),
        fresh=lambda: seen_survey(request, survey.pk).version,
    )


@methods
@asks(Action.VIEW_SURVEY, do=Action.HOLD_SURVEY)
def survey_translate(request: ViewerRequest, pk: int, language: str) -> HttpResponse:
    """Put a survey and its questions into one of its languages."""
    survey = seen_survey(request, pk, holds=True)
    if language not in survey.languages:
        return redirect("survey_detail", pk)
    questions = questions_in(survey)
    asked: dict[str, Any] = {"survey": survey, "questions": questions, "language": language}
    form = TranslationForm(posted(request), initial={"version": survey.version}, **asked)
    page = FormPage(
        title=_("Translate the survey"),
        subtitle=LANGUAGES[language],
        notes=[_("Under each field stands what it translates. What is left empty is shown in Vietnamese.")],
        button=_("Save"),
        back=reverse("survey_detail", args=[pk]),
        crumbs=crumbs_of(survey),
        done=_("Saved."),
        fresh=lambda: seen_survey(request, pk).version,
    )

    def do() -> object:
        return building.translate_survey(
            actor=request.viewer,
            survey=survey,
            version=form.cleaned_data["version"],
            language=language,
            words=form.of_survey(),
            of_questions=form.of_questions(),
        )

    return page.answer(request, form, do)
