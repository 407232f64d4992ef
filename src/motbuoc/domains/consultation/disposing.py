"""Alike comments are grouped, and somebody answers for what becomes of each group.

The machine proposes groups, one provision at a time; a person confirms, merges and moves. A group is dealt with
once: accepted, partly or not, with the reason wherever not all is accepted, and with the provision of the later
version where that reads otherwise for it. The history names groups and comments by number, and holds none of their
words.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from motbuoc.domains.consultation.models import Comment, CommentGroup, Consultation, ConsultedProvision
from motbuoc.domains.consultation.selectors import asked_on, latest_number
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.listening.grouping import group
from motbuoc.domains.listening.intake import looked_through
from motbuoc.domains.listening.screening import taken_in
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person

D = CommentGroup.Disposition
AT_ONCE = 5_000  # comments of a provision that are grouped in one go: a few seconds
TITLE, LONGEST_REASON = 120, 4_000  # characters


@dataclass(frozen=True)
class Answer:
    """What becomes of a group, and why; `changed_in` is the number of the provision in the latest version.

    `keeps`: who answers looked at what tells who somebody is, and says it is no such thing.
    """

    disposition: str
    reason: str = ""
    title: str = ""
    changed_in: int | None = None
    keeps: bool = False


def _dealing(actor: Person, consultation_id: int) -> Consultation:
    """The consultation, locked, if `actor` holds it and its comments are being dealt with.

    Raises:
        NotAllowed, Refusal: they do not, or it is a draft, or all is said to be dealt with.
    """
    held = Consultation.objects.select_for_update().get(pk=consultation_id)
    policy.require(actor, Action.HOLD_CONSULTATION, asked_on(held.unit_id))
    if held.state not in (ConsultationState.OPEN, ConsultationState.CLOSED):
        raise Refusal(_("Its comments are not being dealt with now."))
    return held


@transaction.atomic
def propose_groups(*, actor: Person, consultation: Consultation, provision: ConsultedProvision) -> int:
    """Group the comments on a provision that are in no group yet, at most AT_ONCE; give how many were grouped.

    What is like nothing else is a group of its own: it gets its answer too.

    Raises:
        NotAllowed: the actor does not hold it.
        Refusal: its comments are not being dealt with.
    """
    held = _dealing(actor, consultation.pk)
    rows = list(
        Comment.objects.filter(consultation=held, provision=provision, group=None).order_by("pk")[:AT_ONCE]
    )
    if not rows:
        return 0
    found = group([f"{row.quoted} {row.text}" for row in rows])
    members: dict[int, list[Comment]] = defaultdict(list)
    for place, (row, label) in enumerate(zip(rows, found.labels, strict=True)):
        members[label if label is not None else -1 - place].append(row)
    titles = {one.number: rows[one.central[0]].text for one in found.groups}
    made = CommentGroup.objects.bulk_create(
        (
            CommentGroup(
                consultation=held,
                provision=provision,
                title=_titled(titles.get(label) or each[0].text),
                size=len(each),
            )
            for label, each in members.items()
        ),
        batch_size=500,
    )
    for one, each in zip(made, members.values(), strict=True):
        for row in each:
            row.group = one
    Comment.objects.bulk_update(rows, ["group"], batch_size=500)
    values = {"provision": provision.label, "comments": len(rows), "groups": len(made)}
    record(actor, Act("propose_groups", "consultation", held.pk, held.unit_id, values))
    return len(rows)


def _titled(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= TITLE else f"{line[: TITLE - 1]}…"


@transaction.atomic
def confirm_groups(*, actor: Person, consultation: Consultation, provision: ConsultedProvision) -> int:
    """Say that the groups proposed for a provision are looked through and right; give how many.

    Raises:
        NotAllowed, Refusal: as `propose_groups`.
    """
    held = _dealing(actor, consultation.pk)
    rows = CommentGroup.objects.filter(consultation=held, provision=provision, is_confirmed=False)
    count = rows.update(is_confirmed=True, version=F("version") + 1)
    if count:
        values = {"provision": provision.label, "groups": count}
        record(actor, Act("confirm_groups", "consultation", held.pk, held.unit_id, values))
    return count


@transaction.atomic
def merge_groups(*, actor: Person, group: CommentGroup, version: int, other: CommentGroup) -> CommentGroup:
    """Put all comments of a group into another of the same provision; the answer of that one is theirs.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: they are one, or of two provisions; as `propose_groups`.
    """
    held = _dealing(actor, group.consultation_id)
    fresh = claim(group, version)
    if fresh.pk == other.pk or fresh.provision_id != other.provision_id:
        raise Refusal(_("Only groups of one provision can be merged."))
    target = claim(other, None)
    Comment.objects.filter(group=fresh).update(group=target)
    target.size += fresh.size
    target.is_confirmed = True  # a person has looked at it
    target.save()
    fresh.delete()
    record(actor, Act("merge_groups", "consultation", held.pk, held.unit_id, {"group": [group.pk, target.pk]}))
    return target


@transaction.atomic
def move_comment(*, actor: Person, comment: Comment, other: CommentGroup | None = None) -> CommentGroup:
    """Put a comment into another group of its provision, or into one of its own.

    Raises:
        NotAllowed: the actor does not hold the consultation.
        Refusal: the group is of another provision, or the one it is in; as `propose_groups`.
    """
    held = _dealing(actor, comment.consultation_id)
    row = Comment.objects.select_for_update().get(pk=comment.pk)
    if other and (other.provision_id != row.provision_id or other.pk == row.group_id):
        raise Refusal(_("Choose another group of the same provision."))
    if other:
        target = claim(other, None)
        target.size += 1
        target.save()
    else:
        target = CommentGroup.objects.create(
            consultation=held, provision_id=row.provision_id, title=_titled(row.text), size=1, is_confirmed=True
        )
    left, row.group = row.group_id, target
    row.save(update_fields=["group"])
    if left:
        CommentGroup.objects.filter(pk=left).update(size=F("size") - 1, version=F("version") + 1)
        CommentGroup.objects.filter(pk=left, size=0).delete()
    values = {"comment": row.pk, "group": target.pk}
    record(actor, Act("move_comment", "consultation", held.pk, held.unit_id, values))
    return target


@transaction.atomic
def dispose_group(*, actor: Person, group: CommentGroup, version: int, answer: Answer) -> CommentGroup:
    """Say what becomes of a group that is confirmed, and why.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: the group is only proposed, the answer is none, its reason is missing, or the provision that
            changed is in no later version; as `propose_groups`.
        TellsWho: the reason, which all may come to read, tells who somebody is.
    """
    held = _dealing(actor, group.consultation_id)
    fresh = claim(group, version)
    if not fresh.is_confirmed:
        raise Refusal(_("Confirm the groups of this provision first."))
    if answer.disposition not in D.values or answer.disposition == D.NONE:
        raise Refusal(_("Choose what becomes of these comments."))
    reason = looked_through(answer.reason[: LONGEST_REASON + 1], keeps=answer.keeps)
    if len(reason) > LONGEST_REASON or (not reason and answer.disposition != D.ACCEPTED):
        raise Refusal(_("Give the reason: whoever commented reads it."))
    before = fresh.disposition
    fresh.disposition, fresh.reason = answer.disposition, reason
    fresh.title = _titled(taken_in(answer.title)) or fresh.title
    fresh.changed_in = _changed_in(held, answer)
    fresh.disposed_on, fresh.disposed_by = clock.today(), actor
    fresh.save()
    values = {"group": fresh.pk, "disposition": [before, fresh.disposition]}
    record(actor, Act("dispose_group", "consultation", held.pk, held.unit_id, values))
    return fresh


def _changed_in(consultation: Consultation, answer: Answer) -> ConsultedProvision | None:
    if answer.changed_in is None:
        return None
    latest = latest_number(consultation)
    rows = ConsultedProvision.objects.filter(draft__consultation=consultation, draft__number=latest)
    found = rows.filter(number=answer.changed_in).first()
    if found is None or latest <= (consultation.asked_number or 0) or answer.disposition == D.DECLINED:
        raise Refusal(_("Choose the provision of a later version that reads otherwise because of these comments."))
    return found
