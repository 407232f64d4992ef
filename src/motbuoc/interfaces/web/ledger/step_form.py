"""The form of one step of a unit's report."""

from __future__ import annotations

from typing import Any

from django import forms

from motbuoc.domains.ledger.steps import FormStep
from motbuoc.interfaces.web.forms import VersionedForm


class FormStepForm(VersionedForm):
    """One step of a unit's form on its way, with the reason where it asks for one."""

    reason = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, step: FormStep, **options: Any) -> None:
        options["auto_id"] = f"id_{step.name}_%s"
        super().__init__(*args, **options)
        self.step = step
        self.fields["reason"].label = step.asks
        if not step.asks:
            del self.fields["reason"]
