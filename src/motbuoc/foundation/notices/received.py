"""The table of mails that came in: each once, and how many were answered to whom."""

from __future__ import annotations

from django.db import models

from motbuoc.foundation.core import clock


class ReceivedMail(models.Model):
    """That a mail came in: only digests of its Message-ID and its sender are kept, and what became of it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        TAKEN = "taken", "taken"
        REFUSED = "refused", "refused"
        DROPPED = "dropped", "dropped"

    key = models.CharField(max_length=64, unique=True)
    sender = models.CharField(max_length=64)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    is_answered = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["sender", "received_at"], name="received_mail_of_sender")]

    def __str__(self) -> str:
        return self.key[:12]
