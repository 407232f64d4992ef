"""The cast and its papers, made for each test through the same services and tables the product uses.

The cast alone is made so only once in a process, and its rows are copied after that: most tests ask for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models import Model
from PIL import Image

from motbuoc.domains.documents.models import Addressee, Document, Duty, DutyUnit, Provision, TimeKind
from motbuoc.domains.documents.services import confirm_document
from motbuoc.domains.work.issuing import issue_directive
from motbuoc.domains.work.models import Assignment
from motbuoc.domains.work.services import take_step
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.access.models import Grant
from motbuoc.foundation.access.roles import Role
from motbuoc.foundation.files.services import keep_file
from motbuoc.foundation.people.models import Account, Person, Position, PositionTitle
from motbuoc.foundation.units.kinds import BASE_KINDS, UnitKind
from motbuoc.foundation.units.models import Unit, UnitClosure, UnitGroup, UnitVersion
from motbuoc.foundation.units.services import create_unit
from tests.factories.copying import Row, copy_rows

LONG_AGO = date(2020, 1, 1)
WINDOW_ENDS = date(2099, 1, 1)

TEXT = """ĐẢNG BỘ TỈNH MẪU
ĐẢNG ỦY KHỐI MẪU

ĐẢNG CỘNG SẢN VIỆT NAM
Mẫu, ngày 05 tháng 3 năm 2026

Số 12-CV/ĐUK
Việc làm mẫu

Kính gửi: - Các chi ủy, đảng ủy cơ sở,

1. Tổ chức hội nghị quán triệt trong tháng 4.

2. Thường xuyên nắm tình hình đoàn viên. Tổ chức đối thoại định kỳ với đoàn viên.

