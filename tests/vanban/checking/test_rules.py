"""The rules as data: each says something, has a source, and stands in the guide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.vanban.checking.conftest import PARTY_2026, STATE_2020, Desk, spoilt, swap, written
from vanban.checking import Severity, as_dict, report
from vanban.checking.reporting import table_of_rules
from vanban.checking.rules import all_codes, area_of, areas, in_force, message_of, severity_of, source_of
from vanban.formats import Layout, layouts

GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "checking.md"


@pytest.mark.parametrize("code", all_codes())
def test_a_rule_speaks_has_a_place_and_holds_somewhere(code: str) -> None:
    message = message_of(code, "EXPECTED", "FOUND")
    assert message.endswith(".")
    assert message[0].isupper()
    assert area_of(code) in areas()
    assert any(in_force(code, layout) for layout in (*layouts(), None))


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: f"{layout.regime}-{layout.name}")
def test_what_is_known_from_elsewhere_only_binds_nobody(layout: Layout) -> None:
    for code in all_codes():
        source = source_of(code, layout)
        if source and "followed where" in source:
            assert severity_of(code, layout) == "should"


@pytest.mark.parametrize("regime", ["union", "front", "youth"])
def test_what_others_follow_by_analogy_binds_nobody(regime: str, desk: Desk) -> None:
    (layout,) = [layout for layout in layouts() if layout.regime == regime][-1:]
    findings = desk.findings(
        spoilt(written(layout), swap("Trần Thị Mẫu", "Trần  Thị  Mẫu"), swap("- Như trên", "- Như trên :"))
    )
    assert findings
    assert {finding.severity for finding in findings} == {Severity.SHOULD}


def test_the_guide_shows_the_rules() -> None:
    assert table_of_rules() in GUIDE.read_text(encoding="utf-8"), (
        "docs/guides/checking.md is behind the rules: put `vanban.checking.reporting.table_of_rules()` in"
    )


def test_the_report_goes_through_the_paper_part_by_part(desk: Desk) -> None:
    spoils = (swap("Số: 05/", "Số 05/"), swap("cuối quý./.", "cuối quý"), swap("KT. GIÁM", "K/T GIÁM"))
    text = report(desk.findings(spoilt(written(STATE_2020), *spoils)))
    assert [line for line in text.splitlines() if not line.startswith(" ")] == [
        "Letterhead",
        "Text",
        "End",
        "3 findings: 2 must be mended; 3 can be mended by the program.",
    ]
    assert "“K/T”; it should be “KT.”" in text
    assert "30/2020/NĐ-CP, Phụ lục I, II.7" in text
    assert report([]) == "Nothing departs from the rules of layout."


def test_findings_become_json(desk: Desk) -> None:
    findings = desk.findings(spoilt(written(PARTY_2026), swap("Số 05", "Số: 05")))
    (values,) = json.loads(json.dumps([as_dict(finding) for finding in findings]))
    assert values["code"] == "number.colon"
    assert values["severity"] == "must"
    assert values["source"] == "05-HD/VPTW, Phần II, I.3"
    assert (values["expected"], values["found"], values["can_fix"]) == ("Số", "Số:", True)
    assert values["spots"][0]["words"] == "Số:"
