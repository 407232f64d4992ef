"""The signature blocks: authority line, title and name; several where several sign (joint papers, minutes)."""

from __future__ import annotations

from dataclasses import dataclass

from vanban import patterns
from vanban.document import Field, Signature, Span
from vanban.ending.titles import deputy_of, is_organ, is_title, opens_block, surnames
from vanban.lines import Line, Zones, field
from vanban.text import fold, is_upper, squash
from vanban.vocabulary import table

_NAME_REACH = 40  # lines from the title to the name: seals, stamps and the distribution list may stand between
_NEXT_REACH = 14  # lines from the name of one signer to the block of the next
_SHORTEST = 3  # characters of a line of the block: "DÂN" may be the end of "ỦY BAN NHÂN"
_SURE_NAME, _ODD_NAME, _NAME_IN_LIST, _RESPELT = 1.0, 0.8, 0.6, 0.8


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a line that stands apart from the rest of it; `column` is where it begins on its line."""

    line: Line
    number: int
    column: int

    @property
    def text(self) -> str:
        return self.line.text


@dataclass(slots=True)
class _Group:
    """Lines in capitals, and the names under them: one signature block or several side by side."""

    capitals: list[_Piece]
    names: list[tuple[_Piece, Field]]


def read_signatures(text: str, lines: list[Line], zones: Zones, organ: str | None = None) -> tuple[Signature, ...]:
    """Return the signatures that follow the body, that of the one who answers for the paper first.

    `organ` is the issuing body as printed; of a joint paper the body named first leads. Where it does not tell,
    the block printed right leads (36-HD/VPTW, 05-HD/VPTW: the lead organ signs right). Parts that are not printed
    are None. Without any signature one empty `Signature` is returned.
    """
    signatures: list[Signature] = []
    start = zones.tail
    while True:
        group = _group(text, lines, start, zones, further=bool(signatures))
        if group is None:
            break
        blocks = _blocks(group)
        found = [_signature(text, block, name) for block, name in blocks]
        signatures.extend(reversed(found))
        if not group.names:
            break
        start = group.names[-1][0].number + 1
    if len(signatures) == 1 and signatures[0].name is None:
        signatures = [_named_in_list(text, lines, zones, signatures[0])]
    return _led(signatures, organ) if signatures else (Signature(),)


def _group(text: str, lines: list[Line], start: int, zones: Zones, *, further: bool) -> _Group | None:
    """Return the next lines in capitals and the names under them. A further group must be near and named."""
    group = _Group([], [])
    stop = min(zones.stop, start + _NEXT_REACH) if further else zones.stop
    for number in range(start, zones.stop):
        if (not group.capitals and number >= stop) or (
            group.capitals and number > group.capitals[-1].number + _NAME_REACH
        ):
            break
        for piece in _pieces(text, lines, number):
            if not _take(text, group, piece):
                return _whole(group, further=further)
    return _whole(group, further=further)


def _take(text: str, group: _Group, piece: _Piece) -> bool:
    """Put `piece` where it belongs; False when it opens the next group."""
    words = piece.text
    name = _name_in(text, piece) if group.capitals else None
    if name:
        group.names.append((piece, name))
    elif is_upper(words):
        opens = opens_block(words)
        if group.names and (opens or _is_below(group, piece)):
            return False
        if patterns.ODD_IN_NAME.search(words) or words[0] in ":;.," or len(words) < _SHORTEST:
            return True  # what a machine made of a seal
        if (group.capitals and not group.names) or opens or is_organ(words):
            group.capitals.append(piece)
    elif words == "kiêm" and group.capitals and not group.names:
        group.capitals.append(piece)
    return True


def _is_below(group: _Group, piece: _Piece) -> bool:
    """Tell whether `piece` stands below the names rather than beside them."""
    return piece.number > group.names[-1][0].number


def _whole(group: _Group, *, further: bool) -> _Group | None:
    while group.capitals and not opens_block(group.capitals[0].text) and not _leads(group.capitals):
        group.capitals.pop(0)
    if not group.names:
        group.capitals = group.capitals[:6]
    sure = bool(group.names) and all(name.confidence >= _SURE_NAME for _, name in group.names)
    return group if group.capitals and (sure or not further) else None


def _leads(pieces: list[_Piece]) -> bool:
    """Tell whether the first piece names the body over a block: an authority or a title follows it."""
    return is_organ(pieces[0].text) and any(opens_block(piece.text) for piece in pieces[1:4])


def _pieces(text: str, lines: list[Line], number: int) -> list[_Piece]:
    """Return the parts of the line that stand apart, without recipients and labels (two columns on one line)."""
    line = lines[number]
    if not line.text or patterns.ORNAMENT.fullmatch(line.text):
        return []
    left = text.rfind("\n", 0, line.start) + 1
    label = patterns.DISTRIBUTION.match(line.text)
    at = label.end() if label else 0
    parts = []
    for gap in [*patterns.WIDE_GAP.finditer(line.text, at), None]:
        part = line.text[at : gap.start() if gap else len(line.text)]
        bare = part.strip(" :;") if label else part.strip()
        if bare and bare[0] in "-–+":
            ends = list(patterns.RECIPIENT_END.finditer(bare))
            bare = bare[ends[-1].end() :].strip() if ends else ""
        if bare:
            start = line.start + line.text.index(bare, at)
            parts.append(_Piece(Line(start, bare), number, start - left))
        at = gap.end() if gap else at
    return parts


def _blocks(group: _Group) -> list[tuple[list[Line], Field | None]]:
    """Part the lines in capitals into as many blocks as there are names, and pair them."""
    names = [name for _, name in group.names]
    if len(names) < 2:
        return [([piece.line for piece in group.capitals], names[0] if names else None)]
    columns = _columns(group)
    parts = columns if columns and len(columns) == len(names) else _stacked(group.capitals)
    if len(parts) < len(names):
        return [([piece.line for piece in group.capitals], names[0])]
    return [([piece.line for piece in part], name) for part, name in zip(parts, names, strict=False)]


def _columns(group: _Group) -> list[list[_Piece]]:
    """Part pieces by the columns in which they stand, from the left; empty where nothing stands side by side."""
    row = next(
        (row for piece in group.capitals if len(row := _row(group.capitals, piece)) == len(group.names)), None
    )
    if row is None or len(row) < 2:
        return []
    parts: list[list[_Piece]] = [[] for _ in row]
    for piece in group.capitals:
        beside = _row(group.capitals, piece)
        middle = piece.column + len(piece.text) / 2
        at = (
            beside.index(piece)
            if len(beside) == len(row)
            else min(range(len(row)), key=lambda i: abs(row[i].column + len(row[i].text) / 2 - middle))
        )
        parts[at].append(piece)
    return parts


def _row(pieces: list[_Piece], piece: _Piece) -> list[_Piece]:
    return [other for other in pieces if other.number == piece.number]


def _stacked(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Part blocks printed one below the other: a block ends with a title, the next one opens after it."""
    parts: list[list[_Piece]] = []
    titled = False
    for piece in pieces:
        opens = opens_block(piece.text) or is_organ(piece.text)
        if not parts or (titled and opens):
            parts.append([])
            titled = False
        parts[-1].append(piece)
        titled = titled or (is_title(piece.text) and not patterns.AUTHORITY_LINE.match(piece.text))
    return parts


