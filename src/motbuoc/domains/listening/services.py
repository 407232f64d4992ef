"""Writes to boxes and opinions: opened and closed; said, noted, passed on, answered, heeded.

Who says something from outside is nobody to the product: such a write has no actor and leaves no line of history
(docs/decisions/0033-listening-below-dialogues.md). All that staff does with it has its actor and its line, which
never holds the words.
"""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motbuoc.domains.listening.intake import Words, looked_through, screened
from motbuoc.domains.listening.models import Opinion, OpinionBox, Theme, ThemeMap
from motbuoc.domains.listening.placing import Themes, place
from motbuoc.domains.listening.receipts import code_of, digest_of
from motbuoc.domains.listening.selectors import asked_on, may_note, places_of, who_may_act
from motbuoc.domains.listening.states import OPEN, OPINION_TRANSITIONS, OpinionState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.workdays.selectors import add_workdays


@dataclass(frozen=True)
class BoxTerms:
    """What a box says: where it hangs, its name, and the words that invite to write."""

    place_id: int
    name: str
    words: str = ""


@transaction.atomic
def make_box(*, actor: Person, unit_id: int, terms: BoxTerms) -> OpinionBox:
    """Open a box of a unit.

    Raises:
        NotAllowed: the actor does not listen for that unit.
        Refusal: it has no name, or hangs neither at the unit nor below it.
    """
    policy.require(actor, Action.ANSWER_OPINION, unit_id)
    _check(unit_id, terms)
    box = OpinionBox.objects.create(
        unit_id=unit_id, address=secrets.token_hex(5), made_by=actor, made_on=clock.today(), **asdict(terms)
    )
    record(actor, Act("make_opinion_box", "opinion_box", box.pk, unit_id, {"name": box.name}))
    return box


def _check(unit_id: int, terms: BoxTerms) -> None:
    if not terms.name.strip():
        raise Refusal(_("Give it a name."))
    if not places_of(unit_id).filter(pk=terms.place_id).exists():
        raise Refusal(_("A box hangs at the unit itself or at one below it."))


@transaction.atomic
def change_box(
    *, actor: Person, box: OpinionBox, version: int, terms: BoxTerms, is_open: bool = True
) -> OpinionBox:
    """Change what a box says, close it or open it again; what came stays.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: as `make_box`.
    """
    policy.require(actor, Action.ANSWER_OPINION, asked_on(box.unit_id))
    _check(box.unit_id, terms)
    fresh = claim(box, version)
    new = asdict(terms) | {"is_open": is_open}
    values = {name: [getattr(fresh, name), value] for name, value in new.items() if getattr(fresh, name) != value}
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.save()
    record(actor, Act("change_opinion_box", "opinion_box", fresh.pk, fresh.unit_id, values))
    return fresh


class Said(NamedTuple):
    """An opinion that was taken in, and the code of its receipt: the only time that it is known."""

    opinion: Opinion
    code: str


@transaction.atomic
def say(*, box: OpinionBox, words: Words) -> Said:
    """Take in what somebody says who is nobody to us; sent again with the same key, it is there once.

    Raises:
        TellsWho, AtAnotherDoor: nothing was kept; the writer decides.
        Refusal: no words or too many, or the box is closed.
    """
    code = code_of(words.form_key)
    if there := Opinion.objects.filter(receipt=digest_of(code)).first():
        return Said(there, code)
    return Said(_add(box, _screened(words), Opinion.Channel.LINK, digest_of(code), None), code)


@transaction.atomic
def note_opinion(*, actor: Person, box: OpinionBox, words: Words, channel: str) -> Said:
    """Enter what came on paper, or what a collaborator hears said around; only paper has a receipt.

    Raises:
        NotAllowed: the actor may not enter opinions into this box.
        TellsWho, AtAnotherDoor, Refusal: as `say`.
    """
    if not may_note(actor, box):
        policy.require(actor, Action.NOTE_OPINION, asked_on(box.unit_id))
    code = code_of(words.form_key)
    if there := Opinion.objects.filter(receipt=digest_of(code)).first():
        return Said(there, code)
    way = Opinion.Channel(channel)
    receipt = digest_of(code) if way == Opinion.Channel.PAPER else None
    opinion = _add(box, _screened(words), way, receipt, actor)
    record(actor, Act("note_opinion", "opinion", opinion.pk, box.unit_id, {"channel": str(channel)}))
    return Said(opinion, code if receipt else "")


def _screened(words: Words) -> str:
    return screened(words, settings.OPINION_MOST_CHARACTERS, _("Write what you want to say."))


