"""Letterhead and ending of a report being drafted, as they would be printed today."""

from __future__ import annotations

from typing import Any

from motbuoc.domains.registers.drafting import letterhead_of, symbol_of
from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.drafted import Draft
from motbuoc.domains.reporting.recipients import is_open, recipients_of
from motbuoc.foundation.core import clock


def letter_of(draft: Draft) -> dict[str, Any]:
    """What stands around the text: header, regime, recipients, signature; in the shape of a report's content."""
    today = clock.today()
    head = letterhead_of(draft.unit_id, today)
    return {
        "header": {
            "superior": head.superior,
            "issuer": head.issuer,
            "symbol": symbol_of(head.regime, REPORT, head.symbol),
            "type": REPORT,
            "type_name": phrases.TYPE_NAME.upper(),
            "place": head.place or draft.period.document.place or BLANK,
            "circulation": "" if is_open(draft) else phrases.CIRCULATION,
            "date": today.isoformat(),
            "subject": draft.subject,
        },
        "regime": head.regime,
        "recipients": recipients_of(draft).printed(),
        "signature": {"authority": head.authority, "title": head.title, "name": head.signer},
    }


BLANK = "…"
"""A place that nobody has said, to be filled in by hand."""

REPORT = "BC"
"""The abbreviation of a report."""
