"""Choosing units among any number of them: one types words, the server answers with a handful to tick.

Without JavaScript in two steps: “Find” brings the form back with everything typed and the units found. With it the
field alone is drawn anew as one types. Short lists have their own widget (`forms.UnitPicker`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.reorganisation.browsing import Wanted, units_found, units_named
from motbuoc.foundation.units.models import UnitOn
from vanban.text import normalise

MOST = 20
FIND = "find"


class Picked(NamedTuple):
    """What a person did in the field: the ids ticked, and the words looked for."""

    ids: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Source:
    """The units a field offers: those on which `viewer` may do `action`, as they are on `day`."""

    viewer: Person
    day: date
    action: Action = Action.VIEW_UNIT

    def named(self, ids: Collection[int]) -> list[UnitOn]:
        """Those with these ids."""
        return units_named(self.viewer, self.day, ids, self.action) if ids else []

    def found(self, words: str) -> tuple[list[UnitOn], bool]:
        """The first with these words, and whether there are more."""
        words = words.replace("\x00", "")  # PostgreSQL takes none; the widget asks before any field has looked
        if not words.strip():
            return [], False
        return units_found(self.viewer, self.day, Wanted(words), action=self.action, most=MOST)


class UnitSearch(forms.Widget):
    """Ticks for what is chosen, a line to type in, ticks for what was found."""

    template_name = "forms/unit_search.html"
    use_fieldset = True
    source: Source
    several = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Picked:
        """The ids ticked, as far as they are numbers, and the words."""
        ticked = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        ids = tuple(dict.fromkeys(int(each) for each in ticked if str(each).isdecimal() and len(str(each)) < 18))
        # This line is no field of its own, so no validator sees it: PostgreSQL refuses to look for a NUL.
        return Picked(ids, normalise(data.get(f"{name}-words", ""))[:100])

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Nothing ticked is an answer."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template draws: units chosen, units found."""
        picked = value if isinstance(value, Picked) else Picked(tuple(value or ()))
        chosen = self.source.named(picked.ids)
        found, is_more = self.source.found(picked.words)
        context = super().get_context(name, picked, attrs)
        context["widget"] |= {
            "input": "checkbox" if self.several else "radio",
            "words": picked.words,
            "chosen": chosen,
            "found": [unit for unit in found if unit.pk not in picked.ids],
            "is_more": is_more,
            "most": MOST,
            "find": FIND,
            "may_be_none": not self.several and not self.is_required,
        }
        return context


class UnitsField(forms.Field):
    """Any number of units; cleaned into a list. The form gives it its `source` (`search_among`)."""

    widget = UnitSearch
    several = True
    source: Source

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        assert isinstance(self.widget, UnitSearch)
        self.widget.several = self.several

    def search_among(self, source: Source) -> None:
        """Offer the units of `source`."""
        assert isinstance(self.widget, UnitSearch)
        self.widget.source = self.source = source

    def clean(self, value: Any) -> Any:
        """The units ticked."""
        picked = value if isinstance(value, Picked) else Picked()
        units = self.source.named(picked.ids)
        if len(units) < len(picked.ids):
            raise ValidationError(_("One of these units is not there, or you may not choose it."))
        if self.required and not units:
            raise ValidationError(_("Look for the unit by part of its name, then tick it."))
        return units


class UnitField(UnitsField):
    """One unit; cleaned into it, or None."""

    several = False

    def clean(self, value: Any) -> Any:
        """The unit ticked."""
        units = super().clean(value)
        return units[0] if units else None


def typed(form: forms.Form) -> dict[str, Any]:
    """Everything in a posted form as it was typed, to draw the form anew without finding fault."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
    }
