"""Reads for reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from motbuoc.domains.documents.models import Document, TimeKind
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import Fact, Frame, Item, short_date
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.work.counted import Counted, counted_in
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.domains.work.selectors import assignments_for, directives_for, stood_on
from motbuoc.domains.work.standing import WithLateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import in_force
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit, UnitOn, known_on
from motbuoc.foundation.units.selectors import keeper_of

TITLE_LENGTH = 140  # characters of an item's own words that serve as its title
SHORTEST_TITLE = 40  # a clause shorter than this says too little to stand for the item


def reports_for(viewer: Person) -> QuerySet[Report]:
    """The reports of units in reach of `viewer`, newest first, without the texts of the directives.

    A report is seen by those who may see the class that its directive has now.
    """
    today = clock.today()
    reach = policy.cleared(
        policy.sight(viewer, Action.VIEW_REPORT),
        lambda units, wide: policy.holds("document__unit", units, today, wide=wide),
        "document__classification",
    )
    reports = Report.objects.filter(reach).select_related("document", "file", "made_by")
    return reports.defer("document__text", "document__reading")


def may_report(person: Person, document: Document) -> bool:
    """Whether `person` may make reports on a directive: for its unit, or for the one that keeps its archive."""
    return policy.may_on(person, Action.MAKE_REPORT, keeper_of(document.unit_id, clock.today()))


def directives_to_report_for(viewer: Person) -> QuerySet[Document]:
    """The directives on which `viewer` may make reports, the latest issued first."""
    today, units = clock.today(), policy.granted_units(viewer, Action.MAKE_REPORT)
    own = policy.holds("unit", units, today, wide=policy.is_wide(viewer, units, today))
    return directives_for(viewer).filter(own)


def report_to_make(pk: int) -> Report:
    """A requested report, for the job that makes it in the name of the person who asked.

    Raises:
        Report.DoesNotExist: there is none.
    """
    return Report.objects.select_related("document", "made_by").get(pk=pk)


def facts_of(document: Document, start: date, end: date) -> list[Fact]:
    """Every assignment of a directive as it stood on the day `end`, with the unit's last words since `start`.

    Names are those of the units on that day.
    """
    words, figures = _last_words(document, start, end), _figures(document, start, end)
    return [
        Fact(
            assignment_id=row.pk,
            unit_id=row.unit_id,
            unit_name=row.unit_name,
            provision_id=row.provision_id,
            state=then.state,
            is_overdue=then.is_overdue(end),
            is_done_late=then.is_done_late(),
            words=words.get(row.pk, ""),
            figures=figures.get(row.pk, ()),
            is_saved=then.state == AssignmentState.ACCEPTED and then.is_saved_by_extension(),
        )
        for row, then in stood_on(document, end)
        if then.state != AssignmentState.CANCELLED
    ]


def _last_words(document: Document, start: date, end: date) -> dict[int, str]:
    """What each unit last wrote of its assignment from `start` to `end`, by assignment."""
    written = Entry.objects.filter(
        assignment__document=document,
        step__in=("progress", "submit"),
        written_at__date__gte=start,
        written_at__date__lte=end,
    )
    return dict(written.order_by("written_at", "pk").values_list("assignment_id", "text"))


def _figures(document: Document, start: date, end: date) -> dict[int, tuple[Counted, ...]]:
    """What each unit counted from `start` to `end`, by assignment."""
    written = Entry.objects.filter(
        assignment__document=document, written_at__date__gte=start, written_at__date__lte=end
    )
    telling = written.filter(Q(figures__isnull=False) | Q(step="accept_period")).distinct()
    entries = telling.prefetch_related("figures").order_by("assignment_id", "written_at", "pk")
    by_assignment = groupby(entries, key=lambda entry: entry.assignment_id)
    return {pk: tuple(counted_in(found)) for pk, found in by_assignment}


def items_of(document: Document) -> list[Item]:
    """The directive's items that were given to somebody, each with a short title in its own words."""
    given = set(Assignment.objects.filter(document=document).values_list("provision_id", flat=True).distinct())
    items = [
        Item(p.pk, p.number, p.heading or title_of(document.text[p.start : p.end], p.number))
        for p in document.provisions.all()
        if p.pk in given
    ]
    return [*items, Item(None, "", phrases.OTHER_TITLE)] if None in given else items


