"""Answers taken in: from whoever has the link or a token, and from paper.

Who answers is nobody to the product. No line of history tells of a sheet that came by the link, and what tells of
one entered by a clerk does not tell which. A sheet's id is made of the key of the form that was shown, which is
random and stands in no table: so sent twice it is taken in once, and nothing follows from its place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.listening.receipts import digest_of
from motbuoc.domains.listening.screening import Spot, personal_data_in, taken_in
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveySheet
from motbuoc.domains.surveys.sealing import seal
from motbuoc.domains.surveys.selectors import Answers, asked_on, is_asked, may_note, questions_in
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

Kind = SurveyQuestion.Kind


class Wrong(Refusal):
    """Some questions want another look: `told` says of each why, `spots` what in its words tells who somebody is.
    Nothing was kept."""

    def __init__(self, told: dict[int, str], spots: dict[int, list[Spot]] | None = None) -> None:
        super().__init__(_("Some answers want another look. Nothing was kept yet."))
        self.told, self.spots = told, spots or {}


class TokenRefused(Refusal):
    """No token of this survey has that code, or it was used."""


@dataclass(frozen=True)
class Sheet:
    """What somebody answered, as it came (`selectors.Answers`). `form_key` is that of the form
    (`listening.receipts.new_form_key`); `keeps` are the questions whose words the writer looked at and says that
    they tell of nobody who they are; `token` is the code as it was typed."""

    answers: Mapping[str, Any]
    form_key: str
    keeps: Collection[int] = ()
    token: str = ""


def checked(
    questions: Sequence[SurveyQuestion], answers: Mapping[str, Any], keeps: Collection[int] = (), among: Any = None
) -> Answers:
    """The answers as they are kept: of the questions that are asked of whoever answers so, in their form.

    `among`: only these questions must be right, as on one page of several; the others are taken as they are.

    Raises:
        Wrong: an answer is missing, is none that is offered, or tells who somebody is.
    """
    kept: Answers = {}
    told: dict[int, str] = {}
    spots: dict[int, list[Spot]] = {}
    for question in questions:
        if not is_asked(question, kept):
            continue
        name, is_now = str(question.pk), among is None or question in among
        try:
            value = _value(question, answers.get(name))
            if value in (None, "", [], {}) and question.is_required:
                raise Refusal(_("Please answer this question."))
        except Refusal as refusal:
            if is_now:
                told[question.pk] = str(refusal.message)
            continue
        is_looked_through = question.kind == Kind.TEXT and value and is_now and question.pk not in keeps
        if is_looked_through and (found := personal_data_in(value)):
            spots[question.pk] = found
            told[question.pk] = _("Take this out, or write it in other words:")
        if value not in (None, "", [], {}):
            kept[name] = value
    if told:
        raise Wrong(told, spots)
    return kept


def _value(question: SurveyQuestion, given: Any) -> Any:
    """An answer in the form it is kept in; nothing where nothing was chosen."""
    keys = question.keys
    if question.kind == Kind.TEXT:
        return _text(given)
    if question.kind in (Kind.SINGLE, Kind.SCALE):
        return _one_of(keys, given)
    if question.kind == Kind.MULTIPLE:
        chosen = set(map(str, given)) if isinstance(given, list | tuple) else set()
        _all_of(keys, chosen)
        return [key for key in keys if key in chosen]
    if question.kind == Kind.RANKING:
        return _order(keys, given)
    rows = [key for key, _words in question.rows]
    found = dict(given) if isinstance(given, Mapping) else {}
    _all_of(rows, found)
    chosen_in = {row: _one_of(keys, found.get(row)) for row in rows}
    if any(chosen_in.values()) and not all(chosen_in.values()) and question.is_required:
        raise Refusal(_("Please choose one answer in each row."))
    return {row: key for row, key in chosen_in.items() if key}


def _text(given: Any) -> str:
    text = taken_in(given) if isinstance(given, str) else ""
    if len(text) > settings.QUESTION_MOST_CHARACTERS:
        most = {"most": settings.QUESTION_MOST_CHARACTERS}
        raise Refusal(_("At most %(most)s characters, please: write what matters most to you.") % most)
    return text


def _one_of(keys: Collection[str], given: Any) -> str | None:
    if given in (None, ""):
        return None
    _all_of(keys, [given])
    return str(given)


def _all_of(keys: Collection[str], given: Collection[Any]) -> None:
    if not all(isinstance(one, str) and one in keys for one in given):
        raise Refusal(_("Choose from what is offered."))


def _order(keys: list[str], given: Any) -> list[str]:
    order = list(given) if isinstance(given, list | tuple) else []
    if order and sorted(map(str, order)) != sorted(keys):
        raise Refusal(_("Give each choice a place of its own: 1 to the one you like best, then 2, and so on."))
    return order


def sheet_id(form_key: str) -> int:
    """The id of the sheet that is sent with a form's key: one for each key, and it tells nothing of it."""
    return int.from_bytes(sha256(form_key.encode()).digest()[:8]) >> 1


