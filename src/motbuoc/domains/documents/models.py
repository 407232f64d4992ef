"""Tables of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.choices import MONTHS as MONTHS
from motbuoc.domains.documents.choices import CountedFrom as CountedFrom
from motbuoc.domains.documents.choices import Cycle as Cycle
from motbuoc.domains.documents.choices import Match as Match
from motbuoc.domains.documents.choices import Origin as Origin
from motbuoc.domains.documents.choices import Relation as Relation
from motbuoc.domains.documents.choices import TimeKind as TimeKind
from motbuoc.domains.documents.choices import VersionKind as VersionKind
from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.ruled import RULE_FIELDS as RULE_FIELDS
from motbuoc.domains.documents.ruled import Ruled as Ruled
from motbuoc.domains.documents.spelled import spelled
from motbuoc.domains.documents.states import CopyState, DocumentState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.collation import collation_key
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import FoundBy, Unit, UnitGroup
from vanban.text import fold

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Document(Versioned):
    """An official document: the file as it came, its text, what was read from it and what a person corrected.

    `unit` is the unit whose document it is and on which rights are asked. `reading` is the reader's own result
    (`vanban.as_json`), never changed; the columns hold what a person made of it. `layout` lists how the file
    departs from the rules of layout (`vanban.checking.as_dict`); None where that was not checked. Everything made
    of the document (duties, assignments, reports, files) follows its `classification`. `valid_from` and
    `valid_until` are its own first and last day in force, where it says so; another may end it (`DocumentLink`).
    An order without a paper (`origin`) has no `file`: `said_by` said it on `issued_on`, at the meeting `occasion`
    (`spoken.py`), and `brought_by` noted it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="documents")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.DOCUMENT)
    said_by = models.CharField(max_length=250, blank=True)
    occasion = models.CharField(max_length=300, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="document")
    text = models.TextField()
    reading = models.JSONField()
    layout = models.JSONField(null=True)
    regime = models.CharField(max_length=10, blank=True)
    superior = models.CharField(max_length=250, blank=True)
    issuer = models.CharField(max_length=250, blank=True)
    code = models.CharField(max_length=80, blank=True)
    type = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    subject = models.CharField(max_length=1000, blank=True)
    folded = models.TextField(blank=True, editable=False)  # number and subject without marks, to be found by
    code_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)  # see identity.py
    name_key = models.CharField(max_length=500, blank=True, editable=False, db_index=True)  # see core/collation.py
    classification = models.CharField(max_length=10, choices=Classification.choices, default=Classification.NORMAL)
    report_cycle = models.CharField(max_length=12, choices=Cycle.choices, blank=True)
    runs_until = models.DateField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.READ)
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)
    released_at = models.DateTimeField(null=True, blank=True)

    provisions: RelatedManager[Provision]
    duties: RelatedManager[Duty]
    citations: RelatedManager[Citation]
    addressees: RelatedManager[Addressee]
    copies: RelatedManager[Copy]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="document_state_known"),
            models.CheckConstraint(
                condition=Q(classification__in=Classification.values), name="document_class_known"
            ),
            models.CheckConstraint(
                condition=Q(origin=Origin.DOCUMENT, file__isnull=False, said_by="")
                | (~Q(origin=Origin.DOCUMENT) & Q(file__isnull=True) & ~Q(said_by="")),
                name="document_on_paper_or_spoken",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.subject or self.name

    @property
    def name(self) -> str:
        """What it is called for want of a number or subject: the name of its file, or who spoke."""
        return self.file.name if self.file else self.said_by

    @property
    def is_spoken(self) -> bool:
        """Whether it is an order without a paper."""
        return self.origin != Origin.DOCUMENT

    def save(self, *args: Any, **options: Any) -> None:
        """Save the row, and with it the words it is found by."""
        self.folded = fold(f"{self.code} {self.subject}")
        self.code_key = code_key(self.code)
        self.name_key = collation_key(self.subject or self.name)
        super().save(*args, **options)
        DocumentWords.of(self)


class DocumentWords(models.Model):
    """The words of a document in the three spellings it is found by (`vanban.spelling`), letterhead first.

    The database keeps a full-text index of them (migration 0019, decision 0019); nobody reads them.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="words")
    plain = models.TextField()
    toneless = models.TextField()
    written = models.TextField()

    def __str__(self) -> str:
        return f"{self.document_id}"

    @classmethod
    def of(cls, document: Document) -> None:
        """Keep the words of a document as it now stands, if they changed."""
        heading = f"{document.code} {document.subject} {document.issuer} {document.name}"
        words = spelled(f"{heading}\n{document.text}")
        if not cls.objects.filter(document=document, written=words["written"]).exists():
            cls.objects.update_or_create(document=document, defaults=words)


class Anchored(models.Model):
    """A part of a document's text: the characters from `start` up to but not including `end`."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Provision(Anchored):
    """A top-level numbered part of a document."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="provisions")
    number = models.CharField(max_length=20)
    heading = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="provision_position_once")]

    def __str__(self) -> str:
        return self.number


class Duty(Anchored, Versioned, Ruled):
    """Something a document asks for, in its own words (`text` is the document's text from `start` to `end`).

    `for_addressees`: the addressees' units each lead it; otherwise the units named in `units`. `unsure` lists the
    reader's doubts by field; `is_dropped` marks what a person found to be no duty, and can be taken back.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="duties")
    provision = models.ForeignKey(Provision, models.CASCADE, null=True, related_name="duties")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    actor_text = models.CharField(max_length=300, blank=True)
    verb = models.CharField(max_length=80, blank=True)
    what = models.TextField(blank=True)
    product = models.CharField(max_length=300, blank=True)
    time_kind = models.CharField(max_length=12, choices=TimeKind.choices, default=TimeKind.UNDATED)
    due_on = models.DateField(null=True, blank=True)
    cycle = models.CharField(max_length=12, choices=Cycle.choices, blank=True)
    for_addressees = models.BooleanField(default=True)
    confidence = models.FloatField(default=1.0)
    unsure = models.JSONField(default=list)
    is_dropped = models.BooleanField(default=False)
    folded = FoundBy(blank=True, default="", editable=False)

    units: RelatedManager[DutyUnit]

    class Meta:
        ordering = ["position", "pk"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="duty_has_words"),
            models.CheckConstraint(condition=Q(time_kind__in=TimeKind.values), name="duty_time_known"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def words_found_by(self) -> str:
        """What `folded` holds: its words without marks."""
        return fold(self.text)


class DutyUnit(models.Model):
    """That a unit leads or supports a duty, or tracks how it goes."""

    class Part(models.TextChoices):
        """How a unit takes part."""

        LEAD = "lead", _("Leads")
        SUPPORT = "support", _("Supports")
        MONITOR = "monitor", _("Tracks it")

    duty = models.ForeignKey(Duty, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    part = models.CharField(max_length=8, choices=Part.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit"], name="duty_unit_once"),
            models.UniqueConstraint(fields=["duty"], condition=Q(part="monitor"), name="duty_one_monitor"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.part}"


class Citation(Anchored):
    """A mention of another document.

    `cited` is the document of the library that it means, `match` how surely; a person may say which (`STATED`,
    also that it is none of those held). Who may not read that document is shown the mention's words and no more.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="citations")
    raw = models.TextField()
    code = models.CharField(max_length=80, blank=True)
    type = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=250, blank=True)
    title = models.TextField(blank=True)
    relation = models.CharField(max_length=12, choices=Relation.choices, blank=True)
    confidence = models.FloatField(default=1.0)
    code_key = models.CharField(max_length=120, blank=True, editable=False, db_index=True)
    cited = models.ForeignKey(Document, models.SET_NULL, null=True, blank=True, related_name="cited_in")
    match = models.CharField(max_length=6, choices=Match.choices, default=Match.NONE)

    class Meta:
        ordering = ["start"]

    def __str__(self) -> str:
        return self.code or self.raw[:60]


class DocumentVersion(models.Model):
    """A further file of the same document: the signed copy, a better scan; its `text` is compared with the first.

    The document goes on resting on the text that was reviewed; duties and citations stay anchored there.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="document_version")
    text = models.TextField()
    kind = models.CharField(max_length=6, choices=VersionKind.choices)
    brought_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class DocumentLink(models.Model):
    """That one document does something with another, as a person states it, beside what citations say.

    `pinpoint` says which part of the target is touched in words ("điểm a khoản 2 Điều 3"), "" where it is the
    whole; `provision` is the item it stands in, where that is known. `effective_on`: from which day it changes it.
    """

    source = models.ForeignKey(Document, models.CASCADE, related_name="links")
    target = models.ForeignKey(Document, models.CASCADE, related_name="links_to")
    relation = models.CharField(max_length=12, choices=Relation.choices)
    provision = models.ForeignKey(Provision, models.CASCADE, null=True, blank=True, related_name="links")
    pinpoint = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    stated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "relation", "pinpoint"], name="document_link_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="document_link_of_two"),
            models.CheckConstraint(condition=Q(relation__in=Relation.values), name="document_link_relation_known"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.relation} {self.target_id}"


class Addressee(Anchored):
    """One line of Kính gửi, and the units it means: a saved group, one unit, or nobody to act."""

    class Selection(models.TextChoices):
        """Which units an addressee means; a group is resolved in the tree of the day of issue."""

        UNRESOLVED = "unresolved", _("Not yet resolved")
        GROUP = "group", _("A group of units")
        ONE_UNIT = "one_unit", _("One unit")
        INFORMED = "informed", _("For information, no assignment")

    document = models.ForeignKey(Document, models.CASCADE, related_name="addressees")
    text = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField()
    selection = models.CharField(max_length=12, choices=Selection.choices, default=Selection.UNRESOLVED)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.ForeignKey(UnitGroup, models.PROTECT, null=True, blank=True, related_name="addressees")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(selection="group") | Q(group__isnull=False), name="addressee_group_named"
            ),
            models.CheckConstraint(
                condition=~Q(selection="one_unit") | Q(unit__isnull=False), name="addressee_unit_named"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Copy(Versioned):
    """A unit's own copy of a document, and what became of it there.

    `asked`: what the sender asks of the unit meanwhile, with the reason and, to replace it, the `replacement`.
    """

    class Asked(models.TextChoices):
        """What a sender may ask of whoever has a copy."""

        RECALL = "recall", _("Recall asked for")
        REPLACE = "replace", _("Replacement asked for")

    document = models.ForeignKey(Document, models.CASCADE, related_name="copies")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="received_copies")
    state = models.CharField(max_length=10, choices=CopyState.choices, default=CopyState.DELIVERED)
    delivered_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    asked = models.CharField(max_length=8, choices=Asked.choices, blank=True)
    asked_at = models.DateTimeField(null=True)
    asked_reason = models.CharField(max_length=500, blank=True)
    replacement = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "copies"
        constraints = [
            models.UniqueConstraint(fields=["document", "unit"], name="copy_of_a_unit_once"),
            models.CheckConstraint(condition=Q(state__in=CopyState.values), name="copy_state_known"),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "document"], name="copy_of_unit"),
            models.Index(fields=["state", "delivered_at"], name="copy_unanswered"),
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"
