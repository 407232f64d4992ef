"""The legal bases (căn cứ) before the body proper: one Field for each "Căn cứ …", "Theo đề nghị …", "Thực hiện …".

Sources: 30/2020/NĐ-CP annex I (one a line, ";" between, "." at last); 36-HD/VPTW (one a line, "," at last);
05-HD/VPTW (each after a dash). Old and hurried papers put several in a paragraph, or in one sentence with the act.
"""

from __future__ import annotations

from vanban import patterns
from vanban.document import Field
from vanban.lines import Line, field

_REACH = 60  # lines under the letterhead in which the bases stand
_PROSE = 6  # paragraphs of running text after which no more bases come
_LONGEST = 1200  # characters of one basis


def read_bases(text: str, body: list[Line]) -> tuple[Field, ...]:
    """Return the bases in the first lines of `body`, the lines under letterhead and addressees."""
    found: list[Field] = []
    listing = False
    prose = 0
    for line in body[:_REACH]:
        words = line.text
        if not words or patterns.ORNAMENT.fullmatch(words):
            continue
        if patterns.BASIS_LIST.fullmatch(words):
            listing = True
            continue
        lead = patterns.BASIS_LEAD.match(words)
        if lead and _names_document(words, lead["lead"]):
            found += _parted(text, line, line.start + lead.start("lead"))
        elif listing and words[0] in "-–+•":
            found += _parted(text, line, line.end - len(words.lstrip("-–+• ")))
        elif _ends(words, found=bool(found)) or (prose := prose + 1) >= _PROSE:
            break
        else:
            listing = False
    return tuple(found)


def _names_document(words: str, lead: str) -> bool:
    """Tell whether the words cite something: "Căn cứ …" always does, "Thực hiện …" may just tell of work."""
    return lead in ("Căn cứ", "Theo đề nghị", "Xét") or _cites(words)


def _cites(words: str) -> bool:
    return bool(patterns.BASIS_NAMES.search(words, 0, _LONGEST))


def _ends(words: str, *, found: bool) -> bool:
    """Tell whether the body proper begins: a numbered part, "QUYẾT ĐỊNH:", or a paragraph after the bases."""
    return found or (bool(patterns.MARKER.match(words)) and words[0] not in "-–+•")


def _parted(text: str, line: Line, start: int) -> list[Field]:
    """Return the bases in one paragraph: each opens with a lead of its own; the act that follows is cut off."""
    starts = [start, *(match.start("lead") for match in patterns.BASIS_NEXT.finditer(text, start, line.end))]
    ends = [*starts[1:], line.end]
    found = []
    for begin, end in zip(starts, ends, strict=True):
        part = field(text, begin, _end(text, begin, end))
        if part and (begin == start or not part.value.lower().startswith("căn cứ") or _cites(part.value)):
            found.append(part)  # "…; căn cứ tình hình thực tế" cites nothing
    return found


def _end(text: str, start: int, end: int) -> int:
    """Return where the basis ends: before ", Ủy ban nhân dân … ban hành …" and without the mark that closes it."""
    listed = text[end - 1 : end] in (";", ",")  # in a list no act follows, and a title may name bodies and verbs
    act = None if listed else patterns.BASIS_ACT.search(text, start + 12, end)
    if act:
        end = act.start()
    return start + len(text[start:end].rstrip(" ;,.:-–+"))
