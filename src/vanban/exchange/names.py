"""The names and forms of the standard (QCVN 102:2016/BTTTT) that writing and reading share."""

from __future__ import annotations

from typing import Final

EDXML: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
XLINK: Final = "http://www.w3.org/1999/xlink"
ACTOR: Final = "http://schemas.xmlsoap.org/soap/actor/next"
DAY: Final = "%Y/%m/%d"
MOMENT: Final = "%Y/%m/%d %H:%M:%S"
# Elements of an organ, in order, and the parts of `Organ` they fill.
ORGAN: Final = (
    ("OrganId", "id"),
    ("OrganizationInCharge", "in_charge"),
    ("OrganName", "name"),
    ("OrganAdd", "address"),
    ("Email", "email"),
    ("Telephone", "telephone"),
    ("Fax", "fax"),
    ("Website", "website"),
)
