"""The rules as data: how binding each is, what is said, and its source in every layout. See `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from vanban.checking.finding import Severity
from vanban.formats import Layout


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "rules.toml").read_text(encoding="utf-8"))


def source_of(code: str, layout: Layout | None) -> str | None:
    """Return the paper and the place in it that a rule of this layout is from; None where it has no such rule."""
    paper, place = _place_of(code, layout)
    if place is None or paper is None or layout is None:
        return place
    if paper == layout.name:
        return f"{paper}, {place}"
    return f"{paper}, {place} (followed where {layout.name} is not at hand)"


def severity_of(code: str, layout: Layout | None, *, by_analogy: bool = False) -> Severity:
    """Return how binding a rule is in this layout; what a layout takes over from another's paper is custom.

    `by_analogy`: the document is of a sort that the paper does not bind.
    """
    entry = _entry(code)
    if layout is None or entry.get("severity") == "should":
        return Severity(entry.get("severity", "must"))
    paper, _ = _place_of(code, layout)
    custom = by_analogy or layout.regime in _table()["by_analogy"] or paper in entry.get("should_in", ())
    return Severity.SHOULD if custom or paper not in (None, layout.name) else Severity.MUST


def in_force(code: str, layout: Layout | None) -> bool:
    """Tell whether there is such a rule in this layout."""
    return _place_of(code, layout)[1] is not None


def message_of(code: str, expected: str | None = None, found: str | None = None) -> str:
    """Return the sentence about a departure: what is, and what should be."""
    element = code.split(".")[0]
    name = _table()["element"].get(element, {}).get("name", element)
    words = str(_entry(code)["message"]).format(element=name, expected=expected, found=found)
    return words[0].upper() + words[1:]


def looks_of(element: str) -> tuple[str, ...]:
    """Return what of the looks of an element is checked: "size", "bold", "align" and so on."""
    return tuple(_table()["element"].get(element, {}).get("looks", ()))


def areas() -> tuple[str, ...]:
    """Return the parts of a paper, in the order a reader meets them."""
    return tuple(_table()["areas"])


def area_of(code: str) -> str:
    """Return the part of the paper that a rule is about."""
    named: dict[str, list[str]] = _table()["areas"]
    return next(area for area, elements in named.items() if code.split(".")[0] in elements)


def all_codes() -> tuple[str, ...]:
    """Return the code of every rule there is, the looks of the elements first."""
    looks = (f"{element}.{what}" for element in _table()["element"] for what in looks_of(element))
    return (*looks, *_table()["rule"])


class Row(NamedTuple):
    """One rule as the guide shows it; `code` of a look stands for all that is checked of the element's looks."""

    code: str
    severity: str
    message: str
    source: str


def rows() -> Iterator[Row]:
    """Yield the looks of each element, then every other rule."""
    for element, entry in _table()["element"].items():
        source = "; ".join(f"{paper}, {place}" for paper, place in entry["source"].items())
        yield Row(f"{element}.…", "must", f"{entry['name']}: {', '.join(looks_of(element))}", source)
    for code, entry in _table()["rule"].items():
        places = entry["source"].items()
        source = "; ".join(place if paper == "any" else f"{paper}, {place}" for paper, place in places)
        message = entry["message"].replace("{found}", "…").replace("{expected}", "…")
        yield Row(code, entry.get("severity", "must"), message, source)


def _entry(code: str) -> dict[str, Any]:
    own: dict[str, Any] | None = _table()["rule"].get(code)
    return _table()["look"][code.split(".")[1]] if own is None else own


def _place_of(code: str, layout: Layout | None) -> tuple[str | None, str | None]:
    """Return the paper that lays the rule down for this layout, and the place in it."""
    places = _places(code)
    if "any" in places or layout is None:
        return None, places.get("any")
    paper: str = _table()["follows"].get(layout.name, layout.name)
    if paper not in places and code not in _table()["rule"]:
        paper = _table()["looks_from"].get(paper, paper)
    return paper, places.get(paper)


def _places(code: str) -> dict[str, str]:
    own = _table()["rule"].get(code)
    if own is not None:
        places: dict[str, str] = own["source"]
        return places
    element, what = code.split(".")
    return {**_table()["element"][element]["source"], **_table()["look"][what].get("source", {})}
