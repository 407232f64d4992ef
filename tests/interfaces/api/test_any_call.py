"""Whatever a program sends, it gets an answer of those the description promises, never an error of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from config.wsgi import application
from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.administration.api_tokens import make_token
from motbuoc.foundation.core import clock
from motbuoc.interfaces.api.v1 import api
from tests.factories import make_directive

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The end of a request leaves the connection of the test alone, as Django's own test client sees to."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(cast) -> str:
    """That of somebody who may do nearly everything, where there is something to do it with."""
    make_directive(cast)
    ends = clock.today() + timedelta(days=3)
    return make_token(actor=cast.officer, name="thử", scopes=SCOPES, expires_on=ends).key


@pytest.mark.django_db
@schema.parametrize()
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_call_breaks_it(case, key: str) -> None:
    case.call_and_validate(
        headers={"Authorization": f"Bearer {key}", "Host": "127.0.0.1"}, checks=[not_a_server_error]
    )
