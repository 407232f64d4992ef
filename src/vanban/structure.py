"""The tree of provisions (Part, Chapter, Section, Article, Clause, Point, Item) by the printed numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from vanban import patterns
from vanban.document import Field, Provision, Span
from vanban.lines import Line
from vanban.lines import field as field_at
from vanban.text import is_upper

# Families of numbers from the outermost in; the index is the rank.
_FAMILIES = {
    "part": ("part", 0),
    "chapter": ("chapter", 1),
    "section": ("section", 2),
    "subsection": ("section", 3),
    "article": ("article", 4),
    "letter_part": ("part", 5),
    "roman": ("section", 6),
    "arabic": ("clause", 7),
    "decimal": ("clause", 8),  # one more for every further point
    "paren": ("point", 12),
    "bracket": ("point", 12),
    "letter": ("point", 13),
    "small_roman": ("item", 14),
    "dash": ("dash", 15),
    "plus": ("dash", 16),
}
_LONGEST_HEADING = 260
_QUOTE_REACH = 60  # lines after which an unclosed quotation mark is taken for a misprint
_LARGEST_STEP = 4  # "1." then "5." is still a list; "1." then "30." is a figure at the start of a line


@dataclass(slots=True)
class Node:
    """A provision while the tree grows. `lines` are its own paragraphs, the numbered one first."""

    number: str
    kind: str
    rank: int
    start: int
    text_start: int
    end: int
    heading: Field | None = None
    lines: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


def read_structure(text: str, lines: list[Line]) -> Node:
    """Return the root of the tree of provisions in `lines`; the root's own lines stand before the first number."""
    root = Node("", "root", -1, 0, 0, 0)
    path = [root]
    quoted = 0
    for number, line in enumerate(lines):
        if not line.text or patterns.ORNAMENT.fullmatch(line.text):
            continue
        found = None if quoted else _marker(line, path)
        quoted = _still_quoted(lines, number, quoted)
        if found is None:
            path[-1].lines.append(line)
        else:
            _insert(path, found)
            found.heading = _heading(text, line, found, lines, number)
            found.lines.append(line)
        end = line.end
        for node in path:
            node.end = end
    return root


def _still_quoted(lines: list[Line], number: int, quoted: int) -> int:
    """Return how many more lines stand inside a quotation opened on this line or before; unclosed it is none."""
    depth = _quotes(lines[number])
    if quoted:
        return 0 if depth < 0 else quoted - 1
    if depth <= 0:
        return 0
    return next((i for i in range(1, _QUOTE_REACH) if _quotes(*lines[number + i : number + i + 1]) < 0), 0)


def _quotes(*lines: Line) -> int:
    return sum(line.text.count("“") - line.text.count("”") for line in lines)


def _marker(line: Line, path: list[Node]) -> Node | None:
    match = patterns.MARKER.match(line.text)
    if match is None or match.lastgroup is None:
        return None
    family = match.lastgroup
    kind, rank = _FAMILIES[family]
    number = match[family]
    if family == "decimal":
        rank += number.count(".") - 1
    node = Node(number, kind, rank, line.start, line.start + match.end(), line.end)
    return node if _follows(node, family, path, line.text[match.end() :]) else None


def _follows(node: Node, family: str, path: list[Node], rest: str) -> bool:
    """Tell whether the number goes on with its list; a figure that opens a wrapped line does not."""
    if not rest and family not in ("part", "chapter", "section", "subsection", "article"):
        return False
    if family == "section" and rest[:1].islower():
        return False
    if family not in ("arabic", "article", "paren", "bracket"):
        return True
    value = int(re.sub(r"\D", "", node.number))
    before = next((_last(parent, node.rank) for parent in reversed(path) if _last(parent, node.rank)), None)
    if before is None or value <= 1:
        return True
    last = int(re.sub(r"\D", "", before.number) or 0)
    return last < value <= last + _LARGEST_STEP or (value == last and node.number != before.number)


def _last(parent: Node, rank: int) -> Node | None:
    return next((child for child in reversed(parent.children) if child.rank == rank), None)


def _insert(path: list[Node], node: Node) -> None:
    while path[-1].rank >= node.rank:
        path.pop()
    path[-1].children.append(node)
    path.append(node)


def _heading(text: str, line: Line, node: Node, lines: list[Line], number: int) -> Field | None:
    """Return the heading: on the line of the number, or the line in capitals under it; None for a sentence."""
    start, end = node.text_start, line.end
    words = text[start:end].strip()
    if not words:
        return _heading_below(text, lines[number + 1 : number + 8])
    if node.kind == "dash" or len(words) > _LONGEST_HEADING or patterns.SENTENCE_END.search(words):
        return None
    if words.endswith(("sau:", "sau")) or (words.endswith((".", ";", "/.", ",")) and not is_upper(words)):
        return None
    return field_at(text, start, start + len(text[start:end].rstrip(" :.")))


def _heading_below(text: str, lines: list[Line]) -> Field | None:
    """Return the lines in capitals that follow a number alone on its line."""
    taken: list[Line] = []
    for line in lines:
        if not line.text and not taken:
            continue
        if not is_upper(line.text) or patterns.MARKER.match(line.text):
            break
        taken.append(line)
    return field_at(text, taken[0].start, taken[-1].end) if taken else None


def provisions_of(root: Node) -> tuple[Provision, ...]:
    """Return the finished tree under `root`; dashes count only below a number."""
    return tuple(_finished(child) for child in root.children if child.kind != "dash")


def _finished(node: Node) -> Provision:
    children = tuple(_finished(child) for child in node.children)
    return Provision(node.number, Span(node.start, node.end), node.heading, node.kind, children)
