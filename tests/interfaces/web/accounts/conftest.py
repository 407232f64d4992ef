"""Signing in as people do it, and what an app on a phone would show."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.test import Client
from django.urls import reverse

PASSWORD = "mat-khau-thu"
Try = Callable[..., Any]


def signs_in(client: Client, name: str = "bithu", password: str = PASSWORD, **request: Any) -> Any:
    """What the sign-in page answers."""
    return client.post(reverse("sign_in"), {"login": name, "password": password}, **request)


def is_in(client: Client) -> bool:
    """Whether the browser is signed in."""
    return "_auth_user_id" in client.session


def code_of(secret: str, steps: int = 0) -> str:
    """The code an app shows now, or so many half minutes later."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


def sets_up_app(client: Client) -> str:
    """Set up an app for the person signed in; its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer.status_code == 302, answer.content.decode()
    return secret


@pytest.fixture
def browser() -> Callable[[], Client]:
    """A function that opens a browser nobody has signed in from yet."""
    return Client
