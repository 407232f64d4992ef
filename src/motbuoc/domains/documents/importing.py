"""From a reading (`vanban.as_json`) to rows: what the reader found becomes what a person can correct."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from motbuoc.domains.documents.identity import code_key
from motbuoc.domains.documents.models import Addressee, Citation, Document, Duty, DutyUnit, Provision
from motbuoc.domains.documents.terms import terms_read
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.kinds import BASE_KINDS
from motbuoc.foundation.units.models import Unit, UnitGroup
from motbuoc.foundation.units.selectors import group_called, groups_for
from vanban.text import fold

# Words that mean the base units of a bloc, folded (no accents, lower case). Of many, or said to be of the base.
COMMITTEES = ("chi uy", "dang uy", "chi bo", "dang bo", "cap uy", "to chuc dang")
OF_THE_BASE = ("co so", "truc thuoc")
OF_MANY = ("cac ", "tat ca ", "toan the ")
TO_TRACK = "theo doi"
TO_COME_BACK = ("tra lai", "thu hoi", "boc bi")
"""What limits of circulation say of papers that are not to stay with who reads them, or are for one reader."""


def proposed_class(reading: dict[str, Any]) -> Classification:
    """The class that the paper's own limit of circulation asks for.

    "LƯU HÀNH NỘI BỘ", conference papers and what is not for the press are internal; what is to be given back, such
    as "XEM XONG TRẢ LẠI" and "TÀI LIỆU THU HỒI", is restricted (30/2020/NĐ-CP annex I, cell 11; 36-HD/VPTW and
    05-HD/VPTW, cell 11).
    """
    limit = fold(reading["header"].get("circulation") or "")
    if any(words in limit for words in TO_COME_BACK):
        return Classification.RESTRICTED
    return Classification.INTERNAL if limit else Classification.NORMAL


def fill_rows(document: Document, reading: dict[str, Any]) -> None:
    """Make the provisions, duties, citations and addressees of a newly kept document."""
    units = _names_of_units(document)
    provisions = _add_provisions(document, reading["provisions"])
    _add_duties(document, reading["duties"], provisions, units)
    Citation.objects.bulk_create(
        Citation(
            document=document,
            start=row["span"][0],
            end=row["span"][1],
            raw=row["raw"],
            code=(row["code"] or "")[:80],
            code_key=code_key(row["code"] or ""),
            type=(row["type"] or "")[:80],
            issued_on=row["date"],
            issuer=(row["issuer"] or "")[:250],
            title=row["title"] or "",
            relation=row["relation"] or "",
            confidence=row["confidence"],
        )
        for row in reading["citations"]
    )
    for position, (text, mark) in enumerate(zip(reading["addressees"], reading["addressee_spans"], strict=True)):
        start, end = mark["span"] or (0, 0)
        addressee = Addressee(document=document, text=text[:500], position=position, start=start, end=end)
        _resolve(addressee, units, document.unit_id)
        addressee.save()
    _propose_monitor(document)


def _propose_monitor(document: Document) -> None:
    """Where the text charges one unit with tracking how it is carried out, that unit tracks all other duties."""
    duties = list(document.duties.prefetch_related("units"))
    charged = {
        part.unit_id
        for duty in duties
        if TO_TRACK in fold(duty.text) and not duty.for_addressees
        for part in duty.units.all()
        if part.part == DutyUnit.Part.LEAD
    }
    if len(charged) == 1:
        unit_id = charged.pop()
        DutyUnit.objects.bulk_create(
            DutyUnit(duty=duty, unit_id=unit_id, part=DutyUnit.Part.MONITOR)
            for duty in duties
            if unit_id not in {part.unit_id for part in duty.units.all()}
        )


def _add_provisions(document: Document, rows: list[dict[str, Any]]) -> list[Provision]:
    return Provision.objects.bulk_create(
        Provision(
            document=document,
            number=(row["number"] or "")[:20],
            heading=row["heading"] or "",
            position=position,
            start=row["span"][0],
            end=row["span"][1],
        )
        for position, row in enumerate(rows)
    )


def _add_duties(
    document: Document, rows: list[dict[str, Any]], provisions: list[Provision], units: dict[str, int]
) -> None:
    for position, row in enumerate(rows):
        start, end = row["span"]
        duty = Duty.objects.create(
            document=document,
            provision=next((p for p in provisions if p.start <= start < p.end), None),
            position=position,
            start=start,
            end=end,
            text=document.text[start:end],
            actor_text=", ".join(actor["value"] for actor in row["actors"])[:300],
            verb=_value(row["verb"])[:80],
            what=_what(row),
            product=_value(row["product"])[:300],
            **terms_read(row),
            for_addressees=all(_means_base_units(fold(actor["value"])) for actor in row["actors"]),
            confidence=row["confidence"],
            unsure=list(row["missing"]),
        )
        for part, named in ((DutyUnit.Part.LEAD, row["actors"]), (DutyUnit.Part.SUPPORT, row["with"])):
            found = {_unit_named(body["value"], units) for body in named} - {None}
            DutyUnit.objects.bulk_create(
                [DutyUnit(duty=duty, unit_id=pk, part=part) for pk in found if pk], ignore_conflicts=True
            )


def _names_of_units(document: Document) -> dict[str, int]:
    today = clock.today()
    units = Unit.objects.on(today).under([document.unit_id], today)
    return {fold(name): pk for pk, name in units.values_list("pk", "name")}


def _unit_named(text: str, units: dict[str, int]) -> int | None:
    """The unit a body's words mean: the same name, or a name that the words continue or shorten."""
    words = fold(text)
    if words in units:
        return units[words]
    found = {pk for name, pk in units.items() if name.startswith(words + " ") or words.startswith(name + " ")}
    return found.pop() if len(found) == 1 else None


