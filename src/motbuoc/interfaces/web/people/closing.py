"""Closing and opening accounts, a person's name, and erasing a person's data."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.accounts import close_account, erase_person, rename_person, reopen_account
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.people.forms import NameForm, ReasonForm
from motbuoc.interfaces.web.people.pages import crumbs_to, person_or_404
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest


@require_POST
@asks(Action.MANAGE_PEOPLE)
def account_close(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let a person sign in no longer."""
    close_account(actor=request.viewer, person=person_or_404(request, pk))
    messages.success(request, _("The account is closed. Whoever was signed in by it no longer is."))
    return redirect("person_detail", pk=pk)


@require_POST
@asks(Action.MANAGE_PEOPLE)
def account_reopen(request: ViewerRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    reopen_account(actor=request.viewer, person=person_or_404(request, pk))
    messages.success(
        request, _("The account is open again. Invite the person, so that they choose a new password.")
    )
    return redirect("person_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def person_rename(request: ViewerRequest, pk: int) -> HttpResponse:
    """Write a person's name otherwise."""
    person = person_or_404(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = NameForm(posted, initial={"full_name": person.full_name})
    page = FormPage(
        title=_("Change the name"),
        subtitle=_("The new name is shown everywhere from now on; reports already made keep the old one."),
        button=_("Save"),
        back=reverse("person_detail", args=[pk]),
        crumbs=crumbs_to(person),
        done=_("The name was changed."),
    )
    name = form.cleaned_data.get("full_name", "") if form.is_valid() else ""
    return page.answer(request, form, lambda: rename_person(actor=request.viewer, person=person, full_name=name))


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def person_erase(request: ViewerRequest, pk: int) -> HttpResponse:
    """Erase the personal data of somebody who has left, after saying what goes and what stays."""
    person = person_or_404(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    page = FormPage(
        title=_("Erase the data of %(name)s") % {"name": person.full_name},
        subtitle=_("For somebody who holds no position and no role any more."),
        notes=[
            _("What goes: the name, everywhere in the system; the account with its sign-in name and password."),
            _(
                "What stays: what they did and when, in the history, under no name; the terms of their positions; "
                "words they wrote in tasks; reports and documents already made, with any name in them."
            ),
        ],
        button=_("Erase for ever"),
        back=reverse("person_detail", args=[pk]),
        crumbs=crumbs_to(person),
        done=_("The personal data were erased."),
        is_grave=True,
    )
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    return page.answer(request, form, lambda: erase_person(actor=request.viewer, person=person, reason=reason))