def _signature(text: str, block: list[Line], name: Field | None) -> Signature:
    if name is None and len(block) > 1 and _bears_surname(block[-1].text):
        name, block = field(text, block[-1].start, block[-1].end, _ODD_NAME), block[:-1]
    organ = next((i for i, line in enumerate(block) if opens_block(line.text)), 0)
    authority, title = _split(block[organ:])
    signing, printed = _joined(text, authority), _joined(text, title)
    return Signature(signing, _with_marks(printed, signing), name, _joined(text, block[:organ]))


def _with_marks(title: Field | None, authority: Field | None) -> Field | None:
    """Give a title that lost its marks those of the head signed for: "K/T CHÁNH …" over "PHO CHANH …"."""
    head = authority.value[4:] if authority and authority.value.startswith(("K/T ", "KT. ")) else None
    deputy = deputy_of(head, title.value) if head and title else None
    return Field(deputy, title.span, _RESPELT) if deputy and title else title


def _bears_surname(words: str) -> bool:
    parts = words.title().split()
    return 1 < len(parts) < 6 and parts[0] in surnames() and not is_title(words)


def _split(block: list[Line]) -> tuple[list[Line], list[Line]]:
    """Part the lines: authority lines and what goes on with them, then the title."""
    authority: list[Line] = []
    title: list[Line] = []
    for line in block:
        signing = patterns.AUTHORITY_LINE.match(line.text)
        if signing and not title:
            authority.extend(_parted(line, title))
        elif title or (is_title(line.text) and not (authority and authority[-1].text.endswith((",", "-")))):
            title.append(line)
        elif authority:
            authority.append(line)
    return authority, title


