"""Forms about people, positions, stand-ins and invitations."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.foundation.administration.services import Term
from motbuoc.foundation.core import clock
from motbuoc.foundation.people.models import PositionTitle
from motbuoc.interfaces.web.forms import DayField, Form
from motbuoc.interfaces.web.people.lookup import LookUpForm

IN_OFFICE, LEFT = "", "left"


class PeopleFilter(Form):
    """Which people to list."""

    words = forms.CharField(label=_("Name"), required=False, max_length=100)
    standing = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[(IN_OFFICE, _("In office")), (LEFT, _("Have left"))],
    )


class TermFields(forms.Form):
    """From when to when something is held, and the document it rests on."""

    valid_from = DayField(label=_("From"))
    last_day = DayField(
        label=_("Up to and including"), required=False, help_text=_("Empty: until further notice.")
    )
    legal_basis = forms.CharField(
        label=_("By which document"),
        required=False,
        max_length=250,
        help_text=_("Such as 12-QĐ/ĐUK, 5 March 2026."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["valid_from"].initial = clock.today()
        self.order_fields([*(n for n in self.fields if n not in TermFields.base_fields), *TermFields.base_fields])

    @property
    def term(self) -> Term:
        """The term, its end half-open as everywhere below the screen."""
        asked = self.cleaned_data
        last: date | None = asked["last_day"]
        return Term(asked["valid_from"], last + clock.ONE_DAY if last else None, asked["legal_basis"])


class PositionForm(LookUpForm, TermFields):
    """A position in a unit."""

    unit = forms.CharField(label=_("Unit"), max_length=250, help_text=_("Part of its name, or its code."))
    title = forms.ChoiceField(label=_("Position"), choices=PositionTitle.choices, initial=PositionTitle.MEMBER)


class PersonForm(PositionForm):
    """A new person with their first position."""

    full_name = forms.CharField(label=pgettext_lazy("person", "Full name"), max_length=120)
    field_order = ["full_name", "unit", "title"]


class EndForm(Form):
    """The last day of something."""

    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["last_day"].initial = clock.today()

    @property
    def on(self) -> date:
        """The first day on which it no longer holds."""
        last: date = self.cleaned_data["last_day"]
        return last + clock.ONE_DAY


class StandInForm(LookUpForm, TermFields):
    """Who stands in, and from when to when."""

    person = forms.CharField(label=_("Who stands in"), max_length=120, help_text=_("Part of the name."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["last_day"].required = True
        self.fields["last_day"].help_text = ""


class NameForm(Form):
    """A person's name."""

    full_name = forms.CharField(label=pgettext_lazy("person", "Full name"), max_length=120)


class ReasonForm(Form):
    """Why something is done that cannot be undone, and that one means it."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 3}))
    is_sure = forms.BooleanField(label=_("I know that this cannot be undone."))


class InviteForm(Form):
    """How the code reaches the person; without a mail server it is printed."""

    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Empty: the code is printed on a slip instead.")
    )


class CodeForm(Form):
    """The code of an invitation, as it is typed."""

    code = forms.CharField(
        label=_("Code on your slip"),
        max_length=60,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "placeholder": "XXXX-XXXX-XXXX",
                "class": "code-field",
            }
        ),
    )


class JoinForm(Form):
    """The name and password by which somebody who was invited signs in; of a known account only the password."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=60,
        help_text=_("Small letters without marks, digits, dots or hyphens, such as “ha.nguyen”."),
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The password once more"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, known: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if known:
            self.fields["username"] = forms.CharField(required=False, widget=forms.HiddenInput, initial=known)

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("password") != cleaned.get("again") and "again" in cleaned:
            self.add_error("again", _("This is not the same password. Type it again."))
        return cleaned