def _resolve(addressee: Addressee, units: dict[str, int], unit_id: int) -> None:
    words, today = fold(addressee.text), clock.today()
    if group := group_called(addressee.text, unit_id, today):
        addressee.selection, addressee.group = Addressee.Selection.GROUP, group
    elif words.startswith(("cac dong chi", "dong chi")):
        addressee.selection = Addressee.Selection.INFORMED
    elif unit := _unit_named(addressee.text, units) or _unit_named(_without_board(words), units):
        addressee.selection, addressee.unit_id = Addressee.Selection.ONE_UNIT, unit
    elif _means_base_units(words) and (group := _base_units(unit_id, today)):
        addressee.selection, addressee.group = Addressee.Selection.GROUP, group


def _base_units(unit_id: int, today: date) -> UnitGroup | None:
    """The group of all base units, whatever the words that call for it."""
    return next((g for g in groups_for(unit_id, today) if set(g.kinds) == set(BASE_KINDS)), None)


def _means_base_units(words: str) -> bool:
    """ "Các chi ủy, đảng ủy cơ sở" and "Chi bộ, đảng bộ trực thuộc" mean them; "Chi bộ Sở X" does not."""
    committees = any(re.search(rf"\b{name}\b", words) for name in COMMITTEES)
    of_the_base = any(f"{name} {base}" in words for name in COMMITTEES for base in OF_THE_BASE)
    return committees and (of_the_base or words.startswith(OF_MANY))


def _without_board(words: str) -> str:
    """ "Ban Thường vụ Đoàn Khối" acts for "Đoàn Khối": the committee's body stands for the unit."""
    return words.removeprefix("ban thuong vu ").removeprefix("ban chap hanh ")


def _what(row: dict[str, Any]) -> str:
    """The words after the verb; all the duty's words where the verb is one of several joined by commas."""
    words = _value(row["object"])
    return words if words[:1].isalnum() else row["text"]


def _value(found: dict[str, Any] | None) -> str:
    return found["value"] if found else ""
