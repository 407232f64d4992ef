"""When the sweep has to look at an assignment again: kept right by the table itself, so that nobody forgets it.

Whatever is written to an assignment, by `save`, `bulk_create`, `bulk_update` or `update`, makes the sweep look at
it on the same day; the sweep alone (`reminding`) puts the day off to the next one on which something is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import QuerySet

from motbuoc.foundation.core import clock

if TYPE_CHECKING:
    from motbuoc.domains.work.models import Assignment


class LookOn(models.DateField[Any, Any]):
    """The day on which the sweep looks next: today, whenever the row is written."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Today."""
        setattr(model_instance, self.attname, clock.today())
        return clock.today()

    def deconstruct(self) -> Any:
        """A plain date to the migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", args, kwargs


class WatchedQuerySet(QuerySet["Assignment"]):
    """Rows with a `look_on`, which writes in bulk keep right as well."""

    def update(self, **values: Any) -> int:
        """As Django's; unless it says when to look next, the sweep looks today."""
        return super().update(**({"look_on": clock.today()} | values))

    def bulk_update(self, objs: Iterable[Assignment], fields: Iterable[str], batch_size: int | None = None) -> int:
        """As Django's; the sweep looks today."""
        rows = list(objs)
        for row in rows:
            row.look_on = clock.today()
        return super().bulk_update(rows, [*fields, "look_on"], batch_size)
