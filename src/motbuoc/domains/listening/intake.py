"""Words on their way in: looked through before anything is kept, and taken in once however often they are sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from motbuoc.domains.listening.legal_doors import Door, legal_door
from motbuoc.domains.listening.screening import Spot, personal_data_in, taken_in, without
from motbuoc.foundation.core.errors import Refusal


class TellsWho(Refusal):
    """The words tell who somebody is, and nothing was kept: `spots` are the places, `proposed` is without them."""

    def __init__(self, text: str, spots: list[Spot]) -> None:
        super().__init__(_("Your words tell who somebody is. Nothing was kept yet: look through them below."))
        self.spots, self.proposed = spots, without(text, spots)


class AtAnotherDoor(Refusal):
    """The words are what the law calls a complaint or a denunciation: nothing was kept, and `door` is told."""

    def __init__(self, door: Door) -> None:
        super().__init__(_("What you write is dealt with elsewhere by law. Nothing was kept here."))
        self.door = door


@dataclass(frozen=True)
class Words:
    """What is written, as it was typed. `form_key` is that of the form (`listening.receipts.new_form_key`).

    `keeps`: the writer looked at what tells who somebody is, and says it is no such thing. `stays`: the writer
    wants it taken in here though the law has another door for it.
    """

    text: str
    form_key: str
    keeps: bool = False
    stays: bool = False


def screened(words: Words, most: int, none: str) -> str:
    """The words as they are kept: at most `most` characters; `none` is what is said where there are no words.

    Raises:
        TellsWho, AtAnotherDoor: the writer decides first.
        Refusal: no words, or too many.
    """
    text = taken_in(words.text)
    if not text:
        raise Refusal(none)
    if len(text) > most:
        raise Refusal(_("At most %(most)s characters, please: write what matters most to you.") % {"most": most})
    door = legal_door(text)
    if door and not words.stays:
        raise AtAnotherDoor(door)
    spots = personal_data_in(text)
    if spots and not words.keeps:
        raise TellsWho(text, spots)
    return text


def looked_through(text: str, *, keeps: bool) -> str:
    """Words of staff that people come to read, as they are kept.

    `keeps`: who writes looked at what tells who somebody is, and says it is no such thing.

    Raises:
        TellsWho: they tell who somebody is.
    """
    words = taken_in(text)
    if words and not keeps and (spots := personal_data_in(words)):
        raise TellsWho(words, spots)
    return words
