"""From the words of a draft back to what they rest on: a unit's submission, what it wrote and counted, a task."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum
from django.utils.translation import override

from motbuoc.domains.ledger.figures import indicators_of
from motbuoc.domains.ledger.models import NarrativeBox
from motbuoc.domains.ledger.selectors import submissions_for
from motbuoc.domains.ledger.submitted import HandedIn, Submission
from motbuoc.domains.ledger.totals import facts_known
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import amount
from motbuoc.domains.reporting.drafted import Draft, Paragraph, Part
from motbuoc.domains.reporting.drafts import ShownSection, shown
from motbuoc.domains.reporting.fields import CHANGE, LAST, SO_FAR, TARGET, YEAR_AGO, Run, run
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.selectors import assignments_for
from motbuoc.domains.work.standing import WithLateness
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit


def run_at(paragraph: Paragraph, figures: dict[str, Any], place: int) -> Run:
    """A run of a paragraph as it reads; the cells of a table are counted row by row; a chart is one.

    Raises:
        IndexError: there is no such place.
    """
    if paragraph.kind == Part.TABLE:
        cells: list[Run] = [cell for row in paragraph.made.get("rows", []) for cell in row]
        return cells[place]
    if paragraph.kind == Part.CHART:
        return [{"text": paragraph.made["title"], "sources": paragraph.made["sources"]}][place]
    return shown(paragraph, figures).runs[place]


def submissions_behind(viewer: Person, sources: Iterable[int]) -> QuerySet[Submission]:
    """The submissions that words rest on, as far as `viewer` may see them."""
    return submissions_for(viewer).filter(pk__in=list(sources)).order_by("pk")


def tasks_behind(viewer: Person, sources: Iterable[int]) -> WithLateness:
    """The tasks that words on a directive rest on, as far as `viewer` may see them."""
    return assignments_for(viewer).filter(pk__in=list(sources)).order_by("unit_name", "pk")


class Source(NamedTuple):
    """A unit's submission behind some words: its figures in them, or what it wrote for their item."""

    submission: Submission
    unit_name: str
    amounts: tuple[tuple[str, str], ...]
    words: tuple[str, ...]


def sources_shown(
    draft: Draft, paragraph: Paragraph, words: Run, submissions: Sequence[Submission]
) -> list[Source]:
    """What each of these submissions holds of a run: its figures where the run is one, else what was written."""
    names = dict(
        Unit.objects.known_by(draft.period.cutoff_on)
        .filter(pk__in=[row.unit_id for row in submissions])
        .values_list("pk", "name")
    )
    code = words.get("cell", "").partition(".")[0]
    amounts = _amounts(draft, code, submissions) if code else {}
    written = _words(paragraph.section.item, submissions) if paragraph.kind == Part.WORDS else {}
    return [
        Source(
            row,
            str(names.get(row.unit_id, row.unit_id)),
            tuple(amounts.get(row.pk, ())),
            tuple(written.get(row.pk, ())),
        )
        for row in submissions
    ]


def _amounts(draft: Draft, code: str, submissions: Iterable[Submission]) -> dict[int, list[tuple[str, str]]]:
    """The accepted figures of an indicator, or of the parts of a share, by submission."""
    parts: list[int | None] = []
    for row in indicators_of(draft.period):
        if row.code == code:
            parts = [row.numerator_id, row.denominator_id] if row.is_share else [row.pk]
    facts = facts_known().filter(source__submission__in=[row.pk for row in submissions], indicator__in=parts)
    grouped = facts.order_by("indicator").values_list(
        "source__submission", "indicator__name", "indicator__decimals"
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for submission, name, decimals, total in grouped.annotate(total=Sum("amount")):
        found.setdefault(submission, []).append((name, amount(Decimal(total), decimals)))
    return found


def _words(item: str, submissions: Sequence[Submission]) -> dict[int, list[str]]:
    """What was written for an item, as it was accepted, by submission; "": for every item."""
    numbers = {row.pk: row.number for row in submissions}
    boxes = NarrativeBox.objects.filter(form__in={row.period.form_id for row in submissions})
    wanted = {str(pk) for pk in (boxes.filter(item=item) if item else boxes).values_list("pk", flat=True)}
    rows = HandedIn.objects.filter(submission__in=numbers).values_list("submission", "number", "content")
    return {
        submission: [text for box, text in sorted(content["words"].items()) if box in wanted]
        for submission, number, content in rows
        if number == numbers[submission]
    }


def units_behind(draft: Draft, sections: Iterable[ShownSection]) -> dict[str, dict[int, str]]:
    """The unit of everything that a draft rests on, by kind (`reports`, `tasks`) and id, named as it was then."""
    tasks: set[int] = set()
    reports = {source for field in draft.figures.values() for source in field["sources"]}
    for section in sections:
        for one in section.paragraphs:
            found = {source for each in one.runs for source in each["sources"]}
            found |= set(one.paragraph.made.get("sources", []))
            (tasks if one.paragraph.kind == Part.TASKS else reports).update(found)
    names = dict(Unit.objects.known_by(draft.period.cutoff_on).values_list("pk", "name"))
    submissions = Submission.objects.filter(pk__in=reports).values_list("pk", "unit", "period__label")
    given = Assignment.objects.filter(pk__in=tasks).values_list("pk", "unit")
    return {
        "reports": {pk: f"{names.get(unit, unit)} ({label})" for pk, unit, label in submissions},
        "tasks": {pk: str(names.get(unit, unit)) for pk, unit in given},
    }


def annex_of(draft: Draft) -> dict[str, Any]:
    """The table of all figures of a draft, as of its moment: title, columns, rows of runs."""
    rows = []
    with override("vi"):  # measures are printed in the language of documents
        for place, row in enumerate(indicators_of(draft.period), 1):
            cells = [_cell(draft, row.code, which) for which in ("", LAST, YEAR_AGO, CHANGE, SO_FAR, TARGET)]
            rows.append([run(str(place)), run(row.name), run(str(row.measured_in)), *cells])
    title = phrases.FIGURES_TITLE.format(label=draft.period.label[:1].lower() + draft.period.label[1:])
    return {"title": title, "columns": list(phrases.FIGURES_COLUMNS), "rows": rows}


def _cell(draft: Draft, code: str, which: str) -> Run:
    name = f"{code}.{which}" if which else code
    field = draft.figures.get(name)
    return run(field["words"], list(field["sources"]), name) if field else run("–")
