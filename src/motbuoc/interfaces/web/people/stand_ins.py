"""Stand-ins: the page for the holder of a position, and the forms for whoever looks after people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.people_found import cards_of, person_named
from motbuoc.foundation.administration.selectors import (
    own_positions,
    people_called,
    positions_to_end_for,
    stand_ins_for,
    stood_in_for,
)
from motbuoc.foundation.administration.services import end_stand_in, let_stand_in
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import Person
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.people.forms import StandInForm
from motbuoc.interfaces.web.people.lookup import MOST, LookUp
from motbuoc.interfaces.web.people.pages import crumbs_to
from motbuoc.interfaces.web.people.words import span
from motbuoc.interfaces.web.rights import own_things
from motbuoc.interfaces.web.viewer import ViewerRequest


def people_named(viewer: Person) -> LookUp:
    """People one sees, by parts of their names; each told by the position held."""

    def find(words: str) -> list[tuple[int, str]]:
        found = people_called(viewer, words, clock.today(), MOST + 1) if words.strip() else []
        return [(person.pk, f"{person.full_name} ({label})") for person, label in found]

    return LookUp(find, _("Nobody in the units you see is called so."))


@require_safe
@own_things("the viewer's own positions, and for whom they stand in")
def stand_in_own(request: ViewerRequest) -> HttpResponse:
    """Who stands in for the viewer, and for whom the viewer does."""
    today = clock.today()
    [card] = cards_of([request.viewer], today)
    context = {
        "positions": [
            {
                "row": row,
                "span": span(row),
                "stand_ins": [(s, span(s), s.valid_from <= today) for s in row.now_stood_in_by],
            }
            for row in card.positions
        ],
        "acting": [(row, span(row)) for row in stood_in_for(request.viewer, today)],
    }
    return render(request, "people/stand_in_own.html", context)


def _position(request: ViewerRequest, pk: int) -> Any:
    """A position of the viewer's own, or of somebody they look after."""
    viewer, today = request.viewer, clock.today()
    position = own_positions(viewer, today).filter(pk=pk).first()
    return position or get_object_or_404(positions_to_end_for(viewer, today), pk=pk)


def _back(request: ViewerRequest, holder: Person) -> str:
    if holder.pk == request.viewer.pk or not policy.may(request.viewer, Action.MANAGE_PEOPLE):
        return reverse("stand_in_own")
    return reverse("person_detail", args=[holder.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@own_things("a position of the viewer's own; others are found only by who looks after the unit's people")
def stand_in_add(request: ViewerRequest, pk: int) -> HttpResponse:
    """Let somebody stand in for the holder of a position."""
    position = _position(request, pk)
    looks_at(request, "position", pk, position.unit_id)
    posted = request.POST if request.method == "POST" else None
    form = StandInForm(posted, look_ups={"person": people_named(request.viewer)})
    named = {"name": position.person.full_name, "title": position.get_title_display(), "unit": position.unit_name}
    is_own = position.person_id == request.viewer.pk
    page = FormPage(
        title=_("Let somebody stand in"),
        subtitle=_("%(name)s: %(title)s, %(unit)s") % named,
        notes=[
            _(
                "While it lasts they may do at this unit what the holder may. They cannot pass it on. It is shown "
                "wherever the position is."
            )
        ],
        button=_("Let them stand in"),
        back=_back(request, position.person),
        crumbs=((_("Stand-ins"), reverse("stand_in_own")),) if is_own else crumbs_to(position.person),
        done=_("The stand-in was recorded."),
    )

    def do() -> None:
        stand_in = person_named(form.cleaned_data["person"])
        let_stand_in(actor=request.viewer, position=position, person=stand_in, term=form.term)

    return page.answer(request, form, do)


@require_POST
@own_things("a stand-in for the viewer; others are found only by who looks after the unit's people")
def stand_in_end(request: ViewerRequest, pk: int) -> HttpResponse:
    """End a stand-in today."""
    stand_in = stand_ins_for(request.viewer, clock.today()).filter(pk=pk).first()
    if stand_in is None:
        raise Http404
    holder = stand_in.position.person
    end_stand_in(actor=request.viewer, stand_in=stand_in, on=clock.today())
    messages.success(request, _("From now on they no longer stand in."))
    return redirect(_back(request, holder))
