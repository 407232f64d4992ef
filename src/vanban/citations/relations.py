"""What the words before (or after) a mention say that this document does with it."""

from __future__ import annotations

import re

from vanban import patterns
from vanban.citations.found import Found
from vanban.document import MentionKind, Relation

_BEFORE = 120  # characters before a mention in which the word stands
_CLOSE = 48  # where it mostly stands: looked through first
_LETTERS = ("CV", "TTr", None)
_REPEALED = ("hết hiệu lực", "bãi bỏ")


def relate(text: str, found: list[Found]) -> None:
    """Tell of each mention what this document does with it, where the words say so.

    A document named in the title of another has none: there the words say what the other does with it. In a chain
    ("Thực hiện A, B và C") the first word counts for all.
    """
    outer = 0  # where the title of the last mention that stands in no title ends
    carried: Relation | None = None
    ends = any(word in text for word in _REPEALED)
    for each in found:
        if each.start < outer or each.kind is MentionKind.SELF:
            continue
        relation = _before(text, outer, each)
        if relation is None and carried and patterns.CHAIN.fullmatch(text, outer, each.start):
            relation = carried
        if relation is None and ends and patterns.NO_LONGER.match(text, each.end):
            relation = Relation.REPEALS
        each.relation = carried = relation
        outer = max(each.title_end, each.end)


def _before(text: str, floor: int, each: Found) -> Relation | None:
    start = each.start
    low = max(floor, start - _BEFORE, text.rfind("\n", max(floor, start - _BEFORE), start) + 1)
    last = _last_word(text, max(low, start - _CLOSE), start)
    if last is None and " của " in text[low:start]:  # "theo đề nghị của Giám đốc Sở Nội vụ tại"
        last = _last_word(text, low, start)
    if last is None or not patterns.RELATION_GAP.fullmatch(text, last.end(), start):
        return _reply(text[low:start], each)
    window = text[low:start]
    if "được " in window or "bị " in window:
        passive = patterns.PASSIVE.search(window)
        if passive and passive.start() <= last.start() - low:
            return None
    relation = Relation(last.lastgroup or "")
    changes = relation in (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS)
    return (
        None
        if changes and patterns.OTHERS_ACT.search(text, max(low, last.start() - 30), last.start())
        else relation
    )


def _last_word(text: str, low: int, end: int) -> re.Match[str] | None:
    return max(patterns.RELATION_WORDS.finditer(text, low, end), key=lambda match: match.start(), default=None)


def _reply(window: str, each: Found) -> Relation | None:
    """Tell a letter that asks for something and is answered here: "tại Công văn số … về việc đề nghị"."""
    asks = each.title and each.type in _LETTERS and patterns.ASKS.match(each.title)
    return Relation.REPLIES_TO if asks and window.rstrip().endswith(("tại", "về", "xem xét")) else None
