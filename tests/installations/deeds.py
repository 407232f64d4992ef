"""What is done inside an installation, each in a process: `python -m tests.installations.deeds NAME …`."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Callable
from hashlib import sha256
from types import SimpleNamespace
from typing import Any

import django

django.setup()

# The rest needs the settings that were read above.
from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from motbuoc.domains.documents.services import confirm_document  # noqa: E402
from motbuoc.domains.work import issuing  # noqa: E402
from motbuoc.domains.work.issuing import begin_issuing  # noqa: E402
from motbuoc.domains.work.models import Assignment, Entry, Evidence, Issuing  # noqa: E402
from motbuoc.domains.work.reminding import Sweep  # noqa: E402
from motbuoc.domains.work.services import take_step  # noqa: E402
from motbuoc.foundation.core import clock  # noqa: E402
from motbuoc.foundation.core.errors import Collision  # noqa: E402
from motbuoc.foundation.history.models import HistoryLine  # noqa: E402
from motbuoc.foundation.history.services import verify  # noqa: E402
from motbuoc.foundation.notices.models import Notice  # noqa: E402
from motbuoc.foundation.people.models import Account, Person  # noqa: E402
from motbuoc.foundation.units.kinds import UnitKind  # noqa: E402
from tests.factories import make_cast, make_directive, make_document, make_unit, picture, step_on  # noqa: E402

SECRETARIES = {"A": "bithu", "B": "bithub", "BTG": "ban"}  # of the units of the cast, by code
WITH_EVIDENCE = 10  # one entry in so many brings a picture


def history_is_whole() -> bool:
    """Whether nothing in the history was altered."""
    _count, broken = verify()
    return broken is None


def lines_of_entries() -> list[int]:
    """The entries that the history tells of, in its order."""
    lines = HistoryLine.objects.filter(object_type="assignment").order_by("pk")
    return [line.values["entry"] for line in lines if "entry" in line.values]


def fill() -> None:
    """A small directive, under way: every assignment acknowledged, one entry with evidence."""
    cast = make_cast()
    make_directive(cast)
    for assignment in Assignment.objects.all():
        step_on(assignment, "acknowledge", secretary_of(assignment))
    first = Assignment.objects.filter(unit=cast.unit_a).first()
    assert first
    step_on(first, "progress", cast.secretary, "Đã họp", [picture("Ảnh hội nghị.png")])


def secretary_of(assignment: Assignment) -> Person:
    code = assignment.unit.versions.get().code
    return Account.objects.get(username=SECRETARIES[code]).person


def write(acknowledged: str, writers: str, each: str, seed: str) -> None:
    """Several processes write entries at once; each notes on disk what it was told is written."""
    children = []
    for number in range(int(writers)):
        child = os.fork()
        if not child:
            write_many(acknowledged, int(each), random.Random(f"{seed} {number}"))
            os._exit(0)
        children.append(child)
    for child in children:
        assert os.waitpid(child, 0)[1] == 0


def write_many(acknowledged: str, count: int, chance: random.Random) -> None:
    notes = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    assignments = list(Assignment.objects.all())
    people = {assignment.pk: secretary_of(assignment) for assignment in assignments}
    while count:
        chosen = chance.choice(assignments)
        fresh = Assignment.objects.get(pk=chosen.pk)
        files = [picture()] if chance.random() * WITH_EVIDENCE < 1 else []
        try:
            entry = take_step(
                actor=people[chosen.pk],
                assignment=fresh,
                version=fresh.version,
                name="progress",
                text="Đang làm",
                files=files,
            )
        except Collision:
            continue
        os.write(notes, f"{entry.pk}\n".encode())
        os.fsync(notes)
        count -= 1


def crowd(duties: str) -> None:
    """Many more assignments, each of a duty of its own, that the sweep has not looked at yet."""
    given = list(Assignment.objects.select_related("duty").order_by("pk")[:2])
    for number in range(int(duties)):
        duty = given[0].duty
        duty.pk, duty.position = None, 100 + number
        duty._state.adding = True
        duty.save()
        for row in given:
            row.pk, row.duty = None, duty
            row._state.adding = True
            row.save()
    Notice.objects.all().delete()
    Assignment.objects.update(look_on=clock.today(), looked_on=None, state="assigned")


def sweep(notes: str, batch: str, runs: str) -> None:
    """Several processes sweep at once; each notes on disk every batch it was told is kept."""
    for _number in range(int(runs)):
        if not os.fork():
            written, run = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT), Sweep(clock.today(), int(batch))
            while count := run.batch():
                os.write(written, f"{count}\n".encode())
            os._exit(0)
    for _number in range(int(runs)):
        assert os.wait()[1] == 0


def told() -> None:
    """Whom the sweep told of what: every pair of person and assignment, and how many it has not looked at."""
    alone()
    pairs = list(Notice.objects.order_by("person", "object_id").values_list("person_id", "object_id"))
    print(json.dumps([pairs, Assignment.objects.filter(look_on__lte=clock.today()).count()]))


def tell() -> None:
    """What stands in the installation, as JSON."""
    alone()
    missing = [
        e.pk
        for e in Evidence.objects.select_related("file")
        if not e.file.content.storage.exists(e.file.content.name)
    ]
    told: dict[str, Any] = {
        "entries": list(Entry.objects.order_by("pk").values_list("pk", flat=True)),
        "lines": lines_of_entries(),
        "whole": history_is_whole(),
        "without_file": missing,
        "people": sorted(Person.objects.values_list("full_name", flat=True)),
    }
    print(json.dumps(told))


def alone() -> None:
    """Wait until the server has noticed that others are gone: it may still finish what they had sent."""
    if connection.vendor == "postgresql":
        others = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
        for _try in range(100):
            with connection.cursor() as cursor:
                cursor.execute(others)
                if cursor.fetchone()[0] == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("somebody is still connected")


def download() -> None:
    """The first evidence through its page: to its secretary and to a stranger; the digest of what came."""
    settings.DEBUG = True  # so that the page that finds nothing needs no collected styles
    url = reverse("evidence_file", args=[Evidence.objects.order_by("pk")[0].pk])
    answers = []
    for username in ("bithu", "nguoila"):
        client = Client(SERVER_NAME="localhost")
        client.force_login(Account.objects.get(username=username))
        answer = client.get(url)
        body = answer.getvalue() if answer.status_code == 200 else b""
        answers.append([answer.status_code, sha256(body).hexdigest() if body else ""])
    print(json.dumps(answers))


def begin(count: str) -> None:
    """Begin to issue a directive to so many more units."""
    people = {account.username: account.person for account in Account.objects.select_related("person")}
    bloc = people["chuyenvien"].grants.get().unit
    department = people["ban"].grants.get().unit
    for number in range(int(count)):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, bloc)
    cast = SimpleNamespace(bloc=bloc, department=department, officer=people["chuyenvien"])
    document = make_document(cast)  # type: ignore[arg-type]  # all of the cast that it needs
    document = confirm_document(actor=cast.officer, document=document, version=document.version)
    print(json.dumps(begin_issuing(actor=cast.officer, document=document, version=document.version).pk))


def issue(path: str, issuing_id: str) -> None:
    """Give batch after batch, as the job does, noting how far it is after each."""
    issuing.BATCH = 8  # two units
    notes, more = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY), True
    while more:
        more = issuing.issue_batch(int(issuing_id))
        os.write(notes, f"{Issuing.objects.get(pk=issuing_id).done}\n".encode())


def issued(issuing_id: str) -> None:
    """How far it is, and what is there of it."""
    alone()
    row = Issuing.objects.get(pk=issuing_id)
    given = Assignment.objects.filter(document=row.document_id)
    lines = HistoryLine.objects.filter(action="assign", object_id__in=given.values("pk")).count()
    pairs = given.values("duty", "given_to").distinct().count()
    told = {"state": row.state, "done": row.done, "total": row.total, "made": given.count(), "pairs": pairs}
    told |= {
        "lines": lines,
        "copies": row.document.copies.count(),
        "units": len(row.units),
        "whole": history_is_whole(),
    }
    print(json.dumps(told))


DEEDS: dict[str, Callable[..., None]] = {
    "fill": fill,
    "write": write,
    "begin": begin,
    "issue": issue,
    "issued": issued,
    "tell": tell,
    "download": download,
}
DEEDS |= {"crowd": crowd, "sweep": sweep, "told": told}

if __name__ == "__main__":
    DEEDS[sys.argv[1]](*sys.argv[2:])