def _parted(line: Line, title: list[Line]) -> list[Line]:
    """Cut "TM. CHÍNH PHỦ THỦ TƯỚNG" (a table flattened to one line) before its title."""
    if not line.text.startswith(("TM", "T/M", "T.M")):
        return [line]
    words = line.text.split(" ")
    for count in range(3, len(words)):
        rest = " ".join(words[count:])
        if is_title(rest) and line.text.endswith(rest) and not rest.startswith(_BODIES):
            title.append(Line(line.end - len(rest), rest))
            return [Line(line.start, line.text[: len(line.text) - len(rest)].rstrip())]
    return [line]


_BODIES = ("THƯỜNG TRỰC", "ỦY VIÊN", "UỶ VIÊN", "ĐOÀN CHỦ TỊCH", "CHỦ TỊCH ĐOÀN", "BAN THƯ KÝ", "VIỆN", "LÃNH ĐẠO")


def _joined(text: str, lines: list[Line]) -> Field | None:
    if not lines:
        return None
    words = squash(" ".join(line.text for line in lines))
    start, end = lines[0].start, lines[-1].end
    # Recipients beside the signature stand between its lines when two columns run into each other.
    sure = 1.0 if squash(text[start:end]) == words else 0.9
    return Field(words, Span(start, end), sure)


def _name_in(text: str, piece: _Piece) -> Field | None:
    bare = patterns.SIGNED.sub("", piece.text).strip(" [](){}.,:;")
    match = patterns.NAME.match(bare)
    if match is None or _is_place(bare) or is_upper(bare):
        return None
    start = text.index(match["name"], piece.line.start)
    surnamed = match["name"].replace("-", " ").split()[0] in surnames()
    return field(text, start, start + len(match["name"]), _SURE_NAME if surnamed else _ODD_NAME)


def _is_place(words: str) -> bool:
    return words.startswith(("Nơi ", "Như ", "Phụ lục", "Sở ", "Bộ ", "Ban ", "Văn phòng", "Phòng ", "Phụ Lục"))


def _named_in_list(text: str, lines: list[Line], zones: Zones, signature: Signature) -> Signature:
    """Look for the name at the end of a recipient: two columns run together by a machine that reads pictures."""
    for number in range(zones.tail, zones.stop):
        match = patterns.NAME_AT_END.search(lines[number].text)
        if match and lines[number].text[0] in "-–+" and match["name"].split()[0] in surnames():
            start = lines[number].start + match.start("name")
            name = field(text, start, start + len(match["name"]), _NAME_IN_LIST)
            return Signature(signature.authority, signature.title, name, signature.organ)
    return signature


def _led(signatures: list[Signature], organ: str | None) -> tuple[Signature, ...]:
    """Put first the one who answers for the paper: not a clerk; of several bodies the one named first."""
    lead = fold((organ or "").split(" - ")[0])

    def rank(signature: Signature) -> tuple[bool, bool]:
        words = " ".join(f.value for f in (signature.organ, signature.authority, signature.title) if f)
        clerk = words.startswith(tuple(table("signing")["assistants"]))
        return clerk, not (bool(lead) and lead in fold(words))

    return tuple(sorted(signatures, key=rank))
