"""Tables of people. No field here or anywhere records what a person thinks (see docs/decisions/0001)."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.timespan import TimeSpan, ordered_span
from motbuoc.foundation.units.models import Unit
from vanban.text import fold


class FoldedName(models.CharField[Any, Any]):
    """The person's name without marks and capitals, to be searched; written whenever the row is."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        """The name as it is folded now."""
        folded = fold(model_instance.full_name)
        setattr(model_instance, self.attname, folded)
        return folded


class Person(models.Model):
    """Somebody who acts in the system; actor of every write and viewer of every read.

    `erased_at`: their personal data were erased after they left; the name says so from then on.
    """

    full_name = models.CharField(max_length=120)
    folded_name = FoldedName(max_length=120, editable=False, default="")
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["full_name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.full_name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by their sign-in name, each with its person: whoever is signed in is also the viewer."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """Accounts with their persons."""
        return super().get_queryset().select_related("person")

    def create_account(self, username: str, person: Person, password: str | None, *, email: str = "") -> Account:
        """An account for `person`; password None means that it cannot be used to sign in by password."""
        account = Account(username=username, person=person, email=email)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """A way for one person to sign in.

    `email` may be empty; the office sets it, so it counts as the person's own: a forgotten password is renewed by
    it, and the organisation's identity service knows the person by it. Not `is_active`: closed, nobody gets in.
    """

    username = models.CharField(_("Sign-in name"), max_length=60, unique=True)
    email = models.EmailField(_("E-mail"), blank=True, default="")
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []
    objects = AccountManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="account_email_once")
        ]

    def __str__(self) -> str:
        return self.username

    @property
    def plain_name(self) -> str:
        """The person's name as it is typed without marks and spaces; empty while there is no person."""
        return fold(self.person.full_name).replace(" ", "") if self.person_id else ""


class Invitation(models.Model):
    """That a person may choose how they sign in, once, with a code of which only the digest is kept.

    `email` is where the code was sent; empty when it was printed. `withdrawn_at`: taken back, or replaced by a
    newer one. Of each person one at most is neither used nor withdrawn.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"


class PositionTitle(models.TextChoices):
    """Positions in a unit, in the order in which their holders answer for it (domain guide section 3.2)."""

    SECRETARY = "secretary", _("Secretary")
    HEAD = "head", _("Head of department")
    CHAIR = "chair", _("Chair")
    STANDING_DEPUTY = "standing_deputy", _("Standing deputy secretary")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary")
    DEPUTY_HEAD = "deputy_head", _("Deputy head of department")
    DEPUTY_CHAIR = "deputy_chair", _("Deputy chair")
    OFFICE_CHIEF = "office_chief", _("Chief of office")
    STANDING_MEMBER = "standing_member", _("Member of the standing committee")
    COMMITTEE_MEMBER = "committee_member", _("Member of the committee")
    OFFICER = "officer", _("Officer")
    CLERK = "clerk", _("Clerk")
    SPEAKER = "speaker", _("Speaker")
    COLLABORATOR = "collaborator", _("Opinion collaborator")
    MEMBER = "member", _("Member")


LINE_OF_SUCCESSION = tuple(PositionTitle)[: tuple(PositionTitle).index(PositionTitle.OFFICER)]
"""The titles whose holders answer for a unit when those before them are not there, in this order."""

HEADS = (PositionTitle.SECRETARY, PositionTitle.HEAD, PositionTitle.CHAIR)
"""The titles of those who head a unit."""


class Position(TimeSpan):
    """That a person holds a position in a unit for a term."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=30, choices=PositionTitle.choices)
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [ordered_span("position")]
        indexes = [models.Index(fields=["unit", "title"], name="position_of_unit")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.title}"


class StandIn(TimeSpan):
    """That a person stands in for the holder of a position (uỷ quyền), always with an end.

    While it lasts they may do on the position's unit what its holder may. It cannot be passed on (30/2020/NĐ-CP,
    article 13.4).
    """

    position = models.ForeignKey(Position, models.PROTECT, related_name="stand_ins")
    person = models.ForeignKey(Person, models.PROTECT, related_name="stand_ins")
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            ordered_span("stand_in"),
            models.CheckConstraint(condition=Q(valid_until__isnull=False), name="stand_in_has_an_end"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.position_id}"
