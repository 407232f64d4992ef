"""Figures said with progress: how many of what, so far, in the present period of the task."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from motbuoc.domains.work.linked import Figure
from motbuoc.domains.work.models import Entry
from motbuoc.foundation.core.errors import Refusal

MOST = 12  # figures with one entry
LARGEST = Decimal(10) ** 15
SHARE = re.compile(r"%|phần trăm|\b[Tt][ỷỉ] lệ\b|\bpercent")
"""How a share is spoken of: the report adds figures up, and a sum of percentages would be none."""


@dataclass(frozen=True)
class Counted:
    """`amount` of what is called `name`, in `measure` ("cuộc", "lượt người", "triệu đồng"; perhaps none)."""

    name: str
    amount: Decimal
    measure: str = ""

    @property
    def key(self) -> str:
        """What tells it from others: its name, however it is written."""
        return self.name.casefold()

    def as_json(self) -> list[str]:
        """Name, amount and measure, to be kept in the history."""
        return [self.name, str(self.amount), self.measure]


def note_figures(entry: Entry, figures: Sequence[Counted]) -> list[Counted]:
    """Keep the figures said with `entry`, their spaces tidied. Part of `take_step`.

    Raises:
        Refusal: there are more than `MOST`, one has no name, is a share, below zero or beyond counting, or two
            have one name.
    """
    tidy = [Counted(" ".join(one.name.split()), one.amount, " ".join(one.measure.split())) for one in figures]
    if len(tidy) > MOST:
        raise Refusal(
            _("At most %(limit)s figures at once. Send the others with the next entry.") % {"limit": MOST}
        )
    for one in tidy:
        if not one.name or len(one.name) > 120 or len(one.measure) > 30:
            raise Refusal(_("Say in a few words what each figure counts."))
        if SHARE.search(f"{one.name} {one.measure}"):
            words = _("“%(name)s” is a share, and shares cannot be added up. Write the two numbers it is made of.")
            raise Refusal(words % {"name": one.name})
        if not 0 <= one.amount < LARGEST:
            raise Refusal(_("“%(name)s” must be zero or more. Check the number.") % {"name": one.name})
    if len({one.key for one in tidy}) < len(tidy):
        raise Refusal(_("Two figures count the same. Leave one of them out."))
    Figure.objects.bulk_create(
        Figure(entry=entry, name=one.name, amount=one.amount, measure=one.measure) for one in tidy
    )
    return tidy


def counted_so_far(entries: Iterable[Entry]) -> list[Counted]:
    """What was last said of each thing in the present period, in the order first said; `entries` oldest first."""
    said: dict[str, Counted] = {}
    for entry in entries:
        if entry.step == "accept_period":  # the next period counts from nothing
            said = {}
        for row in entry.figures.all():
            one = Counted(row.name, row.amount, row.measure)
            said[one.key] = one
    return list(said.values())


def counted_in(entries: Iterable[Entry]) -> list[Counted]:
    """What was counted over all periods of a task: the last said of each, added up; `entries` oldest first."""
    entries = list(entries)
    ends = [place for place, entry in enumerate(entries) if entry.step == "accept_period"]
    whole: dict[tuple[str, str], Counted] = {}
    for start, end in zip([0, *ends], [*ends, len(entries)], strict=True):
        for one in counted_so_far(entry for entry in entries[start:end] if entry.step != "accept_period"):
            same = one.key, one.measure.casefold()  # đồng and triệu đồng are not added up
            before = whole.get(same)
            whole[same] = Counted(one.name, one.amount + (before.amount if before else 0), one.measure)
    return list(whole.values())
