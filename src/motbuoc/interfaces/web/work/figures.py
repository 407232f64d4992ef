"""The field of a form for figures: rows of what is counted, how many, and the unit of measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motbuoc.domains.work.counted import MOST, Counted

PARTS = ("name", "amount", "measure")
SPARE_ROWS = 2  # empty ones beside those for what was counted before
DIGITS = 15  # before the decimal mark


def amount_of(text: str) -> Decimal | None:
    """The number a person typed as their language writes it ("1.234,5"), or None: what could be read in two ways,
    such as "1.5" in Vietnamese, is no number."""
    decimal, thousand = re.escape(get_format("DECIMAL_SEPARATOR")), get_format("THOUSAND_SEPARATOR")
    whole = rf"\d{{1,{DIGITS}}}|\d{{1,3}}(?:{re.escape(thousand)}\d{{3}}){{1,4}}"
    found = re.fullmatch(rf"({whole})(?:{decimal}(\d{{1,2}}))?", text.strip(), re.ASCII)
    return Decimal(f"{found[1].replace(thousand, '')}.{found[2] or 0}") if found else None


class FiguresInput(forms.Widget):
    """Rows of three inputs, each with a name of its own, so that a draft keeps them."""

    template_name = "forms/figures.html"
    use_fieldset = True  # one legend for all rows
    before: Sequence[Counted] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[tuple[str, ...]]:
        """The rows as they were typed: what is counted, the number, the measure."""
        return [tuple(data.get(f"{name}-{row}-{part}", "") for part in PARTS) for row in range(MOST)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Whether the form had no such rows."""
        return not any(key.startswith(f"{name}-") for key in data)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows: as typed, or one for each figure said before; and some empty ones."""
        context: dict[str, Any] = super().get_context(name, None, attrs)
        typed = [row for row in value or () if any(row)] or [(one.name, "", one.measure) for one in self.before]
        rows = [*typed, *[("", "", "")] * SPARE_ROWS][:MOST]
        so_far = {one.key: one.amount for one in self.before}
        context["widget"]["rows"] = [
            {"name": what, "amount": amount, "measure": measure, "before": so_far.get(what.casefold())}
            for what, amount, measure in rows
        ]
        context["widget"]["is_open"] = bool(self.before) or bool(value and any(map(any, value)))
        return context


class FiguresField(forms.Field):
    """Figures; cleaned into a list of `Counted`. A thing counted `before` without a new number stays as it is."""

    widget = FiguresInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Figures so far"))
        super().__init__(required=False, **options)

    def rest_on(self, before: Sequence[Counted]) -> None:
        """Offer a row for each thing counted before."""
        self.before = self.widget.before = tuple(before)

    before: Sequence[Counted] = ()

    def clean(self, value: Any) -> list[Counted]:
        """The rows that say a number.

        Raises:
            ValidationError: a row has a number without words, new words without a number, or a number that can be
                read in two ways.
        """
        known = {one.key for one in self.before}
        found, errors = [], []
        for place, (what, typed, measure) in enumerate(value or (), 1):
            what = " ".join(what.split())
            if not typed.strip() and (not what or what.casefold() in known):
                continue
            amount = amount_of(typed)
            if problem := self._problem(what, typed, amount):
                errors.append(_("Row %(row)s: %(problem)s") % {"row": place, "problem": problem})
            elif amount is not None:
                found.append(Counted(what, amount, " ".join(measure.split())))
        if errors:
            raise forms.ValidationError(errors)
        return found

    @staticmethod
    def _problem(what: str, typed: str, amount: Decimal | None) -> str | Promise:
        if not what:
            return _("say what is counted.")
        if not typed.strip():
            return _("write the number.")
        if amount is None:
            return _("“%(typed)s” is no number. Write it like 1.234 or 12,5.") % {"typed": typed.strip()[:30]}
        return ""
