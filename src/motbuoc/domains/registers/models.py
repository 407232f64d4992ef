"""Tables of the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.models import Document
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.domains.reporting.drafted import Draft as ReportDraft
from motbuoc.domains.work.models import Assignment
from motbuoc.foundation.access.classification import Classification, narrowest
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import FoundBy, Unit
from vanban.text import fold

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Book(models.TextChoices):
    """The two books of a unit."""

    INCOMING = "incoming", _("Incoming register")
    OUTGOING = "outgoing", _("Outgoing register")


class Term(models.Model):
    """A term of a committee, from a day on until the next one begins, on a legal basis."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=80)
    begins_on = models.DateField()
    basis = models.CharField(max_length=300)

    class Meta:
        ordering = ["-begins_on"]
        constraints = [models.UniqueConstraint(fields=["unit", "begins_on"], name="term_begins_once")]

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Numbers of one book of a unit from `since` on: of one `type` of document, or of all ("")."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="series")
    book = models.CharField(max_length=8, choices=Book.choices)
    type = models.CharField(max_length=20, blank=True)
    since = models.DateField()
    term = models.ForeignKey(Term, models.PROTECT, null=True, related_name="series")
    next = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["unit", "book", "type", "since"], name="series_begins_once"),
            models.CheckConstraint(condition=Q(book__in=Book.values), name="series_book_known"),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.type} {self.since}"


class Number(models.Model):
    """A number that was taken from an outgoing series; it stays, whatever becomes of it."""

    class State(models.TextChoices):
        """What became of a number."""

        RESERVED = "reserved", _("Kept free")
        USED = "used", _("Used")
        CANCELLED = "cancelled", _("Cancelled")

    series = models.ForeignKey(Series, models.PROTECT, related_name="numbers")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=300, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["series", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="number_given_once"),
            models.CheckConstraint(
                condition=Q(state__in=("reserved", "used", "cancelled")), name="number_state_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Filed(models.Model):
    """A line of a register that may be about a document of the library."""

    class Meta:
        abstract = True

    classification: Any
    document: Any

    @property
    def seen_as(self) -> Classification:
        """The class under which it is seen: the narrower one of its own and its document's."""
        return narrowest(self.classification, *([self.document.classification] if self.document else []))


class Outgoing(Versioned, Filed):
    """A document on its way out of a unit, from its draft on.

    `text` is the draft in Markdown (`vanban.markdown`) where it was written here, otherwise empty. `file` is the
    draft as a Word file; from release on the same with its number and day in it; `signed` the signed version.
    `layout` is what the check found, `excuse` why it goes on in spite of that. `document` is what recipients read.
    `report`: the approved report that it was made of.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outgoing")
    regime = models.CharField(max_length=10)
    type = models.CharField(max_length=20)
    subject = models.CharField(max_length=1000)
    classification = models.CharField(max_length=10, choices=Classification.choices, default=Classification.NORMAL)
    text = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    layout = models.JSONField(null=True)
    excuse = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=OutgoingState.choices, default=OutgoingState.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    number = models.OneToOneField(Number, models.PROTECT, null=True, related_name="outgoing")
    code = models.CharField(max_length=80, blank=True)
    is_numbered = models.BooleanField(default=False)
    signed = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="outgoing")
    report = models.ForeignKey(ReportDraft, models.PROTECT, null=True, related_name="outgoing")
    folded = FoundBy(blank=True, default="", editable=False)

    recipients: RelatedManager[Recipient]
    urgings: RelatedManager[Urging]

    class Meta:
        verbose_name_plural = "outgoing"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OutgoingState.values), name="outgoing_state_known"),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="outgoing_class_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("released", "dispatched")) | Q(number__isnull=False),
                name="outgoing_released_is_numbered",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="outgoing_of_unit")]

    def __str__(self) -> str:
        return self.code or self.subject

    @property
    def words_found_by(self) -> str:
        """What `folded` holds: number and subject without marks."""
        return fold(f"{self.code} {self.subject}")


class Recipient(models.Model):
    """To whom an outgoing document goes: a unit of the tree, which gets a copy, or a body outside of it."""

    class Channel(models.TextChoices):
        """How a body outside the tree is reached."""

        POST = "post", _("By post")
        HAND = "hand", _("By hand")
        AXIS = "axis", _("Document exchange (edXML)")
        MAIL = "mail", _("E-mail")

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="recipients")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=250)
    channel = models.CharField(max_length=8, choices=Channel.choices, blank=True)
    sent_on = models.DateField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["outgoing", "unit"], name="recipient_unit_once"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(channel=""), name="recipient_outside_has_channel"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Urging(models.Model):
    """That an outgoing letter urged a unit to do what it owed; `late_by` days on the day it was drafted."""

    outgoing = models.ForeignKey(Outgoing, models.CASCADE, related_name="urgings")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urgings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    late_by = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outgoing", "assignment"], name="urging_once")]

    def __str__(self) -> str:
        return f"urging {self.pk}"


class Incoming(Versioned, Filed):
    """A line of the incoming book. It is corrected and struck out, each with a reason, and never taken away."""

    class Urgency(models.TextChoices):
        """The degrees of urgency (30/2020/NĐ-CP annex I, cell 10b)."""

        NONE = "", _("Not urgent")
        URGENT = "urgent", _("Urgent")
        VERY = "very_urgent", _("Very urgent")
        FLASH = "flash", _("Express")

    series = models.ForeignKey(Series, models.PROTECT, related_name="incoming")
    number = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="incoming")
    arrived_on = models.DateField()
    sender = models.CharField(max_length=250)
    code = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=1000)
    urgency = models.CharField(max_length=12, choices=Urgency.choices, blank=True)
    classification = models.CharField(max_length=10, choices=Classification.choices, default=Classification.NORMAL)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="incoming")
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    folded = models.TextField(blank=True, editable=False)
    is_struck = models.BooleanField(default=False)
    registered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)

    notes: RelatedManager[RoutingNote]

    class Meta:
        verbose_name_plural = "incoming"
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="incoming_number_once"),
            models.UniqueConstraint(
                fields=["unit", "document"], condition=Q(is_struck=False), name="incoming_document_once"
            ),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="incoming_class_known"
            ),
        ]
        indexes = [models.Index(fields=["unit", "-arrived_on", "-number"], name="incoming_of_unit")]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def last_note(self) -> RoutingNote | None:
        """The routing note by which somebody has the paper now; of notes that were fetched, if they were."""
        notes = list(self.notes.all())
        return notes[-1] if notes else None


class RoutingNote(models.Model):
    """What the head wrote on an incoming paper (bút phê): who is to do what until when; the last one has it.

    `document`: the slip by which it was given to units as a task (`giving.py`), where it was.
    """

    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="notes")
    text = models.CharField(max_length=1000)
    to = models.CharField(max_length=250)
    due_on = models.DateField(null=True, blank=True)
    document = models.OneToOneField(Document, models.PROTECT, null=True, related_name="routing_note")
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]
