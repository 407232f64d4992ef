"""Kinds of units, with the word offices use (Party Charter articles 10, 21; domain guide section 3.1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Line(models.TextChoices):
    """The organisation a unit belongs to. Each line is a tree; mass organisations may stand under the Party."""

    PARTY = "party", _("Party")
    STATE = "state", _("State and enterprises")
    YOUTH = "youth", _("Youth Union")
    UNION = "union", _("Trade Union")
    VETERANS = "veterans", _("Veterans' Association")
    WOMEN = "women", _("Women's Union")
    FARMERS = "farmers", _("Farmers' Union")
    FRONT = "front", _("Fatherland Front and associations")
    TEMPORARY = "temporary", _("Temporary bodies")


class UnitKind(models.TextChoices):
    """What a unit is; the code is stable, the label is for people."""

    PARTY_ORG_CENTRAL = "party_org_central", _("Central Party organisation")
    PARTY_ORG_PROVINCE = "party_org_province", _("Provincial Party organisation")
    PARTY_UPPER_BASE = "party_upper_base", _("Party organisation above the base")
    BLOC_COMMITTEE = "bloc_committee", _("Bloc Party committee")
    PARTY_BASE_ORG = "party_base_org", _("Base Party organisation")
    PARTY_BASE_CELL = "party_base_cell", _("Base Party cell")
    PARTY_PARTIAL_ORG = "party_partial_org", _("Party organisation between base and cells")
    PARTY_CELL = "party_cell", _("Party cell")
    PARTY_GROUP = "party_group", _("Party group")
    DEPARTMENT = "department", _("Department of a committee")
    AGENCY = "agency", _("State agency")
    SERVICE = "service", _("Public service unit")
    ENTERPRISE = "enterprise", _("Enterprise")
    PROVINCE_YOUTH = "province_youth", _("Youth Union of the province")
    BLOC_YOUTH = "bloc_youth", _("Youth Union of the bloc")
    YOUTH_BASE = "youth_base", _("Base Youth Union")
    YOUTH_BRANCH = "youth_branch", _("Youth branch")
    UNION_UPPER = "union_upper", _("Trade Union above the base")
    UNION_BASE = "union_base", _("Base Trade Union")
    UNION_GROUP = "union_group", _("Trade Union group")
    VETERANS = "veterans", _("Veterans' Association")
    VETERANS_BRANCH = "veterans_branch", _("Veterans' branch")
    WOMEN = "women", _("Women's Union")
    WOMEN_BRANCH = "women_branch", _("Women's branch")
    FARMERS = "farmers", _("Farmers' Union")
    FARMERS_BRANCH = "farmers_branch", _("Farmers' branch")
    FRONT = "front", _("Fatherland Front committee")
    ASSOCIATION = "association", _("Association")
    TASK_BODY = "task_body", _("Temporary body")


K = UnitKind
LINES: dict[Line, tuple[UnitKind, ...]] = {
    Line.PARTY: (*(kind for kind in K if kind.value.startswith("party_")), K.BLOC_COMMITTEE, K.DEPARTMENT),
    Line.STATE: (K.AGENCY, K.SERVICE, K.ENTERPRISE),
    Line.YOUTH: (K.PROVINCE_YOUTH, K.BLOC_YOUTH, K.YOUTH_BASE, K.YOUTH_BRANCH),
    Line.UNION: (K.UNION_UPPER, K.UNION_BASE, K.UNION_GROUP),
    Line.VETERANS: (K.VETERANS, K.VETERANS_BRANCH),
    Line.WOMEN: (K.WOMEN, K.WOMEN_BRANCH),
    Line.FARMERS: (K.FARMERS, K.FARMERS_BRANCH),
    Line.FRONT: (K.FRONT, K.ASSOCIATION),
    Line.TEMPORARY: (K.TASK_BODY,),
}
"""The kinds of each line."""

LINE_OF = {kind: line for line, kinds in LINES.items() for kind in kinds}

BASE_KINDS = (UnitKind.PARTY_BASE_ORG, UnitKind.PARTY_BASE_CELL)
"""The base units (tổ chức cơ sở đảng): those a bloc's directive is addressed to."""


def may_stand_under(kind: str, parent_kind: str) -> bool:
    """Whether a unit of `kind` may have one of `parent_kind` above it.

    Within its line; a mass organisation also under the Party committee that leads it; a temporary body anywhere.
    """
    line, above = LINE_OF[UnitKind(kind)], LINE_OF[UnitKind(parent_kind)]
    if line == Line.TEMPORARY or line == above:
        return True
    return above == Line.PARTY and line != Line.STATE


def may_be_at_home(kind: str, host_kind: str) -> bool:
    """Whether a unit of `kind` may have its home in one of `host_kind`: not a State body, and in none but such."""
    return LINE_OF[UnitKind(kind)] != Line.STATE == LINE_OF[UnitKind(host_kind)]
