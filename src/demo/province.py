"""The invented province: its bloc, the bloc's departments and youth union, base units and their cells."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from demo.naming import Codes, Host, hosts, words
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from motbuoc.foundation.units.services import create_unit

NAME = "Sông Mây"
BASE_ORGS, BASE_CELLS = 46, 49  # at scale 1, as a bloc of its size had (domain guide 3.3)
DEPARTMENTS = (
    ("BTG", "Ban Tuyên giáo"),
    ("BTC", "Ban Tổ chức"),
    ("UBKT", "Ủy ban Kiểm tra"),
    ("VP", "Văn phòng"),
)
BLOC_NAME = f"Đảng ủy Khối Cơ quan - Doanh nghiệp tỉnh {NAME}"


@dataclass
class BaseUnit:
    """A base Party unit of the bloc. `size` is how many people its host employs, `cells` its own Party cells."""

    unit: Unit
    code: str
    name: str
    host: Host
    size: int
    cells: list[Unit] = field(default_factory=list)


@dataclass
class Province:
    """The tree as it was built. `bodies` are the State bodies and companies that host base units, by code."""

    root: Unit
    bloc: Unit
    departments: dict[str, Unit]
    youth: Unit
    bases: list[BaseUnit]
    bodies: dict[str, Unit] = field(default_factory=dict)

    def units(self) -> Iterator[tuple[Unit, str]]:
        """Every unit from the top down, with its code where it has a people of its own."""
        yield from ((self.root, "TU"), (self.bloc, "ĐUK"), (self.youth, "ĐK"))
        yield from ((unit, code) for code, unit in self.departments.items())
        for base in self.bases:
            yield base.unit, base.code
            yield from ((cell, "") for cell in base.cells)


def build_province(rng: random.Random, scale: float, opened: date) -> Province:
    """Build the tree, all of it in force from the day `opened`; `scale` 1 makes 95 base units."""
    root = create_unit(
        name=f"Đảng bộ tỉnh {NAME}",
        short_name="Đảng bộ tỉnh",
        code="TU",
        kind=UnitKind.PARTY_ORG_PROVINCE,
        parent=None,
        valid_from=opened,
        legal_basis="Số liệu dùng thử, không có thật",
    )
    bloc = _under(root, opened, BLOC_NAME, "Đảng ủy Khối", "ĐUK", UnitKind.BLOC_COMMITTEE)
    departments = {
        code: _under(bloc, opened, f"{name} Đảng ủy Khối", name, code, UnitKind.DEPARTMENT)
        for code, name in DEPARTMENTS
    }
    youth_name = f"Đoàn Khối Cơ quan - Doanh nghiệp tỉnh {NAME}"
    youth = _under(bloc, opened, youth_name, "Đoàn Khối", "ĐK", UnitKind.BLOC_YOUTH)
    codes = Codes("TU", "ĐUK", "ĐK", *departments)
    large = islice(hosts("large"), max(1, round(BASE_ORGS * scale)))
    small = islice(hosts("small"), max(1, round(BASE_CELLS * scale)))
    bases = [_base_org(rng, bloc, opened, host, codes.of(host.name)) for host in large]
    bases += [_base_cell(rng, bloc, opened, host, codes.of(host.name)) for host in small]
    return Province(root, bloc, departments, youth, bases)


def _under(parent: Unit, opened: date, name: str, short_name: str, code: str, kind: UnitKind) -> Unit:
    return create_unit(
        name=name, short_name=short_name[:80], code=code, kind=kind, parent=parent, valid_from=opened
    )


def _base_org(rng: random.Random, bloc: Unit, opened: date, host: Host, code: str) -> BaseUnit:
    name = f"Đảng bộ {host.name}"
    unit = _under(bloc, opened, name, host.name, code, UnitKind.PARTY_BASE_ORG)
    base = BaseUnit(unit, code, name, host, size=rng.randint(90, 620))
    parts = words("units")["cells"][host.sector]
    for position, part in enumerate(rng.sample(parts, k=rng.choice((4, 5, 6, 6, 7))), 1):
        cell_name, short = f"Chi bộ {part} - {host.name}", f"Chi bộ {part} ({code})"
        base.cells.append(_under(unit, opened, cell_name, short, f"{code}.{position}", UnitKind.PARTY_CELL))
    return base


def _base_cell(rng: random.Random, bloc: Unit, opened: date, host: Host, code: str) -> BaseUnit:
    name = f"Chi bộ {host.name}"
    unit = _under(bloc, opened, name, host.name, code, UnitKind.PARTY_BASE_CELL)
    return BaseUnit(unit, code, name, host, size=rng.randint(18, 110))
