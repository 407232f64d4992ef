"""A form read from a table: each row a field or a heading, every mistake by its cell, and nothing half made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from motbuoc.domains.ledger.choices import Basis, Measure
from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.forming import MOST_FIELDS, make_form, put_field
from motbuoc.domains.ledger.models import Breakdown, Indicator, ReportForm
from motbuoc.foundation.access import policy
from motbuoc.foundation.access.roles import Action
from motbuoc.foundation.core import clock
from motbuoc.foundation.core.errors import Refusal
from motbuoc.foundation.people.models import Person
from vanban.text import fold

Row = tuple[int, Sequence[Any]]
"""The number of a row in its sheet, and its cells."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("ma", "ma so", "ma chi tieu", "code"),
    "name": ("ten chi tieu", "chi tieu", "noi dung", "ten", "name"),
    "measure": ("don vi tinh", "dvt", "measure"),
    "basis": ("cach tinh", "tinh theo", "basis"),
    "breakdown": ("phan to", "breakdown"),
    "required": ("bat buoc", "required"),
    "estimate": ("duoc uoc tinh", "uoc tinh", "estimate"),
    "item": ("muc", "item"),
    "definition": ("giai thich", "dinh nghia", "definition"),
}
"""How columns are headed, marks and capitals aside."""

LONGEST = {"code": 40, "name": 300, "measure": 40, "item": 20, "definition": 2000}
YES, NO = {"x", "co", "yes", "1", "true"}, {"", "khong", "no", "0", "false"}
BASES = {
    "": Basis.IN_PERIOD,
    "trong ky": Basis.IN_PERIOD,
    "luy ke": Basis.CUMULATIVE,
    "luy ke tu dau nam": Basis.CUMULATIVE,
    "hien co": Basis.STOCK,
    "so hien co": Basis.STOCK,
    "so hien co tai ngay chot": Basis.STOCK,
    "tai ngay chot": Basis.STOCK,
}


class Problem(NamedTuple):
    """Something to mend: at which row, in which column as it is headed, what to do, and the cell (C7)."""

    row: int
    column: str
    sentence: str
    cell: str = ""


@dataclass(frozen=True)
class PlannedField:
    """A field that the table asks for: of an indicator that is there, or of one that would be defined."""

    row: int
    what: Definition
    indicator: Indicator | None
    breakdown: Breakdown | None
    heading: str
    is_required: bool

    @property
    def measured_in(self) -> str:
        """The word behind its numbers."""
        if self.indicator:
            return self.indicator.measured_in
        return self.what.measure_word or str(Measure(self.what.measure).label)


@dataclass
class FormPlan:
    """What would be made of a table, and what keeps it from being made."""

    fields: list[PlannedField] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan_form(*, actor: Person, unit_id: int, rows: Sequence[Row]) -> FormPlan:
    """Read a table as a form of a unit. Nothing is written.

    Raises:
        NotAllowed: the actor keeps no forms there.
    """
    policy.require(actor, Action.KEEP_FORMS, unit_id)
    plan = FormPlan()
    head = next((at for at, (_number, cells) in enumerate(rows) if {"code", "name"} <= set(_columns(cells))), None)
    if head is None:
        words = _("No row heads the columns: at least “Mã” and “Tên chỉ tiêu” are needed.")
        plan.problems.append(Problem(rows[0][0] if rows else 1, "", words))
        return plan
    reader = _Reader(unit_id, rows[head][1], plan)
    for number, cells in rows[head + 1 :]:
        reader.read(number, cells)
    if len(plan.fields) > MOST_FIELDS:
        words = _("A form has at most %(most)s fields.") % {"most": MOST_FIELDS}
        plan.problems.append(Problem(plan.fields[MOST_FIELDS].row, "", words))
    if not plan.fields and not plan.problems:
        plan.problems.append(Problem(rows[head][0], "", _("No row below the headings asks for anything.")))
    return plan


