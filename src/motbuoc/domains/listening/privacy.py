"""Who somebody is, where they want or the law wants that it is known: sealed, opened for a reason, told, deleted.

The only door to `sealed.Sealed` and the only one that unseals; a house test sees to that. Whoever leaves a name is
nobody to the product like any other writer: no actor, no line of history. Whoever opens one has a right of their
own (`Action.OPEN_IDENTITY`) on the unit that answers, says what for and why, and it stands in the history and on
the receipt. No history and no opening holds a word of what was opened.

Law 91/2025/QH15 on personal data: consent (Article 9) and its withdrawal, deletion once the purpose is reached or
the time is over (Article 14).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from motbuoc.domains.listening.screening import personal_data_in, taken_in
from motbuoc.domains.listening.sealed import Opening, Purpose, Sealed
from motbuoc.domains.listening.sealing import CannotUnseal, handles, sealed, unsealed
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.selectors import keeper_of

BASES: dict[str, str] = {
    Purpose.REPLY: "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 9: người viết đồng ý",
    Purpose.PETITION: "Luật Khiếu nại 02/2011/QH13, Luật Tố cáo 25/2018/QH14, Luật Tiếp công dân 42/2013/QH13",
    Purpose.MODERATION: "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 14: lưu trữ có thời hạn để xem lại",
}
"""The law that allows an opening, by what it is for."""
WORDS = Sealed.Kind.WORDS
PURPOSES = {
    Sealed.Kind.IDENTITY: (Purpose.REPLY, Purpose.PETITION),
    Sealed.Kind.WORDS: (Purpose.MODERATION,),
}
KIND_FOR = {purpose: kind for kind, purposes in PURPOSES.items() for purpose in purposes}
LONGEST_NAME, LONGEST_CONTACT, SHORTEST_NEED = 150, 300, 15  # characters


@dataclass(frozen=True)
class About:
    """What something sealed belongs to: the kind of object and its id as the history calls them, the digest of its
    receipt, and the unit that answers."""

    kind: str
    object_id: int
    receipt: str
    unit_id: int

    def key(self, sort: str) -> str:
        """What its handle is made of: of the receipt, so that whoever can guess ids can guess nothing."""
        return f"{sort}|{self.kind}|{self.receipt}"


class Reply(NamedTuple):
    """Who wants a reply in writing, and how it reaches them."""

    name: str
    contact: str


def checked(name: str, contact: str) -> Reply | None:
    """What somebody typed, to be left with `leave`; None: nothing.

    Raises:
        Refusal: one of both is missing, or too long.
    """
    reply = Reply(taken_in(name), taken_in(contact))
    if not any(reply):
        return None
    if not all(reply):
        raise Refusal(_("For a reply in writing give both your name and how it reaches you; or leave both empty."))
    if len(reply.name) > LONGEST_NAME or len(reply.contact) > LONGEST_CONTACT:
        raise Refusal(_("The name or the address for the reply is too long."))
    return reply


def leave(*, about: About, reply: Reply) -> None:
    """Seal who wants a reply in writing; sent again, it is there once."""
    _seal(about, Sealed.Kind.IDENTITY, reply._asdict(), settings.IDENTITY_DAYS)


@transaction.atomic
def put_aside(*, actor: Person, about: About, words: str, reason: str) -> None:
    """Seal the words that are taken off a page. Whoever calls has asked whether `actor` may, and puts something
    else in their place.

    Raises:
        Refusal: no reason, or one that names somebody.
    """
    if not reason.strip():
        raise Refusal(_("Write the reason."))
    _seal(about, Sealed.Kind.WORDS, {"words": words}, settings.PUT_ASIDE_DAYS)
    values = {"reason": _said(reason)}
    record(actor, Act("put_words_aside", about.kind, about.object_id, about.unit_id, values))


def _seal(about: About, kind: Sealed.Kind, content: dict[str, str], days: int) -> None:
    key = about.key(kind)
    until = clock.today() + timedelta(days=days)
    row = {"kind": kind, "content": sealed({"about": key, **content}), "kept_until": until}
    Sealed.objects.get_or_create(handle=handles(key)[0], defaults=row)


def kept_until(about: About, kind: Sealed.Kind = Sealed.Kind.IDENTITY) -> date | None:
    """Until when something is kept sealed of it; None: nothing is."""
    row = _find(about, kind)
    return row.kept_until if row else None


def _find(about: About, kind: Sealed.Kind) -> Sealed | None:
    row = Sealed.objects.filter(handle__in=handles(about.key(kind)), kept_until__gte=clock.today()).first()
    return row if row and row.kind == kind else None


def may_open(viewer: Person, about: About) -> bool:
    """Whether `viewer` may open what is sealed there: for the unit that answers, and no other."""
    return policy.may_on(viewer, Action.OPEN_IDENTITY, keeper_of(about.unit_id, clock.today()))


@transaction.atomic
def open_sealed(*, actor: Person, about: About, kind: Sealed.Kind, purpose: str, need: str) -> dict[str, str]:
    """Show what is sealed, once: what it is for and why stand in the history and on the receipt.

    Raises:
        NotAllowed: the actor has no such right for the unit that answers.
        Refusal: no such purpose, no reason worth the name, or one that names somebody; nothing is sealed there.
    """
    policy.require(actor, Action.OPEN_IDENTITY, keeper_of(about.unit_id, clock.today()))
    if purpose not in PURPOSES[kind]:
        raise Refusal(_("Say what it is opened for."))
    why = _said(need)
    if len(why) < SHORTEST_NEED:
        raise Refusal(_("Say why it is needed, so that whoever wrote understands it: they read it."))
    row = _find(about, kind)
    if row is None:
        raise Refusal(_("Nothing is sealed here, or it was deleted in its time."))
    try:
        content = unsealed(row.content)
    except CannotUnseal:
        raise Refusal(_("It was sealed with a key that is no longer there, and cannot be opened.")) from None
    today = clock.today()
    until = min(row.kept_until, today + timedelta(days=settings.OPENING_DAYS))
    Opening.objects.create(
        handle=row.handle,
        kind=kind,
        unit_id=about.unit_id,
        purpose=purpose,
        need=why,
        opened_on=today,
        use_until=until,
    )
    values = {"purpose": purpose, "need": why, "use_until": until.isoformat()}
    record(actor, Act("open_identity", about.kind, about.object_id, about.unit_id, values))
    return {name: value for name, value in content.items() if name != "about"}


def _said(reason: str) -> str:
    """A reason that stands in the history for good, so it tells of nobody who they are.

    Raises:
        Refusal: it does, or it is too long.
    """
    text = taken_in(reason)
    if len(text) > 500:
        raise Refusal(_("At most 500 characters, please."))
    if personal_data_in(text):
        raise Refusal(_("The reason stands in the history for good: name nobody in it, and no number or address."))
    return text


def openings_of(about: About) -> list[Opening]:
    """Every opening of what is sealed there, for whoever holds the receipt and for who may open it."""
    found = [handle for kind in Sealed.Kind for handle in handles(about.key(kind))]
    return list(Opening.objects.filter(handle__in=found).order_by("pk"))


def opened_since(units: Collection[int], day: date) -> dict[str, int]:
    """How often these units opened something since a day, by what for; to be shown by `suppression.seen`."""
    rows = Opening.objects.filter(unit__in=units, opened_on__gte=day).order_by().values_list("purpose")
    return dict(rows.annotate(times=Count("pk")))


@transaction.atomic
def withdraw(*, about: About) -> bool:
    """Delete the name that was left, for whoever holds the receipt: consent taken back. Whether there was one."""
    row = _find(about, Sealed.Kind.IDENTITY)
    if row:
        row.delete()
    return row is not None


def forget(abouts: Collection[About]) -> None:
    """Delete all that is sealed there and all its openings, because what it belongs to is deleted."""
    found = [handle for about in abouts for kind in Sealed.Kind for handle in handles(about.key(kind))]
    Sealed.objects.filter(handle__in=found).delete()
    Opening.objects.filter(handle__in=found).delete()


def delete_overdue() -> int:
    """Delete what has had its time; how many."""
    return Sealed.objects.filter(kept_until__lt=clock.today()).delete()[0]


@transaction.atomic
def reseal() -> tuple[int, int]:
    """Seal all anew with the first of the keys, so that the others can be taken out of the settings.

    Returns how many were, and how many could not be opened with any key.
    """
    done, lost = 0, 0
    for row in Sealed.objects.select_for_update():
        try:
            content = unsealed(row.content)
        except CannotUnseal:
            lost += 1
            continue
        handle = handles(content["about"])[0]
        Opening.objects.filter(handle=row.handle).update(handle=handle)
        Sealed.objects.filter(handle=row.handle).update(handle=handle, content=sealed(content))
        done += 1
    return done, lost
