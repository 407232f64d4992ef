"""Who a document is sent to: those of "Kính gửi" and the lines of "Nơi nhận"."""

from __future__ import annotations

import re

from vanban import patterns
from vanban.document import Field, Recipient, RecipientKind
from vanban.lines import Line, Zones, field
from vanban.text import fold, is_upper
from vanban.vocabulary import table

_REACH = 60  # lines after the start of the letterhead in which the addressees stand
_CHANNELS = (
    "website",
    "cong thong tin",
    "cong ttdt",
    "trang thong tin",
    "cong bao",
    "dang tai",
    "bao ",
    "dai ",
    "truyen hinh",
)


def read_addressees(text: str, lines: list[Line], zones: Zones) -> tuple[tuple[Field, ...], int]:
    """Return the addressees and the number of the line after them (0 if there are none)."""
    for number in range(zones.head, min(zones.tail, zones.anchor + _REACH)):
        words = lines[number].text
        label = patterns.ADDRESS.match(words) if words else None
        if label or patterns.TELEGRAM.search(words):
            rest = lines[number].start + (label.end() if label else len(words))
            return _listed(text, lines, number, rest, zones.tail)
    return (), 0


def _listed(text: str, lines: list[Line], number: int, rest: int, tail: int) -> tuple[tuple[Field, ...], int]:
    parts: list[tuple[int, int]] = []
    dashed = False
    first = lines[number]
    if text[rest : first.end].strip():
        parts.append((rest, first.end))
        dashed = text[rest : first.end].lstrip()[0] in "-–+•"
    number += 1
    while number < tail:
        line = lines[number]
        if line.text and line.text[0] in "-–+•":
            dashed = True
            parts.append((line.start, line.end))
        elif line.text and not parts:
            parts.append((line.start, line.end))
        elif line.text and (dashed or text[parts[-1][1] - 1] not in ";," or _is_sentence(line.text)):
            break
        elif line.text:
            parts.append((line.start, line.end))
        number += 1
    cut = patterns.COPIES if dashed else patterns.SEMICOLON
    names = (name for start, end in parts for name in _names(text, start, end, cut))
    return tuple(names), number


def _is_sentence(words: str) -> bool:
    """Tell a paragraph of the text from a name: 05-HD/VPTW puts a semicolon behind the last addressee too."""
    begins = patterns.BASIS.match(words) or patterns.MARKER.match(words) or patterns.LETTER_BEGINS.match(words)
    return len(words) > _LONGEST_NAME or words.endswith(":") or begins is not None


_LONGEST_NAME = 120  # characters of an addressee on a line without a dash


def _names(text: str, start: int, end: int, between: re.Pattern[str] = patterns.COPIES) -> list[Field]:
    """Return the names in one line, parted by matches of `between` ("; - " in a list of dashes)."""
    found = []
    at = start
    for cut in [*between.finditer(text, start, end), None]:
        stop = cut.start() if cut else end
        bare = text[at:stop].strip(" -–+•*")
        if bare.rstrip(" .;,"):
            begin = text.index(bare, at)
            name = field(text, begin, begin + len(bare.rstrip(" .;,")))
            found.extend([name] if name else [])
        at = cut.end() if cut else end
    return found


def read_distribution(text: str, lines: list[Line], zones: Zones) -> tuple[Recipient, ...]:
    """Return the lines of "Nơi nhận", also when the signature stands between them; stops after "Lưu".

    A list without its label counts if it opens the end of the document and closes with "Lưu".
    """
    first = next((i for i in range(zones.tail, zones.stop) if patterns.DISTRIBUTION.match(lines[i].text)), None)
    label = patterns.DISTRIBUTION.match(lines[first].text) if first is not None else None
    if first is None:
        first = _unlabelled(lines, zones)
        if first is None:
            return ()
    after = lines[first].start + (label.end() if label else 0)
    parts, dashed = _parts(text, lines, range(first, zones.stop), after, labelled=label is not None)
    cut = patterns.COPIES if dashed else patterns.SEMICOLON
    names = (name for start, end in parts for name in _names(text, start, end, cut))
    return tuple(_recipient(name, labelled=label is not None) for name in names)


def _unlabelled(lines: list[Line], zones: Zones) -> int | None:
    """Return the line of the first dash, if the end opens with a list in dashes that closes with "Lưu"."""
    filled = [i for i in range(zones.tail, zones.stop) if lines[i].text][:_UNLABELLED]
    first = next((i for i in filled if lines[i].text[0] in "-–"), None)
    if first is None or any(
        lines[i].text[0] not in "-–" and not is_upper(lines[i].text) for i in filled if i < first
    ):
        return None
    archived = (patterns.ARCHIVED.search(lines[i].text) for i in filled if i >= first)
    return first if any(archived) else None


