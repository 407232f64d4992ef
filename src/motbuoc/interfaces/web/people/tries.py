"""How many wrong codes from one address are too many: guessing is hopeless, this keeps it from being a load."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

MOST = 20  # an office has one address and many hands
SECONDS = 10 * 60


def too_many(request: HttpRequest) -> bool:
    """Whether so many wrong codes came from where this request comes from that no more are looked at for now."""
    return int(cache.get(_key(request), 0)) >= MOST


def count_wrong(request: HttpRequest) -> None:
    """Count one more wrong code."""
    cache.add(_key(request), 0, SECONDS)
    try:
        cache.incr(_key(request))
    except ValueError:  # its time was up between the two lines
        cache.add(_key(request), 1, SECONDS)


def _key(request: HttpRequest) -> str:
    """Behind our proxy the address is the one it wrote last; what stands before that anybody may write."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    return f"invitation-tries:{address}"
