"""Reading what was written gives back who, to whom, what about, and who signs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vanban.write.drafts import Draft, drafts, without_ends
from vanban import read
from vanban.blocks import Paragraph, Run, Table
from vanban.document import (
    Appendix,
    Document,
    Field,
    Grid,
    Header,
    Provision,
    Recipient,
    RecipientKind,
    Regime,
    Signature,
)
from vanban.formats import layout_for
from vanban.write import NoLayout, write

Blocks = Sequence[Paragraph | Table]
SEED = Path(__file__).parents[3].parent / "shared" / "seed"


def values(document: Document) -> dict[str, Any]:
    """What must survive, with lines of one name joined."""
    header = document.header
    names = ("superior", "issuer", "number", "symbol", "type", "type_name", "place", "subject")
    names += ("urgency", "draft", "circulation")
    return {
        "regime": document.regime,
        **{name: _joined(getattr(header, name)) for name in names},
        "date": header.date,
        "addressees": [_joined(name) for name in document.addressees],
        "distribution": [(recipient.name, recipient.kind) for recipient in document.distribution],
        "signatures": [
            [_joined(field) for field in (each.organ, each.authority, each.title, each.name)]
            for each in (document.signature, *document.cosigners)
        ],
    }


def _joined(field: Field | None) -> str | None:
    return " ".join(field.value.split()) if field else None


def reread(document: Document, body: Blocks, folder: Path, **options: Any) -> Document:
    file = folder / "written.docx"
    file.write_bytes(write(document, body, **options))
    return read(file)


def test_a_report_comes_back(report: Document, body: Blocks, tmp_path: Path) -> None:
    paper = replace(report, header=replace(report.header, number=Field("05")))
    assert values(reread(paper, body, tmp_path)) == values(paper)


def test_a_dispatch_comes_back(dispatch: Document, body: Blocks, tmp_path: Path) -> None:
    paper = replace(dispatch, header=replace(dispatch.header, number=Field("554")))
    assert values(reread(paper, body, tmp_path)) == values(paper)


def test_a_single_addressee_and_a_long_issuer_come_back(dispatch: Document, body: Blocks, tmp_path: Path) -> None:
    header = replace(dispatch.header, number=Field("07"), issuer=Field("ĐẢNG ỦY CÁC CƠ QUAN ĐẢNG TỈNH BẾN NGÀN"))
    paper = replace(dispatch, header=header, addressees=dispatch.addressees[1:])
    assert values(reread(paper, body, tmp_path)) == values(paper)


def test_a_report_in_the_new_party_layout_comes_back(report: Document, body: Blocks, tmp_path: Path) -> None:
    paper = replace(report, header=replace(report.header, number=Field("12"), date=date(2026, 8, 9)))
    assert values(reread(paper, body, tmp_path)) == values(paper)


@pytest.mark.parametrize("others", [1, 2, 3])
def test_a_joint_paper_comes_back_with_its_lead_first(
    report: Document, body: Blocks, tmp_path: Path, others: int
) -> None:
    titles = ("CHÁNH VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH", "GIÁM ĐỐC SỞ NỘI VỤ", "TRƯỞNG BAN TỔ CHỨC")
    names = ("Lê Văn Thử", "Ngô Văn Mẫu", "Đỗ Thị Ví")
    organs = "VĂN PHÒNG TỈNH ỦY - VĂN PHÒNG ỦY BAN NHÂN DÂN TỈNH"
    header = replace(report.header, superior=None, issuer=Field(organs), number=Field("07"))
    paper = replace(
        report,
        header=header,
        signature=Signature(title=Field("CHÁNH VĂN PHÒNG TỈNH ỦY"), name=Field("Trần Thị Mẫu")),
        cosigners=tuple(
            Signature(title=Field(title), name=Field(name)) for title, name in zip(titles, names, strict=True)
        )[:others],
    )
    assert values(reread(paper, body, tmp_path)) == values(paper)


def test_a_state_report_comes_back(report: Document, body: Blocks, tmp_path: Path) -> None:
    header = replace(
        report.header,
        superior=Field("ỦY BAN NHÂN DÂN TỈNH BẾN NGÀN"),
        issuer=Field("SỞ NỘI VỤ"),
        number=Field("12"),
        symbol=Field("BC-SNV"),
        date=date(2025, 6, 3),
    )
    signature = Signature(Field("KT. GIÁM ĐỐC"), Field("PHÓ GIÁM ĐỐC"), Field("Trần Thị Mẫu"))
    paper = replace(report, regime=Regime.STATE, header=header, signature=signature)
    assert values(reread(paper, body, tmp_path)) == values(paper)


def test_a_draft_comes_back_without_number_and_day(report: Document, body: Blocks, tmp_path: Path) -> None:
    draft = replace(report, header=replace(report.header, number=None, date=None))
    assert values(reread(draft, body, tmp_path, on=date(2022, 11, 23))) == values(draft)


def test_the_real_dispatch_comes_back(tmp_path: Path) -> None:
    if not SEED.is_dir():
        pytest.skip(f"the real dispatch is not at {SEED}")
    label = json.loads((SEED / "554-CV-DUK.json").read_text(encoding="utf-8"))
    label["header"]["issuer"] = label["header"]["issuer"].replace(" KHỐI ", " KHỐI\n")  # as printed
    paper, body = _from_label(label), [Paragraph((Run("Nội dung thực hiện như sau."),))]
    assert values(reread(paper, body, tmp_path)) == values(paper)


def _from_label(label: dict[str, Any]) -> Document:
    keys = ("superior", "issuer", "number", "symbol", "code", "type", "place", "subject")
    header = Header(
        **{key: Field(label["header"][key]) for key in keys}, date=date.fromisoformat(label["header"]["date"])
    )
    return Document(
        text="",
        regime=Regime(label["regime"]),
        header=header,
        addressees=tuple(map(Field, label["addressees"])),
        distribution=tuple(Recipient(line["name"], RecipientKind(line["kind"])) for line in label["distribution"]),
        signature=Signature(**{key: Field(value) for key, value in label["signer"].items()}),
    )


def tree_of(provisions: Sequence[Provision]) -> tuple[Any, ...]:
    return tuple(
        (each.number, each.heading.value if each.heading else None, tree_of(each.children)) for each in provisions
    )


def words_of(document: Document) -> list[list[list[str]]]:
    """The words of the tables under the letterhead and above the signature, and of those behind it."""
    text, body = document.text, document.body
    assert body is not None
    return [
        [[" ".join(text[cell.start : cell.end].split()) for cell in row] for row in grid.rows]
        for grid in document.tables
        if body.start <= grid.span.start < body.end or any(_holds(each, grid) for each in document.appendices)
    ]


def _holds(appendix: Appendix, grid: Grid) -> bool:
    return appendix.span.start <= grid.span.start < appendix.span.end


def tables_in(draft: Draft) -> list[list[list[str]]]:
    blocks = [*draft.body, *(block for annex in draft.annexes for block in annex.blocks)]
    return [
        [list(block.columns), *[[run.text for run in row] for row in block.rows]]
        for block in blocks
        if isinstance(block, Table)
    ]


def written_and_read(folder: Path, *args: Any, **options: Any) -> Document:
    file = folder / f"{uuid4().hex}.docx"
    file.write_bytes(write(*args, **options))
    return read(file)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts())
def test_every_value_of_every_regime_and_kind_survives(tmp_path_factory: Any, draft: Draft) -> None:
    folder = tmp_path_factory.getbasetemp()
    again = written_and_read(folder, draft.document, draft.body, draft.annexes)
    assert values(again) == values(draft.document)
    assert [_joined(base) for base in again.bases] == [_joined(base) for base in draft.document.bases]
    assert tree_of(again.provisions) == draft.tree
    assert [_joined(each.title) for each in again.appendices] == [annex.title for annex in draft.annexes]
    assert words_of(again) == tables_in(draft)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drafts(), st.booleans())
def test_what_was_read_is_written_the_same(tmp_path_factory: Any, draft: Draft, unnumbered: bool) -> None:
    folder, day = tmp_path_factory.getbasetemp(), draft.document.header.date
    draft = without_ends(draft) if unnumbered else draft
    once = written_and_read(folder, draft.document, draft.body, draft.annexes, on=day)
    assert written_and_read(folder, once, on=day) == once  # every span of it


# Why a reading of them, written and read again, may say less than before.
NOT_WHOLE = {
    "nd-30-2020.md": "its letterhead stands behind its text, which is then no body",
}
SOME_DAY = date(2024, 3, 4)  # for drafts without a day
READABLE = (".md", ".docx", ".pdf", ".txt")


def papers() -> list[Path]:
    folder = SEED.parent / "corpus"
    found = [path for path in folder.rglob("*") if path.suffix in READABLE and path.parent.name != "scan"]
    return sorted(path for path in found if path.parent != folder and path.name not in NOT_WHOLE)


@pytest.mark.parametrize("paper", papers(), ids=lambda path: path.name)
def test_a_real_paper_is_written_again_without_loss(paper: Path, tmp_path: Path) -> None:
    once = read(paper)
    twice = written_and_read(tmp_path, once, on=SOME_DAY)
    assert values(twice) == values(once)
    assert [each.code for each in twice.citations] == [each.code for each in once.citations]
    assert tree_of(twice.provisions) == tree_of(once.provisions)
    assert [each.text for each in twice.duties] == [each.text for each in once.duties]
    assert [_joined(base) for base in twice.bases] == [_joined(base) for base in once.bases]
    assert written_and_read(tmp_path, twice, on=SOME_DAY) == twice


@pytest.mark.parametrize("day", [date(2022, 2, 7), date(2026, 8, 9)])
def test_what_stands_under_the_signature_is_written_once(
    report: Document, body: Blocks, tmp_path: Path, day: date
) -> None:
    limit = Field(layout_for(Regime.PARTY, day).letterhead.last_page_marks[0])
    paper = replace(report, header=replace(report.header, date=day, circulation=limit))
    once = reread(paper, body, tmp_path, contact="Số 9, đường Mẫu; điện thoại: 0200.000.000")
    twice = written_and_read(tmp_path, once)
    assert twice == once
    assert twice.text.count("đường Mẫu") == 1
    assert twice.text.count(limit.value.upper()) == 1


def test_a_real_paper_without_a_layout_is_not_written() -> None:
    old = Document("", Regime.STATE, Header(date=date(2010, 1, 21)))
    with pytest.raises(NoLayout):
        write(old)
