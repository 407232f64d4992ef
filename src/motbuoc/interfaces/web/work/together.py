"""The page on which several tasks are acknowledged, accepted, returned, or asked to be extended, at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from motbuoc.domains.work.together import (
    EXTENSION,
    MOST,
    STEPS,
    Outcome,
    ask_together,
    chosen_for,
    offered_for,
    take_together,
)
from motbuoc.foundation.access.roles import Action
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.rights import asks
from motbuoc.interfaces.web.viewer import ViewerRequest
from motbuoc.interfaces.web.work.forms import LARGEST_ID

LABELS = {**{name: step.label for name, step in STEPS.items()}, EXTENSION: gettext_lazy("Ask for an extension")}
WITH_REASON = ("return", EXTENSION)


class TogetherForm(Form):
    """What to do with all that are chosen."""

    name = forms.ChoiceField(label=gettext_lazy("What to do with those chosen"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("The reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("To return, or to ask for an extension. Each unit reads it."),
    )
    wanted_on = DayField(
        label=gettext_lazy("Wanted day"), required=False, help_text=gettext_lazy("Of an extension.")
    )

    def __init__(self, *args: Any, offered: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        names = list(offered)
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, LABELS[name]) for name in names]
        if not set(names) & set(WITH_REASON):
            del self.fields["reason"]
        if EXTENSION not in names:
            del self.fields["wanted_on"]

    def clean(self) -> dict[str, Any]:
        """What is asked for, with its reason and day where it needs them."""
        asked = self.cleaned_data
        if asked.get("name") in WITH_REASON and not asked.get("reason", "").strip():
            self.add_error("reason", _("Write the reason: it goes to each of the units."))
        if asked.get("name") == EXTENSION and "wanted_on" in asked and not asked["wanted_on"]:
            self.add_error("wanted_on", _("Give the day until which the tasks are to be extended."))
        return asked


@require_http_methods(["GET", "HEAD", "POST"])
@asks(Action.VIEW_ASSIGNMENT, send=(Action.WORK_ON_ASSIGNMENT, Action.DECIDE_ASSIGNMENT))
def together(request: ViewerRequest) -> HttpResponse:
    """The tasks chosen in a list, what can be done to them at once, and what became of each."""
    asked = request.POST if request.method == "POST" else request.GET
    ids = ids_in(asked, "task")
    rows = chosen_for(request.viewer, ids[: MOST + 1])
    if request.method != "POST":
        return _page(request, rows)
    form = TogetherForm(request.POST, offered=LABELS)
    if not rows:
        form.add_error(None, _("Choose tasks in the list first."))
    if not form.is_valid():
        return _page(request, rows, form, 422)
    with form.refusals():
        outcomes = _do(request, form.cleaned_data, [(row, version_in(asked, row.pk)) for row in rows])
        left = {outcome.row.pk for outcome in outcomes if outcome.refusal}
        return _page(request, chosen_for(request.viewer, left), outcomes=outcomes)
    return _page(request, rows, form, 422)


def _do(request: ViewerRequest, asked: dict[str, Any], chosen: list[tuple[Any, int]]) -> list[Outcome]:
    if asked["name"] == EXTENSION:
        reason, wanted_on = asked["reason"], asked["wanted_on"]
        return ask_together(actor=request.viewer, chosen=chosen, reason=reason, wanted_on=wanted_on)
    return take_together(actor=request.viewer, chosen=chosen, name=asked["name"], text=asked.get("reason", ""))


def _page(
    request: ViewerRequest,
    rows: list[Any],
    form: TogetherForm | None = None,
    status: int = 200,
    outcomes: Iterable[Outcome] = (),
) -> HttpResponse:
    offered = offered_for(request.viewer, rows)
    outcomes = list(outcomes)
    context = {
        "rows": rows,
        "form": form or (TogetherForm(offered=offered) if offered else None),
        "done": [one.row for one in outcomes if not one.refusal],
        "refused": [one for one in outcomes if one.refusal],
    }
    return render(request, "work/together.html", context, status=status)


def ids_in(asked: QueryDict, name: str) -> list[int]:
    """The ids ticked under a name, each once; what is no id is left out."""
    typed = (one for one in asked.getlist(name) if one.isascii() and one.isdigit() and len(one) < 20)
    return list(dict.fromkeys(number for one in typed if (number := int(one)) <= LARGEST_ID))


def version_in(asked: QueryDict, pk: int) -> int:
    """The version of a row that was shown; 0, which none has, where none was sent."""
    typed = asked.get(f"version-{pk}", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
