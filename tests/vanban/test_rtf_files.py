"""Rich Text Format: characters by code page, font and Unicode; tables, notes, boxes, what is left out."""
# ruff: noqa: E501 - a group stays on one line

from __future__ import annotations

from pathlib import Path

import pytest

from vanban import Refused, read
from vanban.refusal import LIMITS
from vanban.sources.content import Content
from vanban.sources.rtf import content_of

FONTS = r"{\fonttbl{\f0\froman\fcharset163 Times New Roman;}{\f1\fnil\fcharset0 .VnTimeH;}{\f2 VNI-Times;}{\f3\ftech\fcharset2 Symbol;}{\f4 .VnTime{\*\falt Arial};}}"


def content(body: str) -> Content:
    return content_of(f"{{\\rtf1\\ansi\\ansicpg1258\\deff0\\uc1{FONTS}{body}}}".encode("latin-1"), LIMITS)


def lines(body: str) -> list[str]:
    return content(body).text.removesuffix("\n").split("\n")


def in_unicode(text: str) -> str:
    return "".join(character if ord(character) < 128 else f"\\u{ord(character)}?" for character in text)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (in_unicode("Uỷ ban nhân dân"), "Uỷ ban nhân dân"),
        (r"\uc2\u7879\'ee\'ffn", "ện"),
        (r"\u-3? \uc0\u432 a", "\ufffd ưa"),
        (r"C\'f4ng v\'e3n \'f0\'eacu\'ec", "Công văn đêcú"),
        (r"{\f1 \'ae\'b6ng}", "ĐẢNG"),
        (r"{\f2 \'d1o\'e4c la\'e4p}", "Độc lập"),
        (r"{\f3\'b3} 5", "≥ 5"),
        (r"\'93a\'94\~b\_c\-d \{x\}\emdash\tab y", "“a” b-cd {x}—    y"),
        (r"a\bin3 }}}b", "ab"),
        (
            r"{\v \'e0n}{\deleted c\'f5}{\pict 0102}{\field{\*\fldinst DATE}{\fldrslt 5}}{\*\bkmkstart b}{\*\odd x}c",
            "5c",
        ),
    ],
)
def test_characters(body: str, shown: str) -> None:
    assert lines(body) == [shown]


def test_an_old_font_over_unicode_changes_nothing() -> None:
    assert lines(rf"\f4 H\'e0 {in_unicode('Nội')}") == ["Hà Nội"]


def test_paragraphs_and_drawn_numbers() -> None:
    body = r"{\listtext\pard 1.\tab}a\par{\pntext\f3\'b7\tab}b\par\pard c\line d\par{\header M\'c2\'f2T\par}"
    assert lines(body)[:4] == ["1. a", "- b", "c", "d"]


def test_footnotes_and_boxes() -> None:
    note = r"{\super\chftn}{\*\footnote\chftn  05-NQ/TU\par }"
    box = r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv 1}}{\shptxt trong\par khung\par}}{\shprslt cu}}"
    assert lines(rf"Theo{note} quy\par{box}Sau\par") == ["Theo quy", "[1] 05-NQ/TU", "Sau", "trong", "khung", ""]


def test_a_table_is_told_as_a_grid() -> None:
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell\pard\intbl {}\cell\row "
    found = content(r"tr\par" + row.format("Viec", "Ai") + row.format(r"a\par b", "c") + r"\pard sau\par")
    (grid,) = found.tables
    assert [[found.text[cell.start : cell.end] for cell in row] for row in grid.rows] == [
        ["Viec", "Ai"],
        ["a\nb", "c"],
    ]
    assert found.text.split() == ["tr", "Viec", "Ai", "a", "b", "c", "sau"]


@pytest.mark.parametrize(
    "body", ["{" * 50_000, "}" * 50_000, "\\u99999999999999 a", "\\bin99999999 a", "\\", "\\'", "{\\*"]
)
def test_hostile(body: str) -> None:
    try:
        content(body)
    except Refused as refused:
        assert refused.code == "unreadable"  # noqa: PT017 - either is right


def test_through_the_front_door(tmp_path: Path) -> None:
    for name in ("a.rtf", "a.doc"):
        path = tmp_path / name
        path.write_bytes(rf"{{\rtf1\ansi {in_unicode('Số: 5/KH-UBND')}\par}}".encode("latin-1"))
        code = read(path).header.code
        assert code is not None
        assert code.value == "5/KH-UBND"
