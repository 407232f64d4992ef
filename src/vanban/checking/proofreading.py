"""The proof-reader: which rules hold for a file, what departs from them, and a copy put right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from vanban.checking.drawn import drawn_departures
from vanban.checking.elements import elements_of
from vanban.checking.ends import (
    addressee_departures,
    annex_departures,
    distribution_departures,
    end_departures,
    signature_departures,
)
from vanban.checking.finding import Departure, Edit, Finding, Severity, Spot
from vanban.checking.letterhead import letterhead_departures
from vanban.checking.letters import encoding_departures
from vanban.checking.looks import Looks
from vanban.checking.pages import page_departures
from vanban.checking.rules import in_force, message_of, severity_of, source_of
from vanban.checking.spacing import text_look_departures
from vanban.checking.text_of import excerpt, is_normative
from vanban.checking.typography import look_departures
from vanban.checking.wordfile import Paragraph, WordFile
from vanban.checking.wording import (
    bases_departures,
    text_departures,
    title_departures,
)
from vanban.document import Document, Span
from vanban.formats import Layout, NoLayout, layout_for
from vanban.patterns.checks import MONTH_AND_YEAR
from vanban.reading import read
from vanban.refusal import Refused

_ROUNDS = 4  # a mend may bring to light what it hid; more rounds than this mean that two rules disagree


@dataclass(slots=True)
class _Paper:
    """A file while it is checked. `word` is None for a file that holds no typography."""

    document: Document
    layout: Layout | None
    day: date
    word: WordFile | None

    def departures(self) -> Iterator[Departure]:
        """Yield every departure from the rules in force."""
        if self.layout is None:
            yield self._unruled()
            return
        document, layout = self.document, self.layout
        yield from self._on_paper(layout)
        if is_normative(document):
            yield Departure("regime.normative")
        yield from letterhead_departures(document, layout)
        yield from title_departures(document, layout)
        yield from addressee_departures(document, layout)
        yield from bases_departures(document, layout)
        yield from text_departures(document)
        yield from end_departures(document, layout)
        yield from distribution_departures(document, layout)
        yield from signature_departures(document, layout)
        yield from annex_departures(document, layout)

    def _unruled(self) -> Departure:
        if self.document.regime is None:
            return Departure("regime.unknown")
        return Departure("regime.no_rules", None, f"{self.day:%d/%m/%Y}")

    def _on_paper(self, layout: Layout) -> Iterator[Departure]:
        if self.word is None:
            yield Departure("typography.unchecked")
            return
        looks = Looks(self.word)
        elements = elements_of(self.word, self.document, layout)
        yield from page_departures(self.word, layout, looks, len(self.document.text))
        yield from look_departures(elements, looks, layout)
        yield from text_look_departures(elements, looks, layout)
        yield from drawn_departures(self.word, elements, looks, layout)
        yield from encoding_departures(self.word.paragraphs)

    def ruled(self) -> list[Departure]:
        """Return the departures for which the layout has a rule, and which are real in the file itself."""
        return [one for one in self.departures() if in_force(one.code, self.layout) and not self._is_tab(one)]

    def _is_tab(self, departure: Departure) -> bool:
        """Tell whether the spaces that were read are a tab in the Word file."""
        if departure.code != "text.spaces" or self.word is None or not isinstance(departure.mend, Edit):
            return False
        place = self._paragraph_of(departure.mend.span)
        return place is None or "\t" in place[0].text[place[1] : place[2]]

    def _paragraph_of(self, span: Span) -> tuple[Paragraph, int, int] | None:
        """Return the paragraph that holds all of a range, and the range in its own text."""
        if self.word is None:
            return None
        for paragraph in self.word.holding(span):
            at = paragraph.range_of(span)
            if at is not None and paragraph.span.start <= span.start <= span.end <= paragraph.span.end:
                return paragraph, *at
        return None

    def can_mend(self, departure: Departure) -> bool:
        """Tell whether the departure can be put right in this file."""
        if self.word is None or departure.mend is None:
            return False
        return not isinstance(departure.mend, Edit) or self._paragraph_of(departure.mend.span) is not None

    def spot_of(self, departure: Departure) -> Spot | None:
        """Return where the departure stands; None for one of the whole file."""
        span = departure.span
        if span is None:
            return Spot("", paragraph=departure.paragraph) if departure.paragraph else None
        place = self.document.place_of(span.start)
        words = self._paragraph_of(Span(span.start, span.start))
        number = words[0].number if words else departure.paragraph
        return Spot(excerpt(self.document.text, span), span, number, place.page, place.line)

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for all departures of a kind, those that must be mended first."""
        groups: dict[tuple[str, str | None, str | None], list[Departure]] = {}
        for one in self.ruled():
            groups.setdefault((one.code, one.expected, one.found), []).append(one)
        found = [self._finding(group) for group in groups.values()]
        return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.MUST))

    def _finding(self, group: list[Departure]) -> Finding:
        one = group[0]
        return Finding(
            one.code,
            severity_of(one.code, self.layout, by_analogy=is_normative(self.document)),
            message_of(one.code, one.expected, one.found),
            source_of(one.code, self.layout) or "",
            one.expected,
            one.found,
            all(map(self.can_mend, group)),
            tuple(spot for spot in map(self.spot_of, group) if spot),
        )

    def mend(self) -> bool:
        """Put right in the Word file what can be; say whether anything was. Edits run from end to front."""
        found = [one for one in self.ruled() if self.can_mend(one)]
        edits = {one.mend.span: one.mend for one in found if isinstance(one.mend, Edit)}
        for one in found:
            if one.mend is not None and not isinstance(one.mend, Edit):
                one.mend()
        reached = len(self.document.text) + 1
        for edit in sorted(edits.values(), key=lambda edit: (edit.span.start, edit.span.end), reverse=True):
            place = self._paragraph_of(edit.span)
            if place and edit.span.end <= reached and place[0].replace(place[1], place[2], edit.signs):
                reached = edit.span.start
        return bool(found)


