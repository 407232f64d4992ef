"""Writes to outlines: an office's own, written as lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.reporting.drafted import Outline, Part
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

MOST_SECTIONS = 100
WORDS = {
    Part.FIGURES: "số liệu",
    Part.TABLE: "bảng",
    Part.CHART: "biểu đồ",
    Part.WORDS: "lời văn",
    Part.TASKS: "nhiệm vụ",
    Part.TEXT: "tự viết",
}
"""What a part is called in a line of an outline."""


def lines_of(sections: Sequence[dict[str, Any]]) -> str:
    """The sections as lines: "1. | Title | item | số liệu, lời văn"."""
    return "\n".join(
        " | ".join(
            (each["number"], each["title"], each["item"], ", ".join(WORDS[Part(part)] for part in each["parts"]))
        ).rstrip(" |")
        for each in sections
    )


def sections_in(lines: str) -> list[dict[str, Any]]:
    """The sections that lines name.

    Raises:
        Refusal: a line has too many columns or names a part that there is not; there are too many lines, or none.
    """
    kinds = {word: part.value for part, word in WORDS.items()}
    found = []
    for place, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("|")]
        number, title, item, parts, *more = [*cells, "", "", "", ""][: max(4, len(cells))]
        named = [word.strip().lower() for word in parts.split(",") if word.strip()]
        if more or any(word not in kinds for word in named):
            words = _("Line %(line)s is not understood: number | title | item | parts, the parts being %(parts)s.")
            raise Refusal(words % {"line": place, "parts": ", ".join(kinds)})
        found.append(
            {
                "number": number[:40],
                "title": title[:300],
                "item": item[:40],
                "parts": list(dict.fromkeys(kinds[word] for word in named)),
            }
        )
    if not found or len(found) > MOST_SECTIONS:
        raise Refusal(_("An outline has from 1 to %(most)s sections.") % {"most": MOST_SECTIONS})
    return found


@transaction.atomic
def make_outline(*, actor: Person, unit_id: int, name: str, cycle: str, lines: str) -> Outline:
    """Begin an outline of a unit.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: it has no name, or `lines` are not understood.
        Collision: the unit has one of that name.
    """
    policy.require(actor, Action.MAKE_REPORT, unit_id)
    if not name.strip():
        raise Refusal(_("Give the outline a name."))
    with once(_("There is an outline of that name already.")):
        outline = Outline.objects.create(
            unit_id=unit_id,
            name=name.strip()[:200],
            cycle=cycle if cycle in PeriodCycle.values else "",
            sections=sections_in(lines),
            made_by=actor,
            made_at=clock.now(),
        )
    record(actor, Act("make_outline", "outline", outline.pk, unit_id, {"name": outline.name}))
    return outline


@transaction.atomic
def change_outline(*, actor: Person, outline: Outline, version: int, name: str, cycle: str, lines: str) -> Outline:
    """Change an outline; reports that were begun by it stay as they are.

    Raises:
        NotAllowed, Refusal: as `make_outline`.
        Collision: somebody changed it since `version`, or the unit has one of that name.
    """
    policy.require(actor, Action.MAKE_REPORT, outline.unit_id)
    fresh = claim(outline, version)
    if not name.strip():
        raise Refusal(_("Give the outline a name."))
    before, fresh.name, fresh.sections = fresh.name, name.strip()[:200], sections_in(lines)
    fresh.cycle = cycle if cycle in PeriodCycle.values else ""
    with once(_("There is an outline of that name already.")):
        fresh.save()
    record(actor, Act("change_outline", "outline", fresh.pk, fresh.unit_id, {"name": [before, fresh.name]}))
    return fresh


@transaction.atomic
def close_outline(*, actor: Person, outline: Outline, version: int) -> Outline:
    """Offer an outline no more.

    Raises:
        NotAllowed: as `make_outline`.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.MAKE_REPORT, outline.unit_id)
    fresh = claim(outline, version)
    fresh.is_closed = True
    fresh.save()
    record(actor, Act("close_outline", "outline", fresh.pk, fresh.unit_id, {"name": fresh.name}))
    return fresh
