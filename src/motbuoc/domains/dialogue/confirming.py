"""Both sides confirm the minutes: that they have signed is noted, and taken back where the minutes change.

What the minutes say as a paper is here too; Vietnamese, because it is the text of a document.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.dialogue.drafting import conclusion_of, draft_of
from motbuoc.domains.dialogue.models import Confirmation, Dialogue
from motbuoc.domains.dialogue.selectors import commitments_of
from motbuoc.domains.dialogue.services import held_by
from motbuoc.domains.dialogue.states import BEEN_HELD
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person


@transaction.atomic
def confirm_minutes(
    *, actor: Person, dialogue: Dialogue, version: int, side: str, office: str, signed_on: date
) -> Dialogue:
    """Note that one side has signed the minutes; said again, it is corrected.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it was not held, there are no minutes, no office is named, or the day is not one between the
            dialogue's and today.
    """
    fresh = held_by(actor, dialogue, version)
    if fresh.state not in BEEN_HELD or not fresh.held_on:
        raise Refusal(_("The minutes are confirmed after the dialogue was held."))
    if not fresh.minutes:
        raise Refusal(_("Write the minutes first: both sides confirm what they say."))
    if side not in Confirmation.Side.values:
        raise Refusal(_("Say which side has signed."))
    if not office.strip():
        raise Refusal(_("Say in which office they signed, for example: chair of the union. Not a name."))
    if not fresh.held_on <= signed_on <= clock.today():
        raise Refusal(_("Say on which day it was signed: not before the dialogue, and not after today."))
    fresh.save()
    said = {"office": " ".join(office.split()), "signed_on": signed_on, "noted_by": actor}
    Confirmation.objects.update_or_create(dialogue=fresh, side=side, defaults=said)
    values = {"side": side, "office": said["office"], "signed_on": signed_on.isoformat()}
    record(actor, Act("confirm_minutes", "dialogue", fresh.pk, fresh.unit_id, values))
    return fresh


def may_confirm(dialogue: Dialogue) -> bool:
    """Whether there is something to confirm: it was held, and there are minutes."""
    return dialogue.state in BEEN_HELD and bool(dialogue.minutes)


OPEN_ENDED = "Biên bản được hai bên thống nhất, lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản."
MINUTES = "Nội dung trao đổi:"
PROMISED = "Nội dung đã cam kết:"
SIGNED = "{side}: {office} đã ký ngày {day:%d/%m/%Y}."
TO_SIGN = "{side} (ký, ghi rõ họ tên, chức vụ): ………………………………………"
SIDES = {
    Confirmation.Side.HEAD: "Đại diện bên chủ trì",
    Confirmation.Side.PEOPLE: "Đại diện bên đoàn viên, người lao động",
}


def minutes_of(dialogue: Dialogue) -> dict[str, Any]:
    """The content of the minutes as a paper, for `papers.conclusion.minutes_file`: who came, what was asked and
    answered, what was said and promised, and the two sides that sign."""
    lines = draft_of(dialogue).splitlines()
    if dialogue.minutes:
        lines += [MINUTES, *dialogue.minutes.splitlines()]
    if promised := list(commitments_of(dialogue)):
        lines.append(PROMISED)
        lines += [f"- {row.unit_name}: {row.text} (trước ngày {row.due_on:%d/%m/%Y})." for row in promised]
    lines.append(OPEN_ENDED)
    signed = {row.side: row for row in dialogue.confirmations.all()}
    for side, words in SIDES.items():
        row = signed.get(side)
        lines.append(
            SIGNED.format(side=words, office=row.office, day=row.signed_on) if row else TO_SIGN.format(side=words)
        )
    content = conclusion_of(dialogue, "\n".join(lines), "", ("", ""))
    day = (dialogue.held_on or clock.today()).isoformat()
    subject = f"đối thoại: {' '.join(dialogue.subject.split()).rstrip('.;')}"
    more = {"clauses": [], "symbol": "", "date": day, "subject": subject, "recipients": ["Lưu hồ sơ đối thoại"]}
    return content | more
