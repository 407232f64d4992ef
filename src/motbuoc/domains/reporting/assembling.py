"""What a draft is made of: the paragraphs of each section, from the ledger and from what the units wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import override

from motbuoc.domains.ledger.behind import sources_of
from motbuoc.domains.ledger.figures import Line, Sheet, sheet_of, standing_below, submissions_below
from motbuoc.domains.ledger.models import NarrativeBox
from motbuoc.domains.ledger.submitted import HandedIn, ReportingPeriod
from motbuoc.domains.ledger.trends import Course, course_of, trend_in
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import MAX_NAMES, figures_in_words, number
from motbuoc.domains.reporting.drafted import Part
from motbuoc.domains.reporting.fields import (
    CHANGE,
    LAST,
    REACHED,
    SO_FAR,
    TARGET,
    YEAR_AGO,
    Run,
    fields_of,
    plain,
    run,
)
from motbuoc.domains.reporting.selectors import facts_of
from motbuoc.domains.reporting.sentences import SHORTEST, Said, Statement, merged, sentences_in
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitOn

CHOSEN, OFFERED = 6, 40  # sentences of one item: put into the report, and kept beside to choose from
MAX_UNITS = 3  # units named before what several of them said


@dataclass(frozen=True)
class Asked:
    """What a section asks for; `others` are the items that other sections take."""

    item: str
    parts: Sequence[str]
    others: frozenset[str] = frozenset()

    def takes(self, *names: str) -> bool:
        """Whether what goes by these names (its item, its code) belongs here."""
        return self.item in names if self.item else not self.others.intersection(names)


@dataclass(frozen=True)
class Made:
    """A paragraph as the records give it; `is_chosen`: it stands in the report unless a person leaves it out."""

    kind: str
    key: str
    made: dict[str, Any]
    is_chosen: bool = True

    @property
    def text(self) -> str:
        """Its words; of tables and charts none."""
        return plain(self.made.get("runs", []))


class Assembly:
    """The records of a period for a unit, read once, from which sections are made."""

    def __init__(self, period: ReportingPeriod, unit_id: int) -> None:
        self.period = period
        self.unit: UnitOn = Unit.objects.on(period.cutoff_on).get(pk=unit_id)
        self.sheet: Sheet = sheet_of(period, self.unit)
        self._has_told = False

    @cached_property
    def _sources(self) -> dict[str, dict[int, list[int]]]:
        """The submissions behind each indicator: now, in the period before, a year before."""
        periods = {"": self.period, LAST: self.sheet.last, YEAR_AGO: self.sheet.year_ago}
        return {name: sources_of(each, self.unit.pk) if each else {} for name, each in periods.items()}

    def sources(self, line: Line, which: str = "") -> list[int]:
        """The submissions that a figure comes from; of a share those of both its parts."""
        found, row = self._sources[which if which in (LAST, YEAR_AGO) else ""], line.indicator
        parts = (row.numerator_id, row.denominator_id) if row.is_share else (row.pk,)
        return sorted({source for part in parts for source in found.get(part or 0, [])})

    @cached_property
    def figures(self) -> dict[str, dict[str, Any]]:
        """All fields: their words, what they are of, and the submissions they come from."""
        found = {}
        for line in self.sheet.lines:
            for name, words in fields_of(line).items():
                which = name.partition(".")[2]
                sources = [] if which == TARGET else self.sources(line, which)
                found[name] = {"words": words, "name": line.indicator.name, "sources": sources}
        return found

    def section(self, asked: Asked) -> list[Made]:
        """The paragraphs of a section, part by part."""
        makers = {
            Part.FIGURES: self._figures,
            Part.TABLE: self._table,
            Part.CHART: self._chart,
            Part.WORDS: self._words,
            Part.TASKS: self._tasks,
            Part.TEXT: self._blank,
        }
        with override("vi"):  # the measures are printed in the language of documents
            return [made for part in asked.parts for made in makers[Part(part)](asked)]

    def _lines(self, asked: Asked) -> list[Line]:
        rows = self.sheet.lines
        return [line for line in rows if asked.takes(line.indicator.item, line.indicator.code)]

    def _run(self, line: Line, which: str = "") -> Run:
        name = f"{line.indicator.code}.{which}" if which else line.indicator.code
        field = self.figures[name]
        return run(field["words"], field["sources"], name)

    def _figures(self, asked: Asked) -> Iterator[Made]:
        lines = [line for line in self._lines(asked) if line.now is not None]
        for line in lines:
            yield Made(Part.FIGURES, line.indicator.code, {"runs": self._sentence(line)})
        if lines and not self._has_told:
            self._has_told = True  # once, where the first figures stand
            yield from self._missing()
            yield from self._broken()

    def _broken(self) -> Iterator[Made]:
        """That other units stood below this one before."""
        if self.sheet.broken:
            both = len(self.sheet.broken) > 1
            when = phrases.YEAR_AGO_WHEN if "year_ago" in self.sheet.broken else phrases.FIGURE_LAST_WHEN
            words = phrases.OTHER_UNITS.format(when=phrases.BOTH_BEFORE if both else when)
            yield Made(Part.FIGURES, "-broken", {"runs": [run(words)]}, is_chosen=False)

    def _missing(self) -> Iterator[Made]:
        """Who is not in the figures, now and in those compared with: named, never silently summed."""
        now, last, ago = self.sheet.standing, self.sheet.last, self.sheet.year_ago
        before = [(LAST, last, phrases.MISSING_LAST), (YEAR_AGO, ago, phrases.MISSING_YEAR_AGO)]
        standings = [("", now, phrases.MISSING)]
        standings += [(which, standing_below(each, self.unit.pk), words) for which, each, words in before if each]
        for which, standing, words in standings:
            if names := standing.missing:
                shown = ", ".join(names[:MAX_NAMES]) + ("…" if len(names) > MAX_NAMES else "")
                told = {"count": number(len(names)), "expected": number(standing.expected), "names": shown}
                key = f"-missing.{which}"
                yield Made(Part.FIGURES, key, {"runs": [run(words.format(**told))]})

    def _sentence(self, line: Line) -> list[Run]:
        """A figure beside the one before, a year before, and the target, each a field."""
        measure = "" if line.indicator.is_share else f" {line.indicator.measured_in}"
        name = line.indicator.name
        runs = [*_around(phrases.FIGURE.format(name=name, now="\0", measure=measure), self._run(line))]
        if line.last is not None:
            words = phrases.FIGURE_LAST.format(when=phrases.FIGURE_LAST_WHEN, last="\0")
            runs += _around(words, self._run(line, LAST))
        if line.year_ago is not None:
            words = phrases.FIGURE_YEAR_AGO.format(year_ago="\0", change="\0")
            runs += _around(words, self._run(line, YEAR_AGO), self._run(line, CHANGE))
        if line.reached is not None:
            words = phrases.FIGURE_TARGET.format(reached="\0", target="\0")
            runs += _around(words, self._run(line, REACHED), self._run(line, TARGET))
        return [*runs, run(".")]

    def _table(self, asked: Asked) -> Iterator[Made]:
        if lines := self._lines(asked):
            yield Made(Part.TABLE, "-table", self.table_of(lines))

    def table_of(self, lines: Iterable[Line]) -> dict[str, Any]:
        """The table of some figures: now, before, a year before, so far, aimed at; each cell a field."""
        rows = []
        for place, line in enumerate(lines, 1):
            cells = [
                self._run(line, which) if self._has(line, which) else run("–")
                for which in ("", LAST, YEAR_AGO, CHANGE, SO_FAR, TARGET)
            ]
            rows.append([run(str(place)), run(line.indicator.name), run(line.indicator.measured_in), *cells])
        title = phrases.FIGURES_TITLE.format(label=_lower(self.period.label))
        return {"title": title, "columns": list(phrases.FIGURES_COLUMNS), "rows": rows}

    def _has(self, line: Line, which: str) -> bool:
        return (f"{line.indicator.code}.{which}" if which else line.indicator.code) in self.figures

    @cached_property
    def _course(self) -> Course:
        """All figures over the periods, which the charts share."""
        return course_of(self.period, self.unit.pk)

    def _chart(self, asked: Asked) -> Iterator[Made]:
        """The course of the section's first figure over the periods."""
        line = next((row for row in self._lines(asked) if row.now is not None), None)
        if line is None:
            return
        points = trend_in(self._course, line.indicator)
        if len(points) < 2:
            return
        values = [None if point.value is None else float(point.value) for point in points]
        title = phrases.CHART_TITLE.format(name=line.indicator.name, measure=line.indicator.measured_in)
        what = {"title": title, "labels": [point.period.label for point in points], "values": values}
        yield Made(Part.CHART, "-chart", what | {"sources": self.sources(line)})

    @cached_property
    def _written(self) -> list[tuple[str, Said]]:
        """Every sentence that was handed in and accepted, with the item of its box."""
        items = dict(NarrativeBox.objects.filter(form=self.period.form_id).values_list("pk", "item"))
        rows = submissions_below(self.period, self.unit.pk).filter(number__gt=0)
        numbers = dict(rows.values_list("pk", "number"))
        names = dict(
            Unit.objects.known_by(self.period.cutoff_on).filter(submissions__in=rows).values_list("pk", "name")
        )
        handed = HandedIn.objects.filter(submission__in=numbers).values_list(
            "submission", "submission__unit", "number", "content"
        )
        return [
            (items[int(box)], Said(sentence, submission, str(names.get(unit, unit))))
            for submission, unit, no, content in handed.order_by("submission")
            if no == numbers[submission]
            for box, text in sorted(content["words"].items())
            if int(box) in items
            for sentence in sentences_in(text)
        ]

    def _words(self, asked: Asked) -> Iterator[Made]:
        """What the units wrote: what most of them say first, then what gives a figure; six are chosen."""
        statements = merged(said for item, said in self._written if asked.takes(item))
        ordered = sorted(statements, key=lambda one: (-len(one.units), not _tells(one), one.units[0]))
        chosen = 0
        for one in ordered[:OFFERED]:
            is_chosen = chosen < CHOSEN and len(one.text) >= SHORTEST
            chosen += is_chosen
            words = _ended(one.text)
            if one.units != [self.unit.name]:  # in its own report a unit does not name itself
                words = phrases.SAID_BY.format(units=_names(one.units), text=words)
            made = {"runs": [run(words, one.sources)], "said": one.text}
            yield Made(Part.WORDS, _key_of(one), made, is_chosen=is_chosen)

    def _tasks(self, asked: Asked) -> Iterator[Made]:
        """How the directive behind the schedule was carried out by the unit and those below it."""
        if not (document := self.period.schedule.basis):
            return
        numbers = dict(document.provisions.values_list("pk", "number"))
        day = self.period.cutoff_on
        below = set(
            UnitClosure.objects.filter(in_force(day), ancestor=self.unit.pk).values_list("descendant", flat=True)
        )
        facts = [
            fact
            for fact in facts_of(document, self.period.start, day)
            if fact.unit_id in below and asked.takes(numbers.get(fact.provision_id or 0, "").rstrip("."))
        ]
        if facts:
            runs = [run(words.text, words.sources) for words in figures_in_words(facts)]
            yield Made(Part.TASKS, "-tasks", {"runs": runs})

    def _blank(self, _asked: Asked) -> Iterator[Made]:
        yield Made(Part.TEXT, "-text", {"runs": []})


def _around(words: str, *fields: Run) -> Iterator[Run]:
    """The words with the fields in their gaps."""
    pieces = words.split("\0")
    for piece, field in zip(pieces, [*fields, None], strict=True):
        if piece:
            yield run(piece)
        if field:
            yield field


def _names(units: Sequence[str]) -> str:
    shown = ", ".join(units[:MAX_UNITS])
    more = len(units) - MAX_UNITS
    return phrases.MORE_UNITS.format(names=shown, count=number(more)) if more > 0 else shown


def _tells(statement: Statement) -> bool:
    return any(letter.isdigit() for letter in statement.text)


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _key_of(statement: Statement) -> str:
    """The statement's first source and the beginning of its words: found again as long as these stay."""
    return f"{statement.sources[0]}:{statement.text}"[:120]


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]