def _columns(cells: Sequence[Any]) -> dict[str, int]:
    """Where each known column stands."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        said = fold(_text(cell))
        for name, words in COLUMNS.items():
            if said in words:
                found.setdefault(name, at)
    return found


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)  # Excel knows no other numbers
    return " ".join(str(cell if cell is not None else "").replace("\x00", "").split())


def _letter(at: int) -> str:
    """What Excel calls a column: A to Z, AA …"""
    first, last = divmod(at, 26)
    return (_letter(first - 1) if first else "") + chr(ord("A") + last)


def measures() -> dict[str, str]:
    """The measures by their word in Vietnamese, marks aside."""
    with override("vi"):
        return {fold(str(choice.label)): choice.value for choice in Measure if choice != Measure.OTHER}


class _Reader:
    """Reads the rows of one table; what is wrong goes to the plan, by cell."""

    def __init__(self, unit_id: int, headings: Sequence[Any], plan: FormPlan) -> None:
        self.plan, self.headings, self.columns = plan, headings, _columns(headings)
        self.heading = ""
        self.seen: set[str] = set()
        self.measures = measures()
        rows = Indicator.objects.filter(valid_until=None).select_related("breakdown").order_by("-pk")
        found = sorted(rows, key=lambda row: row.unit_id == unit_id)
        self.there = {row.code: row for row in found}  # the unit's own come last, and count
        self.breakdowns = _breakdowns()

    def read(self, number: int, cells: Sequence[Any]) -> None:
        """One row: a field, or a heading where only the name is written."""
        said = {name: _text(cells[at]) if at < len(cells) else "" for name, at in self.columns.items()}
        if not any(said.values()):
            return
        if [name for name, words in said.items() if words] == ["name"]:
            self.heading = said["name"][:200]
            return
        before = len(self.plan.problems)
        planned = self._field(number, said)
        if len(self.plan.problems) == before:
            self.plan.fields.append(planned)
            self.heading = ""

    def _wrong(self, number: int, column: str, sentence: str) -> None:
        at = self.columns[column]
        self.plan.problems.append(Problem(number, _text(self.headings[at]), sentence, f"{_letter(at)}{number}"))

    def _field(self, number: int, said: Mapping[str, str]) -> PlannedField:
        code = said["code"]
        there = self.there.get(code)
        if not code:
            self._wrong(number, "code", _("Give it a code: by this it is known from period to period."))
        elif code in self.seen:
            self._wrong(number, "code", _("This code stands in the table already."))
        elif there and there.is_share:
            self._wrong(number, "code", _("A share is worked out from its two parts: ask for these."))
        self.seen.add(code)
        for name, most in LONGEST.items():
            if len(said.get(name, "")) > most:
                self._wrong(number, name, _("At most %(most)s characters.") % {"most": most})
        if not said["name"] and there is None:
            self._wrong(number, "name", _("Say what is counted."))
        breakdown = self._breakdown(number, said.get("breakdown", ""), there)
        what = self._definition(number, said, breakdown)
        required = self._yes(number, "required", said, default=True)
        return PlannedField(number, what, there, breakdown, self.heading, required)

    def _definition(self, number: int, said: Mapping[str, str], breakdown: Breakdown | None) -> Definition:
        words = said.get("measure", "")
        known = self.measures.get(fold(words)) if words else Measure.TIMES.value
        basis = BASES.get(fold(said.get("basis", "")))
        if basis is None:
            self._wrong(number, "basis", _("Write “Trong kỳ”, “Lũy kế” or “Hiện có”."))
        return Definition(
            code=said["code"],
            name=said["name"],
            definition=said.get("definition", ""),
            item=said.get("item", ""),
            measure=known or Measure.OTHER.value,
            measure_word="" if known else words,
            basis=(basis or Basis.IN_PERIOD).value,
            may_estimate=self._yes(number, "estimate", said, default=True),
            breakdown_id=breakdown.pk if breakdown else None,
        )

    def _yes(self, number: int, column: str, said: Mapping[str, str], *, default: bool) -> bool:
        if column not in self.columns:
            return default
        word = fold(said[column])
        if word not in YES | NO:
            self._wrong(number, column, _("Write “Có” or “x”, “Không” or nothing."))
        return word in YES

    def _breakdown(self, number: int, words: str, there: Indicator | None) -> Breakdown | None:
        if fold(words) in NO:
            return None
        parts = ";".join(sorted(fold(part) for part in words.split(";")))
        found = self.breakdowns.get(fold(words)) or self.breakdowns.get(parts)
        if found is None:
            self._wrong(
                number, "breakdown", _("There is no such breakdown. Define it first, or leave this empty.")
            )
        elif there and there.breakdown_id != found.pk:
            self._wrong(number, "breakdown", _("The indicator of this code is not broken down so."))
        return found


def _breakdowns() -> dict[str, Breakdown]:
    """The breakdowns by code, by name, and by their parts with “;” between them."""
    found: dict[str, Breakdown] = {}
    for row in Breakdown.objects.prefetch_related("categories"):
        parts = ";".join(sorted(fold(part.name) for part in row.categories.all()))
        for word in (fold(row.code), fold(row.name), parts):
            found.setdefault(word, row)
    return found


@transaction.atomic
def make_form_of_table(*, actor: Person, unit_id: int, code: str, name: str, rows: Iterable[Row]) -> ReportForm:
    """Make a draft form of a table; indicators that are there by their code are asked for as they are defined.

    Raises:
        NotAllowed: the actor keeps no forms there.
        Refusal: something in the table is to be mended; nothing is made then.
        Collision: the unit has a form of this code.
    """
    plan = plan_form(actor=actor, unit_id=unit_id, rows=list(rows))
    if plan.problems:
        raise Refusal(_("The table has to be mended first: row %(row)s: %(words)s") % _first(plan))
    form = make_form(actor=actor, unit_id=unit_id, code=code, name=name)
    begins = date(clock.today().year, 1, 1)
    for done, row in enumerate(plan.fields, 1):
        indicator = row.indicator or define_indicator(
            actor=actor, unit_id=unit_id, what=row.what, valid_from=begins
        )
        put_field(
            actor=actor,
            form=form,
            version=done,  # each field is a change of the form, which begins with 1
            indicator=indicator,
            heading=row.heading,
            is_required=row.is_required,
            is_broken_down=row.breakdown is not None,
        )
    form.refresh_from_db()
    return form


def _first(plan: FormPlan) -> dict[str, Any]:
    return {"row": plan.problems[0].row, "words": plan.problems[0].sentence}
