"""Writes to rules and dialogues: planned, announced, held, concluded, published."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motbuoc.domains.dialogue.models import Attendance, Dialogue, DialogueRule
from motbuoc.domains.dialogue.selectors import asked_on, rules_of
from motbuoc.domains.dialogue.states import DIALOGUE_TRANSITIONS, DialogueState
from motbuoc.domains.listening.suppression import seen
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.core.transitions import step
from motbuoc.foundation.core.version import claim, once
from motbuoc.foundation.history.services import Act, record
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind


@cache
def standard_rules() -> dict[str, dict[str, Any]]:
    """The rules that come with the product, by key, each with its source (rules.toml)."""
    found: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "rules.toml").read_text("utf-8"))
    return found


@dataclass(frozen=True)
class Terms:
    """What a rule says (`models.DialogueRule`)."""

    name: str
    source: str
    kinds: tuple[str, ...]
    per_year: int
    notice_days: int
    answer_workdays: int
    publish_days: int


@transaction.atomic
def take_standard_rules(*, actor: Person, unit_id: int) -> list[DialogueRule]:
    """Make the standard rules those of a unit and all below it; what it has by that name stays as it is.

    Raises:
        NotAllowed: the actor does not hold dialogues for that unit.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, unit_id)
    there = set(DialogueRule.objects.filter(unit=unit_id).values_list("name", flat=True))
    missing = [Terms(**row | {"kinds": tuple(row["kinds"])}) for row in standard_rules().values()]
    return [_add_rule(actor, unit_id, terms) for terms in missing if terms.name not in there]


@transaction.atomic
def make_rule(*, actor: Person, unit_id: int, terms: Terms) -> DialogueRule:
    """Make a rule of a unit, for it and those below it of the kinds named.

    Raises:
        NotAllowed: the actor does not hold dialogues for that unit.
        Refusal: no kind is named, or one that there is not.
        Collision: the unit has a rule of that name.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, unit_id)
    return _add_rule(actor, unit_id, terms)


def _add_rule(actor: Person, unit_id: int, terms: Terms) -> DialogueRule:
    _check_kinds(terms.kinds)
    with once(_("There is a rule of this name already. Change that one.")):
        rule = DialogueRule.objects.create(unit_id=unit_id, **_columns(terms))
    record(actor, Act("make_dialogue_rule", "dialogue_rule", rule.pk, unit_id, _columns(terms)))
    return rule


def _columns(terms: Terms) -> dict[str, Any]:
    return asdict(terms) | {"kinds": list(terms.kinds)}


def _check_kinds(kinds: tuple[str, ...]) -> None:
    if not kinds or set(kinds) - set(UnitKind.values):
        raise Refusal(_("Choose the kinds of units that the rule is for."))


@transaction.atomic
def change_rule(*, actor: Person, rule: DialogueRule, version: int, terms: Terms) -> DialogueRule:
    """Say anew what a rule asks for; dialogues already planned are judged by it from now on.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: no kind is named.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(rule.unit_id))
    _check_kinds(terms.kinds)
    fresh = claim(rule, version)
    new = _columns(terms)
    values = {name: [getattr(fresh, name), value] for name, value in new.items() if getattr(fresh, name) != value}
    for name, value in new.items():
        setattr(fresh, name, value)
    with once(_("There is a rule of this name already. Change that one.")):
        fresh.save()
    record(actor, Act("change_dialogue_rule", "dialogue_rule", fresh.pk, fresh.unit_id, values))
    return fresh


@dataclass(frozen=True)
class Plan:
    """What is planned of a dialogue; `rule_id` None: an extra one. `host` is an office, not a name."""

    rule_id: int | None
    subject: str
    host: str
    planned_on: date
    place: str = ""
    agenda: str = ""


@transaction.atomic
def plan_dialogue(*, actor: Person, unit_id: int, plan: Plan) -> Dialogue:
    """Plan a dialogue of a unit.

    Raises:
        NotAllowed: the actor does not hold dialogues for that unit.
        Refusal: the rule is not one of the unit's, or the day is not one of work's years.
    """
    policy.require(actor, Action.HOLD_DIALOGUE, unit_id)
    _check_plan(unit_id, plan)
    dialogue = Dialogue.objects.create(
        unit_id=unit_id, address=secrets.token_hex(5), made_by=actor, **asdict(plan)
    )
    values = {"subject": plan.subject, "planned_on": plan.planned_on.isoformat(), "rule": plan.rule_id}
    record(actor, Act("plan_dialogue", "dialogue", dialogue.pk, unit_id, values))
    return dialogue


def _check_plan(unit_id: int, plan: Plan) -> None:
    if not clock.FIRST_DAY <= plan.planned_on <= clock.LAST_DAY:
        raise Refusal(_("Give a day between the years 1900 and 2200."))
    if plan.rule_id is not None and not rules_of(unit_id, clock.today()).filter(pk=plan.rule_id).exists():
        raise Refusal(_("This rule is not one of the unit's. Choose another."))


