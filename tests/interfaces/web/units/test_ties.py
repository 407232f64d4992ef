"""Identifiers in schemes of others, and bodies where a unit is at home."""

from __future__ import annotations

from datetime import timedelta

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryLine
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitHost, UnitIdentifier
from tests.factories import LONG_AGO, Cast, make_unit


def ago(days: int) -> str:
    return (clock.today() - timedelta(days)).strftime("%d/%m/%Y")


def test_an_identifier_is_added_once_and_ended(cast: Cast, as_person) -> None:
    client, path = as_person(cast.administrator), f"/don-vi/{cast.unit_a.pk}/dinh-danh/"
    given = {"scheme": "Mã định danh điện tử", "value": "H55.12", "on": ago(9)}
    assert client.post(path, given).status_code == 302
    assert "H55.12" in as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    twice = client.post(f"/don-vi/{cast.unit_b.pk}/dinh-danh/", given)
    assert twice.status_code == 422
    assert "H55.12 is in use" in twice.content.decode()
    assert client.post(path, {"end": UnitIdentifier.objects.get().pk}).status_code == 302
    assert UnitIdentifier.objects.get().valid_until == clock.today()
    assert "H55.12" not in as_person(cast.officer).get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    told = HistoryLine.objects.filter(object_type="unit", object_id=cast.unit_a.pk).values_list(
        "action", flat=True
    )
    assert list(told) == ["add_identifier", "end_identifier"]
    assert client.post(path, {"end": "khong-so"}).status_code == 404


def test_a_unit_is_at_home_in_a_state_body(cast: Cast, as_person) -> None:
    body = make_unit("Sở Ánh Dương", UnitKind.AGENCY, None, "SAD")
    Grant.objects.create(person=cast.administrator, role=Role.ADMINISTRATOR, unit=body, valid_from=LONG_AGO)
    client, path = as_person(cast.administrator), f"/don-vi/{cast.unit_a.pk}/co-quan/"
    found = client.post(path, {"find": "host", "host-words": "so anh duong", "on": ago(0)}).content.decode()
    assert f'id="host-{body.pk}"' in found
    assert client.post(path, {"host": [body.pk], "on": ago(9)}).status_code == 302
    assert "Sở Ánh Dương" in client.get(f"/don-vi/{cast.unit_a.pk}/").content.decode()
    assert "Has at home" in client.get(f"/don-vi/{body.pk}/").content.decode()
    assert "at home there already" in client.post(path, {"host": [body.pk], "on": ago(0)}).content.decode()
    wrong = client.post(path, {"host": [cast.unit_b.pk], "on": ago(0)})
    assert wrong.status_code == 422
    assert "State body" in wrong.content.decode()
    assert client.post(path, {"end": UnitHost.objects.get().pk}).status_code == 302
    assert UnitHost.objects.get().valid_until == clock.today()
