"""`python -m benchmarks.peer.surveyed SHEETS`: a survey of so many sheets made, counted and asked for, timed."""

from __future__ import annotations

import json
import os
import random
import resource
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

import duckdb
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from tests.factories import make_cast

from benchmarks.line import seconds
from motbuoc.domains.surveys.building import Asking, add_question
from motbuoc.domains.surveys.counting import count_survey
from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveySheet
from motbuoc.domains.surveys.sealing import opened, seal
from motbuoc.domains.surveys.selectors import questions_in
from motbuoc.domains.surveys.services import SurveyPlan, make_survey, take_survey_step
from motbuoc.foundation.core import clock

SINGLE, SCALES, ROUNDS, AT_ONCE = 4, 6, 20, 20_000


def main() -> None:
    """Print what was timed, in seconds, and the peak memory of counting in bytes."""
    size = int(sys.argv[1])
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ALLOWED_HOSTS, settings.SECOND_FACTOR_REQUIRED = ["testserver"], False
    cast = make_cast()
    survey = _made(cast)
    columns = _answer(survey, size)
    found = {"opening": _timed(lambda: _open(survey))}
    take_survey_step(actor=cast.officer, survey=survey, version=survey.version, name="close_survey")
    found["counting"] = _timed(lambda: count_survey(survey.pk))
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    client = Client()
    client.force_login(cast.officer.account)
    group, other = questions_in(survey)[0], questions_in(survey)[-1]
    found["page"] = seconds(lambda: _asked(client, f"/khao-sat/{survey.pk}/ket-qua/"), ROUNDS)
    crossed = f"/khao-sat/{survey.pk}/ket-qua/theo-nhom/?nhom={group.pk}&cau={other.pk}"
    found["crossed"] = seconds(lambda: _asked(client, crossed), ROUNDS)
    found |= _bare(columns)
    print(json.dumps(found))


def _made(cast: Any) -> Survey:
    today = clock.today()
    plan = SurveyPlan("Đo", "Đo", "Đồng ý", today, today)
    survey = make_survey(actor=cast.officer, unit_id=cast.bloc.pk, plan=plan)
    for at in range(SINGLE + SCALES):
        kind = "single" if at < SINGLE else "scale"
        asking = Asking(f"Câu {at}", ("A", "B", "C", "D") if at < SINGLE else (), is_group=not at)
        fresh = Survey.objects.get(pk=survey.pk)
        add_question(actor=cast.officer, survey=fresh, version=fresh.version, kind=kind, asking=asking)
    fresh = Survey.objects.get(pk=survey.pk)
    return take_survey_step(actor=cast.officer, survey=fresh, version=fresh.version, name="open_survey")


def _answer(survey: Survey, size: int) -> dict[str, list[str]]:
    """So many sheets, answered by lot; the same answers as columns for the engine."""
    lot = random.Random(size)
    questions: list[SurveyQuestion] = questions_in(survey)
    columns = {str(one.pk): lot.choices(one.keys, range(3, 3 + len(one.keys)), k=size) for one in questions}
    names = list(columns)
    for start in range(0, size, AT_ONCE):
        rows = zip(*(column[start : start + AT_ONCE] for column in columns.values()), strict=True)
        sheets = (seal(survey.box, dict(zip(names, row, strict=True))) for row in rows)
        with transaction.atomic():
            SurveySheet.objects.bulk_create(
                SurveySheet(pk=lot.getrandbits(62), survey=survey, sealed=sealed) for sealed in sheets
            )
    return columns


def _open(survey: Survey) -> None:
    """Only read and open every sheet."""
    for sealed in survey.sheets.values_list("sealed", flat=True).order_by().iterator(chunk_size=AT_ONCE):
        opened(survey.box, bytes(sealed))


def _timed(work: Any) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def _asked(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code


def _bare(columns: dict[str, list[str]]) -> dict[str, float]:
    """The engine's own: the counts of every question, and of one by another, over a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = Path(settings.DATA_DIR) / "answers.parquet"
    pq.write_table(pa.table({f"q{name}": column for name, column in columns.items()}), path)
    names = [f"q{name}" for name in columns]
    with duckdb.connect() as engine:
        engine.execute(f"SET threads = {os.cpu_count()}")
        each = [f"SELECT {name}, count(*) FROM '{path}' GROUP BY 1" for name in names]
        pair = f"SELECT {names[0]}, {names[-1]}, count(*) FROM '{path}' GROUP BY 1, 2"
        return {
            "bare": seconds(lambda: [engine.execute(one).fetchall() for one in each], ROUNDS),
            "bare_crossed": seconds(lambda: engine.execute(pair).fetchall(), ROUNDS),
        }


if __name__ == "__main__":
    main()
