"""References to other documents. Anchored on the shape of the number, so that plain text costs little."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from vanban import patterns
from vanban.dates import day_in
from vanban.document import Citation, Span
from vanban.text import squash
from vanban.vocabulary import type_codes, type_names

_DASHES = str.maketrans("–—_", "---")
_BEFORE = 140  # characters before a number in which its kind stands
_AFTER = 200  # characters after it in which date and issuing body stand
_TITLE = 700  # the longest title


def find_citations(text: str) -> tuple[Citation, ...]:
    """Return every mention of a document with a number, in the order of the text.

    `code` is as printed without inner spaces. A mention without an issuer takes that of the next mention in the
    same sentence when both numbers end in the same organ ("Quyết định số 217-QĐ/TW … 218-QĐ/TW của Bộ Chính trị").
    """
    found: list[Citation] = []
    matches = [match for match in patterns.CODE.finditer(text) if _plausible(text, match)]
    for number, match in enumerate(matches):
        floor = matches[number - 1].end() if number else 0
        ceiling = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        found.append(_citation(text, match, floor, ceiling))
    return tuple(_share_issuers(text, found))


def distinct(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    """Return one citation a document, in order of first mention, with what any mention says of it."""
    first: dict[str | None, Citation] = {}
    for citation in citations:
        known = first.get(citation.code)
        if known is None:
            first[citation.code] = citation
            continue
        first[citation.code] = replace(
            known,
            date=known.date or citation.date,
            issuer=known.issuer or citation.issuer,
            title=known.title or citation.title,
            type=known.type or citation.type,
        )
    return tuple(first.values())


def _plausible(text: str, match: re.Match[str]) -> bool:
    """Tell a document's number from other figures with a stroke ("24/TP", "02 tỉnh/TP")."""
    start = match.start()
    lead = text[max(0, start - _BEFORE) : start]
    if match["party"]:
        return match["party"] in type_codes() or bool(patterns.NUMBER_WORD.search(lead))
    groups = match["symbol"].replace("_", "-").split("-")
    if match["year"] or (groups[0] in type_codes() and len(groups) > 1):
        return True
    if patterns.NUMBER_WORD.search(lead) or patterns.TYPE_BEFORE.search(lead):
        return len(match["symbol"]) > 1
    return len(groups) > 1 and all(len(group.strip()) > 1 and group.strip()[:2].isupper() for group in groups)


def _citation(text: str, match: re.Match[str], floor: int, ceiling: int) -> Citation:
    start = max(floor, match.start() - _BEFORE, text.rfind("\n", 0, match.start()) + 1)
    lead = patterns.TYPE_BEFORE.search(text[start : match.start()])
    begin = start + lead.start() if lead else _number_word(text, start, match.start())
    end, issued_on = match.end(), None
    after = patterns.DATE_AFTER.match(text, end, min(len(text), end + 60))
    if after:
        end, issued_on = after.end(), day_in(after)
    else:
        issued_on = _date_before(text, floor, begin)
    issuer, end = _issuer(text, end, ceiling)
    asked = patterns.ASKED_BY.search(text[max(floor, begin - 170) : begin]) if issuer is None else None
    title = _title(text, end)
    code = squash(match[0]).replace(" ", "").translate(_DASHES)
    return Citation(
        raw=squash(text[begin:end]),
        span=Span(begin, end),
        code=code,
        type=_type(match, lead["type"] if lead else None),
        date=issued_on,
        issuer=issuer or (squash(asked["who"]) if asked else None),
        title=title,
        confidence=0.95 if lead else 0.7,
    )


def _number_word(text: str, start: int, end: int) -> int:
    word = patterns.NUMBER_WORD.search(text[start:end])
    return start + word.start() if word else end


def _date_before(text: str, floor: int, begin: int) -> date | None:
    """Return the day of "Ngày 24/7/2024, … có Công văn số": before the number, in the same sentence."""
    start = max(floor, begin - 220)
    match = patterns.DATE_BEFORE.search(text[start:begin]) or patterns.DATE_BEFORE.search(
        text[start:begin].replace("Ngày", "ngày")
    )
    return day_in(match) if match and patterns.ISSUES.search(match["between"]) else None


def _issuer(text: str, end: int, ceiling: int) -> tuple[str | None, int]:
    of = patterns.OF.match(text, end)
    if of is None or of.end() >= ceiling:
        return None, end
    stop = patterns.ISSUER_END.search(text, of.end(), min(len(text), of.end() + _AFTER))
    last = min(stop.start() if stop else min(len(text), of.end() + _AFTER), ceiling)
    name = squash(text[of.end() : last])
    if not name or len(name) > 150:
        return None, end
    return name, of.end() + len(text[of.end() : last].rstrip())


def _title(text: str, end: int) -> str | None:
    opening = patterns.TITLE_START.match(text, end)
    if opening is None:
        return None
    start = opening.end()
    depth = 0
    at = start
    limit = min(len(text), start + _TITLE)
    while stop := patterns.TITLE_END.search(text, at, limit):
        depth = text.count("“", start, stop.start()) - text.count("”", start, stop.start())
        if depth <= 0 or stop[0] in ";\n":
            return squash(text[start : stop.start()]).rstrip(" ,") or None
        at = stop.end()
    return squash(text[start:limit]).rstrip(" ,") or None


def _type(match: re.Match[str], name: str | None) -> str | None:
    """Return the abbreviation of the kind: from the symbol if it holds one, else from the word before."""
    groups = [match["party"]] if match["party"] else match["symbol"].replace("_", "-").split("-")
    if groups[0] in type_codes() and (match["party"] or len(groups) > 1):
        return groups[0]
    return type_names().get(squash(name).lower()) if name else None


def _share_issuers(text: str, found: list[Citation]) -> list[Citation]:
    shared = list(found)
    for number in range(len(shared) - 2, -1, -1):
        this, after = shared[number], shared[number + 1]
        between = text[this.span.end : after.span.start]
        same = _organ(this.code) == _organ(after.code) and this.title is None and this.issuer is None
        near = len(between) < 160 and not patterns.SENTENCE_BREAK.search(between)
        if same and near and after.issuer:
            shared[number] = replace(this, issuer=after.issuer)
    return shared


def _organ(code: str | None) -> str:
    """Return the organ's part of a code: "TW" of "217-QĐ/TW", "UBND" of "03/CT-UBND"."""
    last = (code or "").replace("_", "-").rsplit("/", 1)[-1]
    return last.split("-")[-1] if "-" in last else last
