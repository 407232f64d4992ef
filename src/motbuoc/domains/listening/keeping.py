"""What a person decided about themes is kept when texts are grouped again.

A person names a theme, merges two, moves a text into another or out of all. When more has been said and the texts
are grouped anew, each new group goes on as the theme in which most of its known texts stand, so names and mergers
stay. Nothing that a person placed ever moves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from motbuoc.domains.listening.grouping import Grouping
from motbuoc.domains.listening.placing import Themes, place
from motbuoc.domains.listening.weighing import by_label
from motbuoc.domains.listening.wording import wording


class Stand(NamedTuple):
    """Where a text stands: in a `theme` of a person's, in a new `group` of the grouping, or, both None, alone."""

    theme: int | None = None
    group: int | None = None


ALONE = Stand()


def keep(
    texts: Sequence[str], grouping: Grouping, before: Sequence[int | None], placed: Mapping[int, int | None]
) -> tuple[Stand, ...]:
    """Where each text stands after grouping again.

    `before` has for each text the theme in which it stood, None for a new text or one that was alone; `placed` the
    index of each text that a person moved, and where to: a theme, or None to stay alone.

    A group goes on as a theme when more than half of its known texts stand there. One that is split between themes
    changes none of them: what stands in one stays, and what is new goes to the one that it is most like, if any.
    """
    known = [placed.get(at, theme) for at, theme in enumerate(before)]
    heirs = _heirs(grouping, known)
    split = _Split(texts, known)
    stands = []
    for at, label in enumerate(grouping.labels):
        if at in placed or label is None:
            stands.append(Stand(known[at]))
        elif isinstance(heir := heirs.get(label), int):
            stands.append(Stand(heir))
        elif heir is None:
            stands.append(Stand(group=label))
        elif known[at] is not None:
            stands.append(Stand(known[at]))
        else:
            theme = split.nearest(texts[at], heir)
            stands.append(Stand(group=label) if theme is None else Stand(theme))
    return tuple(stands)


def _heirs(grouping: Grouping, known: Sequence[int | None]) -> dict[int, int | list[int]]:
    """For each group with known texts, the theme in which more than half of them stand, or all where none has."""
    votes: dict[int, Counter[int]] = {}
    for label, theme in zip(grouping.labels, known, strict=True):
        if label is not None and theme is not None:
            votes.setdefault(label, Counter())[theme] += 1
    heirs: dict[int, int | list[int]] = {}
    for label, themes in votes.items():
        theme, count = min(themes.items(), key=lambda found: (-found[1], found[0]))
        heirs[label] = theme if 2 * count > themes.total() else sorted(themes)
    return heirs


class _Split:
    """The middles of themes as they stand, made when the first split group asks."""

    def __init__(self, texts: Sequence[str], known: Sequence[int | None]) -> None:
        self._texts, self._known = texts, known
        self._themes: Themes | None = None

    def nearest(self, text: str, among: Sequence[int]) -> int | None:
        """The theme among some that a text is most like, None where none fits."""
        if self._themes is None:
            self._themes = by_label([wording(one) for one in self._texts], self._known)
        return place(text, self._themes, among).theme
