"""Signing in as one of the cast, in English, whose words are in the code; and a directive issued to its units."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from motbuoc.domains.documents.models import Document
from motbuoc.foundation.people.models import Person
from tests.factories import Cast, make_directive


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A browser in which the person has signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def visitor() -> Client:
    """A browser of nobody in particular, from whose address no code was tried yet."""
    cache.clear()
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def directive(cast: Cast) -> Document:
    """A directive issued on 6 March 2026; its first duty is due on 30 April."""
    with time_machine.travel("2026-03-06T02:00:00Z", tick=False):
        return make_directive(cast)
