"""How a pattern is declared: with the strings it must find and those it must not."""

from __future__ import annotations

import re
from typing import NamedTuple

from vanban.vocabulary import any_of, table, type_names

UPPER = "A-ZÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
TYPES = any_of({name[0].upper() + name[1:] for name in type_names()} | set(table("types")["lead_words"]["words"]))
TYPES_IN_CAPITALS = any_of(name.upper() for name in type_names())
TYPES_ANY_CASE = "|".join((TYPES, any_of(type_names()), TYPES_IN_CAPITALS))


class Example(NamedTuple):
    """A named pattern, how it is used (a method of re.Pattern), strings it must find and strings it must not."""

    regex: re.Pattern[str]
    finds: tuple[str, ...]
    misses: tuple[str, ...]
    how: str = "search"


REGISTRY: dict[str, Example] = {}


def pattern(
    name: str,
    source: str,
    finds: tuple[str, ...],
    misses: tuple[str, ...] = (),
    flags: int = 0,
    how: str = "search",
) -> re.Pattern[str]:
    """Compile `source`, enter it under `name` with its examples, and return it.

    Raises ValueError for a name that is taken.
    """
    if name in REGISTRY:
        raise ValueError(f"two patterns are called {name}")
    regex = re.compile(source, flags)
    REGISTRY[name] = Example(regex, finds, misses, how)
    return regex
