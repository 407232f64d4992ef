"""Which web request or command is under way: a short id that its answer, log lines and lines of history share."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request or command under way; empty outside of both."""
    return _current.get()


@contextmanager
def serving() -> Iterator[str]:
    """Within the block a new id is current. It is always our own: one sent by a browser could be anything."""
    token = _current.set(secrets.token_hex(6))
    try:
        yield _current.get()
    finally:
        _current.reset(token)


class RequestFilter(logging.Filter):
    """Gives every log line the id as `request_id`, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, with its id."""
        record.request_id = current() or "-"
        return True
