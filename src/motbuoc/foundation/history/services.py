"""Writing and proving the history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from motbuoc.foundation.core import clock
from motbuoc.foundation.history.models import HistoryHead, HistoryLine
from motbuoc.foundation.people.models import Person


@dataclass(frozen=True)
class Act:
    """What a history line says, before it is written."""

    action: str
    object_type: str
    object_id: int
    unit_id: int
    values: dict[str, Any] = field(default_factory=dict)


def record(actor: Person, *acts: Act) -> None:
    """Write one line for each act, in the transaction of the write it tells of.

    Raises:
        django.db.transaction.TransactionManagementError: called outside a transaction.
    """
    write_lines(actor, acts)


def write_lines(actor: Person, acts: Iterable[Act]) -> None:
    """`record` for any number of acts at once."""
    acts = list(acts)
    if not acts:
        return
    head, _created = HistoryHead.objects.select_for_update().get_or_create(pk=1)
    now, digest, lines = clock.now(), head.digest, []
    for act in acts:
        line = HistoryLine(
            at=now,
            actor=actor,
            unit_id=act.unit_id,
            action=act.action,
            object_type=act.object_type,
            object_id=act.object_id,
            values=act.values,
        )
        line.digest = digest = digest_of(line, digest)
        lines.append(line)
    HistoryLine.objects.bulk_create(lines, batch_size=500)
    head.digest, head.count = digest, head.count + len(lines)
    head.save(update_fields=["digest", "count"])


@transaction.atomic
def record_looks(viewer: Person, *acts: Act) -> None:
    """Write one line for each look at something; they change nothing that a page rests on."""
    record(viewer, *acts)
    HistoryHead.objects.filter(pk=1).update(looks=F("looks") + len(acts))


def digest_of(line: HistoryLine, previous: str) -> str:
    """The digest of a line that follows one with the digest `previous`: SHA-256 over its canonical form."""
    at: datetime = line.at.astimezone(UTC)
    body = [
        previous,
        at.isoformat(),
        line.actor_id,
        line.unit_id,
        line.action,
        line.object_type,
        line.object_id,
        line.values,
    ]
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def verify() -> tuple[int, int | None]:
    """Walk the chain: how many lines stand, and the id of the first that does not follow from those before.

    The second is None when the chain is whole; it is 0 when lines are missing at the end.
    """
    digest, count = "", 0
    for line in HistoryLine.objects.order_by("pk").iterator(chunk_size=2000):
        expected = digest_of(line, digest)
        if line.digest != expected:
            return count, line.pk
        digest, count = expected, count + 1
    head = HistoryHead.objects.filter(pk=1).first()
    if (head.digest, head.count) != (digest, count) if head else count:
        return count, 0
    return count, None
