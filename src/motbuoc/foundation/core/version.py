"""Optimistic locking: a write names the version it was made on and is refused if another came first."""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.utils.translation import gettext as _

from motbuoc.foundation.core.errors import Collision


class Versioned(models.Model):
    """A row with a counter that every change raises by one."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


V = TypeVar("V", bound=Versioned)


def claim(row: V, version: int | None) -> V:
    """Lock `row`, check that it is still at `version` and count one change; to be saved by the caller.

    `version` None means the caller has just read the row inside the same transaction.

    Raises:
        Collision: somebody changed the row since `version` was read.
    """
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise Collision(_("Somebody else changed this while you were working on it. Nothing of yours was lost."))
    fresh.version += 1
    return fresh
