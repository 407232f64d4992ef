"""What was promised and is said not to be solved is opened again, by the rule, on the day after it was said.

Not at once: a line of the history and an entry of the task know the second at which they were written, and of
whoever holds a receipt no moment is kept, of time only the day. Until then the office may decide otherwise:
whatever it has answered anew or set aside stays closed.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q, QuerySet

from motbuoc.domains.dialogue.models import Commitment, Question
from motbuoc.domains.dialogue.states import QuestionState
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.services import step_within
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.services import Act, record

OPENED = (
    "Người hỏi báo chưa giải quyết xong câu hỏi số {number} của cuộc đối thoại “{subject}” (ngày {day:%d/%m/%Y}). "
    "Hệ thống tự mở lại theo quy tắc của sổ cam kết, sau khi kết quả đã được chấp nhận."
)
"""Why a task was opened again; Vietnamese, because it is kept. What whoever asked has said stands with the
question alone, and is deleted with it."""


def _disputed() -> QuerySet[Commitment]:
    """What was promised, whose task was accepted, and of which somebody says that it is not solved."""
    again = Q(question__state=QuestionState.AGAIN)
    return Commitment.objects.filter(
        again, is_dropped=False, duty__assignments__state=AssignmentState.ACCEPTED
    ).select_related("dialogue", "question")


def _said(question: Question) -> Question | None:
    """Who said last that it is not solved: of the question itself or of one grouped with it."""
    rows = Question.objects.filter(Q(pk=question.pk) | Q(alike=question), unsolved_on__isnull=False)
    return rows.order_by("unsolved_on", "pk").last()


def reopen_unsolved() -> int:
    """Open again each accepted task of a promise that is said not to be solved since; how many.

    Twice does no harm. It is done in the name of whoever accepted the result, which is what is disputed; the
    entry says that the rule did it.
    """
    return sum(_reopen(pk) for pk in _disputed().values_list("pk", flat=True).distinct())


@transaction.atomic
def _reopen(pk: int) -> int:
    commitment = (
        Commitment.objects.select_for_update(of=("self",)).select_related("dialogue", "question").get(pk=pk)
    )
    assert commitment.question
    said = _said(commitment.question)
    if said is None or said.unsolved_on is None or said.unsolved_on >= clock.today():
        return 0
    tasks = Assignment.objects.filter(
        duty=commitment.duty_id, state=AssignmentState.ACCEPTED, accepted_on__lte=said.unsolved_on
    )
    words = OPENED.format(number=said.number, subject=commitment.dialogue.subject, day=said.unsolved_on)
    return sum(_open_again(task, commitment, words) for task in tasks.select_related("document"))


def _open_again(task: Assignment, commitment: Commitment, words: str) -> int:
    accepted = task.entries.filter(step="accept").order_by("pk").last()
    if accepted is None:
        return 0
    step_within(accepted.written_by, task, "reopen", words, may=True)
    values = {"assignment": task.pk, "question": commitment.question_id}
    dialogue = commitment.dialogue
    record(accepted.written_by, Act("reopen_commitment", "dialogue", dialogue.pk, dialogue.unit_id, values))
    return 1


def unsolved_of(assignment: Assignment) -> QuerySet[Question]:
    """What was said not to be solved of what this task promised, for whoever may see the task: the words that were
    screened before they were kept, and of time the day."""
    promised = Commitment.objects.filter(duty=assignment.duty_id, question__isnull=False).values("question")
    said = Question.objects.filter(Q(pk__in=promised) | Q(alike__in=promised)).exclude(unsolved="")
    return said.order_by(F("unsolved_on").desc(), "pk")
