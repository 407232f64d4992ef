"""Figures of the ledger as documents write them: 1.234,5; a share as 75,61%; what is blank as a dash."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from motbuoc.domains.ledger.below import OWN
from motbuoc.domains.ledger.choices import Axis
from motbuoc.domains.ledger.models import Indicator
from motbuoc.domains.ledger.pivot import NOT_BROKEN_DOWN, Member

BLANK = "–"
SHARE_DIGITS = 2


def figure_words(
    indicator: Indicator, amount: Decimal | None, *, signed: bool = False, is_part: bool = False
) -> str:
    """The figure of an indicator in words; of one of the two parts of a share where `is_part`."""
    if amount is None:
        return BLANK
    is_share = indicator.is_share and not is_part
    digits = SHARE_DIGITS if is_share else (3 if indicator.is_share else indicator.decimals)
    whole, _point, rest = f"{abs(amount):,.{digits}f}".partition(".")
    rest = rest.rstrip("0")
    sign = "−" if amount < 0 else "+" if signed and amount > 0 else ""
    return sign + whole.replace(",", ".") + (f",{rest}" if rest else "") + ("%" if is_share else "")


def member_words(member: Member) -> str:
    """What a row or a column of a table of figures is called."""
    if member.axis == Axis.UNIT and member.key == OWN:
        return _("%(unit)s, its own figures") % {"unit": member.name}
    if member.axis == Axis.CATEGORY and member.key == NOT_BROKEN_DOWN:
        return _("Without parts")
    return member.name


def together_words(axis: Axis) -> str:
    """What the total over an axis is called."""
    return {Axis.UNIT: _("All units"), Axis.PERIOD: _("Sum of the periods"), Axis.CATEGORY: _("All parts")}[axis]
