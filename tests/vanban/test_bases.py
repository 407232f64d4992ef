"""Legal bases: one a line, several in a paragraph, a list of dashes, a sentence with the act. Names are invented."""
# ruff: noqa: E501 - a paper broken over lines of code is harder to read than a long line

from __future__ import annotations

import pytest

from vanban import parse

STATE = "UBND TỈNH AN HẢI\n\nSố: 5/QĐ-UBND\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
DECISION = STATE + "An Hải, ngày 05 tháng 01 năm 2024\n\nQUYẾT ĐỊNH\nVề việc công nhận ban quản lý chợ\n\n"
PLAN = DECISION.replace("QĐ-UBND", "KH-UBND").replace("QUYẾT ĐỊNH", "KẾ HOẠCH")
LETTER = STATE + "An Hải, ngày 05 tháng 01 năm 2024\n\nKính gửi: Sở Công Thương\n\n"
ORDER = "\nQUYẾT ĐỊNH:\nĐiều 1. Công nhận ban quản lý chợ. Căn cứ Điều này, các xã thực hiện.\n\nCHỦ TỊCH\n\nTrần Văn Mẫu\n"

TEXTS: dict[str, tuple[str, list[str]]] = {
    "one a line": (
        DECISION + "Căn cứ Luật Chợ ngày 16 tháng 6 năm 2020;\nCăn cứ Nghị định số 2/2020/NĐ-CP;\n"
        "Theo đề nghị của Giám đốc Sở Công Thương.\n" + ORDER,
        [
            "Căn cứ Luật Chợ ngày 16 tháng 6 năm 2020",
            "Căn cứ Nghị định số 2/2020/NĐ-CP",
            "Theo đề nghị của Giám đốc Sở Công Thương",
        ],
    ),
    "after dashes, with a comma at last": (
        DECISION + "- Căn cứ Điều lệ Hội Chợ;\n- Xét đề nghị của Ban Tổ chức,\n" + ORDER,
        ["Căn cứ Điều lệ Hội Chợ", "Xét đề nghị của Ban Tổ chức"],
    ),
    "two in a paragraph": (
        PLAN + "Căn cứ Thông tư số 6/2022/TT-BCT về chợ; Căn cứ Thông tư số 7/2022/TT-BCT về phí chợ;\n"
        "Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n1. Giao Sở Công Thương thực hiện.\n",
        ["Căn cứ Thông tư số 6/2022/TT-BCT về chợ", "Căn cứ Thông tư số 7/2022/TT-BCT về phí chợ"],
    ),
    "a head and a list": (
        PLAN
        + "Căn cứ:\n- Luật Chợ năm 2020;\n- Nghị quyết số 5/NQ-HĐND ngày 01/01/2023.\nUBND tỉnh yêu cầu:\n1. Giao Sở.\n",
        ["Luật Chợ năm 2020", "Nghị quyết số 5/NQ-HĐND ngày 01/01/2023"],
    ),
    "a sentence with the act": (
        PLAN + "Thực hiện Kế hoạch số 12-KH/TU ngày 03/01/2024 của Tỉnh ủy về văn minh chợ, Ủy ban nhân dân tỉnh "
        "ban hành Kế hoạch như sau:\n1. Giao Sở Công Thương thực hiện.\n",
        ["Thực hiện Kế hoạch số 12-KH/TU ngày 03/01/2024 của Tỉnh ủy về văn minh chợ"],
    ),
    "in a letter": (
        LETTER
        + "Căn cứ Nghị định số 2/2020/NĐ-CP về chợ; xét đề nghị của Hội Chợ tại Công văn số 9/HC ngày 03/01/2024, "
        "Sở Nội vụ đề nghị Sở Công Thương góp ý.\nTrân trọng./.\n",
        [
            "Căn cứ Nghị định số 2/2020/NĐ-CP về chợ",
            "xét đề nghị của Hội Chợ tại Công văn số 9/HC ngày 03/01/2024",
        ],
    ),
    "none where work is told of": (
        LETTER + "Thực hiện tốt việc giữ vệ sinh chợ là việc của mọi người.\nĐề nghị Sở góp ý./.\n",
        [],
    ),
    "none in the articles": (DECISION + ORDER, []),
}


@pytest.mark.parametrize("name", TEXTS)
def test_bases(name: str) -> None:
    text, wanted = TEXTS[name]
    document = parse(text)
    assert [base.value for base in document.bases] == wanted
    for base in document.bases:
        assert base.span is not None
        assert " ".join(document.text[base.span.start : base.span.end].split()) == base.value
