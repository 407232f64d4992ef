"""The file of an import, kept from the upload to the confirmation, and for good once it was carried out."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core.errors import NotAllowed, Refusal
from motbuoc.foundation.files.models import StoredFile
from motbuoc.foundation.files.services import check_size, discard, keep_file
from motbuoc.foundation.people.models import Person

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NEEDED = (Action.MANAGE_UNITS, Action.MANAGE_PEOPLE)
"""What an import takes, each on all that the file touches."""


def require_import(actor: Person) -> None:
    """Go on only if the actor may import somewhere.

    Raises:
        NotAllowed: they may not.
    """
    for action in NEEDED:
        if not policy.may(actor, action):
            raise NotAllowed(_("Your role does not allow this here: %(action)s.") % {"action": action.label})


@transaction.atomic
def keep_workbook(*, actor: Person, upload: UploadedFile[Any], instead_of: int | None = None) -> StoredFile:
    """Keep an uploaded workbook until it is confirmed, in the place of one that was not (`instead_of`, an id).

    Raises:
        NotAllowed: the actor may not import anywhere.
        Refusal: the file is empty, too large, or no .xlsx by its name.
    """
    require_import(actor)
    check_workbook(upload)
    if instead_of is not None:
        let_go(instead_of)
    return keep_file(upload.name or "", upload.read(), MEDIA_TYPE)


def check_workbook(upload: UploadedFile[Any]) -> None:
    """Raises Refusal when the upload is empty, too large, or no .xlsx by its name."""
    check_size(upload)
    if PurePath(upload.name or "").suffix.lower() != ".xlsx":
        raise Refusal(_("Only Excel workbooks are taken in here. Save the file as .xlsx and send that."))


def let_go(pk: int) -> None:
    """Take a kept workbook away that was not confirmed."""
    for stored in StoredFile.objects.filter(pk=pk, media_type=MEDIA_TYPE):
        stored.delete()
        transaction.on_commit(lambda kept=stored: discard(kept))  # type: ignore[misc]


def kept_workbook(pk: int) -> StoredFile | None:
    """The kept workbook, if it is still there."""
    return StoredFile.objects.filter(pk=pk, media_type=MEDIA_TYPE).first()
