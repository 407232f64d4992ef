"""References to other documents, in the order of the text: with number and symbol here, without in `mentions`.

Anchored on figures and on a few words, so that plain text costs little.
"""

from __future__ import annotations

import re

from vanban import patterns
from vanban.citations.antecedents import link
from vanban.citations.found import Found
from vanban.citations.heads import Head, head_before
from vanban.citations.mentions import without_symbol
from vanban.citations.particulars import asked_by, date_before, particulars_of, pinpoint_before
from vanban.citations.relations import relate
from vanban.document import Citation, MentionKind, Span
from vanban.text import fold
from vanban.vocabulary import type_codes

_DASHES = (("–", "-"), ("_", "-"), ("Ð", "Đ"))
_BY_NAME = ("L", "BL", "PL", "HP")  # kinds whose symbol does not hold the kind: "45/2024/QH15"


def find_citations(text: str) -> tuple[Citation, ...]:
    """Return every mention of a document, in the order of the text.

    `code` is as printed without inner spaces, a lost stroke put in and a sign corrected where the kind is printed
    before it (with less confidence); None where only a number or a name stands. Chains share their organ
    ("Quyết định số 217-QĐ/TW … 218-QĐ/TW của Bộ Chính trị") and what is done with them ("Thực hiện A, B").
    A short mention has the place of the full one in `antecedent` if exactly one fits.
    """
    return link(collect(text, Span(0, len(text))), text)


def collect(text: str, within: Span) -> list[Found]:
    """Return the mentions in a part of the text, in order, not yet tied to each other."""
    matches = list(patterns.CODE.finditer(text, within.start, within.end))
    full: list[Found] = []
    floor = within.start
    for number, match in enumerate(matches):
        ceiling = matches[number + 1].start() if number + 1 < len(matches) else within.end
        head = head_before(text, floor, match.start())
        if _plausible(match, head):
            full.append(_full(text, match, head, floor, ceiling))
            if not head.word and len(full) > 1 and patterns.CHAIN.fullmatch(text, floor, full[-1].start):
                full[-1].confidence = 0.9  # "các Nghị quyết số 18-NQ/TW, 19-NQ/TW"
            floor = full[-1].end
    found = sorted([*full, *without_symbol(text, within, full)], key=lambda each: each.start)
    _share_issuers(text, found)
    relate(text, found)
    return found


def _groups(match: re.Match[str]) -> list[str]:
    """Return the parts of the symbol: "QĐ", "UBND"."""
    if match["symbol"]:
        return re.split(r"\s?[-_–]\s?", match["symbol"])
    return [match["party"] or match["loose"], match["organ"]]


def _plausible(match: re.Match[str], head: Head) -> bool:
    """Tell a document's number from other figures with a stroke ("24/TP", "02 tỉnh/TP")."""
    groups = _groups(match)
    named = head.type is not None or head.numbered
    if match["loose"]:
        return named and len(match["organ"]) > 1
    if match["party"]:
        return groups[0] in type_codes() or named
    if match["year"] or (groups[0] in type_codes() and len(groups) > 1):
        return True
    if named:
        return len(match["symbol"]) > 1
    return len(groups) > 1 and all(len(group) > 1 and group[:2].isupper() for group in groups)


def _full(text: str, match: re.Match[str], head: Head, floor: int, ceiling: int) -> Found:
    begin, pinpoint = pinpoint_before(text, floor, head.begin)
    after = particulars_of(text, match.end(), ceiling)
    day, by = (after.date, None) if after.date else date_before(text, floor, begin)
    issuer = after.issuer or head.issuer or by or asked_by(text, floor, begin)
    code = _code(match[0])
    mended = _mended(match, code, head, day.year if day else None)
    return Found(
        begin,
        after.end,
        after.title_end,
        code=mended,
        type=_type(match, mended, head),
        date=day,
        issuer=issuer,
        title=head.title or after.title,
        confidence=0.75 if mended != code else 0.7 if not head.word else 0.98 if day else 0.95,
        pinpoint=pinpoint,
        term=after.term,
    )


def _code(printed: str) -> str:
    """Return a code without inner spaces and with plain hyphens."""
    code = "".join(printed.split())
    for sign, plain in _DASHES:
        code = code.replace(sign, plain)
    return code


def _mended(match: re.Match[str], code: str, head: Head, year: int | None) -> str:
    """Return the code with a lost hyphen put in, a misprinted sign or year as its surroundings say."""
    if match["loose"]:
        sign = match["loose"]
        return code.replace(sign, f"-{sign}", 1)
    sign = _groups(match)[0]
    if match["year"] and len(match["year"]) == 5 and year and _is_slip(str(year), match["year"]):
        return code.replace(match["year"], str(year), 1)
    if head.type and sign not in type_codes() and (_is_doubled(head.type, sign) or fold(head.type) == fold(sign)):
        return code.replace(sign, head.type, 1)
    return code


def _is_slip(right: str, printed: str) -> bool:
    """Tell whether `printed` is `right` with one sign too many."""
    return len(printed) == len(right) + 1 and any(
        printed[:place] + printed[place + 1 :] == right for place in range(len(printed))
    )


def _is_doubled(right: str, printed: str) -> bool:
    """Tell whether `printed` is `right` with one letter twice ("QĐĐ")."""
    return any(
        right[:place] + right[place - 1 : place] + right[place:] == printed for place in range(1, len(right) + 1)
    )


def _type(match: re.Match[str], code: str, head: Head) -> str | None:
    """Return the abbreviation of the kind: from the symbol if it holds one, else from the word before.

    A State symbol that opens with no kind is that of a letter ("1234/UBND-TH"), unless it is the legislature's.
    """
    groups = _groups(match)
    if groups[0] in type_codes() and len(groups) > 1:
        return groups[0]
    if head.type:
        return head.type
    if match["party"]:
        return code.split("-", 1)[1].split("/")[0]
    return None if match["year"] or not head.numbered else "CV"


def _share_issuers(text: str, found: list[Found]) -> None:
    """Give a number without a body that of the next one in the chain if both symbols end in the same organ."""
    for this, after in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        if this.issuer or this.title or not after.issuer or not (this.code or this.kind is MentionKind.LISTED):
            continue
        same = _organ(this.code) == _organ(after.code) if this.code else True
        between = text[this.end : after.start]
        if same and len(between) < 160 and not patterns.SENTENCE_BREAK.search(between):
            this.issuer, this.term = after.issuer, this.term or after.term


def _organ(code: str | None) -> str:
    """Return the organ's part of a code: "TW" of "217-QĐ/TW", "UBND" of "03/CT-UBND"."""
    last = (code or "").rsplit("/", 1)[-1]
    return last.split("-")[-1] if "-" in last else last
