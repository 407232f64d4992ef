"""Browsers that people have signed in from before: each carries a signed cookie that says for which accounts.

With it, wrong passwords typed elsewhere cannot keep people out of the browser they use (the "device cookies" of
OWASP, docs/decisions/0015). The cookie proves nothing else: it never replaces a password.
"""

from __future__ import annotations

from secrets import token_urlsafe

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE = "known_browser"
AGE = 180 * 24 * 60 * 60
"""For how many seconds a browser stays known after the last sign-in."""
ACCOUNTS = 20
"""How many accounts one browser is known for: the computer of an office room has several users."""

_signer = TimestampSigner(salt=__name__)


def mark_of(request: HttpRequest, username: str) -> str:
    """The mark this browser got when the account last signed in here; empty if it never did."""
    return _marks(request).get(_digest(username), "")


def make_known(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Give the browser a fresh mark for the account, so that a copy of an older cookie counts apart."""
    marks = _marks(request)
    marks.pop(_digest(username), None)
    marks[_digest(username)] = token_urlsafe(12)
    response.set_cookie(
        COOKIE,
        _signer.sign_object(dict(list(marks.items())[-ACCOUNTS:])),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marks(request: HttpRequest) -> dict[str, str]:
    try:
        marks = _signer.unsign_object(request.COOKIES.get(COOKIE, ""), max_age=AGE)
    except BadSignature:
        return {}
    return dict(marks)


def _digest(username: str) -> str:
    """Stands for the sign-in name in the cookie, which others at the same computer could read."""
    return salted_hmac(__name__, username.strip().lower(), algorithm="sha256").hexdigest()[:24]
