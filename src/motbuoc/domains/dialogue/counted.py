"""The counters of dialogues: those held, and what was asked and answered at them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.models import Dialogue, Question
from motbuoc.domains.dialogue.states import BEEN_HELD, QuestionState
from motbuoc.domains.ledger.counters import Counter, declare


def held(units: Collection[int], start: date, end: date) -> QuerySet[Dialogue]:
    """Dialogues held in the days."""
    return Dialogue.objects.filter(unit__in=units, state__in=BEEN_HELD, held_on__range=(start, end)).annotate(
        counted_for=F("unit_id")
    )


def asked(units: Collection[int], start: date, end: date) -> QuerySet[Question]:
    """Questions of dialogues held in the days."""
    dialogues = held(units, start, end).values("pk")
    return Question.objects.filter(dialogue__in=dialogues).annotate(counted_for=F("dialogue__unit_id"))


def answered(units: Collection[int], start: date, end: date) -> QuerySet[Question]:
    """Of these, the ones answered, those grouped with an answered one among them."""
    rows = asked(units, start, end)
    return rows.filter(state=QuestionState.ANSWERED) | rows.filter(alike__state=QuestionState.ANSWERED)


def answered_on_the_spot(units: Collection[int], start: date, end: date) -> QuerySet[Question]:
    """Of these, the ones answered at the dialogue itself."""
    return answered(units, start, end).filter(handling=Question.Handling.ON_THE_SPOT)


declare(Counter("dialogue.held", _("Dialogues held"), held, "dialogue_detail", str))
declare(Counter("dialogue.asked", _("Questions asked at dialogues"), asked, "question_detail", str))
declare(Counter("dialogue.answered", _("Questions answered"), answered, "question_detail", str))
declare(
    Counter(
        "dialogue.on_the_spot", _("Questions answered on the spot"), answered_on_the_spot, "question_detail", str
    )
)
