"""Forms in which somebody or something is named in words, whatever their number; who is meant is asked back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.interfaces.web.forms import Form

MOST = 12  # of which one may choose; with more, one writes more of the name


@dataclass(frozen=True, slots=True)
class LookUp:
    """What words may mean: `find` gives ids and labels, one more than MOST when there are too many."""

    find: Callable[[str], list[tuple[int, str]]]
    nothing: Any


class LookUpForm(Form):
    """A form whose fields named in `look_ups` are words; `cleaned_data[name]` is the id of what was meant.

    Several that fit are shown below the field to choose from, so that it works without JavaScript.
    """

    def __init__(self, *args: Any, look_ups: Mapping[str, LookUp], **options: Any) -> None:
        super().__init__(*args, **options)
        self.look_ups = look_ups

    def clean(self) -> dict[str, Any]:
        """Put ids in the place of words."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, look_up in self.look_ups.items():
            if name not in cleaned:
                continue
            found = look_up.find(str(cleaned[name]))
            chosen = str(self.data.get(f"{name}_chosen", ""))
            meant = [pk for pk, _label in found[:MOST] if str(pk) == chosen or len(found) == 1]
            if meant:
                cleaned[name] = meant[0]
            elif not found:
                self.add_error(name, look_up.nothing)
            elif len(found) > MOST:
                self.add_error(name, _("Many are called so. Write more of the name."))
            else:
                self._offer(name, found)
        return cleaned

    def _offer(self, name: str, found: list[tuple[int, str]]) -> None:
        self.add_error(name, _("Several are called so. Choose which one you mean."))
        field = forms.ChoiceField(
            label=_("Which one you mean"), choices=found, widget=forms.RadioSelect, required=False
        )
        order = list(self.fields)
        self.fields[f"{name}_chosen"] = field
        order.insert(order.index(name) + 1, f"{name}_chosen")
        self.order_fields(order)
