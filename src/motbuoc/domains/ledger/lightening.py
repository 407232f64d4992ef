"""Asking for less: what units report elsewhere already is left out of a form in one step, and put back in one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.choices import FormState
from motbuoc.domains.ledger.forming import copy_form, drop_field, renew_form, use_form
from motbuoc.domains.ledger.models import ReportForm
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person


@transaction.atomic
def leave_out(*, actor: Person, form: ReportForm, indicator_id: int) -> ReportForm:
    """Ask for an indicator no more from the next period on: the next version of the form is without it, in use.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: the form does not ask for it, asks for nothing else, or a new version of it is being prepared.
    """
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    _refuse_while_prepared(form)
    draft = renew_form(actor=actor, form=form)
    field = draft.fields.filter(indicator=indicator_id).first()
    if field is None:
        raise Refusal(_("The form does not ask for this any more. Reload the page."))
    drop_field(actor=actor, form=draft, version=draft.version, field=field)
    draft.refresh_from_db()
    return use_form(actor=actor, form=draft, version=draft.version)


@transaction.atomic
def put_back(*, actor: Person, form: ReportForm) -> ReportForm:
    """Ask again as `form` did, the version before the one in use: field, checks and all.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: another version came since, or is being prepared.
    """
    policy.require(actor, Action.KEEP_FORMS, form.unit_id)
    _refuse_while_prepared(form)
    versions = ReportForm.objects.filter(unit=form.unit_id, code=form.code)
    if versions.order_by("-number")[0].number != form.number + 1:
        raise Refusal(_("The form was changed since. Make a new version of it by hand."))
    draft = copy_form(actor=actor, form=form)
    return use_form(actor=actor, form=draft, version=draft.version)


def _refuse_while_prepared(form: ReportForm) -> None:
    if ReportForm.objects.filter(unit=form.unit_id, code=form.code, state=FormState.DRAFT).exists():
        raise Refusal(_("A new version of this form is being prepared. Change that one, and put it to use."))
