"""The page of the report of the situation: proposed from the board, changed by who signs, taken along as Word."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.listening.selectors import may_listen, units_with_boards
from motbuoc.domains.listening.situation import BY_HAND, TITLES, Situation, paper_of, scale_in_words, situation_of
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import Refusal
from motbuoc.interfaces.papers.situation import situation_file
from motbuoc.interfaces.web.documents.forms import posted
from motbuoc.interfaces.web.downloads import made_download
from motbuoc.interfaces.web.forms import Form
from motbuoc.interfaces.web.listening.boxes import board_crumbs
from motbuoc.interfaces.web.looking import looks_at
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest

SPANS = (4, 13, 26)  # weeks that a report can be about


class SituationForm(Form):
    """Every section as it is proposed, to be changed; who signs."""

    number = forms.CharField(label=pgettext_lazy("of a document", "Number"), required=False, max_length=10)
    title = forms.CharField(label=_lazy("Position of who signs"), required=False, max_length=120)
    name = forms.CharField(label=_lazy("Name of who signs"), required=False, max_length=120)

    def __init__(self, *args: Any, found: Situation | None, **options: Any) -> None:
        super().__init__(*args, **options)
        for key, title in TITLES.items():
            proposed = "\n".join(sentence.words for sentence in found.sections[key]) if found else ""
            self.fields[f"text_{key}"] = forms.CharField(
                label=title,
                required=False,
                max_length=20_000,
                initial=proposed,
                widget=forms.Textarea({"rows": 3 if key in BY_HAND else min(8, 2 + proposed.count("\n") * 2)}),
            )
        self.order_fields([*(f"text_{key}" for key in TITLES), "number", "title", "name"])

    def texts(self) -> dict[str, str]:
        """The sections as they were left."""
        return {key: self.cleaned_data[f"text_{key}"] for key in TITLES}


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_THEMES, send=Action.ANSWER_OPINION)
def situation_report(request: ViewerRequest, pk: int) -> HttpResponse | FileResponse:
    """The report of a unit's situation: each proposed sentence with its themes, and the form that writes it."""
    unit = units_with_boards(request.viewer).filter(pk=pk).first()
    if unit is None:
        raise Http404
    looks_at(request, "unit", pk, pk)
    writes = may_listen(request.viewer, pk)
    if request.method == "POST" and not writes:
        raise policy.refusal(request.viewer, (Action.ANSWER_OPINION,))
    asked = request.GET.get("tuan", "")
    weeks = next((span for span in SPANS if str(span) == asked), SPANS[0])
    found, why = _found(pk, weeks)
    form = SituationForm(posted(request), found=found)
    if request.method == "POST" and found and form.is_valid():
        given = form.cleaned_data
        content = paper_of(pk, found, form.texts(), (given["number"], given["title"], given["name"]))
        return made_download(situation_file(content), f"Báo cáo tình hình {found.until:%d-%m-%Y}.docx")
    context = {
        "unit": unit,
        "found": found,
        "why": why,
        "sections": [(TITLES[key], found.sections[key]) for key in TITLES if key not in BY_HAND] if found else [],
        "scale": scale_in_words(),
        "form": form if writes else None,
        "spans": [(_("%(weeks)s weeks") % {"weeks": span}, f"?tuan={span}", span == weeks) for span in SPANS],
        "crumbs": board_crumbs(pk),
    }
    return render(request, "listening/situation_report.html", context, status=422 if form.errors else 200)


def _found(unit_id: int, weeks: int) -> tuple[Situation | None, str]:
    try:
        return situation_of(unit_id, weeks), ""
    except Refusal as refusal:
        return None, str(refusal.message)
