"""OpenDocument text files: numbers of lists, tracked changes, notes, boxes, tables, old fonts."""
# ruff: noqa: E501 - an element stays on one line

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from vanban import Refused, read
from vanban.refusal import LIMITS
from vanban.sources.content import Content
from vanban.sources.odt import content_of

SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("svg", "svg-compatible"),
    )
)
STYLES = (
    '<style:style style:name="old"><style:text-properties style:font-name="f1"/></style:style>'
    '<style:style style:name="secret"><style:text-properties text:display="none"/></style:style>'
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3" style:num-suffix="."/>'
    "</text:list-style>"
    '<text:list-style style:name="B"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>'
)


def odt(body: str, **parts: str) -> bytes:
    main = (
        f'<office:document-content {SPACES}><office:font-face-decls><style:font-face style:name="f1" '
        f"svg:font-family=\"'.VnTime'\"/></office:font-face-decls><office:automatic-styles>{STYLES}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", main)
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def content(body: str) -> Content:
    return content_of(odt(body), LIMITS)


def lines(body: str) -> list[str]:
    return content(body).text.split("\n")


def test_spaces_tabs_and_breaks() -> None:
    xml = (
        '<text:p>Giao  \n Sở<text:s text:c="3"/>A<text:tab/>B<text:line-break/>C <text:span>D</text:span></text:p>'
    )
    assert lines(xml) == ["Giao Sở   A    B", "C D"]


def test_the_numbers_of_lists() -> None:
    def item(words: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{words}</text:p><text:p>tiếp {words}</text:p>{inner}</text:list-item>"

    inner = f"<text:list>{item('b')}{item('c')}</text:list>"
    first = f'<text:list text:style-name="L">{item("a", inner)}{item("d")}</text:list>'
    on = f'<text:list text:style-name="L" text:continue-numbering="true">{item("e")}</text:list>'
    anew = f'<text:list text:style-name="L">{item("f")}</text:list>'
    dashes = f'<text:list text:style-name="B">{item("g")}</text:list>'
    drawn = [line for line in lines(first + "<text:p>xen</text:p>" + on + anew + dashes) if "tiếp" not in line]
    assert drawn == ["1. a", "a) b", "b) c", "2. d", "xen", "3. e", "1. f", "- g"]


def test_numbered_headings() -> None:
    outline = (
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1" style:num-suffix="."/>'
    )
    styles = f"<office:document-styles {SPACES}><text:outline-style>{outline}</text:outline-style></office:document-styles>"
    body = "".join(f'<text:h text:outline-level="{level}">x</text:h>' for level in (1, 2, 2, 1, 2))
    assert content_of(odt(body, styles_xml=styles), LIMITS).text.split("\n") == [
        "I. x",
        "1. x",
        "2. x",
        "II. x",
        "1. x",
    ]


def test_changes_comments_hidden_text_and_old_fonts() -> None:
    xml = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Sở A</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>Giao <text:change text:change-id="1"/>Sở B<office:annotation><text:p>xem lại</text:p></office:annotation>'
        '<text:span text:style-name="secret"> mật khẩu</text:span><text:span text:style-name="old"> ®¶ng</text:span></text:p>'
    )
    assert lines(xml) == ["Giao Sở B đảng"]


def test_notes_and_boxes() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nghị quyết số 05-NQ/TU</text:p>"
        "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>MẬT</text:p></draw:text-box></draw:frame>"
    assert lines(f"<text:p>{box}Theo chủ trương{note} của tỉnh.</text:p><text:p>Sau</text:p>") == [
        "Theo chủ trương của tỉnh.",
        "[1] Nghị quyết số 05-NQ/TU",
        "MẬT",
        "",
        "Sau",
    ]


def test_a_table_is_told_as_a_grid() -> None:
    cell = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
    wide = ' table:number-columns-spanned="2"'
    rows = (
        f"<table:table-header-rows><table:table-row>{cell.format(wide, 'Nhiệm vụ')}<table:covered-table-cell/>"
        f"</table:table-row></table:table-header-rows><table:table-row>{cell.format('', 'Rà soát')}"
        f"{cell.format('', 'Sở A')}</table:table-row>"
    )
    found = content(f"<table:table>{rows}</table:table><text:p>Sau</text:p>")
    (grid,) = found.tables
    assert [[found.text[cell.start : cell.end] for cell in row] for row in grid.rows] == [
        ["Nhiệm vụ", ""],
        ["Rà soát", "Sở A"],
    ]


def test_a_mark_in_the_page_header(tmp_path: Path) -> None:
    styles = f"<office:document-styles {SPACES}><style:header><text:p>TỐI MẬT</text:p><text:p>Trang</text:p></style:header></office:document-styles>"
    path = tmp_path / "a.odt"
    path.write_bytes(odt("<text:p>Số: 12/KH-UBND</text:p>", styles_xml=styles))
    document = read(path)
    assert document.text == "TỐI MẬT\nSố: 12/KH-UBND"
    assert document.header.secrecy is not None


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"META-INF__manifest_xml": "<m><encryption-data/></m>"}, "encrypted"),
        ({"Basic__Standard__a_xml": "<a/>"}, "macros"),
        ({"styles_xml": '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "external_entity"),
        ({"media": "0" * 3_000_000}, "bomb"),
        ({"styles_xml": "<a"}, "unreadable"),
    ],
)
def test_refused(parts: dict[str, str], code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(odt("<text:p>a</text:p>", **parts))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == code


def test_deep_nesting_is_refused_not_fatal(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    path.write_bytes(odt("<text:section>" * 5_000 + "</text:section>" * 5_000))
    with pytest.raises(Refused, match="damaged"):
        read(path)
