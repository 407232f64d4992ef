"""The issue board and its themes: never people."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motbuoc.domains.listening import services, sorting
from motbuoc.domains.listening.board import Row, board_of
from motbuoc.domains.listening.intake import TellsWho
from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.selectors import (
    grouped_of,
    may_listen,
    opinions_for,
    themes_for,
    themes_of,
    units_that_listen,
    units_with_boards,
    waiting_for,
)
from motbuoc.domains.listening.suppression import smallest_group
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.jobs.grouping import group_opinions
from motbuoc.interfaces.web.listening.boxes import board_crumbs
from motbuoc.interfaces.web.listening.opinion_forms import HeedForm, MergeForm, ReadByPeople, ThemeForm
from motbuoc.interfaces.web.listening.pictures import ORDER, course_picture, shares_picture
from motbuoc.interfaces.web.listening.screened import tell_spots
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 30


@require_safe
@asks(Action.VIEW_THEMES)
def theme_board(request: ViewerRequest) -> HttpResponse:
    """The issue board of a unit: what is spoken of, how much, whereto it tends, and what is being done."""
    viewer = request.viewer
    units = list(units_with_boards(viewer))
    asked = request.GET.get("don-vi", "")
    unit = next((each for each in units if str(each.pk) == asked), units[0] if units else None)
    rows = board_of(themes_for(viewer).filter(unit=unit.pk)) if unit else []
    own = list(units_that_listen(viewer))
    context = {
        "unit": unit,
        "units": [(each.name, f"?don-vi={each.pk}", each == unit) for each in units],
        "rows": [(row, course_picture(row.lately), *_tending(row)) for row in rows if not row.is_small],
        # The words of so few would tell what they said: until a person has named it, it is for who listens alone.
        "small": [row.theme for row in rows if row.is_small and (row.theme.is_named or unit in own)],
        "grouped": grouped_of(unit.pk) if unit else None,
        "own": own,
        "listens": unit in own,
        "least": smallest_group(),
    }
    return render(request, "listening/theme_board.html", context)


def _tending(row: Row) -> tuple[Any, str]:
    """Whereto a theme tends: as a picture and in words, both empty where too few are sorted."""
    names = dict(Opinion.Tendency.choices)
    words = " · ".join(f"{names[name]} {row.shares[name]} %" for name in ORDER if row.shares.get(name))
    return shares_picture(row.shares), words


@require_POST
@asks(Action.VIEW_THEMES, do=Action.ANSWER_OPINION)
def themes_group(request: ViewerRequest) -> HttpResponse:
    """Group what was said to a unit into themes, again."""
    own = {str(unit.pk): unit for unit in units_that_listen(request.viewer)}
    unit = own.get(request.POST.get("unit", ""))
    if unit is None:
        raise Refusal(_("Choose one of your units."))
    board = redirect(f"{reverse('theme_board')}?don-vi={unit.pk}")
    if sorting.is_long_to_group(unit.pk):
        group_opinions.enqueue(request.viewer.pk, unit.pk)
        messages.success(request, _("They are being grouped in the background. Reload the board in a minute."))
        return board
    grown = sorting.group_again(actor=request.viewer, unit_id=unit.pk)
    words = _("%(opinions)s opinions looked at: %(placed)s stand in themes, of which %(new)s are new.")
    messages.success(request, words % grown._asdict())
    return board


@methods
@asks(Action.VIEW_THEMES, send=Action.ANSWER_OPINION)
def theme_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One theme: its figures by week; its words, for who listens; named, merged."""
    theme = get_object_or_404(themes_for(request.viewer), pk=pk)
    looks_at(request, "theme", pk, theme.unit_id)
    if request.method == "POST":
        if not may_listen(request.viewer, theme.unit_id):
            raise policy.refusal(request.viewer, (Action.ANSWER_OPINION,))
        return _take(request, theme)
    return _detail(request, theme)


def _forms(request: ViewerRequest, theme: Any) -> dict[str, Any]:
    if not may_listen(request.viewer, theme.unit_id):
        return {}
    sent = request.POST.get("step") if request.method == "POST" else None
    first = {"version": theme.version, "name": theme.name, "told": theme.told}
    others = [(each.pk, each.name) for each in themes_of(theme.unit_id) if each.pk != theme.pk]
    forms: dict[str, Any] = {
        "name_theme": ThemeForm(
            request.POST if sent == "name_theme" else None, initial=first, auto_id="id_name_%s"
        )
    }
    if waiting_for(request.viewer).filter(theme=theme, unit=theme.unit_id).exists():
        forms["heed_theme"] = HeedForm(
            request.POST if sent == "heed_theme" else None, initial=first, auto_id="id_heed_%s"
        )
    if others:
        forms["merge_themes"] = MergeForm(
            request.POST if sent == "merge_themes" else None, initial=first, themes=others, auto_id="id_merge_%s"
        )
    return forms


def _detail(request: ViewerRequest, theme: Any, forms: Any = None, *, status: int = 200) -> HttpResponse:
    row = board_of([theme])[0]
    if row.is_small and not may_listen(request.viewer, theme.unit_id):
        theme.words = []  # the words of so few would tell what they said
        theme.name = theme.name if theme.is_named else _("Said by too few to be shown")
    said = opinions_for(request.viewer).filter(theme=theme)
    page = Paginator(said, PAGE_SIZE).get_page(request.GET.get("page"))
    names = dict(Opinion.Tendency.choices)
    context = {
        "theme": theme,
        "row": row,
        "course": course_picture(row.course),
        "shares": shares_picture(row.shares),
        "tendencies": [(names[name], count) for name, count in row.tendencies.items() if count],
        "page": page,
        "opinions": list(page),
        "listens": may_listen(request.viewer, theme.unit_id),
        "forms": _forms(request, theme) if forms is None else forms,
        "crumbs": board_crumbs(theme.unit_id),
        "history_lines": history_of(request.viewer, "theme", theme.pk),
        "least": smallest_group(),
    }
    return render(request, "listening/theme_detail.html", context, status=status)


def _take(request: ViewerRequest, theme: Any) -> HttpResponse:
    forms, name = _forms(request, theme), request.POST.get("step", "")
    form = forms.get(name)
    if form is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    if not form.is_valid():
        return _detail(request, theme, forms, status=422)
    found = form.cleaned_data
    on: dict[str, Any] = {"actor": request.viewer, "theme": theme, "version": found["version"]}
    try:
        if name == "heed_theme":
            services.heed_theme(actor=request.viewer, theme=theme, reason=found["reason"], keeps=found["keeps"])
            done = theme
        elif name == "merge_themes":
            done = sorting.merge_themes(**on, into=themes_of(theme.unit_id).get(pk=found["into"]))
        else:
            done = sorting.name_theme(**on, name=found["name"], told=found["told"], keeps=found["keeps"])
    except NotAllowed:
        raise
    except TellsWho as spots:
        assert isinstance(form, ReadByPeople)
        tell_spots(form, form.told_at, spots)
        return _detail(request, theme, forms, status=422)
    except Refusal as refusal:
        form.refuse(refusal)
        return _detail(request, theme, forms, status=409 if isinstance(refusal, Collision) else 422)
    messages.success(request, _("Saved."))
    return redirect("theme_detail", done.pk)
