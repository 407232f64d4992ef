"""From the rows of people to acts: who is appointed, which terms end, and every reason why it cannot be so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.administration.workbook.columns import NEW_PERSON, PEOPLE, key_of
from motbuoc.foundation.administration.workbook.known import Known, KnownPosition
from motbuoc.foundation.administration.workbook.plan import Appointment, Ending, Plan
from motbuoc.foundation.administration.workbook.rows import PersonRow, Problem, clean
from motbuoc.foundation.administration.workbook.unit_plan import DAY, Planned

Who = int | str
"""A person: the id, or what a new one is called in this file."""


@dataclass
class Seating:
    """The rows of people while they are looked at. `told`: the terms that earlier rows give."""

    known: Known
    planned: Planned
    plan: Plan
    legal_basis: str
    people: dict[str, Who] = field(default_factory=dict)
    told: dict[tuple[Who, str, str], list[tuple[date, date | None, int]]] = field(default_factory=dict)

    def wrong(self, row: PersonRow, key: str, sentence: str) -> None:
        """Put down that a cell is wrong."""
        self.plan.problems.append(Problem(PEOPLE.title, row.number, PEOPLE.head(key), sentence))

    def held(self, row: PersonRow) -> list[KnownPosition]:
        """Who holds or held the row's position in its unit."""
        unit = self.known.units.get(row.unit)
        return self.known.positions.get((unit.pk, row.title), []) if unit else []


def plan_people(rows: list[PersonRow], planned: Planned, legal_basis: str, plan: Plan) -> None:
    """Put into `plan` what the rows of people would change, and what is wrong with them."""
    seating = Seating(planned.known, planned, plan, legal_basis)
    _recognise_new(rows, seating)
    for row in rows:
        if not (row.unit and row.title and row.full_name):
            continue
        if planned.at(row.unit) is None:
            sentence = _("No unit with the code “%(code)s” is in the file or in the installation. Check the code.")
            seating.wrong(row, "unit", sentence % {"code": row.unit})
            continue
        who = _who(row, seating)
        if who is not None:
            _seat(row, who, seating)


def _recognise_new(rows: list[PersonRow], seating: Seating) -> None:
    """Whom an earlier import of the same file has made of each “mới 1”: the holder of one of their positions."""
    for row in rows:
        if key_of(row.person).startswith(key_of(NEW_PERSON)):
            found = {p.person_id for p in seating.held(row) if clean(p.full_name) == row.full_name}
            if len(found) == 1:
                seating.people.setdefault(key_of(row.person), found.pop())


def _who(row: PersonRow, seating: Seating) -> Who | None:
    """The person of a row: by key, else by name, unit and title; None where that is wrong."""
    key = key_of(row.person)
    if key.isdigit():
        name = seating.known.people.get(int(key))
        if name is None:
            sentence = _("No person with this number is known here. For somebody new leave the cell empty.")
            seating.wrong(row, "person", sentence)
        elif clean(name) != row.full_name:
            sentence = _("This number belongs to %(name)s. Check the number and the name.")
            seating.wrong(row, "full_name", sentence % {"name": name})
        else:
            return int(key)
        return None
    if key.startswith(key_of(NEW_PERSON)):
        return seating.people.setdefault(key, key)
    if key:
        sentence = _("Write the number that the export gives, “mới 1”, “mới 2” … for somebody new, or nothing.")
        seating.wrong(row, "person", sentence)
        return None
    found = {p.person_id for p in seating.held(row) if clean(p.full_name) == row.full_name}
    if len(found) > 1:
        seating.wrong(
            row, "person", _("Several people of this name hold that position. Write which one by number.")
        )
        return None
    return found.pop() if found else f"{row.full_name}|{row.unit}|{row.title}"


def _seat(row: PersonRow, who: Who, seating: Seating) -> None:
    """What the row means: a term that is there, one that ends, or a new one."""
    until = row.last_day + DAY if row.last_day else None
    own = [p for p in seating.held(row) if p.person_id == who]
    start = row.valid_from or _own_start(own, seating.known.day)
    if until and until <= start:
        seating.wrong(row, "last_day", _("The last day must not come before the first."))
        return
    told = seating.told.setdefault((who, row.unit, row.title), [])
    if twin := next((number for f, u, number in told if _overlap(f, u, start, until)), 0):
        sentence = _("Row %(row)s gives them the same position at the same time. Leave one of the two out.")
        seating.wrong(row, "valid_from", sentence % {"row": twin})
        return
    told.append((start, until, row.number))
    if same := next((p for p in own if p.valid_from == start), None):
        _compare(row, same, until, seating)
    elif other := next((p for p in own if _overlap(p.valid_from, p.valid_until, start, until)), None):
        sentence = _("They hold this position from %(first)s to %(last)s already. Write these days, or others.")
        last = f"{other.valid_until - DAY:%d/%m/%Y}" if other.valid_until else "…"
        seating.wrong(row, "valid_from", sentence % {"first": f"{other.valid_from:%d/%m/%Y}", "last": last})
    else:
        _appoint(row, who, start, until, seating)


def _own_start(own: list[KnownPosition], day: date) -> date:
    """The first day of the term that is held on the day; the day itself where none is."""
    held = [p.valid_from for p in own if p.valid_from <= day and (p.valid_until is None or p.valid_until > day)]
    return held[-1] if held else day


def _overlap(first: date, until: date | None, start: date, end: date | None) -> bool:
    return (until is None or start < until) and (end is None or first < end)


def _compare(row: PersonRow, position: KnownPosition, until: date | None, seating: Seating) -> None:
    if until is None or until == position.valid_until:
        seating.plan.unchanged_positions += 1
    elif position.valid_until is not None and until > position.valid_until:
        sentence = _("This term has ended on %(day)s. Write a new row for the next one.")
        seating.wrong(row, "last_day", sentence % {"day": f"{position.valid_until - DAY:%d/%m/%Y}"})
    elif _may(row, seating):
        seating.plan.ended.append(Ending(position.pk, row.full_name, row.unit, row.title, until))


def _appoint(row: PersonRow, who: Who, start: date, until: date | None, seating: Seating) -> None:
    if who == seating.known.actor_id:
        seating.wrong(row, "person", _("Nobody appoints themselves. Ask another administrator."))
        return
    unit, new = seating.known.units.get(row.unit), seating.planned.new.get(row.unit)
    began = seating.known.began.get(unit.pk, start) if unit else start
    if new:
        began = seating.planned.first_day(new)
    if start < began:
        sentence = _(
            "The unit is there from %(day)s on. Write that day or a later one, or let the unit begin earlier."
        )
        seating.wrong(row, "valid_from", sentence % {"day": f"{began:%d/%m/%Y}"})
    elif _may(row, seating):
        person_id = who if isinstance(who, int) else None
        basis = row.legal_basis or seating.legal_basis
        seating.plan.appointed.append(
            Appointment(str(who), person_id, row.full_name, row.unit, row.title, start, until, basis)
        )


def _may(row: PersonRow, seating: Seating) -> bool:
    """Whether the actor looks after people of the row's unit: of the nearest above it that is there already."""
    at, units = seating.planned.at(row.unit), seating.planned.by_id
    above = seating.planned.above(at) if at is not None else ()
    nearest = next((units[here] for here in above if isinstance(here, int) and here in units), None)
    if nearest.may_people if nearest else seating.known.may_begin_line:
        return True
    sentence = _("Your role does not allow this here: %(action)s.")
    seating.wrong(row, "unit", sentence % {"action": Action.MANAGE_PEOPLE.label})
    return False
