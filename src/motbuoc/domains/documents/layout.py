"""The layout check of a document in words: what departs from the rules, how binding each rule is, and where.

The findings are those kept with the document when it was read (`Document.layout`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from motbuoc.domains.documents.layout_words import AREAS, ELEMENTS, LOOKS, RULES, SOURCES, VALUES
from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.reading import is_recognised
from vanban.checking.rules import area_of, areas

PLACES = 4
"""How many places of one finding are named; the others are counted."""

REMARKS = ("regime.unknown", "regime.no_rules", "regime.normative", "typography.unchecked")
"""Codes that tell how far the check went, and are nothing to mend."""

_NUMBER = r"\d+(?:\.\d+)?(?:–\d+(?:\.\d+)?)?"
_MEASURED = re.compile(rf"(?:of )?(exactly |at least )?({_NUMBER})( or more)?( pt| times a single line)?( or )?")
_COUNTED = re.compile(r"(\d+) like (“[^”]*”)")
_SOURCE_WORDS = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(SOURCES, key=len)[::-1]))


@dataclass(frozen=True)
class Place:
    """Where a departure stands: its words, as far as they are shown, and their range in the text."""

    words: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What ties the words in the text to what is said of them; several departures may be of the same words."""
        return f"layout-{self.start}-{self.end}"


@dataclass(frozen=True)
class Departure:
    """One departure in words. `must`: the paper in force lays the rule down; otherwise it is custom or example.

    `area` is the part of the paper that the rule is about. `places` are the first few; `more` counts the others.
    """

    area: str
    words: str
    source: str
    must: bool
    places: list[Place]
    more: int


class LayoutCheck:
    """The layout check of one document, for its pages."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._findings: list[dict[str, Any]] = document.layout or []

    @property
    def is_checked(self) -> bool:
        """Whether the file was checked at all."""
        return self._document.layout is not None

    @property
    def why_not(self) -> str:
        """Why the file was not checked."""
        if is_recognised(self._document.reading):
            return _("The text was recognised in pictures, which do not show the layout surely.")
        return _("This file was not checked, or the check could not be done.")

    @property
    def can_mend(self) -> bool:
        """Whether a copy can be made in which something is put right."""
        return any(finding["can_fix"] for finding in self._findings)

    @cached_property
    def remarks(self) -> list[str]:
        """How far the check went."""
        return [sentence(finding) for finding in self._findings if finding["code"] in REMARKS]

    @cached_property
    def departures(self) -> list[Departure]:
        """What departs from the rules, the binding ones first, each kind in the order of the paper."""
        return departures_of(self._findings)

    @property
    def parts(self) -> list[tuple[bool, Any, list[Departure]]]:
        """The same by part of the paper: whether binding, what the part is called, its departures."""
        grouped = groupby(self.departures, key=lambda one: (one.must, one.area))
        return [(must, AREAS[area], list(rows)) for (must, area), rows in grouped]

    @property
    def must(self) -> int:
        """How many of them a binding rule lays down."""
        return sum(departure.must for departure in self.departures)

    @property
    def should(self) -> int:
        """How many are against custom or example."""
        return len(self.departures) - self.must

    @property
    def places(self) -> list[Place]:
        """The places of the text that are named, each once."""
        named = (place for departure in self.departures for place in departure.places)
        return list({place.key: place for place in named}.values())


def departures_of(findings: Iterable[dict[str, Any]]) -> list[Departure]:
    """What departs from the rules among the findings of a check: binding ones first, in a paper's order."""
    order = areas()
    found = (_departure(finding) for finding in findings if finding["code"] not in REMARKS)
    return sorted(found, key=lambda one: (not one.must, order.index(one.area)))


def sentence(finding: dict[str, Any]) -> str:
    """What a finding (`vanban.checking.as_dict`) says, in the active language."""
    code = finding["code"]
    element, _dot, look = code.partition(".")
    template = RULES.get(code) or LOOKS[look]
    is_measure = code not in RULES or element == "page"
    found, expected = (_value(finding[name], is_measure=is_measure) for name in ("found", "expected"))
    said: str = template.format(element=ELEMENTS.get(element, ""), found=found, expected=expected)
    return said.replace(f"“{VALUES['nothing']}”", str(VALUES["nothing"]))  # no words of the paper's: not quoted


def source_of(finding: dict[str, Any]) -> str:
    """The paper and the place in it that the rule is from, in the active language."""
    return _SOURCE_WORDS.sub(lambda match: str(SOURCES[match[0]]), finding["source"])


def _departure(finding: dict[str, Any]) -> Departure:
    spots = [spot for spot in finding["spots"] if spot["span"] and spot["words"]]
    places = [Place(spot["words"], *spot["span"]) for spot in spots[:PLACES]]
    return Departure(
        area=area_of(finding["code"]),
        words=sentence(finding),
        source=source_of(finding),
        must=finding["severity"] == "must",
        places=places,
        more=len(spots) - len(places),
    )


def _value(value: str | None, *, is_measure: bool) -> str:
    """A value of a finding in the active language; a measure with the decimal sign of the language."""
    if not value:
        return ""
    if value in VALUES:
        return str(VALUES[value])
    if is_measure and _MEASURED.sub("", value) == "":
        return _MEASURED.sub(_measure, value)
    if is_measure:
        return value
    counted = _COUNTED.sub(lambda m: _("{count} like {sample}").format(count=m[1], sample=m[2]), value)
    return counted.replace(" and ", f"” {_('and')} “").replace(" or ", f"” {_('or')} “")


def _measure(match: re.Match[str]) -> str:
    """One measure: "of at least 14 pt", "13–14", "6 or more", "1.15 times a single line"."""
    prefix, number, or_more, unit, joined = match.groups()
    said = number.replace(".", str(get_format("DECIMAL_SEPARATOR")))
    if unit:
        said = (_("{number} pt") if unit == " pt" else _("{number} single lines")).format(number=said)
    if or_more or prefix == "at least ":
        said = _("at least {number}").format(number=said)
    elif prefix:
        said = _("exactly {number}").format(number=said)
    return said + (f" {_('or')} " if joined else "")
