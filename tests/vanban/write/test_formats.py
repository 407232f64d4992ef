"""The layouts on file, against what the guidelines themselves say."""

from __future__ import annotations

from datetime import date

import pytest

from vanban.document import Regime
from vanban.formats import Layout, NoLayout, layout_for, layouts


def of(name: str) -> Layout:
    return next(layout for layout in layouts() if layout.name == name)


@pytest.mark.parametrize(
    ("regime", "day", "name"),
    [
        (Regime.PARTY, date(2018, 4, 3), "36-HD/VPTW"),
        (Regime.PARTY, date(2026, 5, 26), "36-HD/VPTW"),
        (Regime.PARTY, date(2026, 5, 27), "05-HD/VPTW"),
        (Regime.STATE, date(2011, 3, 5), "01/2011/TT-BNV"),
        (Regime.STATE, date(2020, 3, 4), "01/2011/TT-BNV"),
        (Regime.STATE, date(2020, 3, 5), "30/2020/NĐ-CP"),
        (Regime.YOUTH, date(2013, 10, 29), "29-HD/TWĐTN-VP"),
        (Regime.UNION, date(2019, 1, 1), "01/2011/TT-BNV"),
        (Regime.UNION, date(2024, 5, 13), "30/2020/NĐ-CP"),
        (Regime.UNION, date(2024, 5, 14), "933/QĐ-TLĐ"),
        (Regime.FRONT, date(2018, 7, 9), "01/2011/TT-BNV"),
        (Regime.FRONT, date(2023, 7, 9), "30/2020/NĐ-CP"),
    ],
)
def test_the_layout_in_force_on_the_day(regime: Regime, day: date, name: str) -> None:
    assert layout_for(regime, day).name == name


@pytest.mark.parametrize(
    ("regime", "day"),
    [
        (Regime.PARTY, date(2018, 4, 2)),
        (Regime.STATE, date(2011, 3, 4)),
        (Regime.YOUTH, date(2013, 10, 28)),
        (Regime.UNION, date(2011, 3, 4)),
        (None, date(2024, 1, 1)),
        (Regime.PARTY, None),
    ],
)
def test_no_layout_is_said_not_guessed(regime: Regime | None, day: date | None) -> None:
    with pytest.raises(NoLayout):
        layout_for(regime, day)


@pytest.mark.parametrize("name", ["36-HD/VPTW", "05-HD/VPTW"])
def test_party_page_is_fixed(name: str) -> None:
    page = of(name).page
    assert (page.width_mm, page.height_mm) == (210, 297)
    assert (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm) == (20, 20, 30, 15)
    assert page.number_from_edge_mm == 10


@pytest.mark.parametrize(
    ("style", "sizes", "look"),
    [
        ("banner", (15, 15), "bold"),
        ("superior", (14, 14), ""),
        ("issuer", (14, 14), "bold"),
        ("number", (14, 14), ""),
        ("place_and_date", (14, 14), "italic"),
        ("type", (15, 16), "bold"),
        ("subject", (14, 15), "bold"),
        ("dispatch_subject", (12, 12), "italic"),
        ("body", (14, 15), ""),
        ("authority", (14, 14), "bold"),
        ("signer_title", (14, 14), ""),
        ("signer_name", (14, 14), "bold"),
        ("addressee_label", (14, 14), "italic"),
        ("addressee", (14, 14), ""),
        ("distribution_label", (14, 14), "underline"),
        ("distribution", (12, 12), ""),
        ("urgency", (14, 14), "bold"),
        ("page_number", (14, 14), ""),
    ],
)
@pytest.mark.parametrize("name", ["36-HD/VPTW", "05-HD/VPTW"])
def test_party_sizes_and_styles(name: str, style: str, sizes: tuple[float, float], look: str) -> None:
    found = of(name).styles[style]
    assert sizes[0] <= found.size <= sizes[1]
    assert [kind for kind in ("bold", "italic", "underline") if getattr(found, kind)] == look.split()


