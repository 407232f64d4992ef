"""`python -m benchmarks.peer.tracked UNITS ASSIGNMENTS`: so many assignments in a province of so many units, in an
empty database; and one directive of GREAT_DUTIES duties to GREAT_UNITS of them where it fits ten times.

Rows are poured in below the services (COPY, executemany): this is about reading them.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from tests.factories import LONG_AGO, Cast, make_cast, make_person

from benchmarks.peer.tree import grow
from motbuoc.domains.documents.models import Copy, Document, Duty, Provision, TimeKind
from motbuoc.domains.documents.states import CopyState, DocumentState
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.units.models import Unit, UnitVersion

S = AssignmentState
DUTIES, UNITS = 5, 500  # of a directive: 2,500 assignments
GREAT_DUTIES, GREAT_UNITS = 20, 5_000
PLAIN = ("Tổ chức hội nghị", "Rà soát, lập danh sách", "Kiểm tra, giám sát", "Báo cáo kết quả", "Tuyên truyền")
ABOUT = (
    "dân vận khéo",
    "cải cách hành chính",
    "chuyển đổi số",
    "phòng cháy",
    "an toàn giao thông",
    "nông thôn mới",
)
STATES = (*[S.ACCEPTED] * 50, *[S.IN_PROGRESS] * 20, *[S.ASSIGNED] * 14, *[S.ACKNOWLEDGED] * 9, *[S.SUBMITTED] * 5)
STATES = (*STATES, *[S.RETURNED] * 2)
KINDS = (*[TimeKind.DATED] * 14, *[TimeKind.PERIODIC] * 3, TimeKind.CONTINUOUS, TimeKind.UNDATED, TimeKind.EVENT)
TENTH = 10  # of the assignments have entries and lines of history


def make(units: int, assignments: int) -> dict[str, Any]:
    """The ids a benchmark needs, and the sign-in names of those who ask."""
    call_command("migrate", verbosity=0)
    rng = random.Random(5)
    with transaction.atomic():
        cast = make_cast()
        grow(cast.province, units - 5, units)
        everything = make_person("Hà Thử Cả", "tatca", Role.CENTRAL_OFFICER, cast.province)
        for role in (Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR):
            Grant.objects.create(person=everything, role=role, unit=cast.province, valid_from=LONG_AGO)
        region, cell = _some(units)
        make_person("Đinh Thử Vùng", "vung", Role.DEPARTMENT_OFFICER, region)
        make_person("Cao Thử Ô", "chibo", Role.UNIT_SECRETARY, cell)
        great = assignments >= 10 * GREAT_DUTIES * GREAT_UNITS
        plain = (assignments - (GREAT_DUTIES * GREAT_UNITS if great else 0)) // (DUTIES * UNITS)
        sizes = [(DUTIES, UNITS)] * plain + ([(GREAT_DUTIES, GREAT_UNITS)] if great else [])
        documents = _directives(cast, sizes)
        everywhere = list(Unit.objects.exclude(pk=cast.province.pk).order_by("pk").values_list("pk", flat=True))
        duties = {document.pk: list(document.duties.all()) for document in documents}  # COPY lets nothing else ask
        pour(Assignment, _assignments(duties, sizes, everywhere, rng))
        _copies(documents)
        _steps(cast)
    with connection.cursor() as cursor:
        # PostgreSQL's autovacuum does both soon after so many rows came in.
        cursor.execute("vacuum analyze" if connection.vendor == "postgresql" else "analyze")
    one = Assignment.objects.filter(document=documents[0], state=S.IN_PROGRESS).order_by("pk").first()
    assert one
    return {
        "document": documents[0].pk,
        "great": documents[-1].pk if great else None,
        "assignment": one.pk,
        "count": Assignment.objects.count(),
        "unit": cell.pk,
        "everything": "tatca",
        "region": "vung",
        "cell": "chibo",
    }


def _some(units: int) -> tuple[Unit, Unit]:
    """A unit with about a thousand below it, and one with nothing below."""
    by_code = {
        v.code: v.unit_id for v in UnitVersion.objects.filter(code__in=("party_upper_base.0", "party_cell.7"))
    }
    return Unit.objects.get(pk=by_code["party_upper_base.0"]), Unit.objects.get(pk=by_code["party_cell.7"])


def _directives(cast: Cast, sizes: Sequence[tuple[int, int]]) -> list[Document]:
    now = clock.now()
    documents = []
    for number, (duties, _units) in enumerate(sizes, 1):
        parts = [
            f"{at + 1}. {PLAIN[at % len(PLAIN)]} về {ABOUT[(number + at) % len(ABOUT)]} số {number}"
            for at in range(duties)
        ]
        file = StoredFile.objects.create(
            content=f"{number}", name=f"{number}.txt", size=1, sha256=f"{number:064x}", media_type="text/plain"
        )
        document = Document.objects.create(
            unit=cast.bloc if number % 2 else cast.province,
            file=file,
            text="\n".join(parts),
            reading={},
            code=f"{number}-CV/TU",
            subject=f"Về việc {ABOUT[number % len(ABOUT)]} năm 2026, đợt {number}",
            state=DocumentState.ISSUED,
            brought_by=cast.officer,
            brought_at=now - timedelta(hours=number),
            released_at=now - timedelta(hours=number),
        )
        start = 0
        for position, words in enumerate(parts):
            span = {"start": start, "end": start + len(words)}
            item = Provision.objects.create(document=document, number=str(position + 1), position=position, **span)
            kind = KINDS[(number * 7 + position * 3) % len(KINDS)]
            Duty.objects.create(
                document=document, provision=item, position=position, text=words[3:], time_kind=kind, **span
            )
            start += len(words) + 1
        documents.append(document)
    return documents


def _assignments(
    duties: dict[int, list[Duty]], sizes: Sequence[tuple[int, int]], units: list[int], rng: random.Random
) -> Iterator[dict[str, Any]]:
    today = clock.today()
    for asked, (_duties, width) in zip(duties.values(), sizes, strict=True):
        given = rng.sample(units, width)
        assigned = today - timedelta(days=rng.randint(20, 300))
        for duty in asked:
            due = (
                assigned + timedelta(days=rng.randint(20, 300))
                if duty.time_kind in (TimeKind.DATED, TimeKind.PERIODIC)
                else None
            )
            for unit in given:
                yield _row(duty, unit, assigned, due, today, rng)


def _row(
    duty: Duty, unit: int, assigned: date, due: date | None, today: date, rng: random.Random
) -> dict[str, Any]:
    state = rng.choice(STATES)
    submitted = today - timedelta(days=rng.randint(0, 20)) if state in (S.SUBMITTED, S.ACCEPTED) else None
    return {
        "version": 1,
        "duty_id": duty.pk,
        "document_id": duty.document_id,
        "provision_id": duty.provision_id,
        "unit_id": unit,
        "given_to_id": unit,
        "state": state.value,
        "time_kind": duty.time_kind,
        "cycle": "month" if duty.time_kind == TimeKind.PERIODIC else "",
        "due_on": due,
        "first_due_on": due,
        "assigned_on": assigned,
        "news_on": today - timedelta(days=rng.randint(0, 90)),
        "submitted_by_id": None,
        "submitted_on": submitted,
        "accepted_on": submitted if state == S.ACCEPTED else None,
    }


def _copies(documents: Sequence[Document]) -> None:
    """A copy for each unit: all have taken theirs but every other one of what was sent in the last two days."""
    late = clock.now() - timedelta(days=2)
    for document in documents:
        sent = document.released_at or late
        given = Assignment.objects.filter(document=document).order_by("unit_id").distinct()
        taken = {"state": CopyState.TAKEN, "read_at": sent, "answered_at": sent}
        waits = {"state": CopyState.OPENED, "read_at": sent}
        Copy.objects.bulk_create(
            (
                Copy(
                    document=document,
                    unit_id=unit,
                    delivered_at=sent,
                    **(waits if sent > late and at % 2 else taken),
                )
                for at, unit in enumerate(given.values_list("unit_id", flat=True))
            ),
            batch_size=5_000,
        )


def _steps(cast: Cast) -> None:
    """An entry and two lines of history for every tenth assignment."""
    now = clock.now()
    head = HistoryHead.objects.get()
    rows = list(Assignment.objects.order_by("pk").values_list("pk", "unit_id")[::TENTH])
    pour(
        Entry,
        (
            {
                "assignment_id": pk,
                "step": "progress",
                "text": "Đã triển khai",
                "percent": None,
                "written_by_id": cast.officer.pk,
                "written_at": now,
            }
            for pk, _unit in rows
        ),
    )
    pour(
        HistoryLine,
        (
            {
                "id": head.count + place,
                "at": now,
                "actor_id": cast.officer.pk,
                "unit_id": unit,
                "action": "assign",
                "object_type": "assignment",
                "object_id": pk,
                "values": "{}",
                "request": "",
                "personal_digest": "",
                "digest": "0" * 64,
                "position_id": None,
            }
            for place, (pk, unit) in enumerate(rows, 1)
        ),
    )
    HistoryHead.objects.update(count=head.count + len(rows))


def pour(model: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows, each with the same columns, as fast as the database takes them; the rest as by default."""
    rows = iter(rows)
    first = next(rows)
    more = {field.column: field.get_default() for field in model._meta.concrete_fields if not field.primary_key}
    more = {column: value for column, value in more.items() if column not in first}
    named = ", ".join(f'"{column}"' for column in (*first, *more))
    whole = ((*row.values(), *more.values()) for row in chain([first], rows))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'copy "{model._meta.db_table}" ({named}) from stdin') as copy:
                for row in whole:
                    copy.write_row(row)
            return
        marks = ", ".join("?" * (len(first) + len(more)))
        sql = f'insert into "{model._meta.db_table}" ({named}) values ({marks})'
        while batch := [tuple(map(_plain, row)) for row in islice(whole, 20_000)]:
            cursor.connection.executemany(sql, batch)


def _plain(value: Any) -> Any:
    """A value as SQLite keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return str(value) if isinstance(value, date) else value


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(*map(int, sys.argv[1:]))))
