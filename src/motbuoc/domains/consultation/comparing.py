"""Two versions of a draft side by side: which provision became which, word by word, and because of which comments.

A provision is found again by its words, where it was only numbered anew; by its number where it still reads alike;
else by what it is most like among those near it. What finds no counterpart is gone, or new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from motbuoc.domains.consultation.models import CommentGroup, Consultation, ConsultedProvision
from motbuoc.domains.consultation.selectors import latest_number, provisions_in, version_of
from motbuoc.domains.documents.versions import Piece, difference

ALIKE, RATHER = 0.6, 0.35  # share of words in common, 0 to 1: found by words alone; by number and words
NEAR = 60  # provisions before and after in which a counterpart is looked for by likeness


@dataclass(frozen=True)
class Pair:
    """A provision before and after; one of them None where it is new or gone."""

    old: ConsultedProvision | None
    new: ConsultedProvision | None

    @property
    def became(self) -> str:
        """What became of it: "same", "numbered" anew with the same words, "changed", "gone" or "new"."""
        if self.old is None or self.new is None:
            return "new" if self.old is None else "gone"
        if _plain(self.old) == _plain(self.new):
            return "same" if self.old.label == self.new.label else "numbered"
        return "changed"

    @property
    def pieces(self) -> list[Piece]:
        """Its words, and which of them are gone or new."""
        return difference(self.old.text if self.old else "", self.new.text if self.new else "")


def _plain(row: ConsultedProvision) -> str:
    return " ".join(row.text.split())


def aligned(old: Iterable[ConsultedProvision], new: Iterable[ConsultedProvision]) -> list[Pair]:
    """The provisions of two versions in pairs, in the order of the new one; what is gone stands where it was."""
    before, after = list(old), list(new)
    of_new = _counterparts(before, after)
    taken = {at: place for place, at in of_new.items()}
    pairs: list[Pair] = []
    told = 0
    for place, row in enumerate(after):
        at = of_new.get(place)
        if at is not None:
            pairs += [Pair(gone, None) for k, gone in enumerate(before[told:at], told) if k not in taken]
            told = max(told, at + 1)
        pairs.append(Pair(before[at] if at is not None else None, row))
    pairs += [Pair(gone, None) for k, gone in enumerate(before[told:], told) if k not in taken]
    return pairs


def _counterparts(before: list[ConsultedProvision], after: list[ConsultedProvision]) -> dict[int, int]:
    """For each place of the new version that has one, the place of its counterpart in the old."""
    found: dict[int, int] = {}
    left = set(range(len(before)))
    old_words, new_words = [_plain(row).split() for row in before], [_plain(row).split() for row in after]
    by_anchor = {row.anchor: at for at, row in enumerate(before)}
    by_words = {tuple(words): at for at, words in reversed(list(enumerate(old_words))) if words}

    def like(place: int, at: int) -> float:
        return float(Indel.normalized_similarity(old_words[at], new_words[place]))

    def take(place: int, at: int | None, likeness: float) -> None:
        if place not in found and at in left and like(place, at) >= likeness:
            found[place] = at
            left.discard(at)

    def nearest(place: int) -> int | None:
        around = range(max(0, place - NEAR), min(len(before), place + NEAR + 1))
        near = [at for at in around if at in left and before[at].level == after[place].level]
        return max(near, key=lambda at: (like(place, at), -abs(at - place)), default=None)

    for place, row in enumerate(after):  # the same number and the same words
        take(place, by_anchor.get(row.anchor), 1.0)
    for place in range(len(after)):  # the same words, numbered anew
        take(place, by_words.get(tuple(new_words[place])), 1.0)
    for place, row in enumerate(after):  # the same number, changed words
        take(place, by_anchor.get(row.anchor), RATHER)
    for place in range(len(after)):
        if place not in found:
            take(place, nearest(place), ALIKE)
    for place, row in enumerate(after):  # the same number and quite other words: written anew
        take(place, by_anchor.get(row.anchor), 0.0)
    return found


def changed_later(consultation: Consultation) -> list[ConsultedProvision] | None:
    """The provisions of the latest version that read otherwise than those people were asked about; None: there is
    no later version."""
    asked, latest = version_of(consultation), version_of(consultation, latest_number(consultation))
    if asked is None or latest is None or latest.number <= asked.number:
        return None
    pairs = aligned(provisions_in(asked), provisions_in(latest))
    return [pair.new for pair in pairs if pair.new and pair.became in ("changed", "new")]


def reasons_for(
    consultation: Consultation, provisions: Iterable[ConsultedProvision]
) -> dict[int, list[CommentGroup]]:
    """The groups of comments because of which each of these provisions reads otherwise, by its id."""
    because: dict[int, list[CommentGroup]] = {}
    rows = CommentGroup.objects.filter(consultation=consultation, changed_in__in=[row.pk for row in provisions])
    for row in rows.order_by("pk"):
        because.setdefault(row.changed_in_id or 0, []).append(row)
    return because
