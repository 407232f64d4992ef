"""What the pages of one document show: its text with marks, and beside it fields, addressees, duties, citations.

Everything is fetched once, whatever the number of duties and units.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from motbuoc.domains.documents.doubts import HEADER_LABELS, SURE_OF_DUTY, Doubt, doubts_of, duty_reasons
from motbuoc.domains.documents.layout import LayoutCheck
from motbuoc.domains.documents.models import Addressee, Citation, Document, Duty, DutyUnit, Provision, TimeKind
from motbuoc.domains.documents.selectors import (
    BLOCKING,
    FINDINGS,
    Clarity,
    clarity_of,
    cuts_of,
    duties_of,
    units_meant_by_each,
    units_named_in,
)
from motbuoc.domains.documents.states import READABLE, DocumentState
from motbuoc.foundation.core import clock
from motbuoc.foundation.workdays.calendar import Calendar
from motbuoc.foundation.workdays.selectors import calendar
from motbuoc.interfaces.web.deadlines.words import Story, story_if_issued, within_words
from motbuoc.interfaces.web.documents.words import text_of


@dataclass(frozen=True)
class DutyCard:
    """One duty as its card shows it.

    `number` is its place among those not dropped, as on its pin in the text; `addressed` how many units lead it
    because the document is addressed to them; `story` how its day would be counted if it were issued today.
    """

    duty: Duty
    number: int
    reasons: list[Any]
    missing: list[Any]
    blocks: bool
    when: str
    story: Story | None
    addressed: int
    leads: list[str]
    supports: list[str]
    monitors: list[str]
    can_split: bool
    next_duty: Duty | None

    @property
    def percent(self) -> str:
        """How sure the reader was that the words are a duty."""
        return f"{self.duty.confidence:.0%}".replace("%", " %")

    @property
    def is_guess(self) -> bool:
        """Whether the reader was not sure that the words are a duty at all."""
        return self.duty.confidence < SURE_OF_DUTY


@dataclass(frozen=True)
class Place:
    """A place to look at: the anchor on the page, what it is called there, and why."""

    anchor: str
    name: str
    reason: Any


@dataclass(frozen=True)
class AddresseeCard:
    """One addressee, the name of the unit or group it means (if any), and how many units that is today."""

    addressee: Addressee
    unit_name: str
    count: int


MARKS = {"urgency": _lazy("Urgency"), "circulation": _lazy("Circulation"), "draft": _lazy("Draft")}
SIGNED = ("organ", "authority", "title", "name")
ELSEWHERE = {
    "regime": _lazy("Layout"),
    "provisions": _lazy("Items"),
    "signer": _lazy("Signer"),
    **dict.fromkeys(("recognised", "not_recognised", "garbled", "encoding_guessed"), _lazy("Text")),
}
"""What the reader may miss besides the header fields."""


def when_of(duty: Duty) -> str:
    """When a duty falls due, in words."""
    day = date_format(duty.due_on, "SHORT_DATE_FORMAT") if duty.due_on else ""
    if duty.rule and not day:
        return within_words(duty)
    match duty.time_kind:
        case TimeKind.DATED if day:
            return _("By %s") % day
        case TimeKind.PERIODIC:
            first = _("first due %s") % day if day else ""
            return ", ".join(filter(None, [str(duty.get_cycle_display() or duty.get_time_kind_display()), first]))
        case _:
            return ", ".join(filter(None, [str(duty.get_time_kind_display()), day and _("by %s") % day]))


class Sheet:
    """A document and all that belongs to it, each part fetched when first shown."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.today = clock.today()

    @cached_property
    def clarity(self) -> list[Clarity]:
        """The duties not dropped, each with what is missing of it."""
        return clarity_of(self.document, self.today)

    @cached_property
    def duties(self) -> list[Duty]:
        """The duties not dropped, in order."""
        return [row.duty for row in self.clarity]

    @cached_property
    def dropped(self) -> list[Duty]:
        """The duties a person took out."""
        return list(duties_of(self.document, dropped=True).filter(is_dropped=True))

    @cached_property
    def provisions(self) -> list[Provision]:
        """The numbered items."""
        return list(self.document.provisions.all())

    @cached_property
    def citations(self) -> list[Citation]:
        """The mentions of other documents."""
        return list(self.document.citations.all())

    @cached_property
    def addressees(self) -> list[Addressee]:
        """Those of Kính gửi."""
        return list(self.document.addressees.select_related("group"))

    @cached_property
    def unit_names(self) -> dict[int, str]:
        """The names of the units that its duties and addressees name, by id."""
        return units_named_in(self.document, self.today)

    @cached_property
    def doubts(self) -> list[Doubt]:
        """The places to look at, as long as the document is open to corrections."""
        if self.document.state != DocumentState.READ:
            return []
        return doubts_of(self.document, self.duties, self.addressees, self.citations)

    @cached_property
    def places(self) -> list[Place]:
        """The same as links, with the names they have on the page."""
        numbers = {str(duty.pk): number for number, duty in enumerate(self.duties, 1)}
        names = {("addressee", str(row.pk)): row.text for row in self.addressees}
        names |= {("citation", str(row.pk)): str(row) for row in self.citations}
        names |= {("header", key): str(label) for key, label in {**HEADER_LABELS, **ELSEWHERE}.items()}
        names |= {("duty", key): _("Duty %s") % number for key, number in numbers.items()}
        return [
            Place(f"{doubt.about}-{doubt.key}", names[doubt.about, doubt.key], doubt.reason)
            for doubt in self.doubts
        ]

    @cached_property
    def elsewhere(self) -> list[Doubt]:
        """The doubts about the document as a whole, which have no field to correct."""
        return [doubt for doubt in self.doubts if doubt.about == "header" and doubt.key in ELSEWHERE]

    @cached_property
    def signer(self) -> str:
        """The signature block on one line."""
        read = self.document.reading["signer"]
        return " · ".join(read[name] for name in SIGNED if read.get(name))

    @cached_property
    def recipients(self) -> list[str]:
        """The lines of the distribution list."""
        return [row["name"] for row in self.document.reading["distribution"]]

    @cached_property
    def further(self) -> list[tuple[Any, list[str]]]:
        """What else stands on the paper, each with its label: marks, legal bases, further signers, appendices."""
        read = self.document.reading
        named = ((label, read["header"].get(name)) for name, label in MARKS.items())
        signers = [
            " · ".join(part["value"] for name in SIGNED if (part := block[name]))
            for block in read.get("cosigners", [])
        ]
        appendices = [
            " ".join(part["value"] for part in (row["number"], row["title"]) if part)
            for row in read.get("appendices", [])
        ]
        lists = [
            (_("Legal bases"), [row["value"] for row in read.get("bases", [])]),
            (_("Also signed by"), signers),
            (_("Appendices"), appendices),
        ]
        return [
            *((label, [value]) for label, value in named if value),
            *((label, rows) for label, rows in lists if rows),
        ]

    @cached_property
    def layout(self) -> LayoutCheck:
        """How the file departs from the rules of layout."""
        return LayoutCheck(self.document)

    @cached_property
    def header(self) -> list[tuple[str, Any, Any, Any]]:
        """The header fields: name, label, value and the reason to look at it, if there is one."""
        reasons = {doubt.key: doubt.reason for doubt in self.doubts if doubt.about == "header"}
        return [
            (name, label, getattr(self.document, name), reasons.get(name)) for name, label in HEADER_LABELS.items()
        ]

    @cached_property
    def text(self) -> SafeString:
        """The text with its marks."""
        return text_of(
            self.document,
            duties=self.duties,
            provisions=self.provisions,
            citations=self.citations,
            addressees=self.addressees,
            doubts=self.doubts,
            places=self.layout.places,
        )

    @cached_property
    def _meant(self) -> dict[int, list[int]]:
        return units_meant_by_each(self.addressees, self.document, self.today)

    @cached_property
    def addressed(self) -> int:
        """How many units the addressees mean together today."""
        return len({pk for units in self._meant.values() for pk in units})

    @cached_property
    def addressee_cards(self) -> list[AddresseeCard]:
        """The addressees with the units they mean today."""
        return [
            AddresseeCard(
                row,
                row.group.name if row.group else self.unit_names.get(row.unit_id or 0, ""),
                len(self._meant[row.pk]),
            )
            for row in self.addressees
        ]

    @cached_property
    def days(self) -> Calendar:
        """The working calendar."""
        return calendar()

    @property
    def is_before_issue(self) -> bool:
        """Whether its duties are still to be given to units."""
        return self.document.state not in READABLE

    @cached_property
    def cards(self) -> list[DutyCard]:
        """The duties not dropped, in order."""
        pairs = zip_longest(self.clarity, self.duties[1:])
        return [self._card(row, number, after) for number, (row, after) in enumerate(pairs, 1)]

    def _card(self, row: Clarity, number: int, after: Duty | None) -> DutyCard:
        duty, parts = row.duty, list(row.duty.units.all())
        named = {
            part: [self.unit_names.get(p.unit_id, "") for p in parts if p.part == part] for part in DutyUnit.Part
        }
        return DutyCard(
            duty=duty,
            number=number,
            reasons=duty_reasons(duty) if self.document.state == DocumentState.READ else [],
            missing=[label for key, label in FINDINGS.items() if key in row.missing],
            blocks=row.blocks,
            when=when_of(duty),
            story=story_if_issued(duty, self.document, self.days, self.today) if self.is_before_issue else None,
            addressed=self.addressed if duty.for_addressees else 0,
            leads=named[DutyUnit.Part.LEAD],
            supports=named[DutyUnit.Part.SUPPORT],
            monitors=named[DutyUnit.Part.MONITOR],
            can_split=bool(cuts_of(duty)),
            next_duty=after if after and after.provision_id == duty.provision_id else None,
        )

    @cached_property
    def items(self) -> list[tuple[Provision | None, list[DutyCard]]]:
        """The duties under the item they stand in."""
        grouped = groupby(self.cards, key=lambda card: card.duty.provision)
        return [(provision, list(cards)) for provision, cards in grouped]

    @cached_property
    def questions(self) -> list[tuple[DutyCard, list[tuple[str, Any, bool, bool]]]]:
        """The clarity check: for each duty the five questions by key and label, whether each is answered, and
        whether it must be before issuing."""
        return [
            (card, [(key, label, key not in row.missing, key in BLOCKING) for key, label in FINDINGS.items()])
            for card, row in zip(self.cards, self.clarity, strict=True)
        ]

    @cached_property
    def blocking(self) -> list[DutyCard]:
        """The duties that keep the directive from being issued."""
        return [card for card in self.cards if card.blocks]
