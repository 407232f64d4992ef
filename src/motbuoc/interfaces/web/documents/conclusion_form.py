"""The form of a notice that concludes: an inspection, a dialogue."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.interfaces.web.forms import VersionedForm


class ConclusionForm(VersionedForm):
    """What the notice says and who signs it: written from the words here, or brought in as a file."""

    text = forms.CharField(
        label=_("What the conclusion says"), required=False, widget=forms.Textarea({"rows": 12})
    )
    number = forms.CharField(label=pgettext_lazy("of a document", "Number"), required=False, max_length=10)
    title = forms.CharField(label=_("Position of who signs"), required=False, max_length=120)
    name = forms.CharField(label=_("Name of who signs"), required=False, max_length=120)
    file = forms.FileField(
        label=_("Or the file of the conclusion"),
        required=False,
        allow_empty_file=True,
        help_text=_("Then nothing is written: the file is read like any other document."),
    )
