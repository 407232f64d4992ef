"""The pages of a unit's boxes: where it takes in opinions, each with the sheet that hangs there."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.listening import services
from motbuoc.domains.listening.selectors import (
    boxes_for,
    may_listen,
    may_note,
    places_of,
    units_that_listen,
    waiting_for,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.listening.opinion_forms import BoxChangeForm, BoxForm
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.people.form_page import FormPage
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
MOST_WAITING = 10
MOST_PLACES = 300  # units that can be chosen from a list


def box_crumbs() -> tuple[tuple[Any, str], ...]:
    """The way back to the boxes."""
    return ((_("Opinions"), reverse("box_list")),)


def board_crumbs(unit_id: int) -> tuple[tuple[Any, str], ...]:
    """The way back to a unit's issue board, which some may see who see no box."""
    return ((_("Issue board"), f"{reverse('theme_board')}?don-vi={unit_id}"),)


def seen_box(request: ViewerRequest, pk: int, *, listens: bool = False) -> Any:
    """The box, if the viewer sees it; to change it, only if they listen for its unit."""
    box = get_object_or_404(boxes_for(request.viewer), pk=pk)
    looks_at(request, "opinion_box", pk, box.unit_id)
    if listens and not may_listen(request.viewer, box.unit_id):
        raise policy.refusal(request.viewer, (Action.ANSWER_OPINION,))
    return box


@require_safe
@asks(Action.NOTE_OPINION)
def box_list(request: ViewerRequest) -> HttpResponse:
    """Where opinions come in, and those that wait to be dealt with."""
    viewer = request.viewer
    waiting = waiting_for(viewer)
    context = {
        "boxes": [(box, may_note(viewer, box), may_listen(viewer, box.unit_id)) for box in boxes_for(viewer)],
        "waiting": list(waiting[:MOST_WAITING]),
        "listens": policy.may(viewer, Action.ANSWER_OPINION),
        "sees_board": policy.may(viewer, Action.VIEW_THEMES),
        "today": clock.today(),
    }
    return render(request, "listening/box_list.html", context)


@methods
@asks(Action.NOTE_OPINION, do=Action.ANSWER_OPINION)
def box_make(request: ViewerRequest) -> HttpResponse:
    """Open a box: of one's unit, hung there or at a unit below."""
    units = list(units_that_listen(request.viewer))
    asked = request.GET.get("don-vi", "")
    unit = next((each for each in units if str(each.pk) == asked), units[0] if units else None)
    if unit is None:
        raise policy.refusal(request.viewer, (Action.ANSWER_OPINION,))
    places = [(each.pk, each.name) for each in places_of(unit.pk)[:MOST_PLACES]]
    form = BoxForm(posted(request), places=places, initial={"place": unit.pk})
    page = FormPage(
        title=_("Open a box"),
        subtitle=unit.name,
        button=_("Open it"),
        back=reverse("box_list"),
        crumbs=box_crumbs(),
        done=_("Open. Print its sheet and hang it up."),
    )
    return page.answer(
        request,
        form,
        lambda: services.make_box(actor=request.viewer, unit_id=unit.pk, terms=form.terms()),
    )


@methods
@asks(Action.NOTE_OPINION, do=Action.ANSWER_OPINION)
def box_change(request: ViewerRequest, pk: int) -> HttpResponse:
    """Change what a box says, close it or open it again."""
    box = seen_box(request, pk, listens=True)
    first = {name: getattr(box, name) for name in ("name", "words", "is_open", "version")}
    first["place"] = box.place_id
    places = [(each.pk, each.name) for each in places_of(box.unit_id)[:MOST_PLACES]]
    form = BoxChangeForm(posted(request), places=places, initial=first)
    page = FormPage(
        title=_("Change the box"),
        subtitle=box.unit_name,
        button=_("Save"),
        back=reverse("box_list"),
        crumbs=box_crumbs(),
        done=_("Saved."),
        fresh=lambda: seen_box(request, pk).version,
    )

    def do() -> object:
        found = form.cleaned_data
        return services.change_box(
            actor=request.viewer, box=box, version=found["version"], terms=form.terms(), is_open=found["is_open"]
        )

    return page.answer(request, form, do)


@require_safe
@asks(Action.NOTE_OPINION)
def box_sheet(request: ViewerRequest, pk: int) -> HttpResponse:
    """The sheet to be hung up: the square code, and lines to write on."""
    box = seen_box(request, pk)
    address = request.build_absolute_uri(reverse("box_page", args=[box.address]))
    context = {"box": box, "address": address, "code": square_code(address), "crumbs": box_crumbs()}
    return render(request, "listening/box_sheet.html", context)
