"""Every page of one thing, opened by an inspector, tells the unit that the thing belongs to."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.history.models import HistoryLine
from tests.house.neighbourhood import Neighbourhood
from tests.house.url_table import DOORS, Door

pytestmark = pytest.mark.django_db
OF_ONE_THING = [door for door in DOORS if door.parameters and door.right.see]


@pytest.mark.parametrize("door", OF_ONE_THING, ids=str)
def test_an_inspectors_look_is_written_down_with_the_things_unit(around: Neighbourhood, door: Door) -> None:
    inspector = next(visitor for visitor in around.visitors if visitor.name == Role.INSPECTOR.value)
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = inspector.session
    for address in around.addresses(door, ("own",)):
        with transaction.atomic():
            before = HistoryLine.objects.filter(action="look").count()
            answer = client.get(address.url)
            b"".join(answer)  # files, too, are read to their end
            looks = list(HistoryLine.objects.filter(action="look").order_by("pk")[before:])
            transaction.set_rollback(True)
        if answer.status_code != 200:
            assert looks == []
            continue
        assert len(looks) == 1
        assert looks[0].object_type != "list", f"{door}: say what it shows with looks_at(request, kind, id, unit)"
        own = around.places["own"]
        is_below = looks[0].object_type in ("visit", "submission")  # it tells who was inspected, who reports
        assert looks[0].unit_id == (own.inspected if is_below else own.unit).pk