@pytest.mark.parametrize(("name", "most"), [("36-HD/VPTW", 99), ("05-HD/VPTW", 22)])
def test_party_text_has_lines_of_an_exact_height(name: str, most: float) -> None:
    body = of(name).styles["body"]
    assert body.line_exactly is not None
    assert 18 <= body.line_exactly <= most
    assert body.first_line_mm == 10
    assert body.before >= 6


def test_the_marks_of_the_two_party_layouts_differ() -> None:
    old, new = of("36-HD/VPTW"), of("05-HD/VPTW")
    assert (old.distribution.separator, new.distribution.separator) == (",", ";")
    assert (old.addressees.separator, new.addressees.separator) == (",", ";")
    assert (old.distribution.last, new.distribution.last) == (".", ".")
    assert new.addressees.label_by_type == {"TTr": "Kính trình"}
    assert (old.annex.restart_pages, new.annex.restart_pages) == (False, True)


def test_state_sizes_lie_in_the_ranges_of_the_decree() -> None:
    layout = of("30/2020/NĐ-CP")
    ranges = {
        "nation": (12, 13),
        "motto": (13, 14),
        "superior": (12, 13),
        "issuer": (12, 13),
        "number": (13, 13),
        "place_and_date": (13, 14),
        "type": (13, 14),
        "dispatch_subject": (12, 13),
        "body": (13, 14),
        "authority": (13, 14),
        "signer_name": (13, 14),
        "distribution_label": (12, 12),
        "distribution": (11, 11),
        "page_number": (13, 14),
        "annex_label": (14, 14),
    }
    outside = {name for name, (least, most) in ranges.items() if not least <= layout.styles[name].size <= most}
    assert outside == set()
    assert (
        layout.page.top_mm,
        layout.page.bottom_mm,
        layout.page.left_mm,
        layout.page.right_mm,
    ) >= (20, 20, 30, 15)
    assert (layout.end_mark, layout.letterhead.number_separator) == ("./.", "/")


def test_what_the_older_state_layout_did_otherwise() -> None:
    old, new = layout_for(Regime.STATE, date(2015, 1, 1)), layout_for(Regime.STATE, date(2025, 1, 1))
    assert (old.page.number_at, old.styles["page_number"].align) == ("bottom", "right")
    assert (new.page.number_at, new.styles["page_number"].align) == ("top", "center")
    assert (old.bases.last, new.bases.last) == (",", ".")
    assert (old.styles["basis"].italic, new.styles["basis"].italic) == (False, True)
    assert old.styles["body"].allowed("line_exactly") == (15, 32)
    assert old.styles["type"].allowed("size") == (14, 14)


def test_the_youth_union_has_three_stars_a_colon_and_a_wide_right_margin() -> None:
    layout = layout_for(Regime.YOUTH, date(2024, 1, 1))
    assert (layout.letterhead.star, layout.letterhead.number) == ("***", "Số: {code}")
    assert [line.text for line in layout.letterhead.banner] == ["ĐOÀN TNCS HỒ CHÍ MINH"]
    assert layout.page.right_mm == 20


def test_what_is_written_lies_in_what_the_source_allows() -> None:
    for layout in layouts():
        for name, style in layout.styles.items():
            for measure in ("size", "before", "first_line_mm", "line_exactly", "line_times"):
                allowed, value = style.allowed(measure), getattr(style, measure)
                assert (
                    allowed is None
                    or value is None
                    or name.startswith("heading")
                    or (allowed[0] <= value <= allowed[1])
                ), (layout.name, name, measure)


def test_every_layout_says_where_it_comes_from_and_none_overlap() -> None:
    for layout in layouts():
        assert layout.source
        same = [other for other in layouts() if other.regime == layout.regime and other is not layout]
        assert not any(other.holds_on(layout.valid_from) for other in same)
