"""A report assembled from the records: every run of words knows the assignments it rests on.

`compose` is pure: facts in, content out. The content is kept with the report and is what the web preview and the
Word file are both made from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from motbuoc.domains.reporting import phrases
from motbuoc.domains.work.counted import Counted
from motbuoc.domains.work.states import HANDED_IN
from motbuoc.domains.work.states import AssignmentState as S

MAX_EXAMPLES = 5  # what units did, named under one item
MAX_COUNTED = 8  # figures added up under one item, those of most units first
MAX_NAMES = 12  # units named in one sentence; the annex names all


@dataclass(frozen=True)
class Fact:
    """One assignment as of the report's day. `words` is what the unit last wrote of it in the period.

    `is_done_late`: done after the first due day. `is_saved`: so, but by the day to which that was extended.
    """

    assignment_id: int
    unit_id: int
    unit_name: str
    provision_id: int | None
    state: str
    is_overdue: bool
    is_done_late: bool
    words: str = ""
    is_saved: bool = False
    figures: tuple[Counted, ...] = ()


@dataclass(frozen=True)
class Item:
    """A provision of the directive, as the report speaks of it; None stands for what is in no provision."""

    provision_id: int | None
    number: str
    title: str


@dataclass(frozen=True)
class Frame:
    """What the report is about and who makes it."""

    document: str  # "Công văn số 12-CV/ĐUK, ngày 07/3/2022"
    of_issuer: str
    about: str
    reporter: str
    start: date
    end: date


@dataclass(frozen=True)
class Words:
    """A run of words and the ids of the assignments they rest on; none: words of ours that state no fact."""

    text: str
    sources: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Content:
    """What a report says, without its letterhead. A paragraph is a list of runs."""

    opening: list[Words]
    sections: list[dict[str, Any]]
    closing: list[Words]
    annex: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Plain dicts and lists, to be kept."""
        return asdict(self)


def compose(frame: Frame, items: Sequence[Item], facts: Sequence[Fact]) -> Content:
    """The content of a periodic report: the whole, then a section for each item, then what comes next."""
    values = {
        "document": frame.document,
        "of_issuer": frame.of_issuer,
        "about": frame.about,
        "reporter": frame.reporter,
        "start": short_date(frame.start),
        "end": short_date(frame.end),
    }
    sections = [_section(phrases.SUMMARY_TITLE, [figures_in_words(facts)])]
    for item in items:
        of_item = [fact for fact in facts if fact.provision_id == item.provision_id]
        paragraphs = [figures_in_words(of_item), *_counted(of_item), *_examples(of_item)]
        sections.append(_section(item.title, paragraphs, item.number))
    sections.append(_section(phrases.NEXT_TITLE, [_next(facts)]))
    return Content(
        opening=[Words(phrases.OPENING.format(**values), [fact.assignment_id for fact in facts])],
        sections=sections,
        closing=[Words(phrases.CLOSING.format(**values))],
        annex=_annex(items, facts, values["end"]),
    )


def short_date(day: date) -> str:
    """The day as official texts print it: the month padded only below 3 (HD 36-HD/VPTW, mục on place and date)."""
    return (
        f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"
    )


def percent(part: int, whole: int) -> str:
    """The share with one decimal, as Vietnamese texts print it: "63,2"; rounded down, so that 100 means all."""
    tenths = part * 1000 // whole if whole else 0
    return f"{tenths // 10},{tenths % 10}".removesuffix(",0")


def amount(value: Decimal, digits: int = 2) -> str:
    """A figure as Vietnamese texts print it: a count, or "1.234,5" without zeros that say nothing."""
    if value == int(value):
        return number(int(value))
    whole, _point, part = f"{value:,.{digits}f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def number(value: int) -> str:
    """A count as Vietnamese texts print it: "1.234"; below ten padded ("05"), zero as it is."""
    return f"{value:02d}" if 0 < value < 10 else f"{value:,}".replace(",", ".")


