"""The order of a draft: its sections and the paragraphs of each, moved up and down."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import F

from motbuoc.domains.reporting.drafted import DraftSection, Paragraph
from motbuoc.domains.reporting.drafting import check_writer
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

ASIDE = 10_000  # above all positions: two sections never stand in one place, not even while they change places


@transaction.atomic
def move_paragraph(*, actor: Person, paragraph: Paragraph, up: bool) -> None:
    """Let a paragraph change places with the printed one before it, or behind it; at the end it stays.

    From then on the section keeps its order when figures are refreshed.

    Raises:
        NotAllowed, Refusal: as `check_writer`.
    """
    section = paragraph.section
    draft = check_writer(actor, section)
    order = list(section.paragraphs.order_by("position", "pk"))
    printed = [row for row in order if row == paragraph or not row.is_left_out]
    place = printed.index(paragraph) + (-1 if up else 1)
    if not 0 <= place < len(printed):
        return
    moved = order.pop(order.index(paragraph))
    order.insert(order.index(printed[place]) + (0 if up else 1), moved)
    for position, row in enumerate(order):
        row.position = position
    Paragraph.objects.bulk_update(order, ["position"])
    DraftSection.objects.filter(pk=section.pk).update(is_arranged=True)
    values = {"paragraph": paragraph.pk, "section": str(section)}
    record(actor, Act("move_paragraph", "report_draft", draft.pk, draft.unit_id, values))


@transaction.atomic
def move_section(*, actor: Person, section: DraftSection, up: bool) -> None:
    """Let a section, with what stands below it, change places with the one before or behind it of the same rank.

    The two exchange their numbers, so that the report goes on counting. At the end it stays.

    Raises:
        NotAllowed, Refusal: as `check_writer`.
    """
    draft = check_writer(actor, section)
    order = list(draft.sections.order_by("position"))
    first = order.index(section)
    other = _neighbour(order, first, up=up)
    if other is None:
        return
    upper, lower = sorted((first, other))
    end = _end(order, lower)
    order[upper].number, order[lower].number = order[lower].number, order[upper].number
    order = [*order[:upper], *order[lower:end], *order[upper:lower], *order[end:]]
    for position, row in enumerate(order):
        row.position = position
    draft.sections.update(position=F("position") + ASIDE)
    DraftSection.objects.bulk_update(order, ["position", "number"])
    values = {"section": section.title or section.number}
    record(actor, Act("move_section", "report_draft", draft.pk, draft.unit_id, values))


def ways_of(order: Sequence[DraftSection]) -> dict[int, tuple[bool, bool]]:
    """Whether each section, by id, can be moved up and whether down."""
    places = enumerate(order)
    return {row.pk: tuple(_neighbour(order, at, up=up) is not None for up in (True, False)) for at, row in places}  # type: ignore[misc]


def _neighbour(order: Sequence[DraftSection], first: int, *, up: bool) -> int | None:
    """Where the section begins with which the one at `first` would change places."""
    other = _before(order, first) if up else _end(order, first)
    is_there = other is not None and other < len(order) and order[other].level == order[first].level
    return other if is_there else None


def _end(order: Sequence[DraftSection], first: int) -> int:
    """Where the section that begins at `first` ends, with all that stands below it."""
    level = order[first].level
    return next((place for place in range(first + 1, len(order)) if order[place].level <= level), len(order))


def _before(order: Sequence[DraftSection], first: int) -> int | None:
    """Where the last section before `first` begins that does not stand below another one after it."""
    level = order[first].level
    return next((place for place in range(first - 1, -1, -1) if order[place].level <= level), None)
