"""Forms of the workbook pages."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from motbuoc.interfaces.web.forms import DayField, FilePicker, Form


class ImportForm(Form):
    """A workbook, and the day and legal basis that hold for what it changes."""

    file = forms.FileField(
        label=_("The workbook"),
        widget=FilePicker(accept=".xlsx"),
        allow_empty_file=True,  # refused by the service, in better words
        error_messages={"required": _("Choose a file first.")},
    )
    effective_on = DayField(
        label=_("Changes hold from"), help_text=_("The day of every change for which the file names none.")
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=250,
        help_text=_("The decision or resolution on which the changes rest, with number and date."),
    )


class ExportForm(Form):
    """The day whose tree is exported."""

    on = DayField(label=_("As of"))
