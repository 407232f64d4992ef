"""Every act that is recorded anywhere has its words for the screen."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from motbuoc.domains.consultation.states import CONSULTATION_TRANSITIONS as OF_CONSULTATIONS
from motbuoc.domains.dialogue.states import DIALOGUE_TRANSITIONS as OF_DIALOGUES
from motbuoc.domains.dialogue.states import QUESTION_TRANSITIONS as OF_QUESTIONS
from motbuoc.domains.documents.states import COPY_TRANSITIONS as OF_COPIES
from motbuoc.domains.documents.states import TRANSITIONS as OF_DOCUMENTS
from motbuoc.domains.inspections.states import PLAN_TRANSITIONS as OF_PLANS
from motbuoc.domains.inspections.states import VISIT_TRANSITIONS as OF_VISITS
from motbuoc.domains.listening.states import OPINION_TRANSITIONS as OF_OPINIONS
from motbuoc.domains.registers.states import TRANSITIONS as OF_OUTGOING
from motbuoc.domains.reporting.states import TRANSITIONS as OF_DRAFTS
from motbuoc.domains.surveys.states import SURVEY_TRANSITIONS as OF_SURVEYS
from motbuoc.domains.work.states import HELP_TRANSITIONS as OF_HELP
from motbuoc.domains.work.states import TRANSITIONS as OF_ASSIGNMENTS
from motbuoc.foundation.reorganisation.models import ReorganisationKind
from motbuoc.interfaces.papers.acts import ACTS, OBJECTS

SRC = Path(__file__).parents[2] / "src"

DRAWN: dict[str, list[str]] = {
    "work/services.py:_take_step": [step.name for step in OF_ASSIGNMENTS],
    "work/prerequisites.py:_record": ["add_prerequisite", "drop_prerequisite"],
    "work/dividing.py:_record": ["give_portion", "finish_portion", "return_portion", "drop_portion"],
    "work/requesting.py:_record": ["ask_request", "grant_request", "refuse_request", "withdraw_request"],
    "work/offering.py:take_help_step": [step.name for step in OF_HELP],
    "workdays/services.py:_save": ["confirm_calendar_year", "change_calendar_day", "import_calendar_year"],
    "reorganisation/in_bulk.py:_record_each": [],  # some of the next
    "reorganisation/services.py:recorded": [f"{kind}_unit" for kind in ReorganisationKind],
    "registers/services.py:take_outgoing_step": [
        f"{step.name}_outgoing" for step in OF_OUTGOING if step.name not in ("release", "dispatch")
    ],
    "documents/copies.py:answer_copy": [step.name for step in OF_COPIES],
    "notices/choices.py:_record": [
        "set_preference",
        "subscribe_browser",
        "unsubscribe_browser",
        "make_calendar_address",
        "withdraw_calendar_address",
    ],
    "inspections/services.py:take_plan_step": [step.name for step in OF_PLANS],
    "inspections/visiting.py:_move": [step.name for step in OF_VISITS],
    "dialogue/services.py:move": [step.name for step in OF_DIALOGUES],
    "dialogue/asking.py:_move": [step.name for step in OF_QUESTIONS],
    "consultation/services.py:take_consultation_step": [step.name for step in OF_CONSULTATIONS],
    "listening/services.py:_move": [step.name for step in OF_OPINIONS],
    "surveys/services.py:take_survey_step": [step.name for step in OF_SURVEYS],
    "surveys/building.py:_noted": [f"{what}_survey_question" for what in ("add", "change", "move", "drop")],
    "reporting/drafting.py:take_draft_step": [f"{step.name}_draft" for step in OF_DRAFTS],
    "ledger/workbook_pages.py:changes_of": [],  # cells of a workbook, which record nothing
    "documents/services.py:_move": [f"{step.name}_document" for step in OF_DOCUMENTS],
}
"""Functions whose action comes out of a table, and all that the table holds."""

RECORDERS = {"Act": 0, "_act": 0, "_change": 2, "_tell": 1, "_tell_changes": 1, "_note": 1}
"""Functions that are given the name of an act, and as which argument."""


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in SRC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def actions_in(node: ast.expr, function: ast.FunctionDef) -> list[str] | None:
    """What an argument may be: a literal, one of two, a name set to such; None if it cannot be told."""
    if isinstance(node, ast.Constant):
        return [str(node.value)]
    if isinstance(node, ast.IfExp):
        either = [actions_in(node.body, function), actions_in(node.orelse, function)]
        return None if None in either else [name for names in either for name in names or ()]
    if isinstance(node, ast.Name):
        if node.id in {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}:
            return [] if function.name in RECORDERS else None  # whoever calls it is asked instead
        for inner in ast.walk(function):
            if isinstance(inner, ast.Assign) and [ast.unparse(target) for target in inner.targets] == [node.id]:
                return actions_in(inner.value, function)
    return None


def recorded() -> Iterator[tuple[str, list[str] | None]]:
    for path, function in functions():
        for call in ast.walk(function):
            name = getattr(call.func, "id", "") if isinstance(call, ast.Call) else ""
            if name in RECORDERS and len(call.args) > RECORDERS[name]:
                where = f"{path.parent.name}/{path.name}:{function.name}"
                yield where, DRAWN[where] if where in DRAWN else actions_in(call.args[RECORDERS[name]], function)


def test_every_act_has_its_words() -> None:
    found = list(recorded())
    assert len(found) > 15
    assert [where for where, names in found if names is None] == [], (
        "add these to DRAWN, with what they may record"
    )
    wordless = {(name, where) for where, names in found for name in names or () if name not in ACTS}
    assert wordless == set(), "give these acts words in interfaces/papers/acts.py"


def test_every_kind_of_object_has_its_word() -> None:
    kinds = {
        call.args[1].value
        for _path, function in functions()
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "Act"
        and len(call.args) > 1
        and isinstance(call.args[1], ast.Constant)
    }
    assert kinds - set(OBJECTS) == set()


def test_no_words_are_left_over() -> None:
    assert {name for _where, names in recorded() for name in names or ()} == set(ACTS)
