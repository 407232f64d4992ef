"""Tables of notices: what people are told, the ladders that say when, and the outbox."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.version import Versioned
from motbuoc.foundation.notices.occasions import OF_LADDERS, Occasion, Reach, Recipient
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit


class Notice(models.Model):
    """That a person is told of something: a key into the words' table with its parameters, never words themselves.

    `key` is unique, so that whoever finds the same thing again tells nobody twice. `unit` is the unit that the
    object stands on. `told_at`: when it was gathered into a message, all of one message at the same moment; empty
    for good where it stays in the app.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    parameters = models.JSONField(default=dict)
    object_type = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reach = models.CharField(max_length=8, choices=Reach.choices)
    key = models.CharField(max_length=120, unique=True)
    made_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-made_at"], name="notice_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["person"], condition=Q(told_at__isnull=True) & ~Q(reach=Reach.APP), name="notice_untold"
            ),
            models.Index(fields=["person", "told_at"], name="notice_of_message"),
            models.Index(fields=["unit", "made_at"], name="notice_of_unit"),
            models.Index(fields=["object_type", "object_id"], name="notice_of_object"),
        ]

    def __str__(self) -> str:
        return self.key


class Ladder(Versioned):
    """Who is told when, for the documents of a unit and of those below it that have none of their own.

    Where no unit above has one, `occasions.DEFAULT_RUNGS` is the ladder. `patience`: working days more before
    anybody is told of what is late, quiet or not acknowledged, by kind of the unit that owes it.
    """

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="ladder")
    patience = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"ladder of {self.unit_id}"

    def extra_days(self, kind: str) -> int:
        """The patience with units of a kind, in working days."""
        return int(self.patience.get(UnitKind(kind).value, 0))


class Rung(models.Model):
    """One step of a ladder: on this occasion, after (or before) so many working days, tell these, this far."""

    ladder = models.ForeignKey(Ladder, models.CASCADE, related_name="rungs")
    occasion = models.CharField(_("Occasion"), max_length=20, choices=OF_LADDERS)
    days = models.PositiveSmallIntegerField(_("Working days"))
    recipient = models.CharField(_("Who is told"), max_length=10, choices=Recipient.choices)
    reach = models.CharField(_("How"), max_length=8, choices=Reach.choices, default=Reach.DIGEST)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "occasion", "days", "recipient"], name="rung_once"),
            models.CheckConstraint(
                condition=Q(occasion__in=[value for value, _label in OF_LADDERS]), name="rung_occasion_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.days} {self.recipient}"


class Preference(models.Model):
    """How a person wants to be told outside the app. Without a row: by mail, never at night, in Vietnamese.

    Between `quiet_from` and `quiet_until` (full hours of the installation's time zone; equal: never quiet) nothing
    is sent, urgent or not.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="preference")
    by_mail = models.BooleanField(default=True)
    by_push = models.BooleanField(default=True)
    quiet_from = models.PositiveSmallIntegerField(default=20)
    quiet_until = models.PositiveSmallIntegerField(default=6)
    language = models.CharField(max_length=5, default="vi")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__lte=23) & Q(quiet_until__lte=23), name="preference_hours_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"preference of {self.person_id}"

    def is_quiet_at(self, hour: int) -> bool:
        """Whether nothing is sent at this hour of the day."""
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


class PushSubscription(models.Model):
    """A browser of a person that takes push messages: where they go, and the keys only it can read them with."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="push_subscriptions")
    endpoint = models.URLField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=200)
    auth = models.CharField(max_length=100)
    device = models.CharField(max_length=120)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"push of {self.person_id}"


class Webhook(models.Model):
    """An address of a unit's own gateway (a chat group), told once a day what its unit owes; `secret` signs it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"webhook of {self.unit_id}"


class CalendarAddress(models.Model):
    """That a person's calendar can be fetched by whoever knows a secret, of which only the digest is kept."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="calendar_address")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"


class Channel(models.TextChoices):
    """The ways out of the house."""

    MAIL = "mail", _("E-mail")
    PUSH = "push", _("Push message")
    WEBHOOK = "webhook", _("Gateway")


class DeliveryState(models.TextChoices):
    """Where a message is."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed, tried again")
    GIVEN_UP = "given_up", _("Given up")
    EMPTY = "empty", _("Nothing left to tell")


class Delivery(models.Model):
    """The outbox: one message through one channel to one address.

    It tells the notices of `person` gathered at `told_at`, or of the unit of `webhook` those made since its last
    message. What it says is made when it is sent, of what its reader may see then. `next_try_at` in the future is
    also the hold of whoever is sending it now. `last_error` is one of `outbox.TROUBLES`.
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="deliveries")
    webhook = models.ForeignKey(Webhook, models.PROTECT, null=True, related_name="deliveries")
    told_at = models.DateTimeField(default=clock.now)
    is_urgent = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    address = models.CharField(max_length=1000)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=clock.now)
    last_error = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(webhook__isnull=False), name="delivery_to_one"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=(DeliveryState.WAITING, DeliveryState.FAILED)),
                name="delivery_to_send",
            ),
            models.Index(fields=["person", "-made_at"], name="delivery_of_person"),
        ]

    def __str__(self) -> str:
        return self.key
