"""The pages for whoever answers: nobody signs in, nothing of the device is kept, no script is needed.

A sheet is sent page by page, what was answered before along with it, so that nothing of it is kept anywhere until
it is whole. A code is sent in the body of a request and never stands in an address.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.listening.guard import Guard
from motbuoc.domains.listening.receipts import new_form_key
from motbuoc.domains.surveys.answering import Sheet, TokenRefused, Wrong, answer_survey, check_token, checked
from motbuoc.domains.surveys.models import LANGUAGES, Survey, SurveyQuestion
from motbuoc.domains.surveys.selectors import is_asked, open_to_all, pages_of, questions_in, result_of
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.web.rights import asks, asks_nobody
from motbuoc.interfaces.web.surveys import sheet as sheets
from motbuoc.interfaces.web.surveys.results import shown_results
from motbuoc.interfaces.web.surveys.surveys import seen_survey
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
FRAME = {"vi", "en"}
"""Languages that the words around a survey are in; in others these are Vietnamese."""


class Answering:
    """A sheet on its way: where in the pages of the survey it is, what was sent so far, and what is wrong."""

    def __init__(self, survey: Survey, sent: QueryDict, language: str) -> None:
        self.survey, self.sent, self.language = survey, sent, language
        self.questions = questions_in(survey)
        self.pages = pages_of(self.questions)
        self.numbers = {question.pk: at for at, question in enumerate(self.questions, 1)}
        self.at = _number(sent.get("page", ""), len(self.pages))
        self.key = str(sent.get("key", ""))[:64] or new_form_key()
        self.token = str(sent.get("code", "")).replace("\x00", "")[:40]
        self.guard = Guard.of(f"survey:{survey.address}", self.key, sent)
        self.keeps = [one.pk for one in self.questions if sent.get(f"keeps.{one.pk}")]
        self.refusal: Refusal | None = None

    @property
    def answers(self) -> dict[str, Any]:
        """All answers so far, as they were sent."""
        return sheets.read(self.questions, self.sent)

    def asked(self, at: int) -> list[SurveyQuestion]:
        """The questions of a page that are asked of whoever answered so."""
        kept = checked(self.questions, self.answers, self.keeps, among=())
        return [one for one in self.pages[at] if is_asked(one, kept)]

    def go(self, step: int) -> bool:
        """Go to the next page that asks anything, or to the one before; False where there is none."""
        at = self.at + step
        while 0 <= at < len(self.pages):
            if self.asked(at):
                self.at = at
                return True
            at += step
        return False

    def look(self) -> bool:
        """Look at the answers of this page; whether all is right."""
        try:
            if self.at == 0 and self.survey.way == Survey.Way.TOKENS:
                check_token(self.survey, self.token)
            checked(self.questions, self.answers, self.keeps, among=self.asked(self.at))
        except Refusal as refusal:
            self.refusal = refusal
        return self.refusal is None

    def send(self) -> bool:
        """Hand the whole sheet in; whether it was taken."""
        sheet = Sheet(self.answers, self.key, self.keeps, self.token)
        try:
            self.guard.admit()
            answer_survey(survey=self.survey, sheet=sheet)
        except Refusal as refusal:
            self.refusal = refusal
            self._go_to_what_is_wrong(refusal)
        return self.refusal is None

    def _go_to_what_is_wrong(self, refusal: Refusal) -> None:
        if isinstance(refusal, TokenRefused):
            self.at = 0
        if isinstance(refusal, Wrong):
            pages = enumerate(self.pages)
            self.at = next((at for at, page in pages if any(one.pk in refusal.told for one in page)), self.at)

    def context(self) -> dict[str, Any]:
        """What the page shows."""
        here = self.asked(self.at)
        drawn = sheets.drawn(here, self.numbers, self.language, self.sent)
        if isinstance(self.refusal, Wrong):
            sheets.mark_wrong(drawn, self.refusal)
        others = [one for page in (*self.pages[: self.at], *self.pages[self.at + 1 :]) for one in page]
        return said(self.survey, self.language) | {
            "drawn": drawn,
            "carried": sheets.carried(others, self.sent),
            "at": self.at,
            "is_first": self.at == 0,
            "is_last": self._is_last(),
            "key": self.key,
            "guard": self.guard,
            "token": self.token,
            "refusal": self.refusal,
            "kept": [str(pk) for pk in self.keeps],
        }

    def _is_last(self) -> bool:
        """Whether no later page asks anything, whatever is answered here."""
        here = {one.pk for one in self.pages[self.at]}
        later = [one for page in self.pages[self.at + 1 :] for one in page]
        kept = checked(self.questions, self.answers, self.keeps, among=())
        return not any(one.shown_if_id in here or is_asked(one, kept) for one in later)


def said(survey: Survey, language: str) -> dict[str, Any]:
    """The words of a survey in a language, and the other languages it can be read in."""
    offered = [code for code in ("vi", *survey.languages) if code == "vi" or code in LANGUAGES]
    return {
        "survey": survey,
        "language": language,
        "title": survey.said("title", language),
        "introduction": survey.said("introduction", language),
        "purpose": survey.said("purpose", language),
        "consent": survey.said("consent", language),
        "languages": [(code, LANGUAGES.get(code, "Tiếng Việt"), code == language) for code in offered],
        "needs_token": survey.way == Survey.Way.TOKENS,
    }


def _number(typed: str, most: int) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 4 and int(typed) < most else 0


def language_of(request: HttpRequest, survey: Survey) -> str:
    """The language somebody chose to answer in."""
    asked = request.GET.get("tieng", "")
    return asked if asked in survey.languages and asked in LANGUAGES else "vi"


@never_cache
@methods
@asks_nobody("whoever is asked answers unnamed, and reads the results when they are published")
def survey_answer(request: HttpRequest, address: str) -> HttpResponse:
    """A survey for whoever is asked: what it is for, its questions page by page, and thanks."""
    survey = open_to_all(address)
    if survey is None:
        raise Http404
    language = language_of(request, survey)
    with translation.override(language if language in FRAME else "vi"):
        if not survey.takes_on(clock.today()):
            return _not_open(request, survey, language)
        answering = Answering(survey, request.POST, language)
        if request.method == "POST" and _is_done(answering, request.POST.get("go", "")):
            return render(request, "surveys/answered.html", said(survey, language))
        status = 422 if answering.refusal else 200
        return render(request, "surveys/answer.html", answering.context(), status=status)


def _not_open(request: HttpRequest, survey: Survey, language: str) -> HttpResponse:
    """What stands there before the first day and after the last: the results, once they are published."""
    result = result_of(survey) if survey.state == SurveyState.PUBLISHED else None
    if result:
        shown = shown_results(survey, result, language)
        return render(request, "surveys/published.html", said(survey, language) | shown)
    return render(request, "surveys/not_open.html", said(survey, language) | {"today": clock.today()})


def _is_done(answering: Answering, go: str) -> bool:
    """Whether the sheet was taken in with this press of a button."""
    if go == "back":
        answering.go(-1)
        return False
    return answering.look() and not answering.go(1) and answering.send()


@require_safe
@asks(Action.VIEW_SURVEY)
def survey_preview(request: ViewerRequest, pk: int) -> HttpResponse:
    """A survey as people will see it, all its questions on one page; nothing can be sent."""
    survey = seen_survey(request, pk)
    language = language_of(request, survey)
    questions = questions_in(survey)
    numbers = {question.pk: at for at, question in enumerate(questions, 1)}
    drawn = sheets.drawn(questions, numbers, language)
    with translation.override(language if language in FRAME else "vi"):
        for one in drawn:
            if one.question.shown_if_id:
                told = {"number": numbers[one.question.shown_if_id]}
                one.hint = _("Asked only of some, by their answer to question %(number)s.") % told
        context = said(survey, language) | {"drawn": drawn, "is_preview": True, "needs_token": False}
        return render(request, "surveys/answer.html", context)
