"""Who answers for a unit, in words: its head, or whoever deals with its work while a place is vacant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motbuoc.foundation.administration.selectors import answering_for
from motbuoc.foundation.people.models import HEADS, PositionTitle
from motbuoc.foundation.reorganisation.browsing import names_of

DEPUTIES = {PositionTitle.DEPUTY_HEAD: PositionTitle.HEAD, PositionTitle.DEPUTY_CHAIR: PositionTitle.CHAIR}
"""The head that a unit lacks where a deputy answers for it; a secretary in all others."""


@dataclass(frozen=True, slots=True)
class AnsweringWords:
    """Who deals with the work of a unit; `is_vacant`: not whoever heads it."""

    words: str
    is_vacant: bool

    def __str__(self) -> str:
        return self.words


def words_of_answering(unit_id: int, on: date) -> AnsweringWords:
    """Who deals with the work of a unit on the day; says so when its head is missing or is somebody above it."""
    found = answering_for(unit_id, on=on)
    if found.person is None:
        return AnsweringWords(
            _("Nobody yet: neither in the unit nor above it does anybody hold a position."), is_vacant=True
        )
    values = {"person": found.person.full_name, "title": found.title.label if found.title else ""}
    if found.unit_id != unit_id:
        above = names_of([found.unit_id], on).get(found.unit_id, "")
        values["place"] = ", ".join(part for part in (str(values["title"]), above) if part)
        told = _("Nobody in the unit; %(person)s (%(place)s) deals with its work") % values
        return AnsweringWords(told, is_vacant=True)
    if found.title and found.title not in HEADS:
        values["missing"] = DEPUTIES.get(found.title, PositionTitle.SECRETARY).label
        told = _("Vacant: %(missing)s; %(person)s (%(title)s) deals with its work") % values
        return AnsweringWords(told, is_vacant=True)
    told = _("%(person)s, %(title)s") % values if found.title else found.person.full_name
    return AnsweringWords(told, is_vacant=False)
