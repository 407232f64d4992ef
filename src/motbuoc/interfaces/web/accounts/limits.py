"""How many wrong passwords are too many, and for whom: a lock-out that cannot be used to lock others out.

In a browser the account has signed in from before, tries count for that browser alone. Anywhere else they count
for the account at this address, and for the address. So a stranger shuts out nobody but strangers.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from motbuoc.interfaces.web.accounts.known_browsers import mark_of

APP = "allauth.account"
"""The rates stand in settings.ACCOUNT_RATE_LIMITS."""


@dataclass(frozen=True, slots=True)
class Counter:
    """Where a try is counted: the name of the rate in the settings, and for whom."""

    action: str
    key: str


def counter_of(request: HttpRequest, username: str) -> Counter:
    """Where a try at signing in to this account, in this browser, is counted."""
    name = username.strip().lower()
    if mark := mark_of(request, name):
        return Counter("sign_in_known_browser", f"{name}\n{mark}")
    return Counter("sign_in_elsewhere", f"{name}\n{ratelimit.get_ip(request)}")


def count_try(request: HttpRequest, counter: Counter) -> ratelimit.RateLimitUsage | None:
    """Count one more try; None if that is one too many. A success takes its try back (`rollback`)."""
    return ratelimit.consume(request, app=APP, action=counter.action, key=counter.key)


def minutes_to_wait(request: HttpRequest, counter: Counter) -> int:
    """After how many minutes, rounded up, the next try is free."""
    free_at = now = time.time()
    for rate in ratelimit.get_rates(app=APP, action=counter.action):
        place = ratelimit.get_cache_key(request, app=APP, action=counter.action, rate=rate, key=counter.key)
        tries: list[float] = cache.get(place, [])
        if len(tries) >= rate.amount:
            free_at = max(free_at, tries[rate.amount - 1] + rate.duration)
    return max(1, math.ceil((free_at - now) / 60))
