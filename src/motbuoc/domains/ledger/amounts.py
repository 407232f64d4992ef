"""Numbers as people of this country write them: 1.234,5. What could be read in two ways is asked about."""

from __future__ import annotations

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Refusal

LONGEST = 40  # characters that can still be a number with its separators
SPACES = str.maketrans(dict.fromkeys("\u0020\u00a0\u202f\u2009\t", ""))
WHOLE = re.compile(r"\d+", re.ASCII)
GROUPED = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,(\d+))?", re.ASCII)
POINTED = re.compile(r"(0|\d+)\.(\d+)", re.ASCII)
SWAPPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
GROUP = 3


def read_amount(text: str, decimals: int = 0) -> Decimal | None:
    """The number that is written; None for nothing. `decimals`: how many digits there may be behind the comma.

    "1.234" is one thousand two hundred and thirty-four, as it is shown; "12.5" can only mean 12,5.

    Raises:
        Refusal: it is no number, could be read in two ways, or has too many digits.
    """
    plain = text.translate(SPACES)
    if not plain:
        return None
    said = {"text": text.strip()[:LONGEST], "decimals": decimals}
    if len(plain) > LONGEST:
        raise Refusal(_("“%(text)s” is too long for a number.") % said)
    if plain.startswith(("-", "−")):
        raise Refusal(_("“%(text)s” is below 0. Figures are counted from 0 on.") % said)
    amount = _read(plain, decimals, said)
    if amount >= Decimal(10) ** 15:
        raise Refusal(_("“%(text)s” is too large: at most 15 digits.") % said)
    if amount != round(amount, decimals):
        if not decimals:
            raise Refusal(_("“%(text)s”: this is counted in whole numbers.") % said)
        raise Refusal(_("“%(text)s” has more than %(decimals)s digits behind the comma.") % said)
    return amount


def _read(plain: str, decimals: int, said: dict[str, object]) -> Decimal:
    if SWAPPED.fullmatch(plain) and (plain.count(",") > 1 or "." in plain):
        words = _("“%(text)s” has dot and comma the other way round. Write %(mended)s.")
        raise Refusal(words % {**said, "mended": plain.translate(str.maketrans(",.", ".,"))})
    if found := GROUPED.fullmatch(plain):
        whole, behind = found[1].replace(".", ""), found[2] or ""
        if len(behind) == GROUP and decimals < GROUP and SWAPPED.fullmatch(plain):
            words = _("“%(text)s” could be %(large)s or a number below it with a comma. Write %(large)s.")
            raise Refusal(words % {**said, "large": plain.replace(",", ".")})
        return Decimal(f"{whole}.{behind or 0}")
    if found := POINTED.fullmatch(plain):
        return Decimal(plain)
    raise Refusal(_("“%(text)s” is not a number. Write it as 1.234 or 1.234,5.") % said)
