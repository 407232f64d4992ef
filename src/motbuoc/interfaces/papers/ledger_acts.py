"""What the acts of the ledger are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

OF_THE_LEDGER: dict[str, tuple[Any, str]] = {
    "define_breakdown": (_("Breakdown defined"), "plus"),
    "define_indicator": (_("Indicator defined"), "plus"),
    "redefine_indicator": (_("Indicator defined anew"), "pencil"),
    "correct_basis": (_("Days that a value counts set right"), "pencil"),
    "end_indicator": (_("Indicator ended"), "cross"),
    "map_indicator": (_("Matched with another requester's"), "link"),
    "set_target": (_("Target set"), "done"),
    "make_form": (_("Form begun"), "plus"),
    "put_field": (_("Field put into the form"), "plus"),
    "drop_field": (_("Field taken out of the form"), "cross"),
    "move_field": (_("Field moved"), "pencil"),
    "put_box": (_("Box for words put into the form"), "plus"),
    "drop_box": (_("Box taken out of the form"), "cross"),
    "put_check": (_("Check put into the form"), "plus"),
    "drop_check": (_("Check taken out of the form"), "cross"),
    "use_form": (_("Form put to use"), "done"),
    "renew_form": (_("New version of the form begun"), "pencil"),
    "close_form": (_("Form closed"), "cross"),
    "make_schedule": (_("Reporting schedule begun"), "plus"),
    "change_schedule": (_("Reporting schedule changed"), "pencil"),
    "exempt_unit": (_("Unit exempted"), "cross"),
    "choose_units": (_("Reporting units chosen"), "units"),
    "end_exemption": (_("Exemption ended"), "back"),
    "open_by_order": (_("Period opened by standing order"), "sent"),
    "close_schedule": (_("Reporting schedule closed"), "cross"),
    "open_period": (_("Period opened"), "sent"),
    "move_cutoff": (_("Cut-off moved"), "clock"),
    "lock_period": (_("Period locked"), "lock"),
    "unlock_period": (_("Period unlocked"), "back"),
    "enter_figures": (_("Figures or words entered"), "pencil"),
    "check_figures": (_("Figures checked in the unit"), "seen"),
    "hand_in": (_("Report handed in"), "hourglass"),
    "approve_submission": (_("Report approved on the way"), "paper-check"),
    "accept_submission": (_("Report accepted"), "done"),
    "send_back": (_("Report given back"), "back"),
    "give_back_on_the_way": (_("Report given back on the way"), "back"),
    "ask_correction": (_("Correction asked for"), "info"),
    "reopen_submission": (_("Report given back for correction"), "back"),
}
"""By the action of the line."""

LEDGER_OBJECTS: dict[str, Any] = {
    "breakdown": _("Breakdown"),
    "indicator": _("Indicator"),
    "report_form": _("Form to be filled in"),
    "schedule": _("Reporting schedule"),
    "reporting_period": _("Reporting period"),
    "submission": _("Unit's report"),
}
"""By the kind of object of the line."""
