"""The first unit and the first administrator of an empty installation."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Account
from tests.factories import Cast

ASKED = {"unit": "Đảng bộ tỉnh Mẫu", "code": "TU", "administrator": "Tạ Thử Trị"}
CHOSEN = {"username": "quan.tri", "password": "tre-xanh-ven-song", "again": "tre-xanh-ven-song"}


def test_from_nothing_to_an_administrator_who_signs_in(db: None) -> None:
    cache.clear()  # of wrong codes that other tests have tried
    said = StringIO()
    call_command("setup", **ASKED, stdout=said)
    found = re.search(r"(?:[A-Z2-9]{4}-){2}[A-Z2-9]{4}", said.getvalue())
    assert found
    assert Client().post("/moi/", {"code": found[0], **CHOSEN}).status_code == 302
    client = Client()
    client.force_login(Account.objects.get(username="quan.tri"))
    assert "Tạ Thử Trị" in client.get("/nguoi/").content.decode()
    assert policy.may(Account.objects.get().person, Action.MANAGE_RIGHTS)


def test_it_refuses_where_there_are_units(cast: Cast) -> None:
    with pytest.raises(CommandError):
        call_command("setup", **ASKED)
