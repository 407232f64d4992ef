"""The people one looks after: the list, one person, and the terms they hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.care import cares_for, units_of
from motbuoc.foundation.administration.people_found import (
    after,
    cards_of,
    people_for,
    people_in_care,
    people_left,
    unit_to_staff,
)
from motbuoc.foundation.administration.selectors import positions_to_end_for
from motbuoc.foundation.administration.services import add_person, appoint, end_position
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person, Position, PositionTitle
from motbuoc.foundation.reorganisation.selectors import units_called
from motbuoc.interfaces.web.forms import asked_of, drawn
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.people.forms import LEFT, EndForm, PeopleFilter, PersonForm, PositionForm
from motbuoc.interfaces.web.people.lookup import MOST, LookUp
from motbuoc.interfaces.web.people.words import account_badge, span
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

PAGE_SIZE = 25
Crumbs = tuple[tuple[Any, str], ...]


def person_or_404(request: ViewerRequest, pk: int) -> Person:
    """The person, if the viewer looks after people where they hold or held something; the page shows them."""
    person = get_object_or_404(people_in_care(request.viewer, clock.today()), pk=pk)
    looks_at(request, "person", pk, units_of(person, clock.today())[0])
    return person


def crumbs_to(person: Person) -> Crumbs:
    """The way to a page about one person."""
    return ((_("People"), reverse("person_list")), (person.full_name, reverse("person_detail", args=[person.pk])))


def units_named(viewer: Person) -> LookUp:
    """Units one may appoint people in, by part of their name or their code."""

    def find(words: str) -> list[tuple[int, str]]:
        found = units_called(viewer, words.strip(), clock.today(), MOST + 1, Action.MANAGE_PEOPLE)
        return [(unit.pk, f"{unit.name} ({unit.code})") for unit in found]

    return LookUp(find, _("No unit of yours has such a name or code."))


@require_safe
@asks(Action.MANAGE_PEOPLE)
def person_list(request: ViewerRequest) -> HttpResponse:
    """The people in reach by name, with what they hold and whether they can sign in; searched and paged."""
    viewer, today = request.viewer, clock.today()
    form = PeopleFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"words": "", "standing": ""}
    people = (people_left if asked["standing"] == LEFT else people_for)(viewer, today, asked["words"])
    name, _comma, pk = request.GET.get("after", "").rpartition(",")
    if pk.isdecimal():
        people = after(people, name, int(pk))
    shown = list(people[: PAGE_SIZE + 1])
    rows = cards_of(shown[:PAGE_SIZE], today, ended=asked["standing"] == LEFT)
    query = {key: value for key, value in asked.items() if value}
    more = ""
    if len(shown) > PAGE_SIZE:
        more = "?" + urlencode(query | {"after": f"{rows[-1].person.full_name},{rows[-1].person.pk}"})
    context = {
        "fields": drawn(PeopleFilter, asked_of(PeopleFilter, request.GET), get_language() or ""),
        "rows": [(card, account_badge(card)) for card in rows],
        "more": more,
        "start": f"?{urlencode(query)}" if pk else "",
        "is_narrowed": bool(query),
    }
    return render(request, "people/person_list.html", context)


@require_safe
@asks(Action.MANAGE_PEOPLE)
def person_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One person: every term they hold or held, their roles, their account, and what can be done about each."""
    viewer, today = request.viewer, clock.today()
    person = person_or_404(request, pk)
    [card] = cards_of([person], today, ended=True)
    held = (*card.positions, *card.grants)
    reach = policy.reach(viewer, Action.MANAGE_PEOPLE)
    seen = set(reach.filter(descendant__in={row.unit_id for row in held}))
    context = {
        "person": person,
        "card": card,
        "badge": account_badge(card),
        "positions": [_row(row, today) for row in card.positions if row.unit_id in seen],
        "grants": [_row(row, today) for row in card.grants if row.unit_id in seen],
        "elsewhere": any(row.unit_id not in seen for row in held),
        "cares": cares_for(viewer, person),
        "is_self": viewer.pk == person.pk,
        "is_free": all(_is_over(row, today) for row in held),
    }
    return render(request, "people/person_detail.html", context)


def _row(row: Any, today: date) -> dict[str, Any]:
    stand_ins = [(s, span(s), s.valid_from <= today) for s in getattr(row, "now_stood_in_by", ())]
    return {"row": row, "span": span(row), "is_over": _is_over(row, today), "stand_ins": stand_ins}


def _is_over(row: Any, today: date) -> bool:
    return row.valid_until is not None and row.valid_until <= today


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def person_add(request: ViewerRequest) -> HttpResponse:
    """Add a person with their first position."""
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        look_ups={"unit": units_named(request.viewer)},
        initial={"unit": request.GET.get("unit", "")},
    )
    page = FormPage(
        title=_("Add a person"),
        subtitle=_("Name and position are enough. Afterwards you can invite them to sign in."),
        button=_("Add"),
        back=reverse("person_list"),
        crumbs=((_("People"), reverse("person_list")),),
        done=_("The person was added."),
        onward=lambda position: reverse("person_detail", args=[position.person_id]),
    )

    def do() -> Position:
        asked = form.cleaned_data
        unit = unit_to_staff(request.viewer, clock.today(), asked["unit"])
        title = PositionTitle(asked["title"])
        return add_person(
            actor=request.viewer, unit=unit, full_name=asked["full_name"], title=title, term=form.term
        )

    return page.answer(request, form, do)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def position_add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Appoint a person to one more position."""
    person = person_or_404(request, pk)
    posted = request.POST if request.method == "POST" else None
    form = PositionForm(posted, look_ups={"unit": units_named(request.viewer)})
    page = FormPage(
        title=_("Appoint %(name)s") % {"name": person.full_name},
        subtitle=_("Somebody may hold several positions, each with its own term."),
        button=_("Appoint"),
        back=reverse("person_detail", args=[pk]),
        crumbs=crumbs_to(person),
        done=_("The position was recorded."),
    )

    def do() -> None:
        asked = form.cleaned_data
        unit = unit_to_staff(request.viewer, clock.today(), asked["unit"])
        title = PositionTitle(asked["title"])
        appoint(actor=request.viewer, person=person, unit=unit, title=title, term=form.term)

    return page.answer(request, form, do)


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.MANAGE_PEOPLE)
def position_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a position."""
    position = get_object_or_404(positions_to_end_for(request.viewer, clock.today()), pk=pk)
    looks_at(request, "position", pk, position.unit_id)
    form = EndForm(request.POST if request.method == "POST" else None)
    named = {"name": position.person.full_name, "title": position.get_title_display(), "unit": position.unit_name}
    page = FormPage(
        title=_("End a position"),
        subtitle=_("%(name)s: %(title)s, %(unit)s") % named,
        notes=[
            _("Whoever stands in for them stops then too. Roles are ended by themselves, on the page of rights.")
        ],
        button=_("End the position"),
        back=reverse("person_detail", args=[position.person_id]),
        crumbs=crumbs_to(position.person),
        done=_("The end was recorded."),
    )
    return page.answer(request, form, lambda: end_position(actor=request.viewer, position=position, on=form.on))
