"""Tables of reports that are drafted together: outlines, drafts, their sections and paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.ledger.choices import PeriodCycle
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.states import DraftState
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Part(models.TextChoices):
    """What a section of a report is assembled of, and what a paragraph in it is."""

    FIGURES = "figures", _("Figures in sentences")
    TABLE = "table", _("Table of figures")
    CHART = "chart", _("Chart of the first figure")
    WORDS = "words", _("What the units wrote")
    TASKS = "tasks", _("Tasks of the directive")
    TEXT = "text", _("Written by hand")


class Outline(Versioned):
    """The outline (đề cương) of the reports of a unit and those below it.

    `sections` in order, each with `number`, `title`, `item` (of the programme; an indicator's code; or "" for what
    no other section takes) and `parts` (values of `Part`). `cycle` "": for any period.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="outlines")
    name = models.CharField(max_length=200)
    cycle = models.CharField(max_length=11, choices=PeriodCycle.choices, blank=True)
    sections = models.JSONField(default=list)
    is_closed = models.BooleanField(default=False)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=Q(is_closed=False), name="outline_named_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Draft(Versioned):
    """A report of a unit over a period of the ledger, on its way to be approved.

    `figures`: the fields that its text may be bound to, by name, as they were `as_of` a moment: `words`, the
    indicator's `name`, and the ids of the submissions they come from (`sources`). `led_by`: who is
    responsible for it; None: who made it. `recipients` as in `recipients.Recipients`; None: as proposed.
    `is_for_portal`: once sent, it is to be put on the unit's portal, which is another system.
    """

    period = models.ForeignKey(ReportingPeriod, models.PROTECT, related_name="drafts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="drafts")
    subject = models.CharField(max_length=500)
    state = models.CharField(max_length=12, choices=DraftState.choices, default=DraftState.WRITTEN)
    figures = models.JSONField(default=dict)
    as_of = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    recipients = models.JSONField(null=True)
    is_for_portal = models.BooleanField(default=False)
    led_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    handed_in_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    sections: RelatedManager[DraftSection]
    versions: RelatedManager[DraftVersion]

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=DraftState.values), name="draft_state_known")]

    def __str__(self) -> str:
        return self.subject

    @property
    def lead(self) -> Person:
        """Who is responsible for it."""
        return self.led_by or self.made_by


class DraftSection(models.Model):
    """A section of a draft, from its outline; `level` 0 is a part of the report, 1 stands in it, and so on.

    `owner` is who writes it; None: whoever writes on the report. `is_arranged`: somebody put its paragraphs in
    order, so that a refreshing leaves them there.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    level = models.PositiveSmallIntegerField(default=1)
    item = models.CharField(max_length=40, blank=True)
    parts = models.JSONField(default=list)
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    is_arranged = models.BooleanField(default=False)

    paragraphs: RelatedManager[Paragraph]

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["draft", "position"], name="section_position_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Paragraph(Versioned):
    """One paragraph, table or chart of a section: what was `made` of the records, and what a person made of it.

    `key` says what it is made of, so that it is found again when figures are refreshed. `made`: `runs` of words,
    each with its `sources` and perhaps the `cell` it shows (and what was `said`, without who); or a table
    (`columns`, `rows`), or a chart. `edited` "" is nothing: the made text stands. `made_then`: the made text that
    the person last saw beside their own. `is_gone`: what it was made of is not in the records any more; such a
    paragraph stays only if it was edited.
    """

    section = models.ForeignKey(DraftSection, models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Part.choices)
    key = models.CharField(max_length=120)
    made = models.JSONField(default=dict)
    edited = models.TextField(blank=True)
    made_then = models.TextField(blank=True)
    edited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)
    is_left_out = models.BooleanField(default=False)
    is_gone = models.BooleanField(default=False)

    remarks: RelatedManager[Remark]

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["section", "key"], name="paragraph_made_once"),
            models.CheckConstraint(condition=Q(kind__in=Part.values), name="paragraph_kind_known"),
        ]

    def __str__(self) -> str:
        return self.edited[:80] or self.key


class Remark(models.Model):
    """What somebody says on a paragraph, and perhaps how it should read; settled when it is done with."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="remarks")
    text = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class DraftVersion(models.Model):
    """How a draft read when it was handed in for the `number`th time: its headings and paragraphs, one each."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=list)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")]

    def __str__(self) -> str:
        return f"{self.draft_id}, no. {self.number}"


class DraftFile(models.Model):
    """The last file of a kind that was made of a draft, or is being made.

    `shows` is the fingerprint of what it prints: as long as the draft prints the same, nothing is made again.
    """

    class Kind(models.TextChoices):
        """Files that take longer than a page should."""

        WORD = "word", _("Word")
        SOURCES = "word-nguon", _("Word, with the sources as comments")
        PDF = "pdf", _("PDF")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=Report.State.choices, default=Report.State.QUEUED)
    shows = models.CharField(max_length=64)
    file = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "kind"], name="draft_file_kind_once"),
            models.CheckConstraint(condition=Q(state__in=Report.State.values), name="draft_file_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.draft_id}"
