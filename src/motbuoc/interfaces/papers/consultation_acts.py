"""What the acts of consultations are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.consultation.states import CONSULTATION_TRANSITIONS

SIGNS = {"close_consultation": "paper-check", "resume_consultation": "back", "publish_consultation": "done"}

OF_CONSULTATIONS: dict[str, tuple[Any, str]] = {
    "make_consultation": (_("Consultation begun"), "plus"),
    "change_consultation": (_("Consultation changed"), "pencil"),
    "add_draft": (_("Version of the draft added"), "upload"),
    "ask_units": (_("Units asked to comment"), "sent"),
    "send_reply": (_("Unit replied about the draft"), "paper-check"),
    "propose_groups": (_("Alike comments on the draft grouped"), "link"),
    "confirm_groups": (_("Groups of comments confirmed"), "paper-check"),
    "merge_groups": (_("Groups of comments merged"), "link"),
    "move_comment": (_("Comment put into another group"), "link"),
    "dispose_group": (_("Said what becomes of comments"), "paper-check"),
    "spare_unit": (_("Unit asked no more"), "cross"),
    **{step.name: (step.label, SIGNS.get(step.name, "half")) for step in CONSULTATION_TRANSITIONS},
}
"""By the action of the line."""

CONSULTATION_OBJECTS: dict[str, Any] = {"consultation": _("Consultation on a draft")}
"""By the kind of object of the line."""
