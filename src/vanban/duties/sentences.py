"""Sentences of duty: where they begin and end, whose they are, whom to work with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from vanban import patterns
from vanban.document import Field
from vanban.lines import field

_ORDER_REACH = 200  # characters from the start of a sentence to "đề nghị"
_LONGEST_BODY = 420  # characters: a list of bodies before the verb
_LONGEST_PURPOSE = 60  # characters: what a body is for, in its name
_NOT_BINDING = (
    "nhằm ",
    "để ",
    "trường hợp ",
    "trong đó",
    "tuy nhiên",
    "nếu ",
    "việc ",
    "trong thời gian",
    "ngày ",
    "sau khi ",
    "hiện nay",
    "căn cứ ",
    "các hành vi ",
)
_PASSED = ("đã ", "đang ", "được ", "vẫn còn", "là ", "gồm ", "có quyền", "sẽ được", "chưa ")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or a part of one with a time of its own: a range of the text."""

    start: int
    end: int
    goes_on: bool = False  # after ";": the body of the clause before bears this one too


def clauses_of(text: str, start: int, end: int) -> list[Clause]:
    """Return the sentences of `text[start:end]`; a part after ";" with a time of its own stands alone."""
    parts = {match.end() for match in patterns.TIMED_CLAUSE.finditer(text, start, end)}
    cuts = parts | {match.end() for match in patterns.SENTENCE_END.finditer(text, start, end)}
    edges = [start, *sorted(cuts), end]
    found = []
    for first, last in pairwise(edges):
        begin = first + len(text[first:last]) - len(text[first:last].lstrip(" -–+•*"))
        if text[begin:last].strip(" .;"):
            found.append(Clause(begin, last, first in parts))
    return found


def duty_in(text: str, clause: Clause, *, borne: bool = False) -> tuple[bool, Field | None]:
    """Tell whether the sentence asks for something, and the body it tells to act (None: it names none).

    It asks if it opens with a verb of duty, or names a body and a verb. `borne`: a body is named above; then an
    order it is to pass on ("Yêu cầu các đơn vị …") is its own duty, and so is what opens with no known verb.
    """
    if clause.end - clause.start < 8:
        return False, None
    start = _after_phrases(text, clause)
    opening = text[start : start + 24].lower()
    if opening.startswith(_NOT_BINDING):
        return False, None
    if patterns.BASIS.match(text, start) and not opening.startswith("thực hiện"):
        return False, None
    assigned = patterns.ASSIGNMENT.match(text, start, clause.end)
    told = told_body(text, start, clause.end, strict=True)
    if told or assigned:
        return told is not None or borne, told
    if patterns.VERB_FIRST.match(text, start, clause.end) or patterns.OPENING_VERB.match(text, start, clause.end):
        return True, None
    body = _body_at(text, start, clause.end)
    return body is not None, body


def _after_phrases(text: str, clause: Clause) -> int:
    """Return where the sentence begins once "Trên cơ sở chức năng, nhiệm vụ," or "Trường hợp …," is passed."""
    basis = patterns.BASIS_PHRASE.match(text, clause.start, clause.end)
    if basis:
        return basis.end()
    condition = patterns.CONDITION.match(text, clause.start, clause.end)
    return condition.end() if condition and patterns.BODY_FIRST.match(text, condition.end()) else clause.start


def told_body(text: str, start: int, end: int, *, strict: bool = False) -> Field | None:
    """Return the body after "Giao", "đề nghị", "yêu cầu", where the sentence names one so.

    `strict`: no other duty may stand before the order ("A theo dõi; giao B kiểm tra" is A's first).
    """
    assigned = patterns.ASSIGNMENT.match(text, start, end)
    at = assigned.end() if assigned else _inner_assignment(text, start, end, strict=strict)
    return _body_at(text, at, end) if at is not None else None


def _inner_assignment(text: str, start: int, end: int, *, strict: bool) -> int | None:
    """Return where the body starts in "<issuer> đề nghị <body> <verb>", None if nobody is told so."""
    for match in patterns.ORDER_INSIDE.finditer(text, start, min(end, start + _ORDER_REACH)):
        if patterns.BODY_FIRST.match(text, match.end()):
            busy = strict and patterns.VERB.search(text, start, match.start())
            return None if busy else match.end()
    return None


