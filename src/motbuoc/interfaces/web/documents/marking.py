"""A document's text as HTML with marked words. Marks may overlap and nest; the words themselves never change.

Each stretch of text between two borders of marks becomes one element that names every mark over it, so overlapping
marks need no broken nesting, and a script can light up all stretches of one mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Mark:
    """Words worth seeing: the characters from `start` up to but not including `end`.

    `kind` becomes the class "w-<kind>", `label` says what the words are (shown on hover). `key` ties the words to
    a card of the page: the words get the anchor "words-<key>", and where `pin` is not empty a link of that name to
    "#<key>", drawn by the style sheet so that it is not part of the text. `lit` is the key of a card that the
    words light up with, without being its anchor. Words read with doubt are `unsure`.
    """

    start: int
    end: int
    kind: str
    label: str = ""
    key: str = ""
    pin: str = ""
    unsure: bool = False
    lit: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text set as a block of its own, such as a numbered item. Blocks must not overlap."""

    start: int
    end: int
    key: str


def marked_text(text: str, marks: Iterable[Mark], blocks: Sequence[Block] = ()) -> SafeString:
    """The text with its marks: escaped, and equal to `text` once the elements are taken away.

    Marks are cut to the text; those without words, and blocks that overlap an earlier one, are left out.
    """
    inside = [mark for mark in marks if 0 <= mark.start < min(mark.end, len(text))]
    parts = _without_overlap(blocks, len(text))
    opening = {block.start: block for block in parts}
    closing = {block.end for block in parts}
    written: list[str] = []
    for start, end, over in _stretches(len(text), inside, [*opening, *closing]):
        if start in closing:
            written.append("</div>")
        if start in opening:
            written.append(f'<div class="item" id="{escape(opening[start].key)}">')
        written += [_pin(mark) for mark in over if mark.start == start and mark.key]
        written.append(_stretch(text[start:end], over))
    if len(text) in closing:
        written.append("</div>")
    return mark_safe("".join(written))  # noqa: S308 - every piece was escaped above


def _without_overlap(blocks: Iterable[Block], length: int) -> list[Block]:
    kept: list[Block] = []
    for block in sorted(blocks, key=lambda b: (b.start, -b.end)):
        if (kept[-1].end if kept else 0) <= block.start < block.end <= length:
            kept.append(block)
    return kept


def _stretches(
    length: int, marks: Iterable[Mark], borders: Iterable[int]
) -> Iterable[tuple[int, int, tuple[Mark, ...]]]:
    """The text cut at every border, each piece with the marks over it, the outermost first."""
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end), reverse=True)
    cuts = {0, length, *borders}
    for mark in waiting:
        cuts |= {mark.start, min(mark.end, length)}
    over: list[Mark] = []
    for start, end in pairwise(sorted(cuts)):
        over = [mark for mark in over if mark.end > start]
        while waiting and waiting[-1].start == start:
            over.append(waiting.pop())
        yield start, end, tuple(over)


def _pin(mark: Mark) -> str:
    anchor = f'id="words-{escape(mark.key)}"'
    if not mark.pin:
        return f"<span {anchor}></span>"
    link = f'href="#{escape(mark.key)}" data-pin="{escape(mark.pin)}" aria-label="{escape(mark.label)}"'
    return f'<a class="pin" {anchor} {link}></a>'


def _stretch(words: str, over: tuple[Mark, ...]) -> str:
    if not over:
        return escape(words)
    classes = " ".join(
        dict.fromkeys([f"w-{mark.kind}" for mark in over] + ["unsure"] * any(m.unsure for m in over))
    )
    keys = " ".join(filter(None, (mark.key or mark.lit for mark in over)))
    tied = f' data-key="{escape(keys)}"' if keys else ""
    title = " · ".join(dict.fromkeys(mark.label for mark in reversed(over) if mark.label))
    named = f' title="{escape(title)}"' if title else ""
    return f'<mark class="{escape(classes)}"{tied}{named}>{escape(words)}</mark>'