def _section(title: str, paragraphs: list[list[Words]], item: str = "") -> dict[str, Any]:
    return {"title": title, "item": item, "paragraphs": [[asdict(run) for run in runs] for runs in paragraphs]}


def _ids(facts: Iterable[Fact]) -> list[int]:
    return [fact.assignment_id for fact in facts]


def _names(facts: Iterable[Fact]) -> str:
    names = list(dict.fromkeys(fact.unit_name for fact in facts))
    shown = ", ".join(names[:MAX_NAMES])
    more = len(names) - MAX_NAMES
    return phrases.MORE_NAMES.format(names=shown, count=number(more)) if more > 0 else shown


def figures_in_words(facts: Sequence[Fact]) -> list[Words]:
    """The figures on some facts, one run a figure, so that each leads to exactly the assignments it counts."""

    def those(test: Callable[[Fact], bool]) -> list[Fact]:
        return [fact for fact in facts if test(fact)]

    done = those(lambda f: f.state == S.ACCEPTED)
    waiting, overdue = those(lambda f: f.state in HANDED_IN), those(lambda f: f.is_overdue)
    moving = those(lambda f: f.state in (S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED))
    suspended = those(lambda f: f.state == S.SUSPENDED)
    unread = those(lambda f: f.state == S.ASSIGNED)
    units = len({fact.unit_id for fact in facts})
    runs = [Words(phrases.UNITS.format(count=number(len(facts)), units=number(units)), _ids(facts))]
    done_text = phrases.DONE.format(done=number(len(done)), percent=percent(len(done), len(facts)))
    runs += _judged(done_text, done)
    for found, phrase, name in (
        (waiting, phrases.WAITING, "waiting"),
        (moving, phrases.IN_PROGRESS, "in_progress"),
        (overdue, phrases.OVERDUE, "overdue"),
        (unread, phrases.NOT_ACKNOWLEDGED, "not_acknowledged"),
        (suspended, phrases.SUSPENDED, "suspended"),
    ):
        if found:
            runs.append(Words(phrase.format(**{name: number(len(found)), "names": _names(found)}), _ids(found)))
    return runs


def _counted(facts: Sequence[Fact]) -> list[list[Words]]:
    """What the units counted, added up by what it is: one run a figure, so that each leads to who counted it."""
    found: dict[tuple[str, str], list[tuple[Fact, Counted]]] = {}
    for fact in facts:
        for one in fact.figures:
            found.setdefault((one.key, one.measure.casefold()), []).append((fact, one))
    if not found:
        return []
    most = sorted(found.values(), key=lambda rows: (-len(rows), rows[0][1].name))[:MAX_COUNTED]
    runs = [Words(phrases.COUNTED)]
    for place, rows in enumerate(most, 1):
        (_fact, one), total = rows[0], sum((counted.amount for _of, counted in rows), Decimal())
        measure = f" {one.measure}" if one.measure else ""
        units = number(len({fact.unit_id for fact, _one in rows}))
        text = phrases.COUNTED_ONE.format(name=one.name, amount=amount(total), measure=measure, units=units)
        runs.append(Words(text + ("." if place == len(most) else ";"), _ids(fact for fact, _one in rows)))
    return [runs]


def _judged(done_text: str, done: Sequence[Fact]) -> list[Words]:
    """What is done, as one sentence: how many after the first due day, and of these in time after an extension."""
    late = [fact for fact in done if fact.is_done_late]
    saved = [fact for fact in late if fact.is_saved]
    runs = [(done_text, done)]
    if late:
        runs.append((phrases.DONE_LATE.format(late=number(len(late))), late))
    if saved:
        runs.append((phrases.SAVED.format(saved=number(len(saved))), saved))
    (text, facts) = runs.pop()
    return [*(Words(words, _ids(found)) for words, found in runs), Words(f"{text}.", _ids(facts))]


