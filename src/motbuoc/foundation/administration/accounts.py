"""Closing and opening accounts, and what becomes of the name of a person."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.administration.care import require_care
from motbuoc.foundation.administration.leaving import AT_CLOSING, AT_ERASING
from motbuoc.foundation.administration.services import check_not_last
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.timespan import in_force, not_over
from motbuoc.foundation.history.services import Act, erase_personal, record
from motbuoc.foundation.people.models import Account, Invitation, Person, Position, StandIn


@transaction.atomic
def close_account(*, actor: Person, person: Person) -> Account:
    """Let a person sign in no longer: their sessions end at once, their password is thrown away,
    and tokens, calendar address and push subscriptions end with them.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: there is no open account; it is the actor's own, or of the last administrator of a topmost unit.
    """
    unit_id = require_care(actor, person)
    account = Account.objects.select_for_update(of=("self",)).filter(person=person, is_active=True).first()
    if account is None:
        raise Refusal(_("There is no open account."))
    if actor.pk == person.pk:
        raise Refusal(_("Nobody closes their own account. Ask another administrator."))
    for grant in Grant.objects.filter(in_force(clock.today()), person=person):
        check_not_last(grant)
    account.is_active = False
    account.set_unusable_password()  # sessions rest on the password: so they do not come back with the account
    account.save()
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    for end in AT_CLOSING:
        end(person)
    record(actor, Act("close_account", "person", person.pk, unit_id))
    return account


@transaction.atomic
def reopen_account(*, actor: Person, person: Person) -> Account:
    """Open a closed account again; its person chooses a new password with an invitation.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: there is no closed account.
    """
    unit_id = require_care(actor, person)
    account = Account.objects.select_for_update(of=("self",)).filter(person=person, is_active=False).first()
    if account is None:
        raise Refusal(_("There is no closed account."))
    account.is_active = True
    account.save(update_fields=["is_active"])
    record(actor, Act("reopen_account", "person", person.pk, unit_id))
    return account


@transaction.atomic
def rename_person(*, actor: Person, person: Person, full_name: str) -> Person:
    """Write a person's name otherwise, everywhere but in papers that are finished.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: there is no name; the person's data were erased.
    """
    unit_id = require_care(actor, person)
    name = " ".join(full_name.split())
    if not name:
        raise Refusal(_("Write the person's name."))
    if person.erased_at:
        raise Refusal(_("The data of this person were erased."))
    names = [person.full_name, name]
    person.full_name = name
    person.save()
    record(actor, Act("rename_person", "person", person.pk, unit_id, personal={"name": names}))
    return person


@transaction.atomic
def erase_person(*, actor: Person, person: Person, reason: str) -> Person:
    """Erase the personal data of a person who has left, for ever: name, account, where invitations were sent, and
    the personal values of the history.

    What they did stays, under no name; so do the terms they held.

    Raises:
        NotAllowed: the actor does not look after the person.
        Refusal: there is no reason; they hold a position or a role, or stand in for somebody; erased already.
    """
    unit_id = require_care(actor, person)
    if not reason.strip():
        raise Refusal(_("Say why the data are erased."))
    if person.erased_at:
        raise Refusal(_("The data of this person were erased."))
    now_held = (kind.objects.filter(not_over(clock.today()), person=person) for kind in (Position, Grant, StandIn))
    if any(held.exists() for held in now_held):
        raise Refusal(_("They still hold a position or a role. End all of them first."))
    Account.objects.filter(person=person).delete()
    Invitation.objects.filter(person=person).update(email="")
    Invitation.objects.filter(person=person, used_at=None, withdrawn_at=None).update(withdrawn_at=clock.now())
    for erase in AT_ERASING:
        erase(person)
    with translation.override(settings.LANGUAGE_CODE):
        person.full_name = _("Person whose data were erased")
    person.erased_at = clock.now()
    person.save()
    record(actor, Act("erase_person", "person", person.pk, unit_id, {"reason": reason.strip()}))
    erase_personal(actor=actor, person=person, unit_id=unit_id)
    return person
