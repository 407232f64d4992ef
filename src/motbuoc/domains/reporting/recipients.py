"""To whom a report goes, as its "Nơi nhận" says: proposed, corrected by its writers, printed, and sent to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.states import DraftState
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.version import claim
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import LINE_OF, Line, UnitKind
from motbuoc.foundation.units.selectors import above, keeper_of, unit_on

MOST = 100  # recipients of a report, and characters of its line of the archive
PARTY_LIKE = (Line.PARTY, Line.TEMPORARY, Line.YOUTH)
"""Whose archive is "Lưu" with the name of the office (36-HD/VPTW); the others write "Lưu: VT" (30/2020/NĐ-CP)."""


class Recipients(NamedTuple):
    """To whom a report goes.

    `reported_to`: units that it is for, with their names; `units`: others that get a copy; `others`: bodies
    outside the tree, each with the channel that reaches it; `archive`: the last line.
    """

    reported_to: list[tuple[int, str]]
    units: list[tuple[int, str]]
    others: list[tuple[str, str]]
    archive: str

    def printed(self) -> list[str]:
        """The lines of "Nơi nhận"."""
        lines = [phrases.RECIPIENT_REPORTED.format(issuer=name) for _pk, name in self.reported_to]
        named = [name for _pk, name in self.units] + [name for name, _channel in self.others]
        return [*lines, *named, self.archive]


def recipients_of(draft: Draft) -> Recipients:
    """To whom a report goes: as its writers said, else as proposed."""
    if draft.recipients is None:
        return _proposed(draft)
    kept: dict[str, Any] = draft.recipients
    names = ("reported_to", "units", "others")
    reported, units, others = ([(row[0], row[1]) for row in kept[name]] for name in names)
    return Recipients(reported, units, others, kept["archive"])


def _proposed(draft: Draft) -> Recipients:
    """The unit above, then the one that asked for the report, and the unit's own archive."""
    today = clock.today()
    own = unit_on(draft.unit_id, today)
    higher = [(unit.pk, unit.name) for unit in reversed(above(draft.unit_id, today))]
    asker = draft.period.schedule.unit_id
    asked = [(pk, name) for pk, name in higher[1:] if pk == asker]
    is_party = LINE_OF[UnitKind(own.kind)] in PARTY_LIKE
    archive = phrases.RECIPIENT_ARCHIVE.format(unit=own.short_name) if is_party else phrases.RECIPIENT_OFFICE
    return Recipients([*higher[:1], *asked], [], [], archive)


@transaction.atomic
def set_report_recipients(*, actor: Person, draft: Draft, version: int, to: Recipients) -> Draft:
    """Say to whom a report goes.

    Raises:
        NotAllowed: the actor may not make reports for the unit.
        Refusal: it is handed in, the line of the archive is missing or too long, or there are too many recipients.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.MAKE_REPORT, keeper_of(draft.unit_id, clock.today()))
    fresh = claim(draft, version)
    if fresh.state != DraftState.WRITTEN:
        raise Refusal(_("This report is handed in, so its text stays. Give it back to its drafters to change it."))
    archive = " ".join(to.archive.split())
    if not archive.startswith("Lưu") or len(archive) > MOST:
        raise Refusal(_("The last line says where the report is kept; it begins with “Lưu”."))
    if len(to.reported_to) + len(to.units) + len(to.others) > MOST:
        raise Refusal(_("At most %(most)s recipients.") % {"most": MOST})
    fresh.recipients = {
        "reported_to": _once(to.reported_to),
        "units": _once(pair for pair in to.units if pair[0] not in dict(to.reported_to)),
        "others": [[name[:250], channel] for name, channel in dict(to.others).items()],
        "archive": archive,
    }
    fresh.save()
    names = {"units": recipients_of(fresh).printed()}
    record(actor, Act("set_report_recipients", "report_draft", fresh.pk, fresh.unit_id, names))
    return fresh


def _once(units: Iterable[tuple[int, str]]) -> list[list[Any]]:
    return [[pk, name] for pk, name in dict(units).items()]


def is_open(draft: Draft) -> bool:
    """Whether what the report is made of is of the open class, so that it may be read outside the house."""
    return draft.period.document.classification == Classification.NORMAL


@transaction.atomic
def mark_for_portal(*, actor: Person, draft: Draft, version: int, is_wanted: bool) -> Draft:
    """Say that a report, once sent, is to be put on the unit's portal; or that it is not.

    Raises:
        NotAllowed: the actor may not release documents of the unit.
        Refusal: it is not of the open class.
        Collision: somebody changed it since `version`.
    """
    policy.require(actor, Action.RELEASE_DOCUMENT, keeper_of(draft.unit_id, clock.today()))
    fresh = claim(draft, version)
    if is_wanted and not is_open(fresh):
        raise Refusal(_("Only a report of the open class is put on a portal."))
    fresh.is_for_portal = is_wanted
    fresh.save()
    act = "mark_for_portal" if is_wanted else "keep_off_portal"
    record(actor, Act(act, "report_draft", fresh.pk, fresh.unit_id))
    return fresh