def _add(box: OpinionBox, text: str, channel: Opinion.Channel, receipt: str | None, by: Person | None) -> Opinion:
    if not OpinionBox.objects.filter(pk=box.pk, is_open=True).exists():
        raise Refusal(_("This box is closed and takes in nothing now."))
    today, unit = clock.today(), asked_on(box.unit_id)
    return Opinion.objects.create(
        box=box,
        text=text,
        channel=channel,
        said_on=today,
        receipt=receipt,
        unit_id=unit,
        due_on=add_workdays(today, settings.OPINION_ANSWER_WORKDAYS),
        theme_id=theme_for(box.unit_id, text),
        entered_by=by,
    )


def theme_for(unit_id: int, text: str) -> int | None:
    """The theme of a unit that a text is most like, by the middles kept of them; None: it fits none."""
    kept = ThemeMap.objects.filter(unit=unit_id).values_list("middles", flat=True).first()
    return place(text, Themes.of_data(kept)).theme if kept else None


def _held(actor: Person, opinion: Opinion, version: int) -> Opinion:
    """The opinion, claimed, if the actor listens for the unit that it is with now."""
    fresh = claim(opinion, version)
    policy.require(actor, Action.ANSWER_OPINION, asked_on(fresh.unit_id))
    return fresh


def _move(actor: Person, fresh: Opinion, name: str, target: str, **values: Any) -> Opinion:
    before, fresh.state = fresh.state, target
    fresh.save()
    record(actor, Act(name, "opinion", fresh.pk, fresh.unit_id, {"state": [before, target], **values}))
    return fresh


@transaction.atomic
def pass_opinion_on(*, actor: Person, opinion: Opinion, version: int, unit_id: int) -> Opinion:
    """Pass an opinion on to the unit that can act: one above or below.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now, or the unit is neither above nor below.
    """
    fresh = _held(actor, opinion, version)
    transition = step(OPINION_TRANSITIONS, "pass_opinion_on", fresh.state)
    if not who_may_act(fresh).filter(pk=unit_id).exists():
        raise Refusal(_("Choose another unit: one above, or one below."))
    before, fresh.unit_id = fresh.unit_id, unit_id
    fresh.passed_on_on = clock.today()
    return _move(actor, fresh, "pass_opinion_on", transition.target, unit=[before, unit_id])


@transaction.atomic
def answer_opinion(*, actor: Person, opinion: Opinion, version: int, text: str, keeps: bool = False) -> Opinion:
    """Answer an opinion, or better an answer; whoever holds its receipt reads it.

    `keeps`: who answers looked at what tells who somebody is, and says it is no such thing.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no words; not possible now.
        TellsWho: the answer tells who somebody is.
    """
    fresh = _held(actor, opinion, version)
    transition = step(OPINION_TRANSITIONS, "answer_opinion", fresh.state)
    words = looked_through(text, keeps=keeps)
    if not words:
        raise Refusal(_("Write the answer: whoever wrote reads it by their receipt."))
    fresh.answer, fresh.settled_on, fresh.answered_by = words, clock.today(), actor
    return _move(actor, fresh, "answer_opinion", transition.target)


@transaction.atomic
def heed_opinion(*, actor: Person, opinion: Opinion, version: int, reason: str, keeps: bool = False) -> Opinion:
    """Say that an opinion is heeded without an answer of its own, and what becomes of it.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no words, or not possible now.
        TellsWho: the words tell who somebody is (`keeps`: as in `answer_opinion`).
    """
    fresh = _held(actor, opinion, version)
    transition = step(OPINION_TRANSITIONS, "heed_opinion", fresh.state)
    words = looked_through(reason, keeps=keeps)
    if not words:
        raise Refusal(_("Say what becomes of it: whoever wrote reads it by their receipt."))
    fresh.reason, fresh.settled_on, fresh.answered_by = words, clock.today(), actor
    return _move(actor, fresh, "heed_opinion", transition.target)


@transaction.atomic
def heed_theme(*, actor: Person, theme: Theme, reason: str, until: date | None = None, keeps: bool = False) -> int:
    """Heed all that still waits in a theme with the unit to which it was said, at once; how many.

    `until`: only what was said by that day. Whoever wrote any of it reads what comes of it.

    Raises:
        NotAllowed: the actor does not listen for the theme's unit.
        Refusal: no words.
        TellsWho: the words tell who somebody is (`keeps`: as in `answer_opinion`).
    """
    unit = asked_on(theme.unit_id)
    policy.require(actor, Action.ANSWER_OPINION, unit)
    words = looked_through(reason, keeps=keeps)
    if not words:
        raise Refusal(_("Say what becomes of it: whoever wrote reads it by their receipt."))
    rows = Opinion.objects.filter(theme=theme, unit=unit, state__in=OPEN)
    rows = rows.filter(said_on__lte=until) if until else rows
    count = rows.update(
        state=OpinionState.HEEDED,
        reason=words,
        settled_on=clock.today(),
        answered_by=actor,
        version=F("version") + 1,
    )
    record(actor, Act("heed_theme", "theme", theme.pk, theme.unit_id, {"opinions": count}))
    return count
