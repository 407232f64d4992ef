"""What the proof-reader says: findings, and where in the file each stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from vanban.document import Span


class Severity(StrEnum):
    """How binding the rule is: laid down by the paper in force, or custom, example and good order."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Spot:
    """One place of a finding: the words there, their range in `Document.text`, and where the file prints them.

    `paragraph` counts the paragraphs of a Word file from 1, those of tables and text boxes included; `page` and
    `line` count from 1. None means the format has no such thing, or the words stand outside the text (a margin).
    """

    words: str
    span: Span | None = None
    paragraph: int | None = None
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from a rule of layout, at one or more places of the file.

    `code` is stable ("issuer.bold": the element and what is wrong with it); with `found` and `expected` a caller
    can say the same in another language. `source` is the paper, and the article or cell in it, that the rule is
    from. `can_fix` says whether `vanban.fix` mends it.
    """

    code: str
    severity: Severity
    message: str
    source: str
    expected: str | None = None
    found: str | None = None
    can_fix: bool = False
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Other signs for a range of the text; an empty range is a place to put them in."""

    span: Span
    signs: str


Mend = Edit | Callable[[], None]


@dataclass(slots=True)
class Departure:
    """A rule that was broken once, before departures of one kind become a finding.

    `mend` puts it right: an edit of the text, or a change of the Word file's own elements. `paragraph` is the
    place in a Word file where the words alone do not tell it.
    """

    code: str
    expected: str | None = None
    found: str | None = None
    span: Span | None = None
    mend: Mend | None = None
    paragraph: int | None = None
