"""How every form looks and behaves: fields with label, help and error; a version that notices collisions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Collision, NotAllowed, Refusal

CSS_CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxSelectMultiple: "",
    forms.RadioSelect: "",
    forms.HiddenInput: "",
    forms.CheckboxInput: "form-check-input",
    forms.Select: "form-select",
    forms.Widget: "form-control",
}
"""Bootstrap's class for each kind of widget, the special kinds first."""

OUT_OF_TIME = _("Give a day between the years 1900 and 2200.")
DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class Field(BoundField):
    """A field in a form, drawn with Bootstrap's classes; a wrong one is marked for eyes and screen readers."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """The attributes of the widget, with its class."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        css = next(css for kind, css in CSS_CLASSES.items() if isinstance(widget, kind))
        wrong = "is-invalid" if self.errors and css else ""
        # A library's placeholder that only repeats the label would be read twice.
        hint = str(widget.attrs.get("placeholder", ""))
        if hint and str(self.label).startswith(hint):
            attrs["placeholder"] = False
        attrs["class"] = " ".join(part for part in (widget.attrs.get("class", ""), css, wrong) if part)
        return {name: value for name, value in attrs.items() if value != ""}

    @property
    def is_tick(self) -> bool:
        """Whether the label belongs after the widget."""
        return isinstance(self.field.widget, forms.CheckboxInput)


DRAWN_AT_ONCE = {"django/forms/widgets/select.html": "forms/select.html"} | {
    f"django/forms/widgets/{kind}.html": "forms/input.html"
    for kind in ("input", "text", "number", "hidden", "email")
}
"""Widgets of Django's that we draw alike, in one template instead of one for each option or attribute."""


class Renderer(TemplatesSetting):
    """Draws forms and fields with our templates, and Django's own widgets with Django's, but for the commonest."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = Field

    @cached_property
    def built_in(self) -> DjangoTemplates:
        """Django's own widget templates."""
        return DjangoTemplates()

    def get_template(self, template_name: str) -> Any:
        """The template of that name, ours or Django's."""
        if template_name in DRAWN_AT_ONCE:
            return super().get_template(DRAWN_AT_ONCE[template_name])
        if template_name.startswith("django/"):
            return self.built_in.get_template(template_name)
        return super().get_template(template_name)


class Form(forms.Form):
    """A form that can carry a refusal."""

    def refuse(self, refusal: Refusal) -> None:
        """Show the refusal's sentence above the fields; everything typed stays."""
        self.add_error(None, str(refusal.message))

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """What is done within may be refused: the refusal is shown above the fields, and what follows goes on.

        Raises:
            NotAllowed: as what is done within; the person is shown no form they may not send.
        """
        try:
            yield
        except NotAllowed:
            raise
        except Refusal as refusal:
            self.refuse(refusal)


class VersionedForm(Form):
    """A form about a row that somebody else may change meanwhile.

    `cleaned_data["version"]` is the version that was shown; the service wants it.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def refuse(self, refusal: Refusal) -> None:
        """After a collision, also let the form rest on what is stored now: it could never be sent otherwise."""
        super().refuse(refusal)
        if isinstance(refusal, Collision) and refusal.version is not None:
            self.rest_on(refusal.version)

    def rest_on(self, version: int) -> None:
        """Make the form, shown again after a collision, rest on the row's fresh version.

        Saving it once more is then a conscious choice of what was typed over what the other person stored.
        """
        typed = QueryDict(mutable=True)
        for name in self.data:
            typed.setlist(name, self.data.getlist(name) if isinstance(self.data, QueryDict) else [self.data[name]])
        typed[self.add_prefix("version")] = str(version)
        self.data = typed


class DayField(forms.DateField):
    """A day, typed as dd/mm/yyyy in every language: 05/03 never becomes the third of May.

    Within the days of work: from a slip like 31/12/9999 nothing could be counted.
    """

    default_validators = [
        MinValueValidator(clock.FIRST_DAY, OUT_OF_TIME),
        MaxValueValidator(clock.LAST_DAY, OUT_OF_TIME),
    ]

    def __init__(self, **options: Any) -> None:
        attrs = {"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off", "class": "field-day"}
        options.setdefault("widget", forms.DateInput(format=DAY_FORMATS[0], attrs=attrs))
        super().__init__(input_formats=DAY_FORMATS, **options)


class FilePicker(forms.FileInput):
    """Chooses one file, or several when `several`; works without JavaScript."""

    template_name = "forms/file_picker.html"

    def __init__(self, *, several: bool = False, accept: str = "", attrs: dict[str, Any] | None = None) -> None:
        self.several = self.allow_multiple_selected = several
        super().__init__({**(attrs or {}), **({"accept": accept} if accept else {}), "multiple": several})


class FilesField(forms.FileField):
    """Any number of files; cleaned into a list."""

    def __init__(self, *, accept: str = "", **options: Any) -> None:
        super().__init__(widget=FilePicker(several=True, accept=accept), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files chosen."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files:
            super().clean(None, initial)
        return [super(FilesField, self).clean(file, initial) for file in files]


class UnitPicker(forms.CheckboxSelectMultiple):
    """Chooses units from a long list: unfolds, and filters as one types (without JavaScript: the whole list)."""

    template_name = "forms/unit_picker.html"


class OneUnitPicker(forms.RadioSelect):
    """Chooses one unit from a long list, in the same way."""

    template_name = "forms/unit_picker.html"


@lru_cache(maxsize=512)
def drawn(
    kind: type[Form],
    asked: tuple[tuple[str, str], ...],
    _language: str,
    offered: tuple[Any, ...] = (),
) -> SafeString:
    """The fields of a filter as HTML. The same question is drawn once: lists are asked for again and again.

    `offered`: what a filter with an `offer` lets choose from. Not for a form that shows today's date.
    """
    form: Any = kind(dict(asked))
    if offered:
        form.offer(offered)
    return format_html_join("", "{}", ((field if field.is_hidden else field.as_field_group(),) for field in form))


def asked_of(kind: type[Form], question: QueryDict) -> tuple[tuple[str, str], ...]:
    """What the address asks of a filter, for `drawn`."""
    return tuple((name, str(question[name])) for name in kind.base_fields if name in question)
