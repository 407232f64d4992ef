"""The panels that signing programs print over a paper: who signed, for which body, when.

A panel is no part of the document: its day is not the document's date and its lines are neither recipients nor
signature, so they are taken out of the lines before anything else is read. No address of electronic mail is kept.
"""

from __future__ import annotations

import re

from vanban import patterns
from vanban.document import ElectronicSignature, Span
from vanban.lines import Line
from vanban.text import is_upper, squash

_OPENERS = ("ười ký", "ý bởi", "ý số bởi", "igned by")
_REACH = 12  # lines from the one that names the signer to the end of the panel
_SIGNS_BEFORE = 30  # characters: what a machine makes of the picture beside the panel
_SURE_OPENERS = ("bởi", "igned by")  # law sites print "Người ký:" too, in a table of facts


def without_panels(text: str, lines: list[Line]) -> tuple[list[Line], tuple[ElectronicSignature, ...]]:
    """Return `lines` with the words of panels cut out (blank where nothing is left), and what the panels say."""
    if not any(opener in text for opener in _OPENERS):
        return lines, ()
    left = list(lines)
    found: list[ElectronicSignature] = []
    number = 0
    while number < len(lines):
        match = _opening(lines[number].text)
        taken = _panel(lines, number) if match else {}
        if match and _is_panel(lines, number, match, taken):
            found.append(_read(lines, number, match, taken))
            for each, at in taken.items():
                left[each] = Line(lines[each].start, lines[each].text[:at].rstrip())
            number = max(taken)
        number += 1
    return left, tuple(found)


def _opening(words: str) -> re.Match[str] | None:
    if not any(opener in words for opener in _OPENERS):
        return None
    match = patterns.PANEL_SIGNER.search(words)
    if match is None or not (match.start() < _SIGNS_BEFORE or words[: match.start()].endswith("  ")):
        return None
    return match


def _panel(lines: list[Line], first: int) -> dict[int, int]:
    """Return line → place in it where the panel's words begin."""
    opening = _opening(lines[first].text)
    taken = {first: opening.start() if opening else 0}
    for number in range(first + 1, min(first + _REACH, len(lines))):
        words = lines[number].text
        if _opening(words):
            break
        place = _place(words)
        if place is not None:
            taken.update(dict.fromkeys(_between(lines, max(taken), number), 0))
            taken[number] = place
    return taken


def _place(words: str) -> int | None:
    """Return where in a line the words of a panel begin: a label, a time of day, an address of mail."""
    forms = (patterns.PANEL_ORGAN, patterns.PANEL_REST, patterns.STAMP_TIME, patterns.CLOCK)
    places = [match.start() for form in forms if (match := form.search(words))]
    return min(places, default=None)


def _between(lines: list[Line], last: int, number: int) -> list[int]:
    """Return the lines between two of a panel that go on with the value above them: a name over two lines."""
    inner = [i for i in range(last + 1, number) if lines[i].text]
    goes_on = len(inner) <= 2 and all(is_upper(lines[i].text) for i in inner) and is_upper_value(lines[last].text)
    return inner if goes_on else []


def is_upper_value(words: str) -> bool:
    """Tell whether the words behind a label are set in capitals."""
    return is_upper(words.partition(":")[2] or words)


def _is_panel(lines: list[Line], first: int, opening: re.Match[str], taken: dict[int, int]) -> bool:
    """Tell a panel from a sentence or a site's table of facts: it prints a time of day, mail or certificate."""
    words = " ".join(lines[number].text for number in taken)
    timed = patterns.STAMP_TIME.search(words) or patterns.CLOCK.search(words) or "@" in words or "CN=" in words
    sure = any(opener in opening[0] for opener in _SURE_OPENERS) and opening.start() == 0
    organ = len(taken) > 1 and patterns.PANEL_ORGAN.search(words) and "Thời gian ký" in words
    return bool(timed or organ or (sure and len(taken) > 1) or (sure and "igned by" in lines[first].text))


def _read(lines: list[Line], first: int, opening: re.Match[str], taken: dict[int, int]) -> ElectronicSignature:
    last = max(taken)
    rows = [lines[number].text[at:] for number, at in sorted(taken.items())]
    organ = next((match["value"] for row in rows if (match := patterns.PANEL_ORGAN.search(row))), None)
    signer = opening["value"]
    capitals = [row for row in rows[1:] if is_upper(row) and _place(row) is None]
    if signer and is_upper(signer):
        signer = " ".join([signer, *capitals])
    span = Span(lines[first].start + taken[first], lines[last].end)
    return ElectronicSignature(span, _bare(signer), _bare(organ), _time(" ".join(rows)))


def _bare(words: str | None) -> str | None:
    """Return the value without what the panel prints behind it on the same line (an address, the next label)."""
    if not words:
        return None
    cut = _place(words)
    return squash(words[:cut]).strip(" ,;.") or None


def _time(words: str) -> str | None:
    """Return day and time in ISO 8601, with the zone if one is printed."""
    whole = patterns.STAMP_TIME.search(words)
    if whole is None:
        day = patterns.STAMP_DAY.search(words)
        clock = patterns.CLOCK.search(words)
        return f"{_day(day)}T{clock['time']}{_zone(clock['zone'])}" if day and clock else None
    time = whole["time"] if whole["time"].count(":") == 2 else f"{whole['time']}:00"
    return f"{_day(whole)}T{time.zfill(8)}{_zone(whole['zone'])}"


def _day(match: re.Match[str]) -> str:
    if match["iso"]:
        year, month, day = re.split(r"\D", match["iso"])
    else:
        year, month, day = match["year"], match["month"], match["day"]
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _zone(printed: str | None) -> str:
    if not printed:
        return ""
    digits = "".join(filter(str.isdigit, printed))
    return f"{printed[0]}{digits[:2]}:{digits[2:]}"
