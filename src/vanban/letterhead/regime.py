"""Whose rules of layout a document follows, decided by several signs: one alone may be missing or borrowed.

Sources: 30/2020/NĐ-CP (motto, "Số: 12/QĐ-UBND"); 36-HD/VPTW and 05-HD/VPTW (party's name, "Số 12-QĐ/TU", star);
29-HD/TWĐTN-VP (the union's name); 933/QĐ-TLĐ and the Front's papers (the State's layout, told by the body).
"""

from __future__ import annotations

from collections import defaultdict

from vanban import patterns
from vanban.document import Field, Header, Regime, Span

_NAMED = 3.0  # the name of the state, the party or the union is printed
_BODY = 1.5  # the body is one of this regime
_SHAPE = 1.0  # the number is written as this regime writes it
_SURE = 2.0  # a lead of so much is no guess
_SAMPLE = 20_000  # characters of a text without a letterhead in which citations and signature are looked at


def regime_of(names: dict[Regime, Span | None], header: Header) -> tuple[Regime | None, float]:
    """Return the regime of a letterhead and how sure that is (0 to 1); None without any sign."""
    signs: dict[Regime, float] = defaultdict(float)
    for regime, span in names.items():
        signs[regime] += _NAMED if span else 0
    shape = _shape(header)
    if shape:
        signs[shape] += _SHAPE
        if shape is Regime.PARTY and names.get(Regime.YOUTH):
            signs[Regime.YOUTH] += _SHAPE
    owner = _owner(header)
    if owner in (Regime.PARTY, Regime.YOUTH):
        signs[owner] += _BODY
    ranked = sorted(((sign, weight) for sign, weight in signs.items() if weight), key=lambda each: -each[1])
    if not ranked:
        return (owner, 0.5) if owner else (None, 0.0)
    best, weight = ranked[0]
    lead = weight - (ranked[1][1] if len(ranked) > 1 else 0)
    unnamed = not any(names.values())
    if owner in _STATE_FORM and (best is Regime.STATE or unnamed):
        best = owner
    return best, 1.0 if lead >= _SURE else 0.8


_STATE_FORM = (Regime.UNION, Regime.FRONT, Regime.YOUTH)  # those that may borrow the State's layout


def regime_in(text: str) -> tuple[Regime | None, float]:
    """Guess the regime of a page without a letterhead by the numbers that it cites and the way it is signed."""
    sample = text[:_SAMPLE]
    party = len(patterns.PARTY_SIGN.findall(sample))
    state = len(patterns.STATE_SIGN.findall(sample))
    if party == state:
        return None, 0.0
    return Regime.PARTY if party > state else Regime.STATE, 0.6


def _shape(header: Header) -> Regime | None:
    """Return the regime that writes numbers this way: "12-QĐ/TU" or "12/QĐ-UBND"."""
    if header.code:
        printed = header.code.value
    elif header.symbol:
        return Regime.PARTY if patterns.PARTY_SYMBOL.fullmatch(header.symbol.value) else Regime.STATE
    else:
        return None
    mark = next((sign for sign in printed if sign in "-/"), "")
    return {"-": Regime.PARTY, "/": Regime.STATE}.get(mark)


def _owner(header: Header) -> Regime | None:
    """Return the regime that the issuing body, the one above it or the body in the symbol belongs to."""
    names = [part.value.upper() for part in (header.issuer, header.superior) if part]
    for regime, pattern in _BODIES:
        if any(pattern.search(name) for name in names):
            return regime
    return _owner_by_symbol(header.symbol) if not names else None


def _owner_by_symbol(symbol: Field | None) -> Regime | None:
    if symbol is None:
        return None
    return next((regime for regime, pattern in _SYMBOLS if pattern.search(symbol.value)), None)


_BODIES = (
    (Regime.PARTY, patterns.PARTY_BODY),
    (Regime.YOUTH, patterns.YOUTH_BODY),
    (Regime.UNION, patterns.UNION_BODY),
    (Regime.FRONT, patterns.FRONT_BODY),
)
_SYMBOLS = (
    (Regime.YOUTH, patterns.YOUTH_SYMBOL),
    (Regime.UNION, patterns.UNION_SYMBOL),
    (Regime.FRONT, patterns.FRONT_SYMBOL),
)
