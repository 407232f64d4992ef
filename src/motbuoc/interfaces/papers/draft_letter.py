"""Letterhead and ending of a report being drafted, as they would be printed today."""

from __future__ import annotations

from typing import Any

from motbuoc.domains.registers.drafting import letterhead_of, symbol_of
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.selectors import above, unit_on


def letter_of(draft: Draft) -> dict[str, Any]:
    """What stands around the text: header, regime, recipients and signature, in the shape of a report's content.

    Recipients as proposed: the unit above, to be reported to, and the unit's own archive.
    """
    today = clock.today()
    head = letterhead_of(draft.unit_id, today)
    is_normal = draft.period.document.classification == Classification.NORMAL
    own = unit_on(draft.unit_id, today)
    superior = next(iter(reversed(above(draft.unit_id, today))), None)
    reported = [phrases.RECIPIENT_REPORTED.format(issuer=superior.name)] if superior else []
    return {
        "header": {
            "superior": head.superior,
            "issuer": head.issuer,
            "symbol": symbol_of(head.regime, REPORT, head.symbol),
            "type": REPORT,
            "type_name": phrases.TYPE_NAME.upper(),
            "place": head.place or draft.period.document.place or BLANK,
            "circulation": "" if is_normal else phrases.CIRCULATION,
            "date": today.isoformat(),
            "subject": draft.subject,
        },
        "regime": head.regime,
        "recipients": [*reported, phrases.RECIPIENT_ARCHIVE.format(unit=own.short_name)],
        "signature": {"authority": head.authority, "title": head.title, "name": head.signer},
    }


BLANK = "…"
"""A place that nobody has said, to be filled in by hand."""

REPORT = "BC"
"""The abbreviation of a report."""