def _body_at(text: str, start: int, end: int) -> Field | None:
    if not patterns.BODY_FIRST.match(text, start, end):
        return None
    verb = _verb_after_body(text, start, min(end, start + _LONGEST_BODY))
    colon = text.find(":", start, verb.start() if verb else min(end, start + _LONGEST_BODY))
    if colon > 0 and patterns.VERB_FIRST.match(text, colon + 1 + text[colon + 1 : end].startswith(" "), end):
        return field(text, start, colon)
    if verb is None:
        return None
    stop = verb.start()
    if patterns.ASSIGNED_TO.match(text, stop):  # "Các đơn vị được giao thực hiện nhiệm vụ lập dự toán"
        return _body_before(text, start, stop, end)
    return _named(text, start, stop)


def _body_before(text: str, start: int, passive: int, end: int) -> Field | None:
    """Return the body with what it is said to be given, up to the verb of the duty."""
    given = patterns.VERB_AFTER_BODY.search(text, passive + len("được giao"), end)
    verb = patterns.VERB.search(text, given.end(), end) if given else None
    return _named(text, start, verb.start()) if verb else None


def _verb_after_body(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the verb behind the body at `start`; one that is part of its name ("Phòng quản lý đô thị") is not it.

    It is if the body has no name before it, and another verb follows with no mark between.
    """
    verb = patterns.VERB_AFTER_BODY.search(text, start + 2, end)
    while verb and patterns.NAMING_VERB.match(text, verb.start()):
        if not patterns.UNNAMED_BODY.search(text[start : verb.start()]):
            return verb
        colon = text.find(": ", verb.end(), min(end, verb.end() + _LONGEST_PURPOSE))
        if colon > 0 and patterns.VERB_FIRST.match(text, colon + 2, end):
            return patterns.VERB_FIRST.match(text, colon + 2, end)
        after = patterns.VERB_AFTER_BODY.search(text, verb.end(), min(end, verb.end() + _LONGEST_PURPOSE))
        if after is None or patterns.NO_NAME_BETWEEN.search(text[verb.end() : after.start()]):
            return verb
        verb = after
    return verb


def _named(text: str, start: int, stop: int) -> Field | None:
    name = field(text, start, stop)
    if name is None or len(name.value) < 4 or any(mark in name.value for mark in ".“"):
        return None
    if ":" in name.value and "," not in name.value.partition(":")[2]:  # after ":" a list of names, not a fact
        return None
    if text[stop : stop + 14].lower().startswith(_PASSED) and not patterns.IS_LEAD.match(text, stop):
        return None
    return field(text, start, start + len(text[start:stop].rstrip(" ,;:")))


def partners_of(text: str, start: int, end: int) -> tuple[Field | None, int]:
    """Return those to work with ("chủ trì, phối hợp với A, B") and where the task itself starts."""
    match = patterns.LEADS_WITH.match(text, start, end)
    if match is None:
        return None, start
    if "với" not in match[0] and "cùng" not in match[0] and not patterns.BODY_FIRST.match(text, match.end()):
        return None, start
    if match[0].startswith("Phối hợp"):  # "Phối hợp với A lập …": to work with A is the duty, A no help to it
        return None, start
    verb = _verb_after_body(text, match.end(), min(end, match.end() + _LONGEST_BODY))
    if verb is None:
        return field(text, match.end(), match.end() + len(text[match.end() : end].rstrip(" ./;"))), start
    name = field(text, match.end(), match.end() + len(text[match.end() : verb.start()].rstrip(" ,;")))
    return name, verb.start()


def bodies_of(text: str, printed: Field) -> tuple[Field, ...]:
    """Return the bodies of a printed list, one each, if all are proper names joined by commas, else the whole.

    "Sở Nội vụ, Sở Y tế" are two; "các sở, ban, ngành" and "Sở Nội vụ và Sở Y tế" stay as they are printed.
    """
    if printed.span is None or ", " not in printed.value or " và " in printed.value:
        return (printed,)
    found, at = [], printed.span.start
    for part in text[printed.span.start : printed.span.end].split(","):
        one = field(text, at, at + len(part))
        if one is None or not patterns.PROPER_BODY.fullmatch(one.value):
            return (printed,)
        found.append(one)
        at += len(part) + 1
    return tuple(found) if ", ".join(each.value for each in found) == printed.value else (printed,)
