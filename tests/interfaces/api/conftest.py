"""Programs of the cast."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from motbuoc.foundation.access.roles import SCOPES
from motbuoc.foundation.people.models import Person
from tests.interfaces.api.programs import token


@pytest.fixture
def calls() -> Callable[[Person], Client]:
    """A program with a token for everything."""

    def start(person: Person, *scopes: str) -> Client:
        return Client(headers={"authorization": f"Bearer {token(person, *(scopes or SCOPES))}"})

    return start
