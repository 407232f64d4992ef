"""Lines of the history about boxes, opinions and themes are for those who may see these; how a theme is told."""

from __future__ import annotations

from collections.abc import Collection

from motbuoc.domains.listening.selectors import boxes_for, opinions_for, themes_for
from motbuoc.foundation.history.sights import declare
from motbuoc.foundation.notices import telling
from motbuoc.foundation.notices.telling import Told
from motbuoc.foundation.people.models import Person


def tell_themes(viewer: Person | None, ids: Collection[int]) -> dict[int, Told]:
    """Those of the themes that `viewer` may see; their names do not leave the house."""
    if viewer is None:
        return {}
    rows = themes_for(viewer).filter(pk__in=ids).values_list("pk", "name", "unit_name")
    return {pk: Told(name, unit, is_plain=False, is_settled=False) for pk, name, unit in rows}


declare("opinion_box", lambda viewer: boxes_for(viewer).order_by().values("pk"))
declare("opinion", lambda viewer: opinions_for(viewer).order_by().values("pk"))
declare("theme", lambda viewer: themes_for(viewer).order_by().values("pk"))
telling.declare("theme", tell_themes)