def check(path: str | Path, on: date | None = None) -> tuple[Finding, ...]:
    """List what in a file departs from the rules of layout in force on its date, the binding rules first.

    A Word file is measured whole; of a text or a PDF only what words show is checked, and a finding says so.

    Args:
        path: the file (.docx, .pdf, .txt and whatever else `vanban.read` takes).
        on: the day whose rules apply where the document bears no date; today if not given.

    Raises:
        Refused: the file cannot or must not be read.
    """
    return _opened(Path(path), on).findings()


def fix(path: str | Path, on: date | None = None) -> bytes:
    """Return a copy of a Word file in which what can be mended surely is mended; the file itself stays as it is.

    Mended are the looks (page, fonts, sizes, weights, places, spacings, page numbers) and signs (marks at line
    ends, spaces, the form of number line, date and right to sign). No word and no name is changed.

    Raises:
        Refused: the file cannot be read, or is no Word file ("unsupported").
    """
    path = Path(path)
    paper = _opened(path, on)
    if paper.word is None:
        raise Refused("unsupported", "Only a Word file can be mended.", "Save it as .docx and send that file.")
    data = path.read_bytes()
    for _ in range(_ROUNDS):
        if not paper.mend():
            return data
        data = paper.word.saved()
        paper = _of(data, on)
        assert paper.word is not None
    return data


def _opened(path: Path, on: date | None) -> _Paper:
    document = read(path)
    data = path.read_bytes()
    word = WordFile(data) if data.startswith(b"PK") and b"word/document.xml" in data else None
    return _paper(document, word, on)


def _of(data: bytes, on: date | None) -> _Paper:
    from vanban.reading import assemble
    from vanban.refusal import LIMITS
    from vanban.sources.docx import content_of

    return _paper(assemble(content_of(data, LIMITS)), WordFile(data), on)


def _paper(document: Document, word: WordFile | None, on: date | None) -> _Paper:
    if word is not None:
        word.locate(document.text)
    day = document.header.date or on or _month_of(document) or datetime.now().astimezone().date()
    try:
        layout = layout_for(document.regime, day)
    except NoLayout:
        layout = None
    return _Paper(document, layout, day, word)


def _month_of(document: Document) -> date | None:
    """Return the first day of the month that stands beside a blank day."""
    match = MONTH_AND_YEAR.search(document.text[:5000])
    if match is None or not 1 <= int(match["month"]) <= 12:
        return None
    return date(max(int(match["year"]), 1), int(match["month"]), 1)
