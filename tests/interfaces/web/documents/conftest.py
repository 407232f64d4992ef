"""Signing in as one of the cast, and a document waiting for review."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.people.models import Person
from tests.factories import Cast, make_document


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A browser in which the person has signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def officer(cast: Cast, as_person) -> Client:
    """The department officer's browser."""
    return as_person(cast.officer)


@pytest.fixture
def document(cast: Cast) -> Document:
    """A document that waits for review."""
    return make_document(cast)


@pytest.fixture
def queries_of() -> Callable[[Callable[[], object]], int]:
    """How many queries something takes."""

    def count(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as asked:
            work()
        return len(asked)

    return count