def _parts(
    text: str, lines: list[Line], reach: range, after: int, *, labelled: bool
) -> tuple[list[tuple[int, int]], bool]:
    """Return the ranges of the items, and whether dashes mark them; without dashes a mark ends each item."""
    first = lines[reach[0]]
    parts: list[tuple[int, int]] = []
    rest = text[after : first.end].strip()
    dashed = rest.startswith(("-", "–")) or any(_is_item(lines[i]) for i in reach[1:])
    if rest and (rest[0] in "-–" or (labelled and not dashed and not is_upper(rest))):
        parts.append((after, first.end))
    for number in reach[1:]:
        line = lines[number]
        if not line.text:
            continue
        above = text[parts[-1][0] : parts[-1][1]].rstrip() if parts else ""
        if line.text[0] == "+" and above.endswith((":", ";")) and ":" in above:
            parts[-1] = (parts[-1][0], _column_end(line))
        elif _is_item(line) if dashed else _is_plain_item(line, above):
            if above and _is_archive(above):
                break
            parts.append((line.start, _column_end(line)))
        elif parts and _continues(text, parts[-1], line):
            parts[-1] = (parts[-1][0], _column_end(line))
        elif parts and _is_archive(above):
            break
    return parts, dashed


def _is_item(line: Line) -> bool:
    return line.text[:1] in _DASHES and bool(line.text.strip("-–_* "))


_DASHES = ("-", "–", "+", "•", "*", "●")


def _is_plain_item(line: Line, above: str) -> bool:
    """Tell whether a line without a dash is an item: it ends as items do, and the one above was complete."""
    if above and above[-1] not in ";,." and not _is_archive(line.text):
        return False
    return line.text[-1] in ";,." or _is_archive(line.text)


def _recipient(name: Field, *, labelled: bool) -> Recipient:
    role = patterns.PAPER_ROLE.search(name.value)
    printed = role["role"].strip() if role else None
    kind = kind_of(name.value)
    sure = _SURE if labelled and kind in (RecipientKind.ADDRESSEES, RecipientKind.ARCHIVE) else _PLAIN
    if not labelled:
        sure = _WITHOUT_LABEL
    if patterns.ODD_IN_NAME.search(name.value):
        sure = _ODD
    return Recipient(name.value, kind, name.span, printed, sure)


_SURE, _PLAIN, _WITHOUT_LABEL, _ODD = 0.99, 0.97, 0.8, 0.5
_UNLABELLED = 30  # filled lines at the end in which a list without a label stands


def _column_end(line: Line) -> int:
    """Return where the recipient ends: before a part of the signature that shares its line, and before specks."""
    apart = _before_signature(line)
    speck = patterns.SPECK.search(line.text, 2, apart - line.start)
    return line.start + speck.start() if speck else apart


def _before_signature(line: Line) -> int:
    for cut in (*patterns.WIDE_GAP.finditer(line.text, 3), *patterns.RECIPIENT_END.finditer(line.text)):
        beside = line.text[cut.end() :].strip()
        if is_upper(beside) or patterns.NAME.match(beside) or patterns.SIGNED.match(beside):
            return line.start + cut.start() + cut[0].startswith((";", "."))
    name = patterns.NAME_AT_END.search(line.text)
    if name and name["name"].split()[0] in table("signing")["surnames"] and not patterns.PERSON.search(line.text):
        return line.start + name.start("name")
    return line.end


def _continues(text: str, part: tuple[int, int], line: Line) -> bool:
    """Tell whether `line` goes on with the recipient above it and is no part of the signature beside it."""
    above = text[part[0] : part[1]].rstrip()
    apart = text[part[1] : line.start].count("\n") > 1 and not (above[-1] not in ";.," and line.text[-1] in ";,")
    if apart or patterns.AUTHORITY_LINE.match(line.text):
        return False
    if _is_archive(above):
        return line.text[0].isdigit() or line.text[0] == "("
    if patterns.NAME.match(line.text) and line.text.split()[0] in table("signing")["surnames"]:
        return False
    if line.text[0].islower() and above[-1] != ".":
        return True
    return above[-1] not in ";." and not is_upper(line.text) and not patterns.NAME.match(line.text)


def _is_archive(words: str) -> bool:
    return fold(words).lstrip("-–+• ").startswith("luu")


def kind_of(name: str) -> RecipientKind:
    """Return what sort of recipient `name` is."""
    folded = fold(name)
    if folded.startswith("luu"):
        return RecipientKind.ARCHIVE
    if folded.startswith("nhu "):
        return RecipientKind.ADDRESSEES
    if patterns.PERSON.search(name):
        return RecipientKind.PERSON
    if any(folded.startswith(word) for word in _CHANNELS) or "website" in folded or "cong thong tin" in folded:
        return RecipientKind.CHANNEL
    return RecipientKind.ORGAN
