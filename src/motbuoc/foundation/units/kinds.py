"""Kinds of units, with the word offices use (Party Charter articles 10, 21; domain guide section 3.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    """What a unit is; the code is stable, the label is for people."""

    PARTY_ORG_PROVINCE = "party_org_province", _("Provincial Party organisation")
    BLOC_COMMITTEE = "bloc_committee", _("Bloc Party committee")
    PARTY_BASE_ORG = "party_base_org", _("Base Party organisation")
    PARTY_BASE_CELL = "party_base_cell", _("Base Party cell")
    PARTY_CELL = "party_cell", _("Party cell")
    DEPARTMENT = "department", _("Department of a committee")
    BLOC_YOUTH = "bloc_youth", _("Youth Union of the bloc")


BASE_KINDS = (UnitKind.PARTY_BASE_ORG, UnitKind.PARTY_BASE_CELL)
"""The base units (tổ chức cơ sở đảng): those a bloc's directive is addressed to."""
