"""The tree of provisions (Part, Chapter, Section, Article, Clause, Point, Item) by the printed numbers."""

from __future__ import annotations

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
    "small_roman": ("item", 15),
    "dash": ("dash", 16),
    "plus": ("dash", 17),
}
_LONGEST_HEADING = 260
_IN_LETTERS = 14  # the rank of "(1)" in a list under "a)"
_QUOTE_REACH = 60  # lines after which an unclosed quotation mark is taken for a misprint
_LAW_REACH = 600  # the same where the quotation opens with the number of a provision
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LARGEST_STEP = 4  # "1." then "5." is still a list; "1." then "30." is a figure at the start of a line


@dataclass(slots=True)
class Node:
    """A provision while the tree grows. `lines` are its own paragraphs, the numbered one first."""

    number: str
    kind: str
    family: str
    rank: int
    start: int
    text_start: int
    end: int
    heading: Field | None = None
    lines: list[Line] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)


def read_structure(text: str, lines: list[Line]) -> Node:
    """Return the root of the tree of provisions in `lines`; the root's own lines stand before the first number."""
    root = Node("", "root", "root", -1, 0, 0, 0)
    path = [root]
    quoted = 0  # the line before which a quotation ends
    for number, line in enumerate(lines):
        if not line.text or patterns.ORNAMENT.fullmatch(line.text):
            continue
        found = None if number < quoted else _marker(lines, number, path)
        if number >= quoted and ("“" in line.text or '"' in line.text):
            quoted = _quotation_end(lines, number)
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


def _quotation_end(lines: list[Line], number: int) -> int:
    """Return the line after the one that closes a quotation opened on line `number`; unclosed it is none."""
    words = lines[number].text
    curly = words.count("“") - words.count("”") > 0
    if not curly and words.count('"') % 2 == 0:
        return number
    begun = words.rpartition("“" if curly else '"')[2]
    reach = _LAW_REACH if patterns.MARKER.match(begun.strip()) or not begun.strip() else _QUOTE_REACH
    if words.endswith(":") and number + 1 < len(lines):
        reach = _LAW_REACH
    for below in range(number + 1, min(number + reach, len(lines))):
        line = lines[below].text
        if _closes(line, curly=curly):
            return below + 1
    return number


def _closes(words: str, *, curly: bool) -> bool:
    """Tell whether a line of a quotation ends it; an old typewriter closes with the sign that opens."""
    if not curly:
        return words.count('"') % 2 == 1
    return words.count("”") > words.count("“") or (words.endswith(("“", "“.", "“;")) and words.count("“") == 1)


def _marker(lines: list[Line], number: int, path: list[Node]) -> Node | None:
    line = lines[number]
    match = patterns.MARKER.match(line.text)
    if match is None or match.lastgroup is None:
        return _misread(lines, number, path)
    family = match.lastgroup
    kind, rank = _FAMILIES[family]
    if family == "decimal":
        rank += match[family].count(".") - 1
    printed = match[family]
    if family == "article" and printed[-1] in "Il":
        printed = f"{printed[:-1]}1"  # a machine that reads pictures takes the figure one for a letter
    node = Node(printed, kind, family, rank, line.start, line.start + match.end(), line.end)
    if family in ("paren", "bracket"):
        node.rank = _rank_in_letters(node, path)
    return node if _follows(node, family, path, line.text[match.end() :]) else None


def _rank_in_letters(node: Node, path: list[Node]) -> int:
    """Return the rank of "(1)" or "1)": a list begun under "a)" stays under it, else letters stand under it."""
    for parent in reversed(path):
        if parent.family == node.family:
            return parent.rank
        if parent.family == "letter":
            last = parent.children[-1] if parent.children else None
            begins = _value(node.number) == 1 or (last is not None and last.family == node.family)
            return _IN_LETTERS if begins else node.rank
    return node.rank


def _misread(lines: list[Line], number: int, path: list[Node]) -> Node | None:
    """Return a part whose number a machine misread ("Phần]"), by its place in the list and its title."""
    line = lines[number]
    match = patterns.PART_MISREAD.fullmatch(line.text)
    below = next((each.text for each in lines[number + 1 : number + 4] if each.text), "")
    if match is None or not is_upper(below):
        return None
    before = sum(node.family == "part" for node in path[0].children)
    plain = not set(match["number"]) - set("Il1]|")
    if not before and not (plain and len(match["number"]) < 4):
        return None
    figure = _ROMANS[before if before else len(match["number"]) - 1] if before < len(_ROMANS) else match["number"]
    return Node(f"Phần {figure}", "part", "part", 0, line.start, line.end, line.end)


def _follows(node: Node, family: str, path: list[Node], rest: str) -> bool:
    """Tell whether the number goes on with its list; a figure that opens a wrapped line does not."""
    if not rest and family not in ("part", "chapter", "section", "subsection", "article"):
        return False
    if family == "section" and rest[:1].islower():
        return False
    if family not in ("arabic", "article", "paren", "bracket"):
        return True
    value = _value(node.number)
    before = next((child for parent in reversed(path) if (child := _last(parent, node.rank))), None)
    if before is None or value <= 1:
        return True
    last = _value(before.number)
    return last < value <= last + _LARGEST_STEP or (value == last and node.number != before.number)


def _value(number: str) -> int:
    return int("".join(filter(str.isdecimal, number)) or 0)


def _last(parent: Node, rank: int) -> Node | None:
    """Return the last child of this rank; one of a higher rank behind it has closed its list."""
    for child in reversed(parent.children):
        if child.rank <= rank:
            return child if child.rank == rank else None
    return None


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
    if words.endswith(("sau:", "sau")) and not _quotes_below(lines, number):
        return None
    if words.endswith((".", ";", "/.", ",")) and not is_upper(words):
        return None
    return field_at(text, start, start + len(text[start:end].rstrip(" :.")))


def _quotes_below(lines: list[Line], number: int) -> bool:
    """Tell whether the next line opens a quotation: then "Sửa đổi … như sau:" is the heading over it."""
    below = next((line.text for line in lines[number + 1 : number + 4] if line.text), "")
    return below.startswith(("“", '"'))


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
