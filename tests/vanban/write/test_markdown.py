"""Drafts in Markdown: what is typed is what is printed, and a draft that is wrong says where and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban import read
from vanban.blocks import Paragraph, Run, Table
from vanban.document import RecipientKind, Regime
from vanban.markdown import DraftError, draft_of, markdown_of
from vanban.write import write

HEAD = """---
regime: state
superior: UBND TỈNH BẾN NGÀN
issuer: SỞ NỘI VỤ
code: 05/KH-SNV
type: Kế hoạch
place: Bến Ngàn
date: 07/03/2025
subject: Trồng cây năm 2025
distribution: [Như trên, Đồng chí Lê Văn Mẫu, "Lưu: VT"]
signer: {authority: KT. GIÁM ĐỐC, title: PHÓ GIÁM ĐỐC, name: Trần Thị Mẫu}
---

"""


def lines_of(body: str) -> list[str]:
    _, blocks, _ = draft_of(HEAD + body)
    return ["".join(run.text for run in block.runs) for block in blocks if isinstance(block, Paragraph)]


def test_the_header_keeps_what_was_typed() -> None:
    document, _, _ = draft_of(HEAD)
    header = document.header
    assert document.regime is Regime.STATE
    assert header.number
    assert header.number.value == "05"
    assert header.symbol
    assert header.symbol.value == "KH-SNV"
    assert (header.type and header.type.value, header.type_name and header.type_name.value) == ("KH", "KẾ HOẠCH")
    assert header.date == date(2025, 3, 7)
    assert [each.kind for each in document.distribution] == [
        RecipientKind.ADDRESSEES,
        RecipientKind.PERSON,
        RecipientKind.ARCHIVE,
    ]
    assert document.signature.title
    assert document.signature.title.value == "PHÓ GIÁM ĐỐC"


def test_a_dispatch_prints_no_kind() -> None:
    document, _, _ = draft_of(HEAD.replace("Kế hoạch", "Công văn"))
    assert document.header.type
    assert document.header.type.value == "CV"
    assert document.header.type_name is None


def test_lists_are_numbered_the_vietnamese_way() -> None:
    items = "".join(f"   {number}. điểm\n" for number in range(1, 8))
    letters = [line[0] for line in lines_of(f"3. Khoản\n{items}")[1:]]
    assert lines_of(f"3. Khoản\n{items}")[0] == "3. Khoản"
    assert "".join(letters) == "abcdđeg"  # đ after d, no f


def test_lists_in_lists_have_signs_of_their_own() -> None:
    assert lines_of("1. A\n   - B\n     - C\n") == ["1. A", "- B", "+ C"]
    assert lines_of("1. A\n   1. B\n      1. C\n      2. D\n") == ["1. A", "a) B", "(i) C", "(ii) D"]


def test_lines_under_each_other_are_one_paragraph_unless_each_has_its_number() -> None:
    assert lines_of("Một dòng\ncòn tiếp\n") == ["Một dòng còn tiếp"]
    assert lines_of("a) Một\nb) Hai\n\nĐiều 1. Ba\nĐiều 2. Bốn\n") == [
        "a) Một",
        "b) Hai",
        "Điều 1. Ba",
        "Điều 2. Bốn",
    ]


def test_bold_italic_and_tables() -> None:
    _, blocks, _ = draft_of(HEAD + "Có **ba** *xã*.\n\n| TT | Xã |\n|:-:|---|\n| 1 | Mẫu Một<br>Hai |\n")
    sentence, table = blocks
    assert isinstance(sentence, Paragraph)
    assert isinstance(table, Table)
    assert sentence.runs == (Run("Có "), Run("ba", bold=True), Run(" "), Run("xã", italic=True), Run("."))
    assert (table.columns, table.rows) == (("TT", "Xã"), ((Run("1"), Run("Mẫu Một\nHai")),))
    assert table.centred == (0,)
    assert table.widths[0] < table.widths[1]  # by their words


def test_the_number_of_an_article_is_bold() -> None:
    _, blocks, _ = draft_of(HEAD + "Điều 1. Thành lập Tổ công tác.")
    assert blocks == [Paragraph((Run("Điều 1.", bold=True), Run(" Thành lập Tổ công tác.")))]


def test_appendices_and_papers_enclosed() -> None:
    text = "Thân.\n\n# Phụ lục: Danh sách\n\nMột.\n\n# Phụ lục II\n\n## BIỂU MẪU\n\nHai.\n\n---\n\nQUY CHẾ\n"
    _, blocks, annexes = draft_of(HEAD + text)
    assert len(blocks) == 1
    assert [(each.title, each.label) for each in annexes] == [("Danh sách", None), ("BIỂU MẪU", None), ("", "")]


@pytest.mark.parametrize(
    ("draft", "line", "words"),
    [
        ("Kính gửi", 1, "no header"),
        ("---\nregime: state\n", 1, "no end"),
        ("---\n---\n", 2, "empty"),
        ("---\nregime: vua\n---\n", 2, "'vua' is not known. Choose one of party"),
        ("---\nregime: state\nnơi: X\n---\n", 3, "does not know 'nơi'"),
        ("---\nregime: state\nsubject: a: b\n---\n", 3, "quotes"),
        ("---\nregime: state\ndate: 31/02/2025\n---\n", 3, "07/03/2025"),
        ("---\nregime: state\ntype: Sấm\n---\n", 3, "'Sấm' is not known"),
        ("---\nregime: state\ncode: 12-KH\n---\n", 3, "Write it as 12/KH"),
        ("---\nregime: state\nplace: [a, b]\n---\n", 3, "more than one value"),
        ("---\nregime: state\naddressees: {a: b}\n---\n", 3, "no list"),
        ("---\nregime: state\nsigner: Mẫu\n---\n", 3, "not a signer"),
        ("---\nregime: state\nsigner: {rank: Mẫu}\n---\n", 3, "authority"),
        ("---\nregime: state\ncosigners: Mẫu\n---\n", 3, "no list"),
        (HEAD + "Một.\n\n![hình](a.png)\n", 16, "picture"),
        (HEAD + "Một.\n\n```\nx\n```\n", 16, "block of code"),
        (HEAD + "<script>x</script>\n", 14, "HTML"),
        ("---\n" + "[" * 5000 + "\n---\n", 1, "YAML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_what_to_do(draft: str, line: int, words: str) -> None:
    with pytest.raises(DraftError) as caught:
        draft_of(draft)
    assert caught.value.line == line
    assert words in str(caught.value)
    assert caught.value.advice


signs = st.sampled_from(
    ["a", "Đ", "ế", "1", "10", ".", ")", "-", "+", "#", "*", "_", "|", "[", "]", "<", ">", "&"]
)
words = st.lists(
    signs | st.sampled_from(["`", "~", "=", "\\", " ", "<br>", "Điều 1.", "a)", "&amp;", "!"]), min_size=1
)
typed = words.map("".join).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def blocks(draw: st.DrawFn) -> Paragraph | Table:
    if draw(st.integers(0, 4)) == 0:
        columns = draw(st.integers(1, 3))
        cells = st.lists(typed, min_size=columns, max_size=columns)
        rows = draw(st.lists(cells.map(lambda row: tuple(map(Run, row))), max_size=2))
        return Table(tuple(draw(cells)), tuple(rows))
    return Paragraph((Run(draw(typed)),), level=draw(st.integers(0, 3)))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(blocks(), max_size=5))
def test_what_becomes_markdown_comes_back_word_for_word(body: list[Paragraph | Table]) -> None:
    document, _, _ = draft_of(HEAD)
    again, back, annexes = draft_of(markdown_of(document, body, []))
    assert again == document
    assert [_words(block) for block in back] + [_words(each) for annex in annexes for each in annex.blocks] == [
        _words(block) for block in body
    ]


def _words(block: Paragraph | Table) -> Any:
    if isinstance(block, Table):
        return block.columns, [[run.text for run in row] for row in block.rows]
    return block.level, "".join(run.text for run in block.runs)


def test_a_paper_that_was_read_can_be_edited_and_written_again(tmp_path: Path) -> None:
    body = "Thực hiện.\n\n# I. NHIỆM VỤ\n\n1. Giao Phòng Mẫu báo cáo trước ngày 20/6/2025.\n\n# II. VIỆC\n\nHết."
    first = tmp_path / "first.docx"
    first.write_bytes(
        write(*draft_of(f"{HEAD}{body}\n\n# Phụ lục: Danh sách\n\n| TT | Xã |\n|---|---|\n| 1 | Mẫu |\n"))
    )
    draft = markdown_of(read(first))
    assert "# I. NHIỆM VỤ" in draft
    edited = draft.replace("20/6/2025", "30/6/2025")
    second = tmp_path / "second.docx"
    second.write_bytes(write(*draft_of(edited)))
    before, after = read(first), read(second)
    assert after.text == before.text.replace("20/6/2025", "30/6/2025")
    assert after.duties[0].deadline.due == date(2025, 6, 30)


def test_two_lines_of_authority_stay_two(tmp_path: Path) -> None:
    head = HEAD.replace("{authority: KT. GIÁM ĐỐC,", '{authority: "TM. HỘI ĐỒNG\\nKT. CHỦ TỊCH",')
    first = tmp_path / "first.docx"
    first.write_bytes(write(*draft_of(head + "Một.")))
    draft = markdown_of(read(first))
    assert "authority: |-\n    TM. HỘI ĐỒNG\n    KT. CHỦ TỊCH\n" in draft
    second = tmp_path / "second.docx"
    second.write_bytes(write(*draft_of(draft)))
    assert read(second) == read(first)
