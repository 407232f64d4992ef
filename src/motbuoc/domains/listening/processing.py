"""What is done with what people write, as it is set up here: for the public page and for the record of processing.

The record is that of Law 91/2025/QH15 on personal data (Article 21: whoever controls data keeps an account of why
and how they are processed and of what protects them) and Decree 356/2025/NĐ-CP. It is drawn from the
configuration and the table of rights, so it says what the program does; what the office does beside it, a person
adds. Vietnamese, because it is the text of a document.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from motbuoc.domains.listening.privacy import BASES, opened_since
from motbuoc.domains.listening.retention import kept
from motbuoc.domains.listening.sealed import Purpose
from motbuoc.domains.listening.suppression import seen, smallest_group
from motbuoc.foundation.access.roles import Action, Role, roles_with
from motbuoc.foundation.core import clock

YEAR = timedelta(days=365)


class Processed(NamedTuple):
    """A kind of data: what it is, where it comes from, what for, on which basis, how long it is kept, who sees
    it.
    """

    what: str
    source: str
    purpose: str
    basis: str
    kept: str
    seen_by: str


def openers() -> list[Any]:
    """The roles that may open a name that was left."""
    return [Role(role).label for role in roles_with(Action.OPEN_IDENTITY)]


def set_up() -> dict[str, Any]:
    """What the public page says, as it is set up here."""
    return {
        "smallest": smallest_group(),
        "kept": [each for each in kept() if each.usual],
        "identity_days": settings.IDENTITY_DAYS,
        "put_aside_days": settings.PUT_ASIDE_DAYS,
        "opening_days": settings.OPENING_DAYS,
        "openers": openers(),
        "purposes": [(Purpose(purpose).label, basis) for purpose, basis in BASES.items()],
        "rest": settings.REST_SECONDS,
    }


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "record.toml").read_text("utf-8"))


def processed() -> list[Processed]:
    """The rows of the record's table."""
    times = "; ".join(f"{each.label}: {each.days} ngày, tính từ {each.since}" for each in kept() if each.usual)
    values = {
        "times": times,
        "openers": ", ".join(str(role) for role in openers()),
        "reply": BASES[Purpose.REPLY],
        "moderation": BASES[Purpose.MODERATION],
        "identity_days": settings.IDENTITY_DAYS,
        "put_aside_days": settings.PUT_ASIDE_DAYS,
    }
    rows = _written()["processed"]
    return [Processed(**{name: words.format(**values) for name, words in row.items()}) for row in rows]


def record_of(unit_name: str, units: Collection[int]) -> dict[str, Any]:
    """The content of the record for a unit and those below it, for `papers.processing_record`.

    How often names were opened in the last year is told as any number of people is: not where it is a small one.
    """
    today, written = clock.today(), _written()
    opened = opened_since(units, today - YEAR)
    values = {"opening": settings.OPENING_DAYS, "smallest": smallest_group()}
    return {
        "unit": unit_name,
        "date": today.isoformat(),
        "rows": processed(),
        "opened": [f"{Purpose(purpose).label}: {_told(opened.get(purpose, 0))}" for purpose in Purpose.values],
        "measures": [line.format(**values) for line in written["measures"]],
        **{name: written[name] for name in ("transfers", "rights", "to_fill_in")},
    }


def _told(count: int) -> str:
    public = seen(count)
    return "không nêu vì quá ít" if public is None else str(public)
