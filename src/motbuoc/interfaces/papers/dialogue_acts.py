"""What the acts of dialogues are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.dialogue.states import DIALOGUE_TRANSITIONS, QUESTION_TRANSITIONS

SIGNS = {
    "call_off_dialogue": "cross",
    "set_question_aside": "cross",
    "publish_dialogue": "done",
    "answer_question": "done",
}

OF_DIALOGUES: dict[str, tuple[Any, str]] = {
    "plan_dialogue": (_("Dialogue planned"), "plus"),
    "change_dialogue": (_("Dialogue changed"), "pencil"),
    "write_minutes": (_("Minutes written"), "pencil"),
    "confirm_minutes": (_("Minutes confirmed by one side"), "done"),
    "make_commitment": (_("Noted what was promised"), "plus"),
    "drop_commitment": (_("Taken back what was noted as promised"), "cross"),
    "reopen_commitment": (_("Task of a promise opened again: said to be not solved"), "back"),
    "note_question": (_("Question entered from paper"), "plus"),
    "open_identity": (_("Opened a name that was left for a reply"), "eye"),
    "put_words_aside": (_("Words taken off the pages and sealed"), "cross"),
    "show_question": (_("Question shown or taken off the public page"), "seen"),
    "group_question": (_("Question grouped with another"), "link"),
    "make_dialogue_rule": (_("Rule of dialogues made"), "plus"),
    "change_dialogue_rule": (_("Rule of dialogues changed"), "pencil"),
    **{
        step.name: (step.label, SIGNS.get(step.name, "half"))
        for step in (*DIALOGUE_TRANSITIONS, *QUESTION_TRANSITIONS)
    },
}
"""By the action of the line."""

DIALOGUE_OBJECTS: dict[str, Any] = {
    "dialogue": _("Dialogue"),
    "question": _("Question of a dialogue"),
    "dialogue_rule": _("Rule of dialogues"),
}
"""By the kind of object of the line."""
