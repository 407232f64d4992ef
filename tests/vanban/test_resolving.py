"""Each distinct document is looked up once; mentions take what was found."""

from __future__ import annotations

import pytest

from vanban import Citation, CitationKey, find_citations, key_of, parse, resolve

TEXT = (
    "Căn cứ Chỉ thị số 08-CT/TU ngày 23/9/2021 của Tỉnh ủy An Hải về dân vận; Luật Đất đai năm 2024.\n"
    "Thực hiện Chỉ thị 08, Chỉ thị số 8-CT/TU, Kế hoạch số 5/KH-UBND ngày 01/02/2023, Kế hoạch số 5/KH-UBND ngày "
    "03/3/2024 và Kế hoạch này.\n"
)


def test_one_question_for_each_document() -> None:
    asked: list[Citation] = []

    def look_up(citation: Citation) -> str | None:
        asked.append(citation)
        return {"CT": "the directive", "L": None}.get(citation.type or "", f"the plan of {citation.date}")

    mentions = find_citations(TEXT)
    targets = resolve(mentions, look_up, own="this plan")
    assert [each.raw for each in mentions] == [
        "Chỉ thị số 08-CT/TU ngày 23/9/2021 của Tỉnh ủy An Hải",
        "Luật Đất đai năm 2024",
        "Chỉ thị 08",
        "Chỉ thị số 8-CT/TU",
        "Kế hoạch số 5/KH-UBND ngày 01/02/2023",
        "Kế hoạch số 5/KH-UBND ngày 03/3/2024",
        "Kế hoạch này",
    ]
    assert targets == (
        "the directive",
        None,
        "the directive",
        "the directive",
        "the plan of 2023-02-01",
        "the plan of 2024-03-03",
        "this plan",
    )
    assert len(asked) == 4


def test_the_question_holds_what_any_mention_says() -> None:
    asked: list[Citation] = []
    document = parse(
        "1. Theo Quyết định số 1/QĐ-TTg.\n2. Theo Quyết định số 1/QĐ-TTg ngày 02/02/2024 của Thủ tướng về dữ liệu."
    )
    assert resolve(document, lambda citation: asked.append(citation)) == (None, None)
    (one,) = asked
    assert (one.date, one.issuer, one.title) == (document.mentions[1].date, "Thủ tướng", "về dữ liệu")


def test_this_document_is_not_looked_up() -> None:
    assert resolve(find_citations("Kế hoạch này"), lambda _: "wrong") == (None,)


def test_errors_of_the_caller_come_out() -> None:
    def look_up(_: Citation) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        resolve(find_citations("Chỉ thị số 08-CT/TU"), look_up)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Chỉ thị số 08-CT/TU ngày 23/9/2021", CitationKey("CT", "8", "CT-TU", 2021)),
        ("Nghị quyết số 27/NQ- TW", CitationKey("NQ", "27", "NQ-TW")),
        ("Nghị định số 30/2020/NĐ-CP", CitationKey("NĐ", "30", "NĐ-CP", 2020)),
        ("Chỉ thị 05", CitationKey("CT", "5")),
        ("Luật Đất đai năm 2024", CitationKey("L", name="luat dat dai", year=2024)),
        (
            "Nghị quyết Trung ương 4 khóa XII",
            CitationKey("NQ", term="XII", name="nghi quyet trung uong 4 khoa xii"),
        ),
    ],
)
def test_keys_fold_what_is_printed_differently(text: str, key: CitationKey) -> None:
    (citation,) = find_citations(text)
    assert key_of(citation) == key
