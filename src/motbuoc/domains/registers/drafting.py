"""Drafts: what stands in the letterhead of a unit's papers, the draft as text, and the Word file made of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from motbuoc.domains.registers.numbering import RULES
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import PositionTitle
from motbuoc.foundation.people.selectors import in_line
from motbuoc.foundation.units.kinds import LINE_OF, Line, UnitKind
from motbuoc.foundation.units.models import Unit, UnitOn
from vanban import DraftError, draft_of, write
from vanban.document import Field
from vanban.formats import NoLayout

REGIMES = {Line.PARTY: "party", Line.STATE: "state", Line.YOUTH: "youth", Line.UNION: "union"}
"""The layout of each line's papers; associations follow the Front, temporary bodies the Party."""

DISPATCH = "CV"
SIGNS_ALONE = (UnitKind.DEPARTMENT, UnitKind.AGENCY, UnitKind.SERVICE, UnitKind.ENTERPRISE)
"""Units run by a head, who signs with the title alone; the others' papers are signed on behalf of a collective
(36-HD/VPTW and 05-HD/VPTW, signing; 30/2020/NĐ-CP art. 13)."""

TITLES = {
    PositionTitle.SECRETARY: "BÍ THƯ",
    PositionTitle.STANDING_DEPUTY: "PHÓ BÍ THƯ THƯỜNG TRỰC",
    PositionTitle.DEPUTY_SECRETARY: "PHÓ BÍ THƯ",
    PositionTitle.HEAD: "TRƯỞNG BAN",
    PositionTitle.DEPUTY_HEAD: "PHÓ TRƯỞNG BAN",
    PositionTitle.CHAIR: "CHỦ TỊCH",
    PositionTitle.DEPUTY_CHAIR: "PHÓ CHỦ TỊCH",
    PositionTitle.OFFICE_CHIEF: "CHÁNH VĂN PHÒNG",
}


@dataclass(frozen=True)
class Letterhead:
    """What the letterhead and the signature of a unit's papers say."""

    regime: str
    superior: str
    issuer: str
    symbol: str
    authority: str = ""
    title: str = ""
    signer: str = ""
    place: str = ""


@dataclass(frozen=True)
class Draft:
    """A paper before it is one: its `type` is an abbreviation, its `body` Markdown."""

    letterhead: Letterhead
    type: str
    subject: str
    body: str
    addressees: Sequence[str] = ()
    distribution: Sequence[str] = field(default=())


def letterhead_of(unit_id: int, on: date, place: str = "") -> Letterhead:
    """What the letterhead of a unit's papers says on the day, and who signs them: a proposal, to be corrected.

    A Party organisation's papers are issued by its committee (domain guide 0.5).
    """
    units = Unit.objects.on(on)
    unit = units.get(pk=unit_id)
    above = units.filter(pk=unit.parent_id).first() if unit.parent_id else None
    kind = UnitKind(unit.kind)
    line = LINE_OF[kind]
    regime = "party" if line == Line.TEMPORARY else REGIMES.get(line, "front")
    issuer = unit.name.upper()
    if kind in (UnitKind.PARTY_BASE_ORG, UnitKind.PARTY_UPPER_BASE):
        issuer = issuer.replace("ĐẢNG BỘ", "ĐẢNG ỦY", 1)
    head = next(iter(in_line(unit_id, on)), None)
    return Letterhead(
        regime=regime,
        superior=above.name.upper() if above else "",
        issuer=issuer,
        symbol=unit.symbol or unit.code,
        authority=_authority(kind, regime),
        title=TITLES.get(PositionTitle(head.title), "") if head else "",
        signer=head.person.full_name if head else "",
        place=place,
    )


def _authority(kind: UnitKind, regime: str) -> str:
    if kind in SIGNS_ALONE:
        return ""
    on_behalf = "T/M" if regime == "party" else "TM."
    if kind in (UnitKind.PARTY_BASE_CELL, UnitKind.PARTY_CELL):
        return f"{on_behalf} CHI BỘ"
    return f"{on_behalf} BAN THƯỜNG VỤ"


def draft_text(draft: Draft) -> str:
    """The draft as Markdown with its header, as `vanban.draft_of` takes it; the number is a gap."""
    head = draft.letterhead
    values: dict[str, object] = {
        "regime": head.regime,
        "superior": head.superior,
        "issuer": head.issuer,
        "symbol": symbol_of(head.regime, draft.type, head.symbol),
        "type": draft.type,
        "place": head.place,
        "subject": draft.subject,
        "addressees": list(draft.addressees),
        "distribution": list(draft.distribution),
        "signer": {
            name: words
            for name, words in (("authority", head.authority), ("title", head.title), ("name", head.signer))
            if words
        },
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]
    return "\n".join(["---", *lines, "---", "", draft.body.strip(), ""])


def symbol_of(regime: str, kind: str, unit_symbol: str) -> str:
    """What stands after the number: "CV/ĐUK" in the Party's papers; "KH-SNV" in the State's, whose dispatches name
    no type (36-HD/VPTW, 05-HD/VPTW; 30/2020/NĐ-CP annex III)."""
    if RULES[regime].by_term:
        return f"{kind}/{unit_symbol}"
    return unit_symbol if kind == DISPATCH else f"{kind}-{unit_symbol}"


def code_of(regime: str, kind: str, unit_symbol: str, number: int) -> str:
    """Number and symbol as printed, a number below ten padded."""
    return f"{number:02d}{RULES[regime].separator}{symbol_of(regime, kind, unit_symbol)}"


def written(text: str, on: date, number: int | None = None) -> bytes:
    """The Word file of a draft; with a `number` also dated `on`.

    Raises:
        Refusal: the draft cannot be understood, or no layout of its regime and day is known.
    """
    try:
        document, body, annexes = draft_of(text)
        if number is not None:
            header = replace(document.header, number=Field(str(number)), code=None, date=on)
            document = replace(document, header=header)
        return write(document, body, annexes, on=on)
    except DraftError as error:
        said = {"line": error.line, "what": error}
        raise Refusal(_("The draft is not understood in line %(line)s: %(what)s") % said) from error
    except (NoLayout, ValueError) as error:
        raise Refusal(_("This draft cannot be written: no official layout for it is known here.")) from error


def named_on(unit_id: int, on: date) -> UnitOn:
    """A unit with its name and symbol of the day."""
    return Unit.objects.on(on).get(pk=unit_id)
