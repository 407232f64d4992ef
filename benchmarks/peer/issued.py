"""`python -m benchmarks.peer.issued STEP …`: great directives on their way to thousands of units.

`fill UNITS DUTIES GREAT` makes so many confirmed directives, each of DUTIES duties to UNITS units, beside a small
one that is issued; `pace ID VERSION BATCHES` times batches of one of them against the bare insertion of the same
rows; `told ID VERSION` counts what units got of another. Each prints JSON.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from tests.factories import Cast, make_cast, make_directive, make_document

from benchmarks.peer.tree import grow
from motbuoc.domains.documents.models import Document, Duty, Provision
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.issuing import begin_issuing, issue_batch
from motbuoc.domains.work.models import Assignment, Issuing
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitGroup

ABOVE = 50 + 50 * 20  # the units of the two levels above the cells (`tree.LEVELS`)


def fill(units: int, duties: int, great: int) -> dict[str, Any]:
    """So many confirmed directives to all cells, and what a benchmark needs to issue them."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
        make_directive(cast)
    grow(cast.bloc, units + ABOVE, 0)
    cells = UnitGroup.objects.create(owner=None, name="Các chi bộ", kinds=[UnitKind.PARTY_CELL.value])
    documents = [_confirmed(cast, cells, duties, number) for number in range(great)]
    return {"documents": [(row.pk, row.version) for row in documents], "officer": cast.officer.account.username}


def _confirmed(cast: Cast, cells: UnitGroup, duties: int, number: int) -> Document:
    document = make_document(cast)
    document.duties.all().delete()
    document.provisions.all().delete()
    document.addressees.update(group=cells)
    Document.objects.filter(pk=document.pk).update(code=f"{100 + number}-CV/ĐUK")
    for at in range(duties):
        span = {"position": at, "start": at, "end": at + 1}
        item = Provision.objects.create(document=document, number=str(at + 1), **span)
        words = {"text": f"Tổ chức việc số {at + 1}", "verb": "tổ chức", "what": f"việc số {at + 1}"}
        Duty.objects.create(document=document, provision=item, **span, **words)
    document.refresh_from_db()
    return confirm_document(actor=cast.officer, document=document, version=document.version)


def pace(pk: int, version: int, batches: int) -> dict[str, Any]:
    """The time of a batch ÷ that of inserting as many of the same rows and nothing else, in pairs."""
    document = Document.objects.get(pk=pk)
    actor = document.brought_by
    assert actor
    issuing = begin_issuing(actor=actor, document=document, version=version)
    spare = list(Duty.objects.filter(document=document).order_by("pk"))
    for duty in spare:  # the same rows again, of duties that nobody issues
        duty.pk, duty.is_dropped = None, True
        duty._state.adding = True
        duty.save()
    ratios, rows, spent = [], 0, 0.0
    for _turn in range(batches):
        last = Assignment.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        start = perf_counter()
        issue_batch(issuing.pk)
        taken = perf_counter() - start
        made = list(Assignment.objects.filter(pk__gt=last).order_by("pk"))
        by_position = {duty.position: duty for duty in spare}
        for row in made:
            row.pk, row.duty = None, by_position[row.duty.position]
            row._state.adding = True
        start = perf_counter()
        with transaction.atomic():
            Assignment.objects.bulk_create(made, batch_size=500)
        ratios.append(taken / (perf_counter() - start))
        rows, spent = rows + len(made), spent + taken
    Issuing.objects.filter(pk=issuing.pk).update(state=Issuing.State.STOPPED)
    return {"ratio": median(ratios[1:]), "rows": rows, "s": spent}


def told(pk: int, _version: int) -> dict[str, Any]:
    """How many assignments, lines of history about them, copies and pairs of duty and unit there are of one."""
    rows = Assignment.objects.filter(document=pk)
    lines = HistoryLine.objects.filter(action="assign", object_type="assignment", object_id__in=rows.values("pk"))
    return {
        "rows": rows.count(),
        "pairs": rows.order_by().values("duty", "unit").distinct().count(),
        "lines": lines.count(),
        "copies": Document.objects.get(pk=pk).copies.count(),
        "said": Issuing.objects.get(document=pk).done,
        "state": Issuing.objects.get(document=pk).state,
    }


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {"fill": fill, "pace": pace, "told": told}
    sys.stdout.write(json.dumps(steps[sys.argv[1]](*map(int, sys.argv[2:]))))
