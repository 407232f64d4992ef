"""Filling a form by a program, all or nothing: where another changed a cell meanwhile, nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.ledger.filling import Entered, Kept, save_form
from motbuoc.domains.ledger.models import FormField, NarrativeBox
from motbuoc.domains.ledger.submitted import Submission
from motbuoc.foundation.core.errors import Collision
from motbuoc.foundation.people.models import Person


@transaction.atomic
def send_form(
    *,
    actor: Person,
    submission: Submission,
    entered: Sequence[Entered],
    words: Mapping[int, str],
    was: Mapping[int, str],
    because: str | None,
    because_was: str | None = None,
) -> Kept:
    """Keep all that a program entered, as `save_form`; sent again it changes nothing.

    Raises:
        NotAllowed, Refusal: as `save_form`.
        Collision: another changed one of these cells or boxes, or why nothing is reported, since it was seen;
            its words name them.
    """
    kept = save_form(
        actor=actor,
        submission=submission,
        entered=entered,
        words=words,
        was=was,
        because=because,
        because_was=because_was,
    )
    if kept.clashes or kept.word_clashes or kept.because_clash is not None:
        fields = FormField.objects.filter(pk__in={one.key.field_id for one in kept.clashes})
        names = [*fields.order_by("position").values_list("indicator__name", flat=True)]
        names += NarrativeBox.objects.filter(pk__in=kept.word_clashes).values_list("title", flat=True)
        names += [_("Nothing to report, because")] if kept.because_clash is not None else []
        said = _("Somebody else changed this meanwhile, so nothing was kept: %(names)s. Read it again.")
        raise Collision(said % {"names": ", ".join(names)})
    return kept