@transaction.atomic
def answer_survey(*, survey: Survey, sheet: Sheet) -> None:
    """Take in the sheet of somebody who is nobody to us; sent again with the same key it is there once.

    Raises:
        Wrong: nothing was kept; the writer looks at some answers again.
        TokenRefused: the survey asks for a token, and this is none or was used.
        Refusal: the survey takes no answers now.
    """
    _take(survey, sheet)


@transaction.atomic
def note_sheet(*, actor: Person, survey: Survey, sheet: Sheet) -> None:
    """Enter a sheet that came on paper, with its token where the survey asks for one.

    Raises:
        NotAllowed: the actor may not enter sheets for the survey's unit.
        Wrong, TokenRefused, Refusal: as `answer_survey`.
    """
    if not may_note(actor, survey):
        policy.require(actor, Action.NOTE_SHEET, asked_on(survey.unit_id))
    if _take(survey, sheet):
        record(actor, Act("note_sheet", "survey", survey.pk, survey.unit_id, {}))


def _take(survey: Survey, sheet: Sheet) -> bool:
    """Whether the sheet was taken in now; it may have been before."""
    number = sheet_id(sheet.form_key)
    if SurveySheet.objects.filter(pk=number).exists():
        return False
    _check_open(survey)
    answers = checked(questions_in(survey), sheet.answers, sheet.keeps)
    if not answers:
        raise Refusal(_("Answer at least one question."))
    if survey.way == Survey.Way.TOKENS and not _use(survey, sheet.token):
        if SurveySheet.objects.filter(pk=number).exists():  # the same sheet, sent twice at one moment
            return False
        raise TokenRefused(_not_good())
    row = SurveySheet(pk=number, survey=survey, sealed=seal(survey.box, answers))
    SurveySheet.objects.bulk_create([row], ignore_conflicts=True)  # likewise
    # Looked at again with the row in place: whoever closes waits for it, and counts it or finds it gone.
    _check_open(survey)
    return True


def _check_open(survey: Survey) -> None:
    today = clock.today()
    rows = Survey.objects.filter(pk=survey.pk, state=SurveyState.OPEN, opens_on__lte=today, closes_on__gte=today)
    if not rows.exists():
        raise Refusal(_("This survey takes no answers now."))


def check_token(survey: Survey, typed: str) -> None:
    """Say before anything else is asked whether a code is good.

    Raises:
        TokenRefused: it is none of this survey's, or was used.
    """
    if not survey.tokens.filter(digest=digest_of(typed) or "", is_used=False).exists():
        raise TokenRefused(_not_good())


def _use(survey: Survey, typed: str) -> bool:
    """Whether the token was good, and is used now."""
    return bool(survey.tokens.filter(digest=digest_of(typed) or "", is_used=False).update(is_used=True))


def _not_good() -> str:
    return _("This code is none of this survey's, or was used. Look at it again, letter by letter.")
