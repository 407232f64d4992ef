"""Tables of consultations. None of them refers to a person but the staff who handle it.

A comment has no account, no address and of time only the day; one of a unit's reply is the unit's.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.models import Unit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Consultation(Versioned):
    """A draft that a unit lays before others: what about, on what basis, whom it asks, from when to when.

    `asked_number` is the number of the version that was laid before them, once it is open. `address` is what its
    public page is found by.
    """

    class Kind(models.TextChoices):
        """What is asked for: comments (218-QĐ/TW), or social criticism by those whom the law charges with it
        (217-QĐ/TW; Law on the Promulgation of Legal Documents 2025, article 6)."""

        COMMENTS = "comments", _("Comments on a draft")
        CRITICISM = "criticism", _("Social criticism of a draft")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="consultations")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.COMMENTS)
    subject = models.CharField(max_length=300)
    question = models.TextField(blank=True)
    basis = models.CharField(max_length=300, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=24, choices=ConsultationState.choices, default=ConsultationState.DRAFT)
    asked_number = models.PositiveSmallIntegerField(null=True)
    address = models.CharField(max_length=16, unique=True)
    closed_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    published_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    versions: RelatedManager[ConsultedVersion]
    asked: RelatedManager[AskedUnit]
    comments: RelatedManager[Comment]
    groups: RelatedManager[CommentGroup]

    class Meta:
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ConsultationState.values), name="consultation_state_known"
            ),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="consultation_days_in_order"),
        ]
        indexes = [models.Index(fields=["unit", "-opens_on"], name="consultation_of_unit")]

    def __str__(self) -> str:
        return self.subject

    def takes_on(self, day: date) -> bool:
        """Whether it takes comments on that day."""
        return self.state == ConsultationState.OPEN and self.opens_on <= day <= self.closes_on


class ConsultedVersion(models.Model):
    """A version of the draft, numbered from 1, with the file it was read from."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_on = models.DateField()
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    provisions: RelatedManager[ConsultedProvision]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["consultation", "number"], name="consulted_version_once")]

    def __str__(self) -> str:
        return str(self.number)


class ConsultedProvision(models.Model):
    """A provision of a version: its own words, without those of what stands under it.

    `anchor` is what it is found by ("dieu-5.khoan-2"), the same in every version in which it is called so; `label`
    is how it is cited ("Khoản 2 Điều 5"). `level` says how deep it stands, from 0.
    """

    draft = models.ForeignKey(ConsultedVersion, models.CASCADE, related_name="provisions")
    number = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField()
    anchor = models.CharField(max_length=120)
    label = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="consulted_provision_number_once"),
            models.UniqueConstraint(fields=["draft", "anchor"], name="consulted_provision_anchor_once"),
        ]

    def __str__(self) -> str:
        return self.label


class AskedUnit(Versioned):
    """A unit that is asked for its comments by a day, and its official reply with number and date.

    `prepared` is what it has written and not sent yet: `[{"provision": id, "start": …, "quoted": …, "text": …}]`;
    nobody else reads that. "No comment" is a reply too.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="asked")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    due_on = models.DateField()
    prepared = models.JSONField(default=list)
    replied_on = models.DateField(null=True)
    reply_number = models.CharField(max_length=80, blank=True)
    reply_dated = models.DateField(null=True)
    has_no_comment = models.BooleanField(default=False)
    replied_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["consultation", "unit"], name="asked_unit_once")]
        indexes = [models.Index(fields=["unit", "due_on"], name="asked_unit_due")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.due_on}"


class CommentGroup(Versioned):
    """Comments on one provision that say alike, and what becomes of them.

    Proposed by the machine until a person confirms it. `size` is how many comments it has. `changed_in` is the
    provision of a later version that was written anew because of it.
    """

    class Disposition(models.TextChoices):
        """What becomes of comments (domain guide, section 5)."""

        NONE = "", _("Not dealt with yet")
        ACCEPTED = "accepted", _("Accepted in full")
        PARTLY = "partly", _("Accepted in part")
        DECLINED = "declined", _("Not accepted, explained")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="groups")
    provision = models.ForeignKey(ConsultedProvision, models.PROTECT, related_name="groups")
    title = models.CharField(max_length=300)
    size = models.PositiveIntegerField(default=0)
    is_confirmed = models.BooleanField(default=False)
    disposition = models.CharField(max_length=8, choices=Disposition.choices, blank=True, default=Disposition.NONE)
    reason = models.TextField(blank=True)
    changed_in = models.ForeignKey(ConsultedProvision, models.PROTECT, null=True, related_name="because_of")
    disposed_on = models.DateField(null=True)
    disposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    comments: RelatedManager[Comment]

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["consultation", "provision", "id"], name="comment_group_of_provision")]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What somebody or a unit says of a provision, or of `quoted` words of it from character `start` on.

    Kept word for word; one from the public page has gone through `listening.screening` before. `receipt` is the
    digest of the code by which its writer finds what became of it; one of a unit has none, but `reply`.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    provision = models.ForeignKey(ConsultedProvision, models.PROTECT, related_name="comments")
    start = models.PositiveIntegerField(null=True)
    quoted = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    given_on = models.DateField()
    receipt = models.CharField(max_length=64, unique=True, null=True)
    reply = models.ForeignKey(AskedUnit, models.PROTECT, null=True, related_name="comments", db_index=False)
    group = models.ForeignKey(CommentGroup, models.PROTECT, null=True, related_name="comments", db_index=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(receipt=None, reply__isnull=False) | Q(receipt__isnull=False, reply=None),
                name="comment_of_somebody_or_a_unit",
            )
        ]
        indexes = [
            models.Index(fields=["consultation", "provision", "id"], name="comment_of_provision"),
            models.Index(fields=["group", "id"], name="comment_of_group"),
            models.Index(fields=["reply", "id"], condition=Q(reply__isnull=False), name="comment_of_reply"),
            models.Index(
                fields=["consultation", "provision"], condition=Q(group=None), name="comment_without_group"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