def _examples(facts: Sequence[Fact]) -> list[list[Words]]:
    """What units wrote, those accepted first, one a unit."""
    telling = sorted((f for f in facts if f.words), key=lambda f: (f.state != S.ACCEPTED, f.unit_name))
    by_unit = list({fact.unit_id: fact for fact in reversed(telling)}.values())[::-1]
    chosen = by_unit[:MAX_EXAMPLES]
    if not chosen:
        return [[Words(phrases.NOTHING_YET)]]
    lines = [
        Words(phrases.BY_UNIT.format(unit=f.unit_name, text=_sentence(f.words)), [f.assignment_id]) for f in chosen
    ]
    return [[Words(phrases.WHAT_UNITS_DID)], *([line] for line in lines)]


def _sentence(words: str) -> str:
    text = " ".join(words.split())
    return text if text.endswith((".", "!", "?")) else text + "."


def _next(facts: Sequence[Fact]) -> list[Words]:
    still_open = [fact for fact in facts if fact.state != S.ACCEPTED]
    late = [fact for fact in still_open if fact.is_overdue]
    if not still_open:
        return [Words(phrases.ALL_DONE, _ids(facts))]
    runs = [Words(phrases.NEXT.format(open=number(len(still_open))), _ids(still_open))]
    if late:
        runs.append(Words(phrases.NEXT_OVERDUE.format(overdue=number(len(late))), _ids(late)))
    return [*runs, Words(".")]


def _annex(items: Sequence[Item], facts: Sequence[Fact], end: str) -> dict[str, Any]:
    cells: dict[tuple[int, int | None], list[Fact]] = {}
    for fact in facts:
        cells.setdefault((fact.unit_id, fact.provision_id), []).append(fact)
    units = {fact.unit_id: fact.unit_name for fact in facts}
    rows = []
    for position, (unit_id, name) in enumerate(sorted(units.items(), key=lambda pair: (pair[1], pair[0])), 1):
        found = [cells.get((unit_id, item.provision_id), []) for item in items]
        rows.append(
            [asdict(Words(str(position))), asdict(Words(name)), *(asdict(_cell(facts)) for facts in found)]
        )
    totals = [_total([f for f in facts if f.provision_id == item.provision_id]) for item in items]
    rows.append([asdict(Words("")), asdict(Words(phrases.ANNEX_TOTAL)), *(asdict(total) for total in totals)])
    for title, is_on_time in (
        (phrases.ANNEX_ON_TIME_FIRST, lambda fact: not fact.is_done_late),
        (phrases.ANNEX_ON_TIME, lambda fact: not fact.is_done_late or fact.is_saved),
    ):
        cells_of = [
            _on_time([f for f in facts if f.provision_id == item.provision_id], is_on_time) for item in items
        ]
        rows.append([asdict(Words("")), asdict(Words(title)), *(asdict(cell) for cell in cells_of)])
    columns = ["STT", phrases.ANNEX_UNIT, *(_column(item) for item in items)]
    return {"title": phrases.ANNEX_TITLE.format(end=end), "columns": columns, "rows": rows}


def _column(item: Item) -> str:
    return phrases.ANNEX_ITEM.format(number=item.number) if item.number else phrases.ANNEX_OTHER


def _cell(facts: Sequence[Fact]) -> Words:
    if not facts:
        return Words("–")
    phrase = phrases.CELL_OVERDUE if any(fact.is_overdue for fact in facts) else phrases.CELL
    return Words(phrase.format(done=sum(f.state == S.ACCEPTED for f in facts), count=len(facts)), _ids(facts))


def _on_time(facts: Sequence[Fact], is_on_time: Callable[[Fact], bool]) -> Words:
    done = [fact for fact in facts if fact.state == S.ACCEPTED]
    found = [fact for fact in done if is_on_time(fact)]
    return Words(phrases.CELL.format(done=len(found), count=len(done)), _ids(found))


def _total(facts: Sequence[Fact]) -> Words:
    done = sum(fact.state == S.ACCEPTED for fact in facts)
    return Words(phrases.CELL.format(done=done, count=len(facts)), _ids(facts))
