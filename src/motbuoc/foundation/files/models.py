"""The table of stored files."""

from __future__ import annotations

from django.db import models

from motbuoc.foundation.core import clock


class StoredFile(models.Model):
    """A file as it was brought: its bytes never change. `sha256` says which bytes they are."""

    content = models.FileField(upload_to="kept/%Y/%m")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    stored_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name
