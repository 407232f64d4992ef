"""State and lateness as a drawing, a colour class and a word, in one table. Never by colour alone.

The drawings are symbols of `components/signs.html`, which every page carries once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from motbuoc.domains.consultation.states import ConsultationState
from motbuoc.domains.dialogue.states import DialogueState, QuestionState
from motbuoc.domains.documents.searching import Validity
from motbuoc.domains.documents.states import CopyState, DocumentState
from motbuoc.domains.inspections.states import PlanState, VisitState
from motbuoc.domains.ledger.choices import FormState
from motbuoc.domains.listening.states import OpinionState
from motbuoc.domains.registers.states import OutgoingState
from motbuoc.domains.reporting.models import Report
from motbuoc.domains.reporting.states import DraftState
from motbuoc.domains.surveys.states import SurveyState
from motbuoc.domains.work.standing import Lateness
from motbuoc.domains.work.states import AssignmentState
from motbuoc.foundation.access.classification import Classification, narrowest


@dataclass(frozen=True, slots=True)
class Sign:
    """How something is shown: `drawing` names a symbol, `css` the colour class `is-…`, `label` the word."""

    drawing: str
    css: str
    label: Any


def _sign(choice: Any, drawing: str, css: str) -> tuple[str, Sign]:
    return choice.value, Sign(drawing, css, choice.label)


STATES: dict[str, Sign] = dict(
    (
        _sign(DocumentState.READ, "pencil", "is-open"),
        _sign(DocumentState.CONFIRMED, "paper-check", "is-moving"),
        _sign(DocumentState.ISSUED, "sent", "is-done"),
        _sign(DocumentState.SENT, "sent", "is-done"),
        _sign(OutgoingState.DRAFT, "pencil", "is-open"),
        _sign(OutgoingState.CHECKED, "hourglass", "is-waiting"),
        _sign(OutgoingState.APPROVED, "paper-check", "is-moving"),
        _sign(OutgoingState.RELEASED, "half", "is-moving"),
        _sign(OutgoingState.DISPATCHED, "sent", "is-done"),
        _sign(OutgoingState.VOID, "cross", "is-quiet"),
        _sign(CopyState.DELIVERED, "untouched", "is-open"),
        _sign(CopyState.OPENED, "seen", "is-seen"),
        _sign(CopyState.TAKEN, "done", "is-done"),
        _sign(CopyState.DECLINED, "back", "is-returned"),
        _sign(CopyState.RECALLED, "cross", "is-quiet"),
        _sign(CopyState.REPLACED, "paper-check", "is-quiet"),
        _sign(AssignmentState.ASSIGNED, "untouched", "is-open"),
        _sign(AssignmentState.ACKNOWLEDGED, "seen", "is-seen"),
        _sign(AssignmentState.IN_PROGRESS, "half", "is-moving"),
        _sign(AssignmentState.SUBMITTED, "hourglass", "is-waiting"),
        _sign(AssignmentState.QUESTIONED, "info", "is-returned"),
        _sign(AssignmentState.RETURNED, "back", "is-returned"),
        _sign(AssignmentState.ACCEPTED, "done", "is-done"),
        _sign(AssignmentState.SUSPENDED, "pause", "is-quiet"),
        _sign(AssignmentState.CANCELLED, "cross", "is-quiet"),
        _sign(FormState.IN_USE, "done", "is-done"),
        _sign(FormState.CLOSED, "cross", "is-quiet"),
        _sign(PlanState.DRAFT, "pencil", "is-open"),
        _sign(PlanState.APPROVED, "paper-check", "is-done"),
        _sign(VisitState.PLANNED, "today", "is-open"),
        _sign(VisitState.UNDER_WAY, "half", "is-moving"),
        _sign(VisitState.DRAFT_SENT, "hourglass", "is-waiting"),
        _sign(VisitState.COMMENTED, "seen", "is-seen"),
        _sign(VisitState.CONCLUDED, "done", "is-done"),
        _sign(VisitState.CALLED_OFF, "cross", "is-quiet"),
        _sign(OpinionState.RECEIVED, "untouched", "is-open"),
        _sign(OpinionState.PASSED_ON, "sent", "is-moving"),
        _sign(OpinionState.ANSWERED, "done", "is-done"),
        _sign(OpinionState.HEEDED, "seen", "is-done"),
        _sign(DialogueState.PLANNED, "today", "is-open"),
        _sign(DialogueState.ANNOUNCED, "sent", "is-moving"),
        _sign(DialogueState.HELD, "half", "is-moving"),
        _sign(DialogueState.CONCLUDED, "paper-check", "is-waiting"),
        _sign(DialogueState.PUBLISHED, "done", "is-done"),
        _sign(DialogueState.CALLED_OFF, "cross", "is-quiet"),
        _sign(QuestionState.RECEIVED, "untouched", "is-open"),
        _sign(QuestionState.FORWARDED, "sent", "is-moving"),
        _sign(QuestionState.ANSWERED, "done", "is-done"),
        _sign(QuestionState.AGAIN, "back", "is-returned"),
        _sign(QuestionState.ASIDE, "cross", "is-quiet"),
        _sign(SurveyState.DRAFT, "pencil", "is-open"),
        _sign(SurveyState.OPEN, "sent", "is-moving"),
        _sign(SurveyState.CLOSED, "paper-check", "is-waiting"),
        _sign(SurveyState.PUBLISHED, "done", "is-done"),
        _sign(ConsultationState.DRAFT, "pencil", "is-open"),
        _sign(ConsultationState.OPEN, "sent", "is-moving"),
        _sign(ConsultationState.CLOSED, "half", "is-waiting"),
        _sign(ConsultationState.ANSWERED, "paper-check", "is-waiting"),
        _sign(ConsultationState.PUBLISHED, "done", "is-done"),
        _sign(DraftState.WRITTEN, "pencil", "is-open"),
        _sign(DraftState.PUT_FORWARD, "hourglass", "is-waiting"),
        _sign(DraftState.AGREED, "paper-check", "is-done"),
        _sign(Report.State.QUEUED, "hourglass", "is-waiting"),
        _sign(Report.State.READY, "paper-check", "is-done"),
        _sign(Report.State.FAILED, "cross", "is-overdue"),
    )
)
"""By the stored value of a state; no two kinds of things share one, but what is a draft is one everywhere."""

LATENESS: dict[int, Sign] = {
    Lateness.WAITS.value: Sign("link", "is-waiting", Lateness.WAITS.label),
    Lateness.SOON.value: Sign("clock", "is-soon", Lateness.SOON.label),
    Lateness.OVERDUE.value: Sign("warning", "is-overdue", Lateness.OVERDUE.label),
    Lateness.QUIET.value: Sign("quiet", "is-quiet", Lateness.QUIET.label),
}
"""On time has no sign: nothing needs a look."""


VALIDITIES: dict[str, Sign] = dict(
    (
        _sign(Validity.TO_COME, "hourglass", "is-waiting"),
        _sign(Validity.REPLACED, "cross", "is-returned"),
        _sign(Validity.ENDED, "clock", "is-quiet"),
    )
)
"""A document in force has no sign: that is what one expects of it."""

CLASSES: dict[str, Sign] = {
    Classification.INTERNAL.value: Sign("house", "is-internal", Classification.INTERNAL.label),
    Classification.RESTRICTED.value: Sign("lock", "is-restricted", Classification.RESTRICTED.label),
}
"""What is normal has no sign: it needs no care."""


def drawing(name: str) -> SafeString:
    """The drawing alone, hidden from screen readers: a word belongs beside it."""
    return format_html('<svg class="sign" aria-hidden="true"><use href="#sign-{}"/></svg>', name)


def badge(sign: Sign, more: str = "") -> SafeString:
    """Drawing and word, with `more` behind the word."""
    return format_html('<span class="status {}">{}{}{}</span>', sign.css, drawing(sign.drawing), sign.label, more)


def class_badge(*classes: str) -> SafeString:
    """The badge of the narrowest of the classes; nothing where that is the normal one."""
    sign = CLASSES.get(narrowest(*classes))
    return badge(sign) if sign else SafeString("")


def validity_badge(validity: str) -> SafeString:
    """The badge of a document that is not in force, or not yet; nothing where it is."""
    sign = VALIDITIES.get(validity)
    return badge(sign) if sign else SafeString("")
