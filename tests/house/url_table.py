"""The URL table as a list of doors, each with what its page asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from motbuoc.interfaces.web.rights import Right, right_of

API = "api/v1/"


@dataclass(frozen=True)
class Door:
    """One address of the URL table: its name, its route, the parameters in it, and the page behind it."""

    name: str
    route: str
    parameters: tuple[str, ...]
    page: Callable[..., Any]

    @property
    def right(self) -> Right:
        """What the page asks for. A page that has not said asks for nothing here, and fails a test of its own."""
        return right_of(self.name, self.page) or Right()

    def __str__(self) -> str:
        return self.name or self.route


def _parameters(pattern: Any) -> tuple[str, ...]:
    """Those of a path with converters, or the named groups of a regular expression."""
    return tuple(pattern.converters or pattern.regex.groupindex)


def _doors(resolver: URLResolver, prefix: str = "") -> Iterator[Door]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route == API:  # walked by itself, with tokens (test_every_call)
            continue
        if isinstance(entry, URLResolver):
            yield from _doors(entry, route)
        elif isinstance(entry, URLPattern):
            yield Door(entry.name or "", route, _parameters(entry.pattern), entry.callback)


DOORS = sorted(_doors(get_resolver()), key=str)
