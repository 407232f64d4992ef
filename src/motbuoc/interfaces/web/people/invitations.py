"""Inviting people, on paper or by e-mail, and the page where a code is used."""

from __future__ import annotations

from smtplib import SMTPException

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.invitations import (
    Invited,
    accept_invitation,
    invitation_behind,
    invite_person,
    withdraw_invitation,
)
from motbuoc.foundation.administration.people_found import Card, cards_of, without_account
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.people.selectors import username_of
from motbuoc.foundation.reorganisation.selectors import units_for
from motbuoc.interfaces.web.accounts.limits import Counter, count_try
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.forms import CodeForm, InviteForm, JoinForm
from motbuoc.interfaces.web.people.pages import crumbs_to, person_or_404
from motbuoc.interfaces.web.people.slips import Slip, slip_of
from motbuoc.interfaces.web.people.words import day
from motbuoc.interfaces.web.rights import asks, asks_nobody
from motbuoc.interfaces.web.viewer import ViewerRequest

MOST_SLIPS = 60  # at once: QR codes take their time


def _slips(request: ViewerRequest, slips: list[Slip], back: str, refused: list[str]) -> HttpResponse:
    """The slips, this once: the codes are kept nowhere."""
    context = {"slips": slips, "back": back, "refused": refused}
    return render(request, "people/slips.html", context)


def _card(person: Person) -> Card:
    [card] = cards_of([person], clock.today())
    return card


def _place(card: Card) -> str:
    return "; ".join(f"{row.get_title_display()}, {row.unit_name}" for row in card.positions[:2])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def invitation_make(request: ViewerRequest, pk: int) -> HttpResponse:
    """Invite one person: print a slip, or send the code where a mail server is set up."""
    person = person_or_404(request, pk)
    can_mail = settings.MAIL_READY
    form = InviteForm(request.POST if request.method == "POST" else None)
    if not can_mail:
        del form.fields["email"]
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            invited = invite_person(actor=request.viewer, person=person, email=form.cleaned_data.get("email", ""))
            return _hand_over(request, invited)
    context = {
        "form": form,
        "person": person,
        "card": _card(person),
        "can_mail": can_mail,
        "crumbs": crumbs_to(person),
    }
    return render(request, "people/invitation_make.html", context, status=422 if form.errors else 200)


def _hand_over(request: ViewerRequest, invited: Invited) -> HttpResponse:
    person, email = invited.invitation.person, invited.invitation.email
    back = reverse("person_detail", args=[person.pk])
    if not email:
        return _slips(request, [slip_of(request, invited, _place(_card(person)))], back, [])
    try:
        _send(request, invited)
    except (SMTPException, OSError):
        messages.error(request, _("The mail server did not take the message. Try again, or print a slip."))
    else:
        messages.success(request, _("The code was sent to %(email)s.") % {"email": email})
    return redirect(back)


def _send(request: HttpRequest, invited: Invited) -> None:
    address = request.build_absolute_uri(reverse("invitation_accept"))
    words = _(
        "Dear %(name)s,\n\nYou are invited to sign in to Một Bước. Open %(address)s#%(code)s and choose a sign-in "
        "name and a password.\n\nOr type this code at %(address)s: %(code)s\n\nIt works once, until %(last)s. If "
        "this was not meant for you, throw it away."
    ) % {
        "name": invited.invitation.person.full_name,
        "address": address,
        "code": invited.code,
        "last": day(invited.invitation.expires_at.date()),
    }
    send_mail(_("Your invitation to Một Bước"), words, None, [invited.invitation.email])


@require_POST
@asks(Action.MANAGE_PEOPLE)
def invitation_withdraw(request: ViewerRequest, pk: int) -> HttpResponse:
    """Make the code of a person worthless."""
    withdraw_invitation(actor=request.viewer, person=person_or_404(request, pk))
    messages.success(request, _("The invitation was taken back."))
    return redirect("person_detail", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.MANAGE_PEOPLE)
def unit_invitations(request: ViewerRequest, pk: int) -> HttpResponse:
    """Slips for the people of a unit who cannot sign in yet, many at once."""
    unit = get_object_or_404(units_for(request.viewer, clock.today()), pk=pk)
    looks_at(request, "unit", pk, pk)
    people = list(without_account(request.viewer, pk, clock.today())[: MOST_SLIPS + 1])
    asked = set(request.POST.getlist("person"))
    cards = cards_of(people[:MOST_SLIPS], clock.today())
    chosen = [card for card in cards if str(card.person.pk) in asked]
    if request.method == "POST" and chosen:
        slips, refused = [], []
        for card in chosen:
            try:
                invited = invite_person(actor=request.viewer, person=card.person)
            except NotAllowed:
                refused.append(card.person.full_name)
            else:
                slips.append(slip_of(request, invited, _place(card)))
        return _slips(request, slips, reverse("person_list"), refused)
    context = {
        "unit": unit,
        "cards": cards,
        "is_more": len(people) > MOST_SLIPS,
        "nobody_chosen": request.method == "POST",
    }
    return render(
        request, "people/unit_invitations.html", context, status=422 if request.method == "POST" else 200
    )


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@asks_nobody("whoever comes here has no account yet; the code says who they are")
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Use a code: first the code, then a name and a password; afterwards one signs in by them as always."""
    if request.method != "POST":
        return _ask_code(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_code(request, form)
    counted = count_try(request, Counter("invitation", get_ip(request)))
    if counted is None:
        form.refuse(Refusal(_("Too many wrong codes came from here. Wait ten minutes and try again.")))
        return _ask_code(request, form, status=429)
    try:
        person = invitation_behind(form.cleaned_data["code"]).person
    except Refusal as refusal:
        form.refuse(refusal)
        return _ask_code(request, form)
    counted.rollback()
    return _ask_password(request, person)


def _ask_code(request: HttpRequest, form: CodeForm, status: int = 422) -> HttpResponse:
    return render(request, "people/invitation_accept.html", {"form": form}, status=status if form.errors else 200)


def _ask_password(request: HttpRequest, person: Person) -> HttpResponse:
    known = username_of(person)
    is_sent = "password" in request.POST
    form = JoinForm(request.POST if is_sent else None, known=known, initial={"code": request.POST["code"]})
    if is_sent and form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("code", "username", "password")}
        try:
            accept_invitation(**asked)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Done. Sign in with the name and password you have just chosen."))
            return redirect("sign_in")
    context = {"form": form, "person": person, "place": _place(_card(person)), "known": known}
    return render(request, "people/invitation_accept.html", context, status=422 if form.errors else 200)
