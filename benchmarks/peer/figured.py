"""`python -m benchmarks.peer.figured INNER BELOW INDICATORS MONTHS`: accepted figures of a committee, in an empty
database: INNER units with BELOW units under each, all of which reported INDICATORS figures in each of the MONTHS.

A tenth of the figures is broken down into two parts, some are added up into shares, two of the units of the last
month are missing. Rows are poured in below the services: this is about reading them. Their totals are kept, as the
worker keeps them.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from tests.factories import LONG_AGO, Cast, make_cast, make_unit

from motbuoc.domains.documents.models import Document, Duty, Provision
from motbuoc.domains.documents.states import DocumentState
from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.defining import Definition, define_breakdown, define_indicator
from motbuoc.domains.ledger.forming import make_form, put_field, use_form
from motbuoc.domains.ledger.models import FormField, ReportForm
from motbuoc.domains.ledger.periods import around, label_of
from motbuoc.domains.ledger.scheduling import Terms, make_schedule
from motbuoc.domains.ledger.selectors import categories_of
from motbuoc.domains.ledger.submitted import Fact, HandedIn, ReportingPeriod, Schedule, Submission
from motbuoc.domains.ledger.summing import sum_period
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit

PARTS, SHARES, MISSING = 10, 3, 2  # every tenth in parts; shares; units whose last report is missing
BATCH = 5_000


def make(inner: int, below: int, indicators: int, months: int) -> dict[str, Any]:
    """The ids a benchmark needs, and the sign-in name of the officer who sees all of it."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
        middle, units = _units(cast, inner, below)
        schedule, fields = _asked(cast, indicators, units)
        spans = [around(PeriodCycle.MONTH, clock.today() - timedelta(days=45))]
        while len(spans) < months:
            spans.insert(0, around(PeriodCycle.MONTH, spans[0].start - timedelta(days=1)))
        rng = random.Random(7)
        periods = [_reported(cast, schedule, fields, units, span, rng, span == spans[-1]) for span in spans]
    for period in periods:
        sum_period(period)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    broken = next(field.indicator_id for field in fields if field.is_broken_down)
    return {
        "period": periods[-1].pk,
        "top": cast.bloc.pk,
        "middle": middle.pk,
        "indicator": fields[1].indicator_id,
        "broken": broken,
        "facts": Fact.objects.count(),
        "today": clock.today().isoformat(),
        "officer": cast.officer.account.username,
    }


def _units(cast: Cast, inner: int, below: int) -> tuple[Unit, list[int]]:
    """One of the units in the middle, and all."""
    found, middle = [], cast.unit_b
    for number in range(inner):
        middle = make_unit(f"Đảng bộ cơ sở số {number}", UnitKind.PARTY_BASE_ORG, cast.bloc, f"I{number}")
        found.append(middle.pk)
        for each in range(below):
            cell = make_unit(f"Chi bộ {number}.{each}", UnitKind.PARTY_CELL, middle, f"C{number}.{each}")
            found.append(cell.pk)
    return middle, found


def _asked(cast: Cast, indicators: int, units: list[int]) -> tuple[Schedule, list[FormField]]:
    officer, unit = cast.officer, cast.bloc.pk
    parts = define_breakdown(actor=officer, unit_id=unit, code="gioi", name="Giới", categories=["Nam", "Nữ"])
    form = make_form(actor=officer, unit_id=unit, code="01-DV", name="Kết quả công tác dân vận")
    fields = []
    for number in range(indicators):
        is_broken = number % PARTS == 0
        name = f"Cuộc đối thoại, tiếp xúc, nắm tình hình số {number}"
        what = Definition(f"i{number}", name, item="2", breakdown_id=parts.pk if is_broken else None)
        indicator = define_indicator(actor=officer, unit_id=unit, what=what, valid_from=LONG_AGO)
        version = ReportForm.objects.get(pk=form.pk).version
        fields.append(
            put_field(actor=officer, form=form, version=version, indicator=indicator, is_broken_down=is_broken)
        )
    for number in range(SHARES):
        above, out_of = fields[number + 1].indicator_id, fields[number + 5].indicator_id
        what = Definition(f"t{number}", f"Tỷ lệ số {number}", numerator_id=above, denominator_id=out_of)
        define_indicator(actor=officer, unit_id=unit, what=what, valid_from=LONG_AGO)
    form = use_form(actor=officer, form=form, version=ReportForm.objects.get(pk=form.pk).version)
    terms = Terms("Báo cáo tháng", PeriodCycle.MONTH, due_days=(5,))
    chosen = Unit.objects.filter(pk__in=units)
    return make_schedule(actor=officer, unit_id=unit, form=form, terms=terms, units=chosen), fields


