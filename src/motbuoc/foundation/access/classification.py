"""How widely a document or a file may be known within the house; state secrets never come in at all."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Classification(models.TextChoices):
    """From the widest to the narrowest; which role reads which is said in `roles.py`."""

    NORMAL = "normal", _("Normal")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")


def narrowest(*classes: str) -> Classification:
    """The narrowest of some classes: that of a thing which is part of several, such as a file of a document."""
    return max((Classification(one) for one in classes), key=list(Classification).index)


def narrower_than(classification: str) -> list[Classification]:
    """The classes narrower than this one."""
    ordered = list(Classification)
    return ordered[ordered.index(Classification(classification)) + 1 :]
