"""Why a unit was chosen, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def reasons_in_words(reasons: Iterable[dict[str, Any]]) -> list[str]:
    """Each reason of the draw (`sampling.Reason`) as a clause."""
    return [_in_words(**reason) for reason in reasons]


def _in_words(kind: str, count: int = 0, of: int = 0, seed: str = "") -> str:
    values = {"count": count, "of": of, "seed": seed}
    if kind == "lot":
        return _("drawn by lot, with %(seed)s") % values
    if kind == "rotation":
        if not count:
            return _("no inspection on record")
        return ngettext("not inspected for %(count)s year", "not inspected for %(count)s years", count) % values
    if kind == "late":
        return _("%(count)s of %(of)s tasks late") % values
    if kind == "returned":
        return _("%(count)s of %(of)s tasks returned") % values
    return _("%(count)s of %(of)s tasks quiet for long") % values
