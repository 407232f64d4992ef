"""Signing in by the form and without it, and what an attacker would like to have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from motbuoc.foundation.people.models import Person


@pytest.fixture
def as_person() -> Callable[[Person], Client]:
    """A browser in which the person has signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.account)
        return client

    return sign_in


@pytest.fixture
def sign_in() -> Callable[..., HttpResponseBase]:
    """Sends the sign-in form of the unit's secretary from a browser, with whatever else is sent along."""

    def send(client: Client, **more: Any) -> HttpResponseBase:
        typed = {"login": "bithu", "password": "mat-khau-thu"}
        return client.post(reverse("sign_in"), {**typed, **more})

    return send
