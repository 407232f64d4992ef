"""Where one text belongs among themes that are known: near the middle of one, or none fits.

Pure Python over what `Themes` holds, so that a new text is placed at once, in any process, without the libraries
that made the groups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Any, NamedTuple, Self

from motbuoc.domains.listening.wording import Wording, wording

FITS = 0.3  # likeness, 0 to 1, below which a text is in no theme
FIELDS = 1.0  # what the fields of a text weigh beside its words
FIELD = "#"  # stands before a field among the terms
FEW = 0.1  # the share of texts that speak of a field up to which it tells them apart in full
ELSEWHERE = 20  # texts of other fields that are thought beside few texts, whose shares say little


class Place(NamedTuple):
    """The theme that a text is nearest to, None where none fits; and how like it is, 0 to 1."""

    theme: int | None
    likeness: float


@dataclass(frozen=True)
class Themes:
    """The middles of themes: for each its number and its terms with their weights, of length 1 together.

    `seen` texts have taught how common terms are: `common` says in how many of them each was; a term that is not
    there was in one at most.
    """

    middles: Mapping[int, Mapping[str, float]]
    common: Mapping[str, int]
    seen: int

    @cached_property
    def by_term(self) -> dict[str, list[tuple[int, float]]]:
        """The themes that have a term, with its weight in each."""
        found: dict[str, list[tuple[int, float]]] = {}
        for theme, terms in self.middles.items():
            for term, weight in terms.items():
                found.setdefault(term, []).append((theme, weight))
        return found

    def as_data(self) -> dict[str, Any]:
        """What JSON can hold of it, to be kept between two requests."""
        middles = {str(theme): {term: round(w, 5) for term, w in m.items()} for theme, m in self.middles.items()}
        return {"middles": middles, "common": dict(self.common), "seen": self.seen}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        """What `as_data` gave."""
        middles = {int(theme): dict(terms) for theme, terms in data["middles"].items()}
        return cls(middles, data["common"], data["seen"])


def rarity(seen: int, common: int) -> float:
    """The weight of a term that was in `common` of the `seen` texts: the rarer, the more (smoothed idf)."""
    return log((1 + seen) / (1 + max(common, 1))) + 1


def telling(seen: int, common: int) -> float:
    """How much a field tells texts apart that `common` of the `seen` texts speak of: 1 for few, towards 0 for all.

    So in a meeting about one matter, where all speak of the same field, the words decide.
    """
    return min(1.0, log((seen + ELSEWHERE) / max(common, 1)) / -log(FEW))


def place(text: str, themes: Themes, among: Sequence[int] | None = None) -> Place:
    """The theme that a text is most like, if it is like enough; `among` narrows which themes are asked."""
    weights = _weights(wording(text), themes)
    likeness: dict[int, float] = {}
    for term, weight in weights.items():
        for theme, there in themes.by_term.get(term, ()):
            likeness[theme] = likeness.get(theme, 0.0) + weight * there
    if among is not None:
        likeness = {theme: likeness[theme] for theme in among if theme in likeness}
    if not likeness:
        return Place(None, 0.0)
    best = min(likeness, key=lambda theme: (-likeness[theme], theme))
    return Place(best if likeness[best] >= FITS else None, min(1.0, likeness[best]))


def _weights(said: Wording, themes: Themes) -> dict[str, float]:
    """The terms and fields of a text with their weights, of length 1 together; as `grouping` weighs them."""
    terms = {term: rarity(themes.seen, themes.common.get(term, 0)) for term in said.terms}
    length = sqrt(sum(weight * weight for weight in terms.values())) or 1.0
    fields = sqrt(sum(weight * weight for _, weight in said.fields)) or 1.0
    weights = {term: weight / length for term, weight in terms.items()}
    for field, weight in said.fields:
        common = themes.common.get(FIELD + field, 0)
        weights[FIELD + field] = FIELDS * weight / fields * telling(themes.seen, common)
    whole = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {term: weight / whole for term, weight in weights.items()}
