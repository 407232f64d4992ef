"""Letting people in: an invitation is a code with which a person chooses their sign-in name and password."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from motbuoc.foundation.administration.care import require_care, units_of
from motbuoc.foundation.administration.codes import digest_of, new_code
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Account, Invitation, Person

DAYS = 30  # a cell meets once a month
SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,58}[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Invited:
    """A fresh invitation with its code in plain, which is nowhere else and is never shown again."""

    invitation: Invitation
    code: str


def open_invitations() -> QuerySet[Invitation]:
    """The invitations that can still be used."""
    return Invitation.objects.filter(used_at=None, withdrawn_at=None, expires_at__gt=clock.now())


@transaction.atomic
def invite_person(*, actor: Person, person: Person, email: str = "") -> Invited:
    """Make a code with which a person chooses how they sign in; an older one no longer works.

    Who has an account already keeps its name and chooses a new password. `email`: where the code will be sent.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: the account is closed, the person's data were erased, the e-mail is another account's.
    """
    unit_id = require_care(actor, person)
    if person.erased_at:
        raise Refusal(_("The data of this person were erased."))
    if Account.objects.filter(person=person, is_active=False).exists():
        raise Refusal(_("The account is closed. Open it again first."))
    if email and _is_of_another(email, person):
        raise Refusal(_("This e-mail belongs to another account."))
    return invitation_of(actor, person, unit_id, email)


def invitation_of(actor: Person, person: Person, unit_id: int, email: str = "") -> Invited:
    """`invite_person` without asking who may: for the first administrator of an installation."""
    Person.objects.select_for_update().get(pk=person.pk)  # two at once: one after the other
    _withdraw_open(person)
    code, now = new_code(), clock.now()
    invitation = Invitation.objects.create(
        person=person,
        code_hash=digest_of(code),
        email=email,
        made_by=actor,
        made_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    how = "email" if email else "code"
    record(actor, Act("invite_person", "person", person.pk, unit_id, {"invitation": invitation.pk, "by": how}))
    return Invited(invitation, code)


def _is_of_another(email: str, person: Person) -> bool:
    return Account.objects.filter(email__iexact=email).exclude(person=person).exists()


def _withdraw_open(person: Person) -> int:
    waiting = Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None)
    return waiting.update(withdrawn_at=clock.now())


@transaction.atomic
def withdraw_invitation(*, actor: Person, person: Person) -> None:
    """Make the code of a person worthless.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: there is none that could still be used.
    """
    unit_id = require_care(actor, person)
    if not _withdraw_open(person):
        raise Refusal(_("There is no invitation to take back."))
    record(actor, Act("withdraw_invitation", "person", person.pk, unit_id))


def invitation_behind(code: str) -> Invitation:
    """The invitation that a code opens, with its person.

    Raises:
        Refusal: the code is wrong, used, taken back or too old; which of these is not told.
    """
    digest = digest_of(code)
    found = open_invitations().select_related("person").filter(code_hash=digest).first()
    if found is None or not constant_time_compare(found.code_hash, digest):
        raise Refusal(_("This code is wrong or no longer valid. Check it, or ask your office for a new one."))
    return found


@transaction.atomic
def accept_invitation(*, code: str, username: str, password: str) -> Account:
    """Use a code up: the person behind it signs in by this name and password from now on.

    `username` is not asked of whoever has an account. An e-mail the code was sent to becomes the account's.

    Raises:
        Refusal: the code opens nothing (`invitation_behind`), the name cannot be used or is taken, the password is
            too weak.
    """
    invitation = invitation_behind(code)
    used = open_invitations().filter(pk=invitation.pk).update(used_at=clock.now())
    if not used:  # somebody else was quicker
        invitation_behind(code)
    person = invitation.person
    account = Account.objects.filter(person=person).first() or Account(person=person, username=_checked(username))
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error
    account.set_password(password)
    if invitation.email and not _is_of_another(invitation.email, person):
        account.email = invitation.email
    account.save()
    unit_id = (units_of(person, clock.today()) or units_of(invitation.made_by, clock.today()))[0]
    record(person, Act("accept_invitation", "person", person.pk, unit_id, {"invitation": invitation.pk}))
    return account


def _checked(username: str) -> str:
    name = username.strip().lower()
    if not SIGN_IN_NAME.fullmatch(name):
        raise Refusal(
            _("Choose a name of 4 to 60 small letters without marks, digits, dots, hyphens, such as “ha.nguyen”.")
        )
    if Account.objects.filter(username=name).exists():
        raise Refusal(_("Somebody signs in by this name already. Choose another one."))
    return name