@transaction.atomic
def change_dialogue(*, actor: Person, dialogue: Dialogue, version: int, plan: Plan) -> Dialogue:
    """Change what is planned, until it is held; a new day is told on its public page.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it was held or called off; as `plan_dialogue`.
    """
    fresh = held_by(actor, dialogue, version)
    if fresh.state not in (DialogueState.PLANNED, DialogueState.ANNOUNCED):
        raise Refusal(_("The dialogue was held or called off. What was planned stays as it was."))
    _check_plan(fresh.unit_id, plan)
    new = asdict(plan)
    values = {
        name: [_plain(getattr(fresh, name)), _plain(value)]
        for name, value in new.items()
        if getattr(fresh, name) != value
    }
    for name, value in new.items():
        setattr(fresh, name, value)
    fresh.save()
    record(actor, Act("change_dialogue", "dialogue", fresh.pk, fresh.unit_id, values))
    return fresh


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def held_by(actor: Person, dialogue: Dialogue, version: int | None) -> Dialogue:
    """The dialogue, claimed, if `actor` holds it."""
    policy.require(actor, Action.HOLD_DIALOGUE, asked_on(dialogue.unit_id))
    return claim(dialogue, version)


@transaction.atomic
def take_dialogue_step(*, actor: Person, dialogue: Dialogue, version: int, name: str, text: str = "") -> Dialogue:
    """Announce, publish or call off; what more a step asks for has a service of its own.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now, the reason is missing, or the step is one of another service.
    """
    fresh = held_by(actor, dialogue, version)
    transition = step(DIALOGUE_TRANSITIONS, name, fresh.state)
    if name in ("hold_dialogue", "conclude_dialogue"):
        raise Refusal(_("This step is not possible now. Reload the page to see what has changed."))
    if transition.asks and not text.strip():
        raise Refusal(_("Write the reason."))
    if name == "announce_dialogue":
        fresh.announced_on = clock.today()
    if name == "publish_dialogue":
        fresh.published_on = clock.today()
    return move(actor, fresh, name, transition.target, {"reason": text.strip()} if text.strip() else {})


def move(actor: Person, fresh: Dialogue, name: str, target: str, values: dict[str, Any]) -> Dialogue:
    """Take a step that was found possible, with its line of history."""
    before, fresh.state = fresh.state, target
    fresh.save()
    record(actor, Act(name, "dialogue", fresh.pk, fresh.unit_id, {"state": [before, target], **values}))
    return fresh


@transaction.atomic
def hold_dialogue(
    *, actor: Person, dialogue: Dialogue, version: int, held_on: date, counts: Mapping[str, int], minutes: str
) -> Dialogue:
    """Note that a dialogue was held, how many of each group came, and its minutes.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: not possible now, the day is still to come, or nobody came.
    """
    fresh = held_by(actor, dialogue, version)
    transition = step(DIALOGUE_TRANSITIONS, "hold_dialogue", fresh.state)
    if not clock.FIRST_DAY <= held_on <= clock.today():
        raise Refusal(_("Say on which day it was held: today or before."))
    if not sum(counts.values()):
        raise Refusal(_("Say how many came, by group; there was no dialogue with nobody."))
    fresh.held_on, fresh.minutes = held_on, minutes.strip()
    _count(fresh, counts)
    values = {"held_on": held_on.isoformat(), "attended": seen(sum(counts.values()))}
    return move(actor, fresh, "hold_dialogue", transition.target, values)


def _count(dialogue: Dialogue, counts: Mapping[str, int]) -> None:
    dialogue.attendances.all().delete()
    Attendance.objects.bulk_create(
        Attendance(dialogue=dialogue, group=group, count=count) for group, count in counts.items() if count
    )


@transaction.atomic
def write_minutes(*, actor: Person, dialogue: Dialogue, version: int, minutes: str) -> Dialogue:
    """Write the minutes, before, while and after it is held, until its results are published. What a side has
    confirmed before is taken back, as it signed other words.

    Raises:
        NotAllowed, Collision: as ever.
        Refusal: it is published or called off.
    """
    fresh = held_by(actor, dialogue, version)
    if fresh.state in (DialogueState.PUBLISHED, DialogueState.CALLED_OFF):
        raise Refusal(_("Published, or called off: the minutes stay as they are."))
    before, fresh.minutes = fresh.minutes, minutes.strip()
    fresh.save()
    values = {"characters": len(fresh.minutes)}
    if fresh.minutes != before and (taken := fresh.confirmations.count()):
        fresh.confirmations.all().delete()  # what was signed is not what stands there now
        values["confirmations_taken_back"] = taken
    record(actor, Act("write_minutes", "dialogue", fresh.pk, fresh.unit_id, values))
    return fresh
