"""Forms swapped in place; and when two people changed the same: what the other stored beside what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_htmx.http import push_url, reselect, retarget

from motbuoc.foundation.core.errors import Collision
from motbuoc.interfaces.web.forms import VersionedForm
from motbuoc.interfaces.web.viewer import ViewerRequest


@dataclass(frozen=True)
class Difference:
    """One field on which the two versions differ, in words."""

    label: str
    theirs: str
    yours: str


def differences(form: VersionedForm, stored: Mapping[str, Any]) -> list[Difference]:
    """The fields whose cleaned value is not the stored one."""
    found = []
    for name, field in form.fields.items():
        theirs, yours = stored.get(name), form.cleaned_data.get(name)
        if name != "version" and _plain(theirs) != _plain(yours):
            found.append(Difference(str(field.label), _in_words(field, theirs), _in_words(field, yours)))
    return found


def collided(
    form: VersionedForm, collision: Collision, stored: Mapping[str, Any], *, apart: Collection[str] = ()
) -> dict[str, Any]:
    """What the page of a form shows after a collision: what is `stored` now (with its `version`) beside what was
    typed, but for the fields `apart`. What was typed stays; saving again puts it in place of what is stored."""
    beside = {**stored, **{name: form.cleaned_data.get(name) for name in apart}}
    found = differences(form, beside)
    form.rest_on(stored["version"])
    return {"collision": collision, "differences": found}


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | tuple | set) else value or None


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices = [(key, label) for key, label in cast(Iterable[tuple[Any, Any]], field.choices) if key != ""]
        chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in choices if str(key) in chosen) or "—"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return str(value or "—")


def in_place(request: ViewerRequest, template: str, values: dict[str, Any], card: str) -> HttpResponse:
    """The page of a form: 409 after a collision, 422 when something is to be mended.

    A script that asked for it gets the same page and takes from it the element `card`, form and all; the address
    stays that of the page it is on.
    """
    status = 409 if "collision" in values else 422 if values["form"].errors else 200
    response = render(request, template, values, status=status)
    if request.htmx and (status != 200 or values.get("is_finding")):
        response = reselect(retarget(response, f"#{card}"), f"#{card}")
        response["HX-Reswap"] = "outerHTML show:none"  # django-htmx's reswap types no modifiers
        response = push_url(response, False)
    return response
