"""The pages of opinions, for whoever listens: entered, read, sorted, passed on, answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motbuoc.domains.listening import services, sorting
from motbuoc.domains.listening.intake import TellsWho
from motbuoc.domains.listening.models import Opinion
from motbuoc.domains.listening.receipts import new_form_key, shown
from motbuoc.domains.listening.selectors import (
    may_listen,
    may_note,
    opinion_steps_for,
    opinions_for,
    themes_of,
    waiting_for,
    who_may_act,
)
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal
from motbuoc.foundation.history.selectors import history_of
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.forms import VersionedForm
from motbuoc.interfaces.web.listening.boxes import box_crumbs, seen_box
from motbuoc.interfaces.web.listening.opinion_forms import (
    AnswerOpinionForm,
    HeedForm,
    OpinionNoteForm,
    PassOnForm,
    ReadByPeople,
    SortForm,
)
from motbuoc.interfaces.web.listening.screened import screened, tell_spots
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.square_codes import square_code
from motbuoc.interfaces.web.viewer import ViewerRequest

methods = require_http_methods(["GET", "HEAD", "POST"])
PAGE_SIZE = 30
MOST_UNITS = 300  # that an opinion can be passed on to from a list


@methods
@asks(Action.NOTE_OPINION, do=Action.NOTE_OPINION)
def opinion_note(request: ViewerRequest, pk: int) -> HttpResponse:
    """Enter what came on paper or is said around; a receipt for paper is shown once, to be printed."""
    box = seen_box(request, pk)
    if not may_note(request.viewer, box):
        raise policy.refusal(request.viewer, (Action.NOTE_OPINION,))
    form = OpinionNoteForm(posted(request), initial={"key": new_form_key()})
    context = {"box": box, "crumbs": box_crumbs(), "form": form}
    if request.method == "POST" and form.is_valid():
        words, channel = form.words(), form.cleaned_data["channel"]
        said = screened(
            form, lambda: services.note_opinion(actor=request.viewer, box=box, words=words, channel=channel)
        )
        if said and not said.code:
            messages.success(request, _("Noted."))
            return redirect("opinion_note", pk)
        if said:
            address = request.build_absolute_uri(reverse("receipt"))
            context |= {"opinion": said.opinion, "receipt": shown(said.code), "address": address}
            context["code"] = square_code(f"{address}#{shown(said.code)}")
            return render(request, "listening/opinion_noted.html", context)
    return render(request, "listening/opinion_note.html", context, status=422 if form.errors else 200)


@require_safe
@asks(Action.ANSWER_OPINION)
def opinion_list(request: ViewerRequest) -> HttpResponse:
    """The opinions that wait, or all: what was said to the units for which one listens."""
    is_all = request.GET.get("xem") == "tat-ca"
    rows = opinions_for(request.viewer) if is_all else waiting_for(request.viewer)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    tabs = [(_("Waiting"), "?", not is_all), (_("All"), "?xem=tat-ca", is_all)]
    context = {"page": page, "opinions": list(page), "tabs": tabs, "crumbs": box_crumbs(), "today": clock.today()}
    return render(request, "listening/opinion_list.html", context)


@methods
@asks(Action.ANSWER_OPINION, send=Action.ANSWER_OPINION)
def opinion_detail(request: ViewerRequest, pk: int) -> HttpResponse:
    """One opinion: its words, its theme, and the steps one may take."""
    opinion = get_object_or_404(opinions_for(request.viewer), pk=pk)
    looks_at(request, "opinion", pk, opinion.unit_id)
    return _take(request, opinion) if request.method == "POST" else _detail(request, opinion)


def _forms(request: ViewerRequest, opinion: Any) -> dict[str, VersionedForm]:
    """The forms of the steps that the viewer may take now, the one that was sent with what was typed."""
    steps = {step.name for step in opinion_steps_for(request.viewer, opinion)}
    sent = request.POST.get("step") if request.method == "POST" else None
    version = {"version": opinion.version}
    forms: dict[str, VersionedForm] = {}

    def bound(name: str) -> Any:
        return request.POST if sent == name else None

    if may_listen(request.viewer, opinion.box.unit_id):
        themes = [(theme.pk, theme.name) for theme in themes_of(opinion.box.unit_id)]
        first = version | {"theme": opinion.theme_id, "tendency": opinion.tendency}
        first |= {"is_pressing": opinion.is_pressing}
        forms["sort_opinion"] = SortForm(bound("sort_opinion"), initial=first, themes=themes, auto_id="id_sort_%s")
    if "answer_opinion" in steps:
        first = version | {"answer": opinion.answer}
        forms["answer_opinion"] = AnswerOpinionForm(bound("answer_opinion"), initial=first, auto_id="id_answer_%s")
    if "heed_opinion" in steps:
        forms["heed_opinion"] = HeedForm(bound("heed_opinion"), initial=version, auto_id="id_heed_%s")
    if "pass_opinion_on" in steps:
        units = [(unit.pk, unit.name) for unit in who_may_act(opinion)[:MOST_UNITS]]
        forms["pass_opinion_on"] = PassOnForm(
            bound("pass_opinion_on"), initial=version, units=units, auto_id="id_pass_%s"
        )
    return forms


def _detail(request: ViewerRequest, opinion: Any, forms: Any = None, *, status: int = 200) -> HttpResponse:
    context = {
        "opinion": opinion,
        "crumbs": (*box_crumbs(), (opinion.box.name, reverse("opinion_list"))),
        "forms": _forms(request, opinion) if forms is None else forms,
        "history_lines": history_of(request.viewer, "opinion", opinion.pk),
        "today": clock.today(),
    }
    return render(request, "listening/opinion_detail.html", context, status=status)


def _take(request: ViewerRequest, opinion: Any) -> HttpResponse:
    forms = _forms(request, opinion)
    name = request.POST.get("step", "")
    form = forms.get(name)
    if form is None:
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    if not form.is_valid():
        return _detail(request, opinion, forms, status=422)
    try:
        _services(request, opinion, form.cleaned_data)[name]()
    except NotAllowed:
        raise
    except TellsWho as found:
        assert isinstance(form, ReadByPeople)
        tell_spots(form, form.told_at, found)
        return _detail(request, opinion, forms, status=422)
    except Refusal as refusal:
        form.refuse(refusal)
        return _detail(request, opinion, forms, status=409 if isinstance(refusal, Collision) else 422)
    messages.success(request, _("Saved."))
    return redirect("opinion_detail", opinion.pk)


def _services(request: ViewerRequest, opinion: Opinion, found: dict[str, Any]) -> dict[str, Callable[[], object]]:
    on: dict[str, Any] = {"actor": request.viewer, "opinion": opinion, "version": found["version"]}
    wanted = found.get("theme")
    return {
        "sort_opinion": lambda: sorting.sort_opinion(
            **on,
            theme=themes_of(opinion.box.unit_id).get(pk=wanted) if wanted else None,
            tendency=found["tendency"],
            is_pressing=found["is_pressing"],
        ),
        "answer_opinion": lambda: services.answer_opinion(**on, text=found["answer"], keeps=found["keeps"]),
        "heed_opinion": lambda: services.heed_opinion(**on, reason=found["reason"], keeps=found["keeps"]),
        "pass_opinion_on": lambda: services.pass_opinion_on(**on, unit_id=found["unit"]),
    }
