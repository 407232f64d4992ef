"""What a task is to produce, beside what came: named when the result is handed in, shown to whoever decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from motbuoc.domains.work.models import Assignment, Entry, Evidence
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.files.models import StoredFile


@dataclass(frozen=True)
class Product:
    """What is the product that was asked for: files sent now, evidence sent before, or why there is none."""

    files: Sequence[UploadedFile[Any]] = ()
    evidence_id: int | None = None
    why_none: str = ""


NOTHING_SAID = Product()


def name_product(entry: Entry, assignment: Assignment, product: Product, kept: Iterable[StoredFile]) -> list[int]:
    """Note on a submission which evidence is the product; the ids of that evidence. Part of `take_step`.

    `kept` are the files sent as the product or, where none were, with the submission.

    Raises:
        Refusal: a product was asked for, and neither a file nor a reason came; the evidence named is not there.
    """
    expected = assignment.duty.product
    if not expected:
        return []
    named = Evidence.objects.filter(entry__assignment=assignment)
    if product.evidence_id is not None and not product.files:
        named = named.filter(pk=product.evidence_id)
        if not named.exists():
            raise Refusal(_("This evidence is not there any more. Choose the product again."))
    else:
        named = named.filter(entry=entry, file__in=[stored.pk for stored in kept])
    if why := product.why_none.strip():
        entry.why_no_product = why
        entry.save(update_fields=["why_no_product"])
        return []
    ids = list(named.values_list("pk", flat=True))
    if not ids:
        words = _(
            "What is handed in should hold: %(product)s. Send the file that is it, or write why there is none."
        )
        raise Refusal(words % {"product": expected})
    Evidence.objects.filter(pk__in=ids).update(is_product=True)
    return ids


@dataclass(frozen=True)
class Came:
    """What was asked for, and what came with the last submission: evidence, or why there is none."""

    expected: str
    evidence: list[Evidence] = field(default_factory=list)
    why_none: str = ""


def came(assignment: Assignment, entries: Sequence[Entry]) -> Came:
    """What came of `assignment`, of entries that hold the evidence their viewer may see, oldest first."""
    last = next((entry for entry in reversed(entries) if entry.step == "submit"), None)
    if last is None or last.why_no_product:
        return Came(assignment.duty.product, [], last.why_no_product if last else "")
    named = [one for entry in entries for one in entry.evidence.all() if one.is_product]
    own = [one for one in named if one.entry_id == last.pk]
    return Came(assignment.duty.product, own or named[-1:])
