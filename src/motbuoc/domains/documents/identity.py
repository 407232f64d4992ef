"""Which document a number means: the number alone does not say, for each issuer counts anew.

A document is told apart by issuer, type, number and day (66-QĐ/TW, 399-QĐ/TW and art. 15 of 30/2020/NĐ-CP: the
State counts by year, the Party by term of congress).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vanban import Citation, CitationKey, Span, key_of
from vanban.text import fold

WITHIN_A_COMMITTEE = frozenset(fold("Ban Chấp hành Ban Thường vụ").split())
"""Words that name a body inside a committee: "Ban Thường vụ Tỉnh ủy" issues under "TỈNH ỦY"."""


def code_key(code: str) -> str:
    """A number and symbol in one spelling, to be looked up by: "21-CTr/TU" and "21 - CTR/TU" are "21/CTR-TU".

    A year printed in it falls away: it is compared by `meant`. "" where there is no number.
    """
    key = _key(code)
    return f"{key.number}/{key.symbol}"[:120] if key.number and key.symbol else ""


def _key(code: str) -> CitationKey:
    return key_of(Citation(raw=code, span=Span(0, len(code)), code=code))


@dataclass(frozen=True, slots=True)
class Identity:
    """What tells a document from others of its number: of one that is cited, or of one that is held (its `pk`)."""

    code: str
    issued_on: date | None = None
    issuer: str = ""
    pk: int = 0

    @property
    def printed_year(self) -> int | None:
        """The year that the number itself bears ("30/2020/NĐ-CP")."""
        return _key(self.code).year

    @property
    def year(self) -> int | None:
        """The year of the number, or of the day."""
        return self.printed_year or (self.issued_on.year if self.issued_on else None)


@dataclass(frozen=True, slots=True)
class Meant:
    """The held document that a citation means; sure if nothing speaks for another one."""

    pk: int
    is_sure: bool


def meant(cited: Identity, held: Sequence[Identity]) -> Meant | None:
    """Which of the `held` documents of the same `code_key` is meant; None where that cannot be told.

    Another year is another document. Another day of the same year may be a slip (05-HD/VPTW prints the day of
    36-HD/VPTW wrong): then it is not sure. Of several, the issuer decides, or nobody.
    """
    of_year = [one for one in held if not (cited.year and one.year and cited.year != one.year)]
    of_day = [one for one in of_year if cited.issued_on and one.issued_on == cited.issued_on]
    found = of_day or of_year
    if len(found) > 1:
        found = [one for one in found if _is_same_issuer(cited.issuer, one.issuer)]
    if len(found) != 1 and not (of_day and found):
        return None
    is_alone = len(found) == 1
    years = {cited.printed_year, found[0].printed_year}
    return Meant(found[0].pk, is_alone and (bool(of_day) or (len(years) == 1 and years != {None})))


def _is_same_issuer(one: str, other: str) -> bool:
    """Whether all words of the shorter name stand in the other, those within a committee aside."""
    fewer, more = sorted((set(fold(name).split()) - WITHIN_A_COMMITTEE for name in (one, other)), key=len)
    return bool(fewer) and fewer <= more
