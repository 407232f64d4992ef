"""A draft as it was read becomes provisions: each numbered part with its own words, called as one cites it.

How a part is cited follows Decree 30/2020/NĐ-CP, annex I, and Law 64/2025/QH15 on legal documents: "điểm a khoản 2
Điều 5". Where a text has no numbered parts, its paragraphs are what one comments on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from vanban.text import fold

LONGEST = 6_000  # characters of a provision: a longer one goes on in a next, so that a page of it stays light
MOST = 5_000  # provisions of a draft
WHOLE, BEGINNING = "Ý kiến chung về toàn văn dự thảo", "Phần mở đầu"
CALLED = {"clause": "khoản", "point": "điểm", "section": "mục"}
WITHIN = ("clause", "point")  # what is cited together with what it stands in
NOT_ALONE = ("dash",)  # lines that are part of what they stand in


class TooLong(ValueError):
    """More provisions than MOST."""


@dataclass(frozen=True)
class Read:
    """A provision as it was read (`models.ConsultedProvision`)."""

    level: int
    anchor: str
    label: str
    text: str


def provisions_of(reading: dict[str, Any]) -> list[Read]:
    """The provisions of a reading (`vanban.as_json`), in order, each with an anchor of its own.

    The first is the draft as a whole, without words of its own: what somebody says of all of it.

    Raises:
        TooLong: there are more than MOST.
    """
    found: list[Read] = []
    seen: dict[str, int] = {}
    for one in _all(reading):
        for part in _parts(one):
            times = seen[part.anchor] = seen.get(part.anchor, 0) + 1
            found.append(part if times == 1 else replace(part, anchor=f"{part.anchor}~{times}"))
            if len(found) > MOST:
                raise TooLong
    return found


def _all(reading: dict[str, Any]) -> Iterator[Read]:
    text: str = reading["text"]
    nodes = reading["provisions"]
    yield Read(0, "toan-van", WHOLE, "")
    first, last = reading["body"] or (0, len(text))
    starts = nodes[0]["span"][0] if nodes else last
    if nodes:
        yield from _own(text[min(first, starts) : starts], Read(0, "mo-dau", BEGINNING, ""))
        for node in nodes:
            yield from _walk(text, node, ())
    else:
        lines = [line.strip() for line in text[first:last].splitlines() if line.strip()]
        for number, line in enumerate(lines, 1):
            yield Read(0, f"doan-{number}", f"Đoạn {number}", line)
    for number, appendix in enumerate(reading["appendices"], 1):
        begin, end = appendix["span"]
        name = (appendix.get("number") or {}).get("value") or str(number)
        label = name if fold(name).startswith("phu luc") else f"Phụ lục {name}"
        yield from _own(text[begin:end], Read(0, _slug(label), label, ""))


def _own(words: str, blank: Read) -> Iterator[Read]:
    if words.strip():
        yield replace(blank, text=words.strip())


def _walk(text: str, node: dict[str, Any], above: tuple[dict[str, Any], ...]) -> Iterator[Read]:
    children = [child for child in node["children"] if child["kind"] not in NOT_ALONE]
    begin, end = node["span"]
    own = text[begin : children[0]["span"][0] if children else end].strip()
    path = (*above, node)
    yield Read(min(len(above), 9), _anchor(path), _label(path)[:200], own)
    for child in children:
        yield from _walk(text, child, path)


def _named(node: dict[str, Any]) -> str:
    """What a part is called alone: "Điều 5", "khoản 2", "điểm a"."""
    number = " ".join(str(node["number"] or "").split()).rstrip(".)")
    word = CALLED.get(node["kind"], "" if re.match(r"\w+\s", number) else "mục")
    return f"{word} {number}".strip()


def _label(path: tuple[dict[str, Any], ...]) -> str:
    """How a part is cited: from itself outwards, as far as it takes to be found."""
    names = []
    for node in reversed(path):
        names.append(_named(node))
        if node["kind"] not in (*WITHIN, "item"):
            break
    words = " ".join(names)
    return words[:1].upper() + words[1:]


def _anchor(path: tuple[dict[str, Any], ...]) -> str:
    """Articles are numbered through the whole paper: in which chapter one stands says nothing of which it is."""
    from_article = next((at for at, node in enumerate(path) if node["kind"] == "article"), 0)
    return ".".join(_slug(_named(node)) for node in path[from_article:])[:100]


def _slug(words: str) -> str:
    # "đ" is a point of its own beside "d"
    plain = fold(words.lower().replace("điểm đ", "diem dd"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or "muc"


def _parts(one: Read) -> Iterator[Read]:
    """A provision, cut at ends of lines or words where it is too long for a page."""
    rest, number = one.text, 1
    while len(rest) > LONGEST:
        cut = max(rest.rfind("\n", 1, LONGEST), 0) or max(rest.rfind(" ", 1, LONGEST), 0) or LONGEST
        yield _piece(one, rest[:cut].rstrip(), number)
        rest, number = rest[cut:].lstrip(), number + 1
    yield _piece(one, rest, number)


def _piece(one: Read, words: str, number: int) -> Read:
    if number == 1:
        return replace(one, text=words)
    return replace(one, text=words, anchor=f"{one.anchor}.tiep-{number}", label=f"{one.label} (tiếp {number})")
