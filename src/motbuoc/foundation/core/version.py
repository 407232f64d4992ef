"""Optimistic locking: a write names the version it was made on and is refused if another came first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import IntegrityError, models, transaction
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
        words = _("Somebody else changed this while you were working on it. Nothing of yours was lost.")
        raise Collision(words, fresh.version)
    fresh.version += 1
    return fresh


@contextmanager
def once(words: str) -> Iterator[None]:
    """Write what there may be only once; `words` say that it is there already.

    Whoever asks beforehand whether it is there may be overtaken by another in the very moment.

    Raises:
        Collision: with these words, where the database finds it there.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        raise Collision(words) from clash
