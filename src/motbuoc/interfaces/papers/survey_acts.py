"""What the acts of surveys are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.surveys.states import SURVEY_TRANSITIONS

SIGNS = {"take_back_survey": "back", "publish_survey": "done", "close_survey": "paper-check"}

OF_SURVEYS: dict[str, tuple[Any, str]] = {
    "make_survey": (_("Survey begun"), "plus"),
    "change_survey": (_("Survey changed"), "pencil"),
    "copy_survey": (_("Survey copied as a new one"), "plus"),
    "translate_survey": (_("Survey translated"), "pencil"),
    "add_survey_question": (_("Question added to the survey"), "plus"),
    "change_survey_question": (_("Question of the survey changed"), "pencil"),
    "move_survey_question": (_("Question of the survey moved"), "pencil"),
    "drop_survey_question": (_("Question taken out of the survey"), "cross"),
    "make_survey_tokens": (_("Codes for the survey made"), "plus"),
    "note_sheet": (_("Sheet of the survey entered from paper"), "plus"),
    **{step.name: (step.label, SIGNS.get(step.name, "half")) for step in SURVEY_TRANSITIONS},
}
"""By the action of the line."""

SURVEY_OBJECTS: dict[str, Any] = {"survey": _("Survey")}
"""By the kind of object of the line."""
