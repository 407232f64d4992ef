"""Signing in as one of the cast, in English, whose words are in the code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from motbuoc.foundation.people.models import Person


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
