"""`python -m benchmarks.peer.reported UNITS TABLES CHARTS TURNS OUT`: reports over so many units, as JSON.

Two: of TABLES tables and CHARTS charts, and of twice as many of both, each against python-docx in turn. The files
go to the folder OUT, as `small.docx` and `large.docx`. The database is the installation's, which is empty.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peer.settings")

import django

django.setup()

import docx
from django.core.management import call_command
from django.db import transaction
from docx.text.paragraph import Paragraph as WordParagraph
from tests.factories import LONG_AGO, Cast, make_cast

from benchmarks.peer.tree import grow
from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.forming import make_form, use_form
from motbuoc.domains.ledger.models import FormField, Indicator, NarrativeBox, ReportForm
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import Terms, make_schedule, open_period
from motbuoc.domains.ledger.submitted import Fact, HandedIn, ReportingPeriod, Submission
from motbuoc.domains.reporting.drafted import Draft, Part
from motbuoc.domains.reporting.drafting import begin_draft, refresh_draft
from motbuoc.domains.reporting.outlining import lines_of, make_outline
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.models import UnitClosure
from motbuoc.interfaces.papers.draft_paper import draft_file

PERIODS, INDICATORS, SEED, BATCH = 4, 5, 554, 5_000
SAID = (
    "Đã tổ chức đối thoại với {number} đoàn viên về nhà ở và việc làm.",
    "Phối hợp với mặt trận và các đoàn thể vận động nhân dân hiến đất làm đường.",
    "Tuyên truyền trên loa phát thanh {number} buổi; nhân dân đồng tình, không có vướng mắc kéo dài.",
    "Duy trì mô hình dân vận khéo về thu gom rác tại nguồn ở khu dân cư.",
)


def ledger(cast: Cast, units: list[int], tables: int) -> ReportingPeriod:
    """The last month of a form of so many items, each of some indicators, on which all units reported by month."""
    officer, unit = cast.officer, cast.bloc.pk
    indicators = Indicator.objects.bulk_create(
        Indicator(
            code=f"t{tables}_{item:02}_{place}",
            name=f"Chỉ tiêu {place} của nội dung {item}",
            item=str(item),
            unit=cast.bloc,
            valid_from=LONG_AGO,
            made_by=officer,
        )
        for item in range(1, tables + 1)
        for place in range(1, INDICATORS + 1)
    )
    form = make_form(actor=officer, unit_id=unit, code=f"M{tables}", name="Kết quả công tác dân vận")
    FormField.objects.bulk_create(
        FormField(form=form, indicator=row, position=place) for place, row in enumerate(indicators)
    )
    NarrativeBox.objects.bulk_create(
        NarrativeBox(form=form, item=str(item), title=f"Nội dung {item}", position=item)
        for item in range(1, tables + 1)
    )
    form = use_form(actor=officer, form=form, version=ReportForm.objects.get(pk=form.pk).version)
    terms = Terms(f"Báo cáo {tables}", PeriodCycle.MONTH, due_days=(5,))
    chosen = [row.descendant for row in UnitClosure.objects.filter(ancestor=cast.bloc, descendant__in=units)]
    schedule = make_schedule(actor=officer, unit_id=unit, form=form, terms=terms, units=chosen)
    last = clock.today().replace(day=1) - timedelta(days=1)
    spans = []
    for _ in range(PERIODS):
        spans.append(Span(last.replace(day=1), last))
        last = last.replace(day=1) - timedelta(days=1)
    for span in reversed(spans):
        period = open_period(actor=officer, schedule=schedule, span=span)
        accepted(cast, period, indicators, is_worded=span is spans[0])
    return ReportingPeriod.objects.select_related("schedule").get(pk=period.pk)


def accepted(cast: Cast, period: ReportingPeriod, indicators: list[Indicator], *, is_worded: bool) -> None:
    """Every unit's figures of a month, as if they had been handed in and accepted; in the last also its words."""
    chance = random.Random(SEED + period.pk)
    boxes = list(period.form.boxes.values_list("pk", flat=True)) if is_worded else []
    moment = clock.now()
    handed = HandedIn.objects.bulk_create(
        (
            HandedIn(
                submission=row,
                number=1,
                content={"cells": [], "words": {str(box): _said(chance) for box in boxes}},
                handed_in_by=cast.officer,
                accepted_by=cast.officer,
                accepted_at=moment,
            )
            for row in period.submissions.order_by("pk")
        ),
        batch_size=BATCH,
    )
    Submission.objects.filter(period=period).update(number=1, accepted_at=moment)
    Fact.objects.bulk_create(
        (
            Fact(
                period=period,
                unit_id=each.submission.unit_id,
                indicator=indicator,
                amount=Decimal(chance.randrange(50)),
                source=each,
                known_from=moment,
            )
            for each in handed
            for indicator in indicators
        ),
        batch_size=BATCH,
    )


