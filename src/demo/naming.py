"""Invented names: of people, of the hosts of Party units, of cells, and the codes made from them."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, count, product
from pathlib import Path
from typing import Any

from vanban.text import fold

SECTORS = ("agency", "service", "enterprise")
SMALL_WORDS = {"và", "các", "-"}


@cache
def words(name: str) -> dict[str, Any]:
    """The tables of `words/<name>.toml`."""
    return tomllib.loads(Path(__file__).with_name("words").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Host:
    """The agency, service unit or enterprise that a base Party unit belongs to."""

    name: str
    sector: str


def hosts(size: str) -> Iterator[Host]:
    """Hosts of the given size ("large", "small"), the sectors in turn; never ends, never twice the same."""
    table, more = words("units")[size], words("units")["more"]
    lists = [[Host(name, sector) for name in table[sector]] for sector in SECTORS]
    longest = max(map(len, lists))
    yield from (host for rank in range(longest) for names in lists for host in names[rank : rank + 1])
    taken = 0 if size == "large" else 1  # the two sizes share the kinds and places, each taking every other pair
    kinds = [Host(kind, sector) for sector in SECTORS for kind in more[sector]]
    for round_ in count(1):
        suffix = "" if round_ == 1 else f" {round_}"
        for position, (place, kind) in enumerate(product(more["places"], kinds)):
            if position % 2 == taken:
                yield Host(f"{kind.name} {place}{suffix}", kind.sector)


class Codes:
    """Codes from initials ("Sở Y tế": SYT), each given once."""

    def __init__(self, *taken: str) -> None:
        self.taken = set(taken)

    def of(self, name: str) -> str:
        """A new code for `name`; a number tells it from an equal one."""
        parts = [word for word in name.replace(",", " ").split() if word.lower() not in SMALL_WORDS]
        initials = "".join(word if word.isdigit() else word[0].upper() for word in parts)
        code = next(c for c in chain([initials], (f"{initials}{n}" for n in count(2))) if c not in self.taken)
        self.taken.add(code)
        return code


def username(prefix: str, code: str) -> str:
    """A sign-in name: plain letters, the unit's code after a dot."""
    return f"{prefix}.{fold(code)}"


class People:
    """Full names, each given once."""

    def __init__(self, rng: random.Random) -> None:
        self.rng, self.given = rng, set[str]()

    def name(self) -> str:
        """A new full name."""
        table = words("people")
        while True:
            name = " ".join(self.rng.choice(table[part]) for part in ("family", "middle", "given"))
            if name not in self.given:
                self.given.add(name)
                return name
