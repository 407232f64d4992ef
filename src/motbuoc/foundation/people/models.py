"""Tables of people. No field here or anywhere records what a person thinks (see docs/decisions/0001)."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core.timespan import TimeSpan, ordered_span
from motbuoc.foundation.units.models import Unit
from vanban.text import fold


class Person(models.Model):
    """Somebody who acts in the system; actor of every write and viewer of every read."""

    full_name = models.CharField(max_length=120)

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


class PositionTitle(models.TextChoices):
    """Positions a person may hold in a unit (domain guide section 3.2)."""

    SECRETARY = "secretary", _("Secretary")
    DEPUTY_SECRETARY = "deputy_secretary", _("Deputy secretary")
    HEAD = "head", _("Head of department")
    OFFICER = "officer", _("Officer")
    MEMBER = "member", _("Member")


class Position(TimeSpan):
    """That a person holds a position in a unit for a term."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="positions")
    title = models.CharField(max_length=30, choices=PositionTitle.choices)

    class Meta:
        constraints = [ordered_span("position")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.title}"