def _said(chance: random.Random) -> str:
    return " ".join(words.format(number=chance.randrange(1, 90)) for words in chance.sample(SAID, 2))


def begun(cast: Cast, period: ReportingPeriod, tables: int, charts: int) -> Draft:
    """The report of a month: a section for each item, with figures, words and a table, some with a chart."""
    own = [Part.FIGURES.value, Part.TABLE.value]
    sections = [
        {
            "number": f"{item}.",
            "title": f"Nội dung {item}",
            "item": str(item),
            "parts": [*own, *([Part.CHART.value] if item <= charts else []), Part.WORDS.value],
        }
        for item in range(1, tables + 1)
    ]
    unit, name, lines = cast.bloc.pk, f"Mẫu {tables}", lines_of(sections)
    outline = make_outline(actor=cast.officer, unit_id=unit, name=name, cycle="", lines=lines)
    subject = "kết quả công tác dân vận"
    return begin_draft(
        actor=cast.officer, period=period, unit_id=cast.bloc.pk, outline=str(outline.pk), subject=subject
    )


def reference(written: bytes) -> Callable[[], bytes]:
    """A python-docx program that writes the text and the tables of a file, in order, and nothing else."""
    file = docx.Document(BytesIO(written))
    blocks: list[str | list[list[str]]] = [
        each.text if isinstance(each, WordParagraph) else [[cell.text for cell in row.cells] for row in each.rows]
        for each in file.iter_inner_content()
    ]

    def work() -> bytes:
        made = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                made.add_paragraph(block)
                continue
            table = made.add_table(rows=len(block), cols=len(block[0]), style="Table Grid")
            for row, words in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, words, strict=True):
                    cell.text = text
        saved = BytesIO()
        made.save(saved)
        return saved.getvalue()

    return work


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the processor, all threads, and of the clock."""
    processor, clocked = process_time(), perf_counter()
    work()
    return process_time() - processor, perf_counter() - clocked


def measured(cast: Cast, draft: Draft, turns: int, out: Path) -> dict[str, Any]:
    """The medians of assembling, of the two files and of the reference, one after the other in each turn."""

    def assemble() -> None:
        fresh = Draft.objects.get(pk=draft.pk)
        refresh_draft(actor=cast.officer, draft=fresh, version=fresh.version)

    def file(*, with_sources: bool = True) -> bytes:
        fresh = Draft.objects.select_related("period__schedule__basis", "unit").get(pk=draft.pk)
        return draft_file(fresh, with_sources=with_sources)

    written = file()
    out.write_bytes(written)
    bare = reference(written)
    works: dict[str, Callable[[], object]] = {
        "assemble": assemble,
        "sources": file,
        "plain": lambda: file(with_sources=False),
        "bare": bare,
    }
    rounds = [{name: timed(work) for name, work in works.items()} for _ in range(turns + 1)][1:]
    found: dict[str, Any] = {}
    for at, kind in enumerate(("", "_clock")):
        for name in works:
            found[name + kind] = median(turn[name][at] for turn in rounds)
        for name in ("assemble", "sources", "plain"):
            found[f"{name}_ratio{kind}"] = median(turn[name][at] / turn["bare"][at] for turn in rounds)
        whole = [(turn["assemble"][at] + turn["sources"][at]) / turn["bare"][at] for turn in rounds]
        found[f"whole_ratio{kind}"] = median(whole)
    return found


def main(units: int, tables: int, charts: int, turns: int, out: Path) -> dict[str, Any]:
    """Both reports."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
    grow(cast.bloc, units, 0)
    below = UnitClosure.objects.filter(ancestor=cast.bloc, depth__gt=0).exclude(descendant=cast.department)
    chosen = list(below.order_by("descendant").values_list("descendant", flat=True)[:units])
    found = {}
    for name, times in (("small", 1), ("large", 2)):
        period = ledger(cast, chosen, tables * times)
        draft = begun(cast, period, tables * times, charts * times)
        found[name] = measured(cast, draft, turns, out / f"{name}.docx")
    return found


if __name__ == "__main__":
    units, tables, charts, turns = map(int, sys.argv[1:5])
    sys.stdout.write(json.dumps(main(units, tables, charts, turns, Path(sys.argv[5]))))
