"""The words of the history: what each act, object and field is called, on every page and in every export.

A house test asks for every action that is recorded anywhere.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motbuoc.domains.cascade.models import Form
from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.dialogue.states import DialogueState, QuestionState
from motbuoc.domains.documents.models import Addressee, Copy, Cycle, Relation, TimeKind
from motbuoc.domains.documents.states import CopyState, DocumentState
from motbuoc.domains.inspections.models import CheckItem
from motbuoc.domains.inspections.states import PLAN_TRANSITIONS, VISIT_TRANSITIONS, PlanState, VisitState
from motbuoc.domains.listening.states import OpinionState
from motbuoc.domains.registers.models import Incoming
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.domains.work.states import TRANSITIONS, AssignmentState, HelpState
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.people.models import PositionTitle
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.papers.consultation_acts import CONSULTATION_OBJECTS, OF_CONSULTATIONS
from motbuoc.interfaces.papers.dialogue_acts import DIALOGUE_OBJECTS, OF_DIALOGUES
from motbuoc.interfaces.papers.ledger_acts import LEDGER_OBJECTS, OF_THE_LEDGER
from motbuoc.interfaces.papers.opinion_acts import OF_OPINIONS, OPINION_OBJECTS
from motbuoc.interfaces.papers.register_acts import OF_REGISTERS
from motbuoc.interfaces.papers.report_acts import OF_REPORTS, REPORT_OBJECTS
from motbuoc.interfaces.papers.survey_acts import OF_SURVEYS, SURVEY_OBJECTS

DIGEST = re.compile("[0-9a-f]{64}")  # of a file: its beginning is enough to be read


class ActWords(NamedTuple):
    """What an act is called, and the drawing that stands beside it."""

    label: Any
    sign: str


STEP_SIGNS = {
    "acknowledge": "seen",
    "progress": "half",
    "submit": "hourglass",
    "accept_period": "done",
    "accept": "done",
    "return": "back",
    "ask": "info",
    "answer": "hourglass",
    "reopen": "back",
    "suspend": "pause",
    "resume": "half",
    "cancel": "cross",
}

OF_PRACTICES = (
    OF_REGISTERS | OF_THE_LEDGER | OF_REPORTS | OF_DIALOGUES | OF_OPINIONS | OF_SURVEYS | OF_CONSULTATIONS
)

ACTS: dict[str, ActWords] = {
    "import_document": ActWords(_("Brought in and read"), "upload"),
    "note_order": ActWords(_("Order noted"), "pencil"),
    "correct_speaker": ActWords(_("Who gave the order corrected"), "pencil"),
    "correct_document": ActWords(_("Letterhead corrected"), "pencil"),
    "confirm_document": ActWords(_("Confirmed"), "paper-check"),
    "classify_document": ActWords(_("Class changed"), "lock"),
    "reopen_document": ActWords(_("Opened again for corrections"), "back"),
    "issue_document": ActWords(_("Issued to units"), "sent"),
    "resolve_addressee": ActWords(_("Addressee settled"), "pencil"),
    "correct_duty": ActWords(_("Duty corrected"), "pencil"),
    "split_duty": ActWords(_("Duty split in two"), "pencil"),
    "merge_duties": ActWords(_("Duties merged"), "pencil"),
    "drop_duty": ActWords(_("Marked as no duty"), "cross"),
    "restore_duty": ActWords(_("Taken back as a duty"), "back"),
    "add_duty": ActWords(_("Duty added"), "plus"),
    "add_version": ActWords(_("Further version brought in"), "upload"),
    "settle_citation": ActWords(_("Said which document is cited"), "link"),
    "state_link": ActWords(_("Linked to another document"), "link"),
    "withdraw_link": ActWords(_("Link to another document taken back"), "cross"),
    "disseminate": ActWords(_("Study session recorded"), "person"),
    "correct_dissemination": ActWords(_("Figures of a study session corrected"), "pencil"),
    "localise": ActWords(_("Made the plan of a directive"), "link"),
    "link_items": ActWords(_("Items tied to the directive's"), "link"),
    "stop_issuing": ActWords(_("Issuing stopped"), "cross"),
    "resume_issuing": ActWords(_("Issuing resumed"), "sent"),
    "fail_issuing": ActWords(_("Issuing interrupted by an error"), "warning"),
    "finish_issuing": ActWords(_("Issued to all units"), "done"),
    "assign": ActWords(_("Given to the unit"), "sent"),
    **{step.name: ActWords(step.label, STEP_SIGNS[step.name]) for step in TRANSITIONS},
    "offer_help": ActWords(_("Help offered"), "person"),
    "want_help": ActWords(_("Unit says what help it needs"), "person"),
    "decline_help": ActWords(_("Unit needs no help"), "done"),
    "withdraw_help": ActWords(_("Offer of help taken back"), "back"),
    "make_check_plan": ActWords(_("Plan of inspections begun"), "plus"),
    "change_check_plan": ActWords(_("Plan of inspections changed"), "pencil"),
    "draw_check_sample": ActWords(_("Units drawn for inspection"), "units"),
    "add_to_check_sample": ActWords(_("Unit added to the sample"), "plus"),
    "take_out_of_check_sample": ActWords(_("Unit taken out of the sample"), "cross"),
    "plan_visit": ActWords(_("Inspection planned"), "today"),
    "note_item": ActWords(_("Noted on the checklist"), "pencil"),
    "add_finding": ActWords(_("Finding noted"), "plus"),
    "drop_finding": ActWords(_("Finding taken back"), "back"),
    **{step.name: ActWords(step.label, "paper-check") for step in (*PLAN_TRANSITIONS, *VISIT_TRANSITIONS)},
    **{name: ActWords(*words) for name, words in OF_PRACTICES.items()},
    "add_prerequisite": ActWords(_("Made to wait for another task"), "hourglass"),
    "drop_prerequisite": ActWords(_("Waits no more for another task"), "half"),
    "give_portion": ActWords(_("Part of the work given inside the unit"), "person"),
    "finish_portion": ActWords(_("Part of the work done"), "done"),
    "return_portion": ActWords(_("Part of the work returned"), "back"),
    "drop_portion": ActWords(_("Part of the work taken back"), "cross"),
    "urge": ActWords(_("Unit urged"), "bell"),
    "ask_request": ActWords(_("Extension or suspension asked for"), "clock"),
    "grant_request": ActWords(_("Request granted"), "done"),
    "refuse_request": ActWords(_("Request refused"), "back"),
    "withdraw_request": ActWords(_("Request withdrawn"), "cross"),
    "record_event": ActWords(_("Event recorded"), "clock"),
    "confirm_calendar_year": ActWords(_("Working calendar of a year confirmed"), "done"),
    "change_calendar_day": ActWords(_("Working calendar corrected"), "pencil"),
    "import_calendar_year": ActWords(_("Working calendar of a year brought in"), "upload"),
    "recalculate_deadline": ActWords(_("Due day recalculated after a corrected calendar"), "clock"),
    "create_unit": ActWords(_("Unit created"), "plus"),
    "rename_unit": ActWords(_("Unit renamed"), "pencil"),
    "move_unit": ActWords(_("Unit moved"), "sent"),
    "convert_unit": ActWords(_("Unit converted"), "pencil"),
    "merge_unit": ActWords(_("Units merged"), "link"),
    "split_unit": ActWords(_("Unit split"), "link"),
    "dissolve_unit": ActWords(_("Unit dissolved"), "cross"),
    "identify_unit": ActWords(_("Identifiers changed"), "pencil"),
    "host_unit": ActWords(_("Host bodies changed"), "pencil"),
    "import_units": ActWords(_("Units and people imported"), "upload"),
    "add_identifier": ActWords(_("Identifier added"), "plus"),
    "end_identifier": ActWords(_("Identifier ended"), "cross"),
    "add_host": ActWords(_("Host body added"), "plus"),
    "end_host": ActWords(_("Host body ended"), "cross"),
    "create_group": ActWords(_("Group made"), "plus"),
    "change_group": ActWords(_("Group changed"), "pencil"),
    "close_group": ActWords(_("Group no longer offered"), "cross"),
    "reopen_group": ActWords(_("Group offered again"), "back"),
    "hand_over": ActWords(_("Handed over to the unit that goes on"), "sent"),
    "add_person": ActWords(_("Person added"), "person"),
    "appoint": ActWords(_("Position given"), "person"),
    "end_position": ActWords(_("Position ended"), "cross"),
    "let_stand_in": ActWords(_("Stand-in named"), "person"),
    "end_stand_in": ActWords(_("Stand-in ended"), "cross"),
    "grant_role": ActWords(_("Role granted"), "person"),
    "end_grant": ActWords(_("Role ended"), "cross"),
    "found_installation": ActWords(_("Installation set up"), "plus"),
    "invite_person": ActWords(_("Invited to sign in"), "sent"),
    "withdraw_invitation": ActWords(_("Invitation taken back"), "back"),
    "accept_invitation": ActWords(_("Invitation used"), "done"),
    "close_account": ActWords(_("Account closed"), "lock"),
    "reopen_account": ActWords(_("Account opened again"), "back"),
    "rename_person": ActWords(_("Name changed"), "pencil"),
    "erase_person": ActWords(_("Person erased"), "cross"),
    "look": ActWords(_("Looked at by an inspector"), "search"),
    "make_token": ActWords(_("Token for a program made"), "lock"),
    "revoke_token": ActWords(_("Token for a program taken back"), "lock"),
    "change_sign_in": ActWords(_("Way of signing in changed"), "lock"),
    "change_ladder": ActWords(_("Ladder of reminders changed"), "pencil"),
    "set_preference": ActWords(_("Way of being told chosen"), "pencil"),
    "subscribe_browser": ActWords(_("Push messages turned on"), "bell"),
    "unsubscribe_browser": ActWords(_("Push messages turned off"), "cross"),
    "make_calendar_address": ActWords(_("Address of the calendar made"), "link"),
    "withdraw_calendar_address": ActWords(_("Address of the calendar withdrawn"), "cross"),
    "add_gateway": ActWords(_("Gateway added"), "plus"),
    "end_gateway": ActWords(_("Gateway ended"), "cross"),
    "send_again": ActWords(_("Message sent again"), "sent"),
    "drop_ladder": ActWords(_("Ladder of reminders given up"), "cross"),
    "erase_personal": ActWords(_("Personal data erased"), "cross"),
    "retain_personal": ActWords(_("Personal data erased at the end of its time"), "cross"),
}
"""By the action of the line."""

OBJECTS: dict[str, Any] = {
    "document": _("Document"),
    "copy": _("Copy of a document"),
    "outgoing": _("Outgoing document"),
    "incoming": _("Incoming paper"),
    "duty": _("Duty"),
    "addressee": _("Addressee"),
    "assignment": _("Task"),
    "dissemination": _("Study session"),
    "check_plan": _("Plan of inspections"),
    "visit": _("Inspection of work"),
    "unit": _("Unit"),
    "reorganisation": _("Act on units"),
    "unit_group": _("Group of addressees"),
    "grant": _("Right"),
    "person": _("Person"),
    "position": _("Position"),
    "stand_in": _("Stand-in"),
    "account": _("Account"),
    "api_token": _("Token for a program"),
    "history": _("History"),
    "list": _("List"),
    "ladder": _("Ladder of reminders"),
    "gateway": _("Gateway"),
    "calendar_year": _("Working calendar"),
    "delivery": _("Message"),
    **LEDGER_OBJECTS,
    **DIALOGUE_OBJECTS,
    **OPINION_OBJECTS,
    **REPORT_OBJECTS,
    **SURVEY_OBJECTS,
    **CONSULTATION_OBJECTS,
}
"""By the kind of object of the line."""

FIELDS: dict[str, Any] = {
    "above": _("Unit above"),
    "act": _("Act"),
    "actor_text": _("Who"),
    "after": _("After"),
    "answers": _("Result of the task"),
    "attended": _("Attendances"),
    "asked": _("Asked of the receiver"),
    "basis": _("Legal basis"),
    "before": _("Before"),
    "change": _("What"),
    "channel": _("Channel"),
    "citation": _("Cited document"),
    "cited": _("Document meant"),
    "classification": _("Class"),
    "code": _("Number and symbol"),
    "cycle": _("Cycle"),
    "directive": _("Directive"),
    "document": _("Document"),
    "counted_from": _("Counted from"),
    "counted_on": _("Counted from day"),
    "cycle_day": _("Day of the period"),
    "due_count": _("How many"),
    "due_on": _("Due"),
    "due_unit": _("Counted in"),
    "event": _("The event"),
    "first_due_on": _("First due"),
    "counted_due_on": _("Counted due day"),
    "is_before": _("Counted back"),
    "rolls": _("Moves to a working day"),
    "duty": _("Duty"),
    "end": _("Until day"),
    "entry": _("Entry"),
    "erased": _("Lines erased"),
    "expected": _("Attendances due"),
    "files": _("Evidence"),
    "form": _("Form"),
    "for_addressees": _("For the addressees"),
    "granted_on": _("Granted until"),
    "wanted_on": _("Wanted day"),
    "group": _("Group"),
    "held_on": _("Day"),
    "host": _("Host body"),
    "is_dropped": _("Marked as no duty"),
    "is_withdrawn": _("Withdrawn"),
    "items": _("Items"),
    "kind": _("Kind"),
    "kinds": _("All units of these kinds"),
    "lead": _("Lead unit"),
    "name": _("Name"),
    "occasion": _("At which meeting"),
    "on": _("From day"),
    "owner": _("Who writes it"),
    "paragraph": _("Paragraph"),
    "patience": _("Patience"),
    "period": _("Period"),
    "person": _("Person"),
    "position": _("Position"),
    "pinpoint": _("Part of it"),
    "product": _("Product"),
    "reason": _("Reason"),
    "relation": _("What it does with it"),
    "role": _("Role"),
    "rungs": _("Rungs"),
    "said_by": _("Who said it"),
    "scheme": _("Scheme"),
    "section": _("Section"),
    "selection": _("Which units are meant"),
    "sessions": _("Sessions"),
    "start": _("From day"),
    "state": _("State"),
    "subject": _("Subject"),
    "support": _("Supporting units"),
    "symbol": _("Symbol of documents"),
    "target": _("Other document"),
    "text": _("Text"),
    "time_kind": _("Kind of time"),
    "title": _("Position"),
    "until": _("Until day"),
    "unit": _("Unit"),
    "units": _("And these units"),
    "valid_from": _("First day in force"),
    "valid_until": _("Until day"),
    "to": _("Who does it"),
    "sender": _("From whom"),
    "number": pgettext_lazy("of a document", "Number"),
    "arrived_on": _("Day of arrival"),
    "issued_on": _("Date of issue"),
    "urgency": _("Urgency"),
    "value": _("Value"),
    "verb": _("Verb"),
    "what": _("What"),
    "without": _("But not these"),
    "wordings": _("Words that documents use for it"),
    "assignment": _("Task"),
    "day": _("Day of the inspection"),
    "result": _("What was seen"),
    "seed": _("What lots are drawn by"),
    "size": _("How many units"),
    "team": _("Who inspects"),
    "year": _("Year"),
    "alike": _("Grouped with"),
    "characters": _("Characters"),
    "handling": _("How it was dealt with"),
    "is_shown": _("On the public page"),
    "is_withheld": _("Answer not on the public page"),
    "planned_on": _("Day"),
    "rule": _("Rule"),
    "source": _("Source"),
    "per_year": _("Dialogues a year, at least"),
    "notice_days": _("Announced so many days before"),
    "answer_workdays": _("Answered in so many working days"),
    "publish_days": _("Results published in so many days"),
    "agenda": _("Agenda"),
    "counts": _("Who came"),
    "tendency": _("Whoever said it is"),
    "is_pressing": _("It is pressing"),
    "theme_id": _("Theme"),
    "told": _("What is being done"),
    "into": _("Into the theme"),
    "opinions": _("Opinions"),
    "new": _("New themes"),
    "placed": _("Stand in themes"),
    "words": _("Words"),
    "place_id": _("Where it hangs"),
    "is_open": _("It takes in opinions"),
}
"""By the name of a value; others keep the name they have in the code."""

CHOICES: dict[str, dict[str, Any]] = {
    "state": dict(
        [
            *DocumentState.choices,
            *CopyState.choices,
            *OutgoingState.choices,
            *DraftState.choices,
            *AssignmentState.choices,
            *PlanState.choices,
            *VisitState.choices,
            *DialogueState.choices,
            *QuestionState.choices,
            *SurveyState.choices,
            *ConsultationState.choices,
            *OpinionState.choices,
            *HelpState.choices,
        ]
    ),
    "result": dict(CheckItem.Result.choices),
    "asked": dict(Copy.Asked.choices),
    "urgency": dict(Incoming.Urgency.choices),
    "time_kind": dict(TimeKind.choices),
    "cycle": dict(Cycle.choices),
    "relation": dict(Relation.choices),
    "form": dict(Form.choices),
    "role": dict(Role.choices),
    "selection": dict(Addressee.Selection.choices),
    "change": {
        "password_changed": _("Password changed"),
        "password_set": _("Password set"),
        "password_reset": _("Password reset by mail"),
        "totp_activated": _("Code of an app set up"),
        "totp_deactivated": _("Code of an app taken away"),
        "recovery_codes_generated": _("Recovery codes made"),
        "webauthn_added": _("Passkey added"),
        "webauthn_removed": _("Passkey taken away"),
        "account_connected": _("Identity service linked"),
        "account_disconnected": _("Identity service unlinked"),
    },
    "classification": dict(Classification.choices),
    "kind": dict(UnitKind.choices),
    "title": dict(PositionTitle.choices),
}
"""What the values of some fields are called."""


def words_of(action: str) -> ActWords:
    """What an act is called; one without words by its name in the code, so that no line is ever hidden."""
    return ACTS.get(action) or ActWords(action, "dot")


def object_word(object_type: str) -> str:
    """What a kind of object is called."""
    return str(OBJECTS.get(object_type, object_type))


def changes_in(values: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    """The values of a line to be read: name, value (or the old one), and the new one where both are known."""
    return [_change(name, value) for name, value in values.items()]


def _change(name: str, value: Any) -> tuple[str, str, str | None]:
    word, choices = str(FIELDS.get(name, name)), CHOICES.get(name, {})
    if isinstance(value, list) and len(value) == 2 and value[0] != value[1]:
        return word, _said(value[0], choices), _said(value[1], choices)
    return word, _said(value[:1] if _is_unchanged(value) else value, choices), None


def _is_unchanged(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and bool(value[0] == value[1])


def _said(value: Any, choices: dict[str, Any]) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(_said(part, choices) for part in value)
    if isinstance(value, dict):
        return "; ".join(
            f"{FIELDS.get(name, name)}: {_said(inner, CHOICES.get(name, {}))}" for name, inner in value.items()
        )
    text = str(choices.get(value, value))
    return f"{text[:12]}…" if DIGEST.fullmatch(text) else text
