"""Who may do what on a unit and why; giving and ending roles; a question and its answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import ACTIONS, Action, Role, roles_with
from motbuoc.foundation.administration.people_found import person_named
from motbuoc.foundation.administration.selectors import Reason, grants_on, grants_to_end_for, reasons, rights_on
from motbuoc.foundation.administration.services import end_grant, grant_role
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.selectors import known_units_for, units_called, units_for
from motbuoc.foundation.units.selectors import keeper_of
from motbuoc.interfaces.web.access.forms import GrantEndForm, GrantForm, QuestionForm
from motbuoc.interfaces.web.access.inspections import panel_of
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.people.lookup import MOST, LookUp
from motbuoc.interfaces.web.people.stand_ins import people_named
from motbuoc.interfaces.web.people.words import span, why
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SHOWN = 30  # people of one action; the rest are counted


@require_safe
@asks(Action.VIEW_UNIT, do=Action.VIEW_RIGHTS)
def unit_rights(request: ViewerRequest, pk: int) -> HttpResponse:
    """In plain words who may do what on this unit, and through what; which role may do which action."""
    viewer, today = request.viewer, clock.today()
    unit = get_object_or_404(known_units_for(viewer, today), pk=pk)
    looks_at(request, "unit", pk, pk)
    told = rights_on(viewer, pk)
    may_give = policy.may_on(viewer, Action.MANAGE_RIGHTS, pk)
    may_end = policy.may_on(viewer, Action.MANAGE_RIGHTS, keeper_of(pk, today))
    context = {
        "unit": unit,
        "groups": [(action.label, *_people_who(told, action)) for action in Action],
        "roles": [role.label for role in Role],
        "matrix": [(action.label, [action in ACTIONS[role] for role in Role]) for action in Action],
        "may_give": may_give,
        "may_end": may_end,
        "may_invite": policy.may_on(viewer, Action.MANAGE_PEOPLE, pk),
        "grants": [(grant, span(grant)) for grant in grants_on(pk, today)] if may_end else [],
        **panel_of(viewer, pk),
    }
    return render(request, "access/unit_rights.html", context)


def _people_who(told: Iterable[Reason], action: Action) -> tuple[list[tuple[Person, list[str]]], int]:
    """Those who may do it, each with everything through which they may; and how many more there are."""
    found: dict[Person, list[str]] = {}
    for reason in told:
        if action in ACTIONS[reason.role]:
            found.setdefault(reason.person, []).append(why(reason))
    return list(found.items())[:SHOWN], max(0, len(found) - SHOWN)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_UNIT, do=Action.MANAGE_RIGHTS)
def grant_give(request: ViewerRequest, pk: int) -> HttpResponse:
    """Give somebody a role on a unit."""
    unit = get_object_or_404(units_for(request.viewer, clock.today()), pk=pk)
    policy.require(request.viewer, Action.MANAGE_RIGHTS, pk)
    posted = request.POST if request.method == "POST" else None
    form = GrantForm(posted, look_ups={"person": people_named(request.viewer)})
    page = FormPage(
        title=_("Give a role"),
        subtitle=_("On %(unit)s and everything below it.") % {"unit": unit.name},
        notes=[_("An inspection needs a last day; every page the inspector looks at is shown to the unit.")],
        button=_("Give the role"),
        back=reverse("unit_rights", args=[pk]),
        crumbs=((_("Rights on %(unit)s") % {"unit": unit.name}, reverse("unit_rights", args=[pk])),),
        done=_("The role was given."),
    )

    def do() -> None:
        person, role = person_named(form.cleaned_data["person"]), Role(form.cleaned_data["role"])
        grant_role(actor=request.viewer, person=person, role=role, unit=unit, term=form.term)

    return page.answer(request, form, do)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_RIGHTS, do=Action.MANAGE_RIGHTS)
def grant_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a role that was given."""
    grant = get_object_or_404(grants_to_end_for(request.viewer, clock.today()), pk=pk)
    looks_at(request, "grant", pk, grant.unit_id)
    policy.require(request.viewer, Action.MANAGE_RIGHTS, keeper_of(grant.unit_id, clock.today()))
    form = GrantEndForm(request.POST if request.method == "POST" else None)
    named = {"name": grant.person.full_name, "role": grant.get_role_display(), "unit": grant.unit_name}
    back = reverse("unit_rights", args=[grant.unit_id])
    page = FormPage(
        title=_("End a role"),
        subtitle=_("%(name)s: %(role)s at %(unit)s") % named,
        button=_("End the role"),
        back=back,
        crumbs=((_("Rights on %(unit)s") % named, back),),
        done=_("The end was recorded."),
    )
    return page.answer(request, form, lambda: end_grant(actor=request.viewer, grant=grant, on=form.on))


@require_safe
@asks(Action.VIEW_UNIT, do=Action.VIEW_RIGHTS)
def rights_question(request: ViewerRequest) -> HttpResponse:
    """May this person do this on that unit? Yes with every reason; or no, with what is missing and who could."""
    viewer, today = request.viewer, clock.today()

    def units(words: str) -> list[tuple[int, str]]:
        found = units_called(viewer, words.strip(), today, MOST + 1)
        return [(unit.pk, f"{unit.name} ({unit.code})") for unit in found]

    look_ups = {"person": people_named(viewer), "unit": LookUp(units, _("You see no unit of this name or code."))}
    asked = request.GET if "person" in request.GET else None
    form = QuestionForm(asked, look_ups=look_ups, initial={"unit": request.GET.get("unit", "")})
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        unit = units_for(viewer, today).get(pk=form.cleaned_data["unit"])
        policy.require(viewer, Action.VIEW_RIGHTS, unit.pk)
        looks_at(request, "unit", unit.pk, unit.pk)
        action, person = Action(form.cleaned_data["action"]), person_named(form.cleaned_data["person"])
        found = reasons(person, action, unit.pk)
        context |= {"unit": unit, "person": person, "action": action.label, "reasons": [why(row) for row in found]}
        if not found:
            context["roles"] = [role.label for role in roles_with(action)]
            context["able"] = list(policy.who_may(action, unit).order_by("full_name")[:SHOWN])
    return render(request, "access/rights_question.html", context, status=422 if form.errors else 200)
