"""How long opinions are kept, and how they are deleted.

What was dealt with loses its receipt first, later its words and the answer. That something was said on a day, and
on which theme, stays: the published numbers rest on it. The history holds no words of opinions.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.retention import Kept, declare
from motbuoc.domains.listening.states import GONE, OPEN


def _over(day: date) -> Any:
    """The opinions dealt with before a day; what still waits is kept."""
    return Opinion.objects.filter(settled_on__lt=day).exclude(state__in=OPEN)


def let_receipts_lapse(day: date) -> int:
    """End the receipts of what was dealt with before a day."""
    return int(_over(day).exclude(receipt=None).update(receipt=None))


def delete_words(day: date) -> int:
    """Delete the words of what was dealt with before a day: said and answered."""
    let_receipts_lapse(day)
    return int(_over(day).exclude(text=GONE).update(text=GONE, answer="", reason=""))


SETTLED = _("the day on which it was answered or heeded")

declare(Kept("opinion_receipt", _("Receipts of opinions"), SETTLED, 730, let_receipts_lapse))
declare(Kept("opinion", _("The words of opinions and of what was answered"), SETTLED, 1825, delete_words))
