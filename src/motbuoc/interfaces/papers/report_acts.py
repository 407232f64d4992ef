"""What the acts on reports are called, each with the drawing beside it; part of `acts.ACTS`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

OF_REPORTS: dict[str, tuple[Any, str]] = {
    "request_report": (_("Report asked for"), "report"),
    "make_report": (_("Report made"), "paper-check"),
    "fail_report": (_("Report could not be made"), "cross"),
    "begin_draft": (_("Report begun"), "plus"),
    "refresh_draft": (_("Figures of the report refreshed"), "figures"),
    "edit_paragraph": (_("Paragraph edited"), "pencil"),
    "keep_own_words": (_("Edited words kept"), "pencil"),
    "leave_out_paragraph": (_("Paragraph left out"), "cross"),
    "put_back_paragraph": (_("Paragraph put back"), "back"),
    "add_paragraph": (_("Paragraph added"), "plus"),
    "move_paragraph": (_("Paragraph moved"), "pencil"),
    "move_section": (_("Section moved"), "pencil"),
    "set_report_recipients": (_("Recipients of the report chosen"), "units"),
    "mark_for_portal": (_("Report marked for the portal"), "sent"),
    "keep_off_portal": (_("Report kept off the portal"), "cross"),
    "give_draft": (_("Report given to who is responsible for it"), "person"),
    "give_section": (_("Section given to a writer"), "person"),
    "remark_on_paragraph": (_("Remark on a paragraph"), "info"),
    "settle_remark": (_("Remark settled"), "done"),
    "make_draft_file": (_("File of the report made"), "report"),
    "fail_draft_file": (_("File of the report could not be made"), "cross"),
    "ask_wording": (_("Language model asked for wording"), "sent"),
    "receive_wording": (_("Wording suggested by a language model"), "info"),
    "fail_wording": (_("No wording suggested"), "cross"),
    "accept_wording": (_("Suggested wording accepted"), "done"),
    "drop_wording": (_("Suggested wording dropped"), "cross"),
    "make_outline": (_("Outline made"), "plus"),
    "change_outline": (_("Outline changed"), "pencil"),
    "close_outline": (_("Outline closed"), "cross"),
    "hand_in_draft": (_("Report handed in to be approved"), "hourglass"),
    "approve_draft": (_("Report approved for issuing"), "paper-check"),
    "give_back_draft": (_("Report given back to its drafters"), "back"),
}
"""By the action of the line."""

REPORT_OBJECTS: dict[str, Any] = {
    "report": _("Report"),
    "report_draft": _("Report being drafted"),
    "outline": _("Outline"),
}
"""By the kind of object of the line."""
