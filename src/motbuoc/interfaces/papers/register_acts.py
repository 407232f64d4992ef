"""What the acts on copies and registers are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from motbuoc.domains.documents.states import COPY_TRANSITIONS

COPY_SIGNS = {
    "accept_copy": "done",
    "refuse_copy": "back",
    "give_back_copy": "cross",
    "exchange_copy": "paper-check",
    "resend_copy": "sent",
}

OF_REGISTERS: dict[str, tuple[Any, str]] = {
    "set_validity": (_("Days in force set"), "clock"),
    "send_document": (_("Sent"), "sent"),
    "read_copy": (_("Copy read"), "seen"),
    **{step.name: (step.label, COPY_SIGNS[step.name]) for step in COPY_TRANSITIONS},
    "ask_copy_back": (_("Copy called back"), "back"),
    "keep_copy": (_("Recall or replacement not agreed to"), "cross"),
    "draft_outgoing": (_("Drafted"), "pencil"),
    "redraft_outgoing": (_("Draft changed or given back"), "pencil"),
    "set_recipients": (_("Recipients chosen"), "units"),
    "check_outgoing": (_("Layout checked and handed in"), "hourglass"),
    "approve_outgoing": (_("Approved"), "paper-check"),
    "release_outgoing": (_("Numbered and released"), "done"),
    "attach_signed": (_("Signed version attached"), "clip"),
    "dispatch_outgoing": (_("Sent"), "sent"),
    "cancel_outgoing": (_("Cancelled"), "cross"),
    "open_term": (_("Term opened"), "plus"),
    "reserve_number": (_("Number kept free"), "clock"),
    "cancel_number": (_("Number cancelled"), "cross"),
    "continue_series": (_("Paper book continued"), "link"),
    "register_incoming": (_("Registered"), "inbox"),
    "correct_incoming": (_("Line corrected"), "pencil"),
    "strike_incoming": (_("Line struck out"), "cross"),
    "route_incoming": (_("Routing note written"), "pencil"),
    "give_incoming": (_("Given to units as a task"), "sent"),
}
"""By the action of the line."""
