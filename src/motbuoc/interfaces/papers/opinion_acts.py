"""What the acts of opinions are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.listening.states import OPINION_TRANSITIONS

SIGNS = {"answer_opinion": "done", "heed_opinion": "done", "pass_opinion_on": "sent"}

OF_OPINIONS: dict[str, tuple[Any, str]] = {
    "make_opinion_box": (_("Box for opinions opened"), "plus"),
    "change_opinion_box": (_("Box for opinions changed"), "pencil"),
    "note_opinion": (_("Opinion entered"), "plus"),
    "sort_opinion": (_("Opinion sorted"), "link"),
    "group_opinions": (_("Opinions grouped into themes"), "link"),
    "name_theme": (_("Theme named"), "pencil"),
    "heed_theme": (_("All that waits in the theme heeded"), "done"),
    "merge_themes": (_("Theme merged into another"), "link"),
    **{step.name: (step.label, SIGNS[step.name]) for step in OPINION_TRANSITIONS},
}
"""By the action of the line."""

OPINION_OBJECTS: dict[str, Any] = {
    "opinion_box": _("Box for opinions"),
    "opinion": _("Opinion"),
    "theme": _("Theme"),
}
"""By the kind of object of the line."""
