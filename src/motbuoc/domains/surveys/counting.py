"""A closed survey is counted once: its sheets are opened, added up and destroyed, its tokens and its box too.

What is left is what may be shown (`figuring`) and, where enough wrote any, what was written in own words,
shuffled. Nothing in the database is finer than that any more, so nobody can come back later with another filter or
a smaller group.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from secrets import SystemRandom
from typing import Any

from django.db import transaction

from motbuoc.domains.listening.suppression import smallest_group
from motbuoc.domains.surveys.figuring import crossed_of, figures_of
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveyResult, SurveySheet, SurveyText
from motbuoc.domains.surveys.sealing import opened
from motbuoc.domains.surveys.selectors import Answers, questions_in, result_of
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.domains.surveys.tally import Tally

AT_ONCE = 20_000  # sheets that are in memory together
IDS = 2**62


@transaction.atomic
def count_survey(survey_id: int) -> SurveyResult | None:
    """Count a survey that was closed, if it is not counted yet. None: it is not closed.

    Raises: sealing.CannotOpen: the installation's secret key is another than when it was answered. Nothing is
        destroyed.
    """
    # Whoever is just handing in a sheet is waited for; whoever comes later finds the survey closed.
    survey = Survey.objects.select_for_update().get(pk=survey_id)
    if survey.state != SurveyState.CLOSED:
        return None
    if there := result_of(survey):
        return there
    questions = questions_in(survey)
    tally = Tally(questions)
    for sheets in _sheets_of(survey):
        tally.add(sheets)
    figures = figures_of(tally)
    values = {"figures": figures, "crossed": crossed_of(tally, figures) if figures else {}}
    result = SurveyResult.objects.create(survey=survey, answers=tally.size if figures else 0, **values)
    _keep_texts(questions, tally)
    survey.sheets.all().delete()
    survey.tokens.all().delete()
    survey.box = ""
    survey.save(update_fields=["box"])
    return result


def _sheets_of(survey: Survey) -> Iterator[Sequence[Answers]]:
    rows = SurveySheet.objects.filter(survey=survey).order_by().values_list("sealed", flat=True)
    read: Any = rows.iterator(chunk_size=AT_ONCE)
    with closing(read) as left:  # PostgreSQL's cursor too, where a sheet cannot be opened
        while chunk := [opened(survey.box, bytes(sealed)) for sealed in islice(left, AT_ONCE)]:
            yield chunk


def _keep_texts(questions: Sequence[SurveyQuestion], tally: Tally) -> None:
    """What was written to each question that enough wrote to, under ids drawn by lot."""
    lot = SystemRandom()
    for question in questions:
        texts = tally.texts.get(question.pk, [])
        if len(texts) >= smallest_group() and tally.size >= smallest_group():
            ids = lot.sample(range(1, IDS), len(texts))
            lot.shuffle(texts)
            rows = [
                SurveyText(pk=pk, question=question, text=text)
                for pk, text in zip(sorted(ids), texts, strict=True)
            ]
            SurveyText.objects.bulk_create(rows, batch_size=5_000)
