"""`python -m benchmarks.peer.entering STEP …`: one unit's form of many cells, and saving one of them.

`fill INDICATORS PARTS` makes it, full, with the month before accepted; `cells UNIT TIMES` times saving a cell
against a bare update of its row. Each prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from decimal import Decimal
from statistics import median
from time import process_time
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from tests.factories import LONG_AGO, Cast, make_cast
from tests.factories.ledger import NOVEMBER, OCTOBER, submission_of

from motbuoc.domains.ledger.choices import Comparison, PeriodCycle
from motbuoc.domains.ledger.defining import Definition, define_breakdown, define_indicator
from motbuoc.domains.ledger.filling import CellKey, Entered, Held, lines_of, save_cells
from motbuoc.domains.ledger.forming import make_form, put_box, put_check, put_field, use_form
from motbuoc.domains.ledger.models import ReportForm
from motbuoc.domains.ledger.scheduling import Terms, make_schedule, open_period
from motbuoc.domains.ledger.services import accept, hand_in
from motbuoc.domains.ledger.submitted import Submission, Value
from motbuoc.foundation.people.models import Person

CHECKS = 20


def fill(indicators: int, parts: int) -> dict[str, Any]:
    """A unit's form of November with a figure in each cell, that of October accepted, and who fills it in."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
        form = _form(cast, indicators, parts)
        terms = Terms("Báo cáo tháng", PeriodCycle.MONTH)
        schedule = make_schedule(
            actor=cast.officer, unit_id=cast.bloc.pk, form=form, terms=terms, units=[cast.unit_a]
        )
        for span in (OCTOBER, NOVEMBER):
            period = open_period(actor=cast.officer, schedule=schedule, span=span)
            mine = submission_of(period, cast.unit_a.pk)
            keys = [key for line in lines_of(form.pk) for key in line.keys]
            entered = [Entered(key, Held(Decimal(number % 90 + 10))) for number, key in enumerate(keys)]
            save_cells(actor=cast.secretary, submission=mine, entered=entered)
            if span == OCTOBER:
                mine = submission_of(period, cast.unit_a.pk)
                hand_in(actor=cast.secretary, submission=mine, version=mine.version)
                mine = submission_of(period, cast.unit_a.pk)
                accept(actor=cast.officer, submission=mine, version=mine.version)
    return {"submission": mine.pk, "who": cast.secretary.account.username, "cells": len(keys)}


def _form(cast: Cast, indicators: int, parts: int) -> ReportForm:
    """So many indicators, each by so many parts, with rules among them and boxes for words."""
    officer, unit = cast.officer, cast.bloc.pk
    names = [f"Nhóm {number}" for number in range(1, parts + 1)]
    groups = define_breakdown(actor=officer, unit_id=unit, code="nhom", name="Nhóm", categories=names)
    form = make_form(actor=officer, unit_id=unit, code="01-DV", name="Kết quả công tác dân vận")

    def version() -> int:
        return ReportForm.objects.get(pk=form.pk).version

    for number in range(indicators):
        what = Definition(f"i{number}", f"Kết quả thứ {number + 1}", item="1", breakdown_id=groups.pk)
        indicator = define_indicator(actor=officer, unit_id=unit, what=what, valid_from=LONG_AGO)
        put_field(actor=officer, form=form, version=version(), indicator=indicator, is_broken_down=True)
    put_box(actor=officer, form=form, version=version(), title="Tình hình nổi bật", item="1")
    fields = list(form.fields.all())
    for one, other in zip(fields[:CHECKS:2], fields[1:CHECKS:2], strict=True):
        rule: dict[str, Any] = {"actor": officer, "form": form, "field": one}
        put_check(**rule, version=version(), comparison=Comparison.AT_MOST, others=[other], blocks=False)
        put_check(**rule, version=version(), comparison=Comparison.NEAR_LAST, others=[], percent=50)
    return use_form(actor=officer, form=form, version=version())


def cells(submission: int, times: int) -> dict[str, Any]:
    """Processor time of saving one cell by the service, and of a bare update of its row, in turn: the medians.

    Each saving is somebody's request: the rights of who acts are read for it.
    """
    mine = Submission.objects.select_related("assignment").get(pk=submission)
    who, row = mine.entered_by_id or 0, mine.values.order_by("pk")[0]
    key = CellKey(row.field_id, row.category_id or 0)
    ours, bare = [], []
    for number in range(times):
        new, was = Held(Decimal(20 + number % 50)), Held(Decimal(20 + (number - 1) % 50)) if number else None
        actor = Person.objects.get(pk=who)
        start = process_time()
        save_cells(actor=actor, submission=mine, entered=[Entered(key, new, was)])
        ours.append(process_time() - start)
        start = process_time()
        with transaction.atomic():
            Value.objects.filter(pk=row.pk).update(amount=new.amount)
        bare.append(process_time() - start)
    return {"ours": median(ours), "bare": median(bare)}


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": fill, "cells": cells}
    sys.stdout.write(json.dumps(steps[sys.argv[1]](*map(int, sys.argv[2:]))))