def _reported(
    cast: Cast, schedule: Schedule, fields: list[FormField], units: list[int], span: Any, rng: Any, is_last: bool
) -> ReportingPeriod:
    """A month, its reports and their figures."""
    period = _opened(cast, schedule, span)
    duty, now = period.document.duties.get(), clock.now()
    Assignment.objects.bulk_create(
        Assignment(
            duty=duty,
            document=period.document,
            provision=duty.provision,
            unit_id=unit,
            given_to_id=unit,
            state=AssignmentState.ACCEPTED,
            assigned_on=span.end,
            news_on=span.end,
            due_on=span.end + timedelta(days=5),
            first_due_on=span.end + timedelta(days=5),
        )
        for unit in units
    )
    missing = set(rng.sample(units, MISSING)) if is_last else set()
    rows = Submission.objects.bulk_create(
        Submission(
            period=period,
            unit_id=unit,
            assignment_id=assignment,
            number=0 if unit in missing else 1,
            entered_at=now,
            handed_in_at=None if unit in missing else now,
            first_handed_in_at=None if unit in missing else now,
            is_complete=True,
        )
        for assignment, unit in Assignment.objects.filter(duty=duty).order_by("pk").values_list("pk", "unit_id")
    )
    Assignment.objects.filter(duty=duty, unit__in=missing).update(state=AssignmentState.IN_PROGRESS)
    given = HandedIn.objects.bulk_create(
        HandedIn(submission=row, number=1, content={}, handed_in_by=cast.secretary, accepted_at=now)
        for row in rows
        if row.number
    )
    facts = _facts(period, fields, given, rng)
    while batch := list(islice(facts, BATCH)):
        Fact.objects.bulk_create(batch)
    ReportingPeriod.objects.filter(pk=period.pk).update(facts_version=1)
    return period


def _facts(period: ReportingPeriod, fields: list[FormField], given: list[HandedIn], rng: Any) -> Iterator[Fact]:
    broken = [field for field in fields if field.is_broken_down]
    parts = {field.pk: list(categories_of([field.indicator_id])) for field in broken}
    for source in given:
        for field in fields:
            for category in parts.get(field.pk, [None]):
                yield Fact(
                    period=period,
                    unit_id=source.submission.unit_id,
                    indicator_id=field.indicator_id,
                    category=category,
                    amount=Decimal(rng.randrange(1, 1000)),
                    is_estimate=rng.random() < 0.1,
                    source=source,
                    known_from=source.handed_in_at,
                )


def _opened(cast: Cast, schedule: Schedule, span: Any) -> ReportingPeriod:
    label = label_of(schedule.cycle, span)
    file = StoredFile.objects.create(content=label, name="x.txt", size=1, sha256="0" * 64, media_type="text/plain")
    document = Document.objects.create(
        unit=cast.bloc,
        file=file,
        text=label,
        reading={},
        subject=label,
        state=DocumentState.ISSUED,
        brought_by=cast.officer,
        brought_at=clock.now(),
    )
    item = Provision.objects.create(document=document, number="1", position=0, start=0, end=1)
    Duty.objects.create(document=document, provision=item, position=0, start=0, end=1, text=label)
    return ReportingPeriod.objects.create(
        schedule=schedule,
        form=schedule.form,
        document=document,
        label=label,
        start=span.start,
        end=span.end,
        cutoff_on=span.end,
        opened_by=cast.officer,
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(*map(int, sys.argv[1:]))))
