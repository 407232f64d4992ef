"""Rights as data: which role may do which actions. The rights page and the test matrix are drawn from here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """Everything a person can be allowed to do."""

    VIEW_DOCUMENT = "view_document", _("Read directives")
    IMPORT_DOCUMENT = "import_document", _("Bring in a document")
    REVIEW_DOCUMENT = "review_document", _("Correct and confirm what was read")
    ISSUE_DIRECTIVE = "issue_directive", _("Issue a directive to units")
    VIEW_REGISTER = "view_register", _("See the registers of documents")
    REGISTER_DOCUMENT = "register_document", _("Keep the registers, draft, take in or refuse copies")
    RELEASE_DOCUMENT = "release_document", _("Approve, number and release a document")
    SEND_DOCUMENT = "send_document", _("Send a released document and call copies back")
    VIEW_BOARD = "view_board", _("See the board")
    VIEW_ASSIGNMENT = "view_assignment", _("See assignments")
    WORK_ON_ASSIGNMENT = "work_on_assignment", _("Acknowledge, record progress, submit")
    DECIDE_ASSIGNMENT = "decide_assignment", _("Accept or return results")
    VIEW_VISIT = "view_visit", _("See inspections of work")
    INSPECT_WORK = "inspect_work", _("Inspect the work of units")
    VIEW_REPORT = "view_report", _("Read reports")
    MAKE_REPORT = "make_report", _("Make a report")
    VIEW_FIGURES = "view_figures", _("See figures and what units reported")
    KEEP_FORMS = "keep_forms", _("Define indicators and forms, and ask for them")
    VIEW_DIALOGUE = "view_dialogue", _("See dialogues and what was asked and answered")
    NOTE_QUESTION = "note_question", _("Enter questions that came on paper")
    HOLD_DIALOGUE = "hold_dialogue", _("Plan and hold dialogues, answer questions")
    OPEN_IDENTITY = "open_identity", _("Open a name that was left for a reply, with a reason")
    VIEW_SURVEY = "view_survey", _("See surveys and their results")
    NOTE_SHEET = "note_sheet", _("Enter sheets of surveys that came on paper")
    HOLD_SURVEY = "hold_survey", _("Build and hold surveys")
    VIEW_CONSULTATION = "view_consultation", _("See consultations on drafts and what was commented")
    REPLY_CONSULTATION = "reply_consultation", _("Reply for a unit that is asked to comment on a draft")
    HOLD_CONSULTATION = "hold_consultation", _("Lay drafts before units and people, deal with their comments")
    VIEW_THEMES = "view_themes", _("See the issue board and reports of the situation")
    NOTE_OPINION = "note_opinion", _("Enter opinions from paper and what is said around")
    ANSWER_OPINION = "answer_opinion", _("Read opinions, sort them into themes, answer them")
    VIEW_HISTORY = "view_history", _("See the history")
    VIEW_UNIT = "view_unit", _("See units and who holds which position")
    VIEW_RIGHTS = "view_rights", _("See who may do what")
    MANAGE_UNITS = "manage_units", _("Reorganise units")
    MANAGE_PEOPLE = "manage_people", _("Look after people, positions and accounts")
    MANAGE_RIGHTS = "manage_rights", _("Give and end roles")
    KEEP_CALENDAR = "keep_calendar", _("Confirm and correct the working calendar")
    VIEW_INTERNAL = "view_internal", _("Read what is internal")
    VIEW_RESTRICTED = "view_restricted", _("Read what is restricted")


class Role(models.TextChoices):
    """Named sets of actions, granted on a unit."""

    CENTRAL_OFFICER = "central_officer", _("Officer of the level above")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    UNIT_SECRETARY = "unit_secretary", _("Unit secretary")
    CLERK = "clerk", _("Clerk of documents")
    MEMBER = "member", _("Member")
    INSPECTOR = "inspector", _("Inspector")
    ADMINISTRATOR = "administrator", _("Administrator")


READING = frozenset(
    {
        Action.VIEW_DOCUMENT,
        Action.VIEW_REGISTER,
        Action.VIEW_BOARD,
        Action.VIEW_ASSIGNMENT,
        Action.VIEW_VISIT,
        Action.VIEW_REPORT,
        Action.VIEW_FIGURES,
        Action.VIEW_DIALOGUE,
        Action.VIEW_SURVEY,
        Action.VIEW_CONSULTATION,
        Action.VIEW_THEMES,
        Action.VIEW_HISTORY,
        Action.VIEW_UNIT,
        Action.VIEW_RIGHTS,
    }
)
"""The actions that only look."""

ALL_CLASSES = frozenset({Action.VIEW_INTERNAL, Action.VIEW_RESTRICTED})
"""Beside what is normal, which needs no right of its own: reading is reading what is normal."""

OF_ARCHIVES = READING | ALL_CLASSES
"""The actions that reach the archives of units that have ended; others do not, but for those of `OF_THE_UNIT`."""

OF_THE_UNIT = frozenset(
    {
        Action.DECIDE_ASSIGNMENT,
        Action.HOLD_DIALOGUE,
        Action.ANSWER_OPINION,
        Action.OPEN_IDENTITY,
        Action.HOLD_SURVEY,
        Action.HOLD_CONSULTATION,
        Action.REPLY_CONSULTATION,
    }
)
"""What is a unit's own: to decide on results, asked on the unit whose document it is about, to hold a dialogue and
answer there, to read and answer what was said to it, to open who left a name there, to hold a survey, to lay its
draft before others, and to say what it thinks of another's. A grant gives it on its own unit and on what ended
units left to it, not on units below: a level above decides on what it issued itself, and answers what it was asked
itself."""

OF_REGISTERS = frozenset({Action.REGISTER_DOCUMENT, Action.RELEASE_DOCUMENT, Action.SEND_DOCUMENT})
"""What is done to documents that go out and come in."""

ACTIONS: dict[Role, frozenset[Action]] = {
    Role.CENTRAL_OFFICER: READING | {Action.VIEW_INTERNAL},
    Role.DEPARTMENT_OFFICER: READING
    | ALL_CLASSES
    | OF_REGISTERS
    | {
        Action.IMPORT_DOCUMENT,
        Action.REVIEW_DOCUMENT,
        Action.ISSUE_DIRECTIVE,
        Action.DECIDE_ASSIGNMENT,
        Action.INSPECT_WORK,
        Action.MAKE_REPORT,
        Action.KEEP_FORMS,
        Action.NOTE_QUESTION,
        Action.HOLD_DIALOGUE,
        Action.OPEN_IDENTITY,
        Action.NOTE_SHEET,
        Action.HOLD_SURVEY,
        Action.REPLY_CONSULTATION,
        Action.HOLD_CONSULTATION,
        Action.NOTE_OPINION,
        Action.ANSWER_OPINION,
    },
    Role.UNIT_SECRETARY: frozenset(
        {
            Action.VIEW_DOCUMENT,
            Action.VIEW_REGISTER,
            Action.VIEW_BOARD,
            Action.VIEW_ASSIGNMENT,
            Action.VIEW_VISIT,
            Action.WORK_ON_ASSIGNMENT,
            Action.VIEW_REPORT,
            Action.MAKE_REPORT,  # of their own unit and those below, for the level above
            Action.VIEW_FIGURES,
            Action.VIEW_DIALOGUE,
            Action.NOTE_QUESTION,
            Action.HOLD_DIALOGUE,
            Action.OPEN_IDENTITY,
            Action.VIEW_SURVEY,
            Action.NOTE_SHEET,
            Action.HOLD_SURVEY,
            Action.VIEW_CONSULTATION,
            Action.REPLY_CONSULTATION,
            Action.HOLD_CONSULTATION,
            Action.VIEW_THEMES,
            Action.NOTE_OPINION,
            Action.ANSWER_OPINION,
            Action.VIEW_HISTORY,
            Action.VIEW_UNIT,
            Action.VIEW_RIGHTS,
        }
    )
    | ALL_CLASSES
    | OF_REGISTERS,
    # Registers and sends, and does not release: who signs and who seals and sends are two people.
    Role.CLERK: frozenset(
        {
            Action.VIEW_DOCUMENT,
            Action.VIEW_REGISTER,
            Action.REGISTER_DOCUMENT,
            Action.SEND_DOCUMENT,
            Action.VIEW_DIALOGUE,
            Action.NOTE_QUESTION,
            Action.VIEW_SURVEY,
            Action.NOTE_SHEET,
            Action.VIEW_CONSULTATION,
            Action.NOTE_OPINION,
            Action.VIEW_UNIT,
        }
    )
    | ALL_CLASSES,
    Role.MEMBER: frozenset({Action.VIEW_DOCUMENT, Action.VIEW_ASSIGNMENT, Action.VIEW_UNIT}),
    Role.INSPECTOR: READING | ALL_CLASSES,
    # Runs units, people and rights and reads none of the work: whoever hands out keys does not use them.
    Role.ADMINISTRATOR: frozenset(
        {
            Action.VIEW_UNIT,
            Action.VIEW_RIGHTS,
            Action.VIEW_HISTORY,
            Action.MANAGE_UNITS,
            Action.MANAGE_PEOPLE,
            Action.MANAGE_RIGHTS,
            Action.KEEP_CALENDAR,
        }
    ),
}

ACTING = Role.UNIT_SECRETARY
"""What the next in line may do on a unit that nobody has been given to work for."""

PASSED_ON = tuple(role for role in Role if role not in (Role.ADMINISTRATOR, Role.INSPECTOR))
"""What a stand-in gets of the roles of the one they stand in for: the work of the position, neither keys to the
installation nor a window to inspect through, which are given to a person."""

SECOND_FACTOR_ACTIONS: frozenset[Action] = frozenset(
    {
        Action.ISSUE_DIRECTIVE,
        Action.MANAGE_UNITS,
        Action.MANAGE_PEOPLE,
        Action.MANAGE_RIGHTS,
        Action.KEEP_CALENDAR,
    }
)
"""Who may do one of these somewhere must have a second factor to sign in by."""


def roles_with(action: Action) -> list[Role]:
    """The roles that may do `action`."""
    return [role for role, actions in ACTIONS.items() if action in actions]


SCOPES: dict[str, frozenset[Action]] = {
    "read": READING,
    "classes": ALL_CLASSES,
    "work": frozenset({Action.WORK_ON_ASSIGNMENT}),
    "decide": frozenset({Action.DECIDE_ASSIGNMENT}),
    "documents": frozenset({Action.IMPORT_DOCUMENT, Action.REVIEW_DOCUMENT, Action.REGISTER_DOCUMENT}),
    "issue": frozenset({Action.ISSUE_DIRECTIVE, Action.RELEASE_DOCUMENT, Action.SEND_DOCUMENT}),
    "inspect": frozenset({Action.INSPECT_WORK}),
    "report": frozenset({Action.MAKE_REPORT}),
    "forms": frozenset({Action.KEEP_FORMS}),
    "dialogues": frozenset({Action.NOTE_QUESTION, Action.HOLD_DIALOGUE}),
    "surveys": frozenset({Action.NOTE_SHEET, Action.HOLD_SURVEY}),
    "consultations": frozenset({Action.REPLY_CONSULTATION, Action.HOLD_CONSULTATION}),
    "opinions": frozenset({Action.NOTE_OPINION, Action.ANSWER_OPINION}),
}
"""What a token of the programming interface can be good for; never more than its person may do. Units, people and
rights are looked after by people, and are in none."""

SCOPE_LABELS = {
    "read": _("Read what is normal"),
    "classes": _("Read also what is internal or restricted"),
    "work": _("Acknowledge, record progress, submit"),
    "decide": _("Accept or return results"),
    "documents": _("Bring documents in and confirm them"),
    "issue": _("Issue a directive to units"),
    "inspect": _("Inspect the work of units"),
    "report": _("Make reports"),
    "forms": _("Define indicators and forms, and ask for them"),
    "dialogues": _("Hold dialogues, enter and answer questions"),
    "surveys": _("Hold surveys, enter sheets from paper"),
    "consultations": _("Hold consultations on drafts, reply for units"),
    "opinions": _("Enter, sort and answer opinions"),
}