3. Giao Ban Tuyên giáo theo dõi việc thực hiện; định kỳ báo cáo kết quả.
"""


@dataclass
class Cast:
    """A province, its bloc with a department and two base units, and six people who may do different things."""

    province: Unit
    bloc: Unit
    department: Unit
    unit_a: Unit
    unit_b: Unit
    central_officer: Person
    officer: Person
    second_officer: Person
    secretary: Person
    secretary_b: Person
    department_worker: Person
    member: Person
    stranger: Person
    inspector: Person
    administrator: Person


def make_unit(name: str, kind: UnitKind, parent: Unit | None, code: str = "") -> Unit:
    """A unit that has been there for long."""
    return create_unit(
        name=name, short_name=name, code=code or name, kind=kind, parent=parent, valid_from=LONG_AGO
    )


def make_person(name: str, username: str, role: Role | None = None, unit: Unit | None = None) -> Person:
    """A person with an account (password "mat-khau-thu"), and a role on a unit."""
    person = Person.objects.create(full_name=name)
    Account.objects.create_account(username, person, "mat-khau-thu")
    if role and unit:
        until = WINDOW_ENDS if role == Role.INSPECTOR else None
        Grant.objects.create(person=person, role=role, unit=unit, valid_from=LONG_AGO, valid_until=until)
    return person


def make_cast(top: Unit | None = None) -> Cast:
    """The cast, in a province that stands under `top` or by itself."""
    province = make_unit("Đảng bộ tỉnh Mẫu", UnitKind.PARTY_ORG_PROVINCE, top, "TU")
    bloc = make_unit("Đảng ủy Khối Mẫu", UnitKind.BLOC_COMMITTEE, province, "ĐUK")
    department = make_unit("Ban Tuyên giáo Đảng ủy Khối", UnitKind.DEPARTMENT, bloc, "BTG")
    unit_a = make_unit("Chi bộ Sở Ánh Dương", UnitKind.PARTY_BASE_CELL, bloc, "A")
    unit_b = make_unit("Đảng bộ Công ty Bình Minh", UnitKind.PARTY_BASE_ORG, bloc, "B")
    cast = Cast(
        province=province,
        bloc=bloc,
        department=department,
        unit_a=unit_a,
        unit_b=unit_b,
        central_officer=make_person("Trần Thử Trên", "tw", Role.CENTRAL_OFFICER, province),
        officer=make_person("Lê Thử Ban", "chuyenvien", Role.DEPARTMENT_OFFICER, bloc),
        second_officer=make_person("Vũ Thử Hai", "chuyenvien2", Role.DEPARTMENT_OFFICER, bloc),
        secretary=make_person("Phạm Thử Thư", "bithu", Role.UNIT_SECRETARY, unit_a),
        secretary_b=make_person("Đỗ Thử Bình", "bithub", Role.UNIT_SECRETARY, unit_b),
        department_worker=make_person("Hồ Thử Việc", "ban", Role.UNIT_SECRETARY, department),
        member=make_person("Ngô Thử Viên", "dangvien", Role.MEMBER, unit_a),
        stranger=make_person("Lý Thử Lạ", "nguoila"),
        inspector=make_person("Mai Thử Tra", "thanhtra", Role.INSPECTOR, bloc),
        administrator=make_person("Tạ Thử Trị", "quantri", Role.ADMINISTRATOR, province),
    )
    Position.objects.create(person=cast.secretary, unit=unit_a, title=PositionTitle.SECRETARY, valid_from=LONG_AGO)
    return cast


_first: list[tuple[dict[str, Row], list[list[Model]]]] = []
"""Who is who in the cast that this process made first, and all its rows as they were then."""


def copy_cast() -> Cast:
    """The cast in a province by itself, in a tenth of the time that `make_cast` takes."""
    if not _first:
        made = make_cast()
        _first.append(({name: (type(row), row.pk) for name, row in vars(made).items()}, _rows_of(made)))
        return made
    named, tables = _first[0]
    copies = copy_rows(tables)
    return Cast(**{name: copies[row] for name, row in named.items()})


def _rows_of(cast: Cast) -> list[list[Model]]:
    units = Unit.objects.filter(pk__in=[row.pk for row in vars(cast).values() if isinstance(row, Unit)])
    people = Person.objects.filter(pk__in=[row.pk for row in vars(cast).values() if isinstance(row, Person)])
    tables = (
        units,
        UnitVersion.objects.filter(unit__in=units),
        UnitClosure.objects.filter(descendant__in=units),
        people,
        Account.objects.filter(person__in=people),
        Grant.objects.filter(person__in=people),
        Position.objects.filter(person__in=people),
    )
    return [list(rows.order_by("pk")) for rows in tables]


def make_document(
    cast: Cast, text: str = TEXT, classification: Classification = Classification.NORMAL
) -> Document:
    """A document as it stands after reading, with four duties over three items, waiting for review."""
    document = Document.objects.create(
        unit=cast.bloc,
        file=keep_file("cong-van.txt", text.encode(), "text/plain"),
        text=text,
        reading={"header": {}, "header_spans": {}, "notes": [], "distribution": [], "signer": {}},
        regime="party",
        superior="ĐẢNG BỘ TỈNH MẪU",
        issuer="ĐẢNG ỦY KHỐI MẪU",
        code="12-CV/ĐUK",
        type="CV",
        place="Mẫu",
        issued_on=date(2026, 3, 5),
        subject="Việc làm mẫu",
        brought_by=cast.officer,
        classification=classification,
    )
    items = {n: _provision(document, n, position) for position, n in enumerate(("1", "2", "3"))}
    _duty(document, items["1"], 0, "Tổ chức hội nghị quán triệt", TimeKind.DATED, due_on=date(2026, 4, 30))
    _duty(document, items["2"], 1, "Thường xuyên nắm tình hình đoàn viên", TimeKind.CONTINUOUS)
    _duty(document, items["2"], 2, "Tổ chức đối thoại định kỳ với đoàn viên", TimeKind.PERIODIC, unsure=["period"])
    charged = _duty(
        document,
        items["3"],
        3,
        "Giao Ban Tuyên giáo theo dõi việc thực hiện",
        TimeKind.PERIODIC,
        for_addressees=False,
    )
    DutyUnit.objects.create(duty=charged, unit=cast.department, part=DutyUnit.Part.LEAD)
    Addressee.objects.create(
        document=document,
        text="Các chi ủy, đảng ủy cơ sở",
        position=0,
        start=0,
        end=0,
        selection=Addressee.Selection.GROUP,
        group=base_units(),
    )
    return document


def base_units() -> UnitGroup:
    """The group of all base units, which every installation has."""
    kinds = [kind.value for kind in BASE_KINDS]
    return UnitGroup.objects.get_or_create(
        owner=None, name="Các chi ủy, đảng ủy cơ sở", defaults={"kinds": kinds}
    )[0]


def _provision(document: Document, number: str, position: int) -> Provision:
    start = document.text.index(f"\n{number}. ") + 1
    end = document.text.index("\n", start)
    return Provision.objects.create(document=document, number=number, position=position, start=start, end=end)


def _duty(
    document: Document, provision: Provision, position: int, words: str, kind: TimeKind, **fields: Any
) -> Duty:
    start = document.text.index(words)
    return Duty.objects.create(
        document=document,
        provision=provision,
        position=position,
        start=start,
        end=start + len(words),
        text=words,
        verb=" ".join(words.split()[:2]),
        what=" ".join(words.split()[2:]),
        time_kind=kind,
        **fields,
    )


def make_directive(cast: Cast, classification: Classification = Classification.NORMAL) -> Document:
    """A document issued to its units."""
    document = make_document(cast, classification=classification)
    confirmed = confirm_document(actor=cast.officer, document=document, version=document.version)
    issue_directive(actor=cast.officer, document=confirmed, version=confirmed.version)
    return Document.objects.get(pk=document.pk)


def step_on(
    assignment: Assignment,
    name: str,
    actor: Person,
    text: str = "",
    files: Sequence[UploadedFile[Any]] = (),
    classification: Classification = Classification.NORMAL,
) -> Assignment:
    """The assignment after one step."""
    fresh = Assignment.objects.get(pk=assignment.pk)
    take_step(
        actor=actor,
        assignment=fresh,
        version=fresh.version,
        name=name,
        text=text,
        files=files,
        classification=classification,
    )
    return Assignment.objects.get(pk=assignment.pk)


def picture(name: str = "anh.png") -> SimpleUploadedFile:
    """A small real PNG: one white pixel."""
    out = BytesIO()
    Image.new("L", (1, 1), "white").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")