def title_of(words: str, number: str) -> str:
    """The opening of an item's words, up to where it says why or goes on, at most TITLE_LENGTH characters.

    What is longer ends before the document it follows ("theo Kết luận số …"), or else in the middle with "…".
    """
    text = " ".join(words.split()).removeprefix(number).lstrip(".-) ")
    for end in (" nhằm ", "; ", ". "):
        text = text.split(end)[0]
    if len(text) > TITLE_LENGTH:
        clause, theo, _rest = text[:TITLE_LENGTH].rpartition(" theo ")
        text = clause if theo and len(clause) >= SHORTEST_TITLE else text[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return text.rstrip(" ,.;:")


def frame_of(document: Document, reporter: UnitOn, start: date, end: date) -> Frame:
    """What the report says of its directive and of who makes it."""
    return Frame(
        document=cited(document),
        of_issuer=f" của {Unit.objects.known_by(end).get(pk=document.unit_id).name}",
        about=f" về {document.subject[0].lower()}{document.subject[1:]}" if document.subject else "",
        reporter=reporter.name,
        start=start,
        end=end,
    )


def cited(document: Document) -> str:
    """The directive as a report cites it: type, number and date, with the Party's comma before the date."""
    kind = phrases.DOCUMENT_TYPES.get(document.type, "Văn bản")
    number = f" số {document.code}" if document.code else ""
    day = f", ngày {short_date(document.issued_on)}" if document.issued_on else ""
    return f"{kind}{number}{day}"


def reporter_of(document: Document, on: date) -> UnitOn:
    """Who reports: the department that leads a periodic duty of the directive, else the directive's own unit, or
    the one that goes on in its place."""
    units = Unit.objects.on(on)
    charged = units.filter(
        kind=UnitKind.DEPARTMENT, assignments__document=document, assignments__time_kind=TimeKind.PERIODIC
    ).distinct()
    return charged.order_by("pk").first() or units.get(pk=keeper_of(document.unit_id, on))


def head_of(unit: Unit, on: date) -> Position | None:
    """Who signs for a unit: its head, or its secretary."""
    titles = (PositionTitle.HEAD, PositionTitle.SECRETARY)
    positions = Position.objects.filter(in_force(on), unit=unit, title__in=titles).select_related("person")
    return positions.order_by("title", "pk").first()


def runs_of(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every run of words of a report's content in order; its place in this order is its number in the preview."""
    yield from content["opening"]
    for section in content["sections"]:
        for paragraph in section["paragraphs"]:
            yield from paragraph
    yield from content["closing"]
    for row in content["annex"]["rows"]:
        yield from row


def unit_names_of(report: Report) -> dict[int, str]:
    """The name of the unit of each of the directive's assignments, as of the report's last day."""
    dated = FilteredRelation("unit__versions", condition=known_on(report.period_end, "unit__versions__"))
    rows = Assignment.objects.filter(document=report.document).annotate(dated=dated)
    return dict(rows.values_list("pk", "dated__name"))


def run_of(report: Report, place: int) -> dict[str, Any]:
    """The run of words number `place` of a report.

    Raises:
        IndexError: the report has no such run.
    """
    runs = list(runs_of(report.content)) if report.content else []
    return runs[place]


def sources_for(viewer: Person, report: Report, place: int) -> WithLateness:
    """The assignments behind the run of words number `place` of a report, as far as `viewer` may see them.

    Raises:
        IndexError: the report has no such run.
    """
    return assignments_for(viewer).filter(pk__in=run_of(report, place)["sources"]).order_by("unit_name", "pk")
