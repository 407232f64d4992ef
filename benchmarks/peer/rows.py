"""`python -m benchmarks.peer.rows UNITS ITEMS MORE POSITIONS`: a directive given to so many units, in an empty
database, with so many MORE units and positions in the province around them.
"""

from __future__ import annotations

import json
import os
import random
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.peer.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from tests.factories import LONG_AGO, Cast, make_cast, make_document, make_person, make_unit

from benchmarks.peer.tree import grow
from motbuoc.domains.documents.models import Document, Provision
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.units.kinds import UnitKind


def make(units: int, items: int, more: int = 0, positions: int = 0) -> dict[str, object]:
    """The ids a benchmark needs, and the sign-in names of an officer and of somebody who sees everything."""
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = make_cast()
        for number in range(3, units + 1):
            make_unit(f"Chi bộ cơ quan số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc, f"U{number}")
        document = _issued(cast, items)
        _scatter_states()
        everything = make_person("Hà Thử Cả", "tatca", Role.CENTRAL_OFFICER, cast.province)
        for role in (Role.DEPARTMENT_OFFICER, Role.ADMINISTRATOR):
            Grant.objects.create(person=everything, role=role, unit=cast.province, valid_from=LONG_AGO)
    grow(cast.province, more, positions)
    return {
        "document": document.pk,
        "province": cast.province.pk,
        "officer": cast.officer.account.username,
        "everything": "tatca",
    }


def _issued(cast: Cast, items: int) -> Document:
    document = make_document(cast)
    document.duties.all().delete()
    document.provisions.all().delete()
    for position in range(items):
        provision = Provision.objects.create(
            document=document, number=str(position + 1), position=position, start=position, end=position + 1
        )
        document.duties.create(
            provision=provision,
            position=position,
            start=position,
            end=position + 1,
            text=f"Tổ chức việc số {position + 1} tại các cơ quan, đơn vị, doanh nghiệp",
            verb="tổ chức",
            what=f"việc số {position + 1}",
        )
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    return document


def _scatter_states() -> None:
    rng = random.Random(7)
    rows = list(Assignment.objects.all())
    for row in rows:
        row.state = rng.choice(list(AssignmentState))
        row.suspended_on = row.assigned_on if row.state == AssignmentState.SUSPENDED else None
    Assignment.objects.bulk_update(rows, ["state", "suspended_on"], batch_size=500)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make(*map(int, sys.argv[1:]))))
