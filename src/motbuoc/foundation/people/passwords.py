"""What a password must not be."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _

from vanban.text import fold


class UnlikeTheNameValidator(UserAttributeSimilarityValidator):
    """Refuses a password like the sign-in name, the e-mail or the person's own name, with or without marks."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "email", "plain_name"))

    def validate(self, password: str, user: Any = None) -> None:
        """Go on if the password is unlike the names.

        Raises:
            django.core.exceptions.ValidationError: it is not.
        """
        super().validate(password, user)
        super().validate(fold(password).replace(" ", ""), user)

    def get_error_message(self) -> str:
        """What to say of such a password."""
        return _("The password is too much like the name or the e-mail.")

    def get_help_text(self) -> str:
        """What to say beforehand."""
        return _("It must not be like your name or e-mail.")
