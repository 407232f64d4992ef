"""What dialogues keep of whoever asked, for how long, and how it is deleted.

A question that was dealt with loses its receipt first, and with it the way back of whoever holds it; later its
words, its answer and what was said not to be solved. That a question was asked stays, as the year's figures rest
on it; so does what was promised, a task like any other, and what the official notice cites. The history holds no
words of questions.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.models import Question
from motbuoc.domains.dialogue.selectors import about
from motbuoc.domains.dialogue.states import GONE, QuestionState
from motbuoc.domains.listening import privacy
from motbuoc.domains.listening.retention import Kept, declare

LAPSED = "lapsed-"
DEALT_WITH = (QuestionState.ANSWERED, QuestionState.ASIDE)


def _over(day: date) -> Any:
    """The questions dealt with before a day, by themselves or with their group; what is owed an answer waits."""
    alone = Q(alike=None, state__in=DEALT_WITH) & _before(day)
    grouped = Q(alike__state__in=DEALT_WITH) & _before(day, "alike__")
    return Question.objects.filter(alone | grouped, asked_on__lt=day)


def _before(day: date, path: str = "") -> Q:
    answered = f"{path}answered_on"
    return Q(**{answered: None}) | Q(**{f"{answered}__lt": day})


def let_receipts_lapse(day: date) -> int:
    """End the receipts of what was dealt with before a day, and delete all that was sealed beside them."""
    rows = list(_over(day).exclude(receipt__startswith=LAPSED))
    privacy.forget([about(question) for question in rows])
    for question in rows:
        question.receipt = f"{LAPSED}{question.pk}"
    Question.objects.bulk_update(rows, ["receipt"], batch_size=500)
    return len(rows)


def delete_words(day: date) -> int:
    """Delete the words of what was dealt with before a day: asked, answered, and said not to be solved."""
    let_receipts_lapse(day)
    gone: dict[str, Any] = {"text": GONE, "answer": "", "reason": "", "unsolved": "", "is_shown": False}
    return int(_over(day).exclude(text=GONE).update(**gone))


ANSWERED = _("the day of the answer")

declare(Kept("receipt", _("Receipts of questions"), ANSWERED, 730, let_receipts_lapse))
declare(
    Kept("question", _("The words of questions and answers at dialogues"), ANSWERED, 1825, delete_words),
)
