"""A base unit with two cells that writes its plan, and its neighbour that writes another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from motbuoc.domains.cascade.drafting import Draft, PlanItem
from motbuoc.domains.cascade.models import Localisation
from motbuoc.domains.cascade.services import write_plan
from motbuoc.domains.documents.models import Document, Duty
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.people.models import Person
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import Cast, make_person, make_unit


@dataclass
class Base:
    """Unit B with its cells and who writes its plans."""

    unit: Unit
    cells: tuple[Unit, Unit]
    officer: Person
    cell_secretary: Person


@pytest.fixture
def base(cast: Cast) -> Base:
    cells = (
        make_unit("Chi bộ Kinh doanh", UnitKind.PARTY_CELL, cast.unit_b),
        make_unit("Chi bộ Văn phòng", UnitKind.PARTY_CELL, cast.unit_b),
    )
    officer = make_person("Tô Thử Cơ", "coso", Role.DEPARTMENT_OFFICER, cast.unit_b)
    return Base(cast.unit_b, cells, officer, make_person("Cao Thử Một", "mot", Role.UNIT_SECRETARY, cells[0]))


def draft_of(base: Base, duties: list[Duty], **changes) -> Draft:
    """The unit's plan for the first two duties of the directive."""
    study, situation, *_others = duties
    items = (
        PlanItem(
            study, "Tổ chức hội nghị học tập cho toàn thể đảng viên", (), date(2026, 4, 15), "Biên bản", "100%"
        ),
        PlanItem(situation, "Chi bộ nắm tình hình đoàn viên hằng tuần", (base.cells[0].pk,), None, "Sổ theo dõi"),
    )
    draft = Draft(
        superior="ĐẢNG ỦY KHỐI MẪU",
        issuer="ĐẢNG ỦY CÔNG TY BÌNH MINH",
        code="17-KH/B",
        place="Mẫu",
        issued_on=date(2026, 3, 12),
        subject="thực hiện Công văn số 12-CV/ĐUK, ngày 05/3/2026",
        units=tuple(cell.pk for cell in base.cells),
        items=items,
        signer="Đỗ Thử Bình",
    )
    return replace(draft, **changes)


def plan_of(base: Base, directive: Document, **changes) -> Localisation:
    duties = list(directive.duties.order_by("position"))
    return write_plan(
        actor=base.officer, directive=directive, unit=base.unit, draft=draft_of(base, duties, **changes)
    )


def issued(actor: Person, plan: Document) -> Document:
    """The plan, confirmed and issued to those below."""
    plan = Document.objects.get(pk=plan.pk)
    confirmed = confirm_document(actor=actor, document=plan, version=plan.version)
    issue_directive(actor=actor, document=confirmed, version=confirmed.version)
    return Document.objects.get(pk=plan.pk)
