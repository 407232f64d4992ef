"""Tables of words: kinds of document, names of bodies, verbs of duty. Read from TOML once, when first asked."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the vocabulary table `name` (a TOML file beside this module) as plain dicts and lists."""
    return tomllib.loads((resources.files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches one of `words`, the longest first; a space matches any gap.

    Words are grouped by their first letter: at most places of a text one glance then rules out a whole group.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(r"\s{1,9}".join(map(re.escape, word[1:].split(" "))))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())


@cache
def type_names() -> dict[str, str]:
    """Return printed name in lower case → code ("tờ trình" → "TTr")."""
    entries = table("types")["type"] + table("types")["heading"]
    return {entry["name"].lower(): entry["code"] for entry in reversed(entries)}


@cache
def type_codes() -> dict[str, str]:
    """Return code → printed name ("TTr" → "Tờ trình"); of two names with one code the first."""
    named = {entry["code"]: entry["name"] for entry in reversed(table("types")["type"])}
    return {**table("types")["symbol_only"], **named}


@cache
def duty_strengths() -> dict[str, int]:
    """Return verb → strength (5 an order with an owner, 2 an exhortation)."""
    strengths: dict[str, int] = {}
    for strength, verbs in table("duties")["strength"].items():
        for verb in verbs:
            strengths.setdefault(verb, int(strength))
    return strengths
