"""The outlines that come with the system, as mass-mobilisation staff are taught them (domain guide 7.1): data.

An office takes one as it is, or copies it and changes the copy. Titles are in the language of documents.
"""

from __future__ import annotations

from typing import Any

from motbuoc.domains.ledger.choices import PeriodCycle as C

FIGURES, TABLE, CHART, WORDS, TASKS, TEXT = "figures", "table", "chart", "words", "tasks", "text"

ITEMS = {
    "1": "Lãnh đạo, chỉ đạo; học tập, quán triệt, triển khai các nghị quyết, chỉ thị, kết luận",
    "2": "Nắm tình hình nhân dân, dư luận xã hội; đối thoại của người đứng đầu",
    "3": "Phong trào thi đua",
    "4": "Thực hiện dân chủ ở cơ sở, công tác dân vận chính quyền, cải cách hành chính",
    "5": "Đổi mới hoạt động của Mặt trận, đoàn thể; giám sát, phản biện xã hội, góp ý xây dựng Đảng, chính quyền",
    "6": "Tuyên truyền, vận động; an sinh xã hội; mô hình “Dân vận khéo”",
    "7": "Theo dõi, kiểm tra, đôn đốc, báo cáo",
}
"""The seven items of the programme."""

NAMES = {
    "short": "Báo cáo tháng, quý",
    "half": "Báo cáo 6 tháng, 9 tháng",
    "annual": "Báo cáo năm",
    "thematic": "Báo cáo chuyên đề",
    "urgent": "Báo cáo nhanh, đột xuất",
}

FOR_CYCLES = {
    C.WEEK: "short",
    C.MONTH: "short",
    C.QUARTER: "short",
    C.HALF_YEAR: "half",
    C.NINE_MONTHS: "half",
    C.YEAR: "annual",
    C.THEMATIC: "thematic",
    C.AD_HOC: "urgent",
}
"""The outline proposed for a period of a cycle."""


def cycles_of(code: str) -> tuple[str, ...]:
    """The cycles for whose periods a shipped outline is proposed."""
    return tuple(cycle.value for cycle, name in FOR_CYCLES.items() if name == code)


def _section(number: str, title: str, *parts: str, item: str = "") -> dict[str, Any]:
    return {"number": number, "title": title, "item": item, "parts": list(parts)}


def _items(*parts: str) -> list[dict[str, Any]]:
    return [_section(f"{number}.", title, *parts, item=number) for number, title in ITEMS.items()]


JUDGED = [
    _section("1.", "Ưu điểm", TEXT),
    _section("2.", "Hạn chế, khuyết điểm", TEXT),
    _section("3.", "Nguyên nhân khách quan, chủ quan", TEXT),
]
"""The fixed course of a judgement: what was good, what was not, and why."""

SHIPPED: dict[str, list[dict[str, Any]]] = {
    "short": [
        _section("I.", "Kết quả thực hiện"),
        *_items(FIGURES, WORDS),
        _section("II.", "Kết quả khác", FIGURES, WORDS, TASKS),
        _section("III.", "Khó khăn, vướng mắc; kiến nghị, đề xuất", TEXT),
        _section("IV.", "Nhiệm vụ trọng tâm thời gian tới", TEXT),
    ],
    "half": [
        _section("I.", "Đặc điểm tình hình", TEXT),
        _section("II.", "Kết quả thực hiện"),
        *_items(FIGURES, WORDS, CHART),
        _section("8.", "Kết quả khác", FIGURES, WORDS, TASKS),
        _section("III.", "Đánh giá chung"),
        *JUDGED,
        _section("IV.", "Nhiệm vụ trọng tâm thời gian tới", TEXT),
        _section("V.", "Kiến nghị, đề xuất", TEXT),
    ],
    "annual": [
        _section("Phần thứ nhất", "Đánh giá kết quả công tác trong năm"),
        _section("I.", "Khái quát tình hình", TEXT),
        _section("II.", "Công tác dân vận của hệ thống chính trị"),
        *_items(FIGURES, WORDS, CHART),
        _section("III.", "Hoạt động của Ban", FIGURES, WORDS, TASKS),
        _section("IV.", "Đánh giá chung"),
        *JUDGED,
        _section("4.", "Bài học kinh nghiệm", TEXT),
        _section("5.", "Kiến nghị, đề xuất", TEXT),
        _section("Phần thứ hai", "Phương hướng, nhiệm vụ năm tới"),
        _section("I.", "Phương hướng", TEXT),
        _section("II.", "Nhiệm vụ trọng tâm", TEXT),
    ],
    "thematic": [
        _section("I.", "Công tác lãnh đạo, chỉ đạo, triển khai", TEXT, TASKS),
        _section("II.", "Kết quả thực hiện", FIGURES, WORDS, TABLE, CHART),
        _section("III.", "Đánh giá chung"),
        *JUDGED,
        _section("IV.", "Kiến nghị, đề xuất", TEXT),
    ],
    "urgent": [
        _section("1.", "Tình hình, diễn biến", WORDS, FIGURES),
        _section("2.", "Việc đã làm", TASKS, TEXT),
        _section("3.", "Dự báo; đề xuất, kiến nghị", TEXT),
    ],
}


def level_of(number: str) -> int:
    """How deep a section stands, by its number: 0 a part ("Phần thứ nhất"), 1 "I.", 2 "1.", 3 "a)"."""
    sign = number.strip(" .)").split(".")[-1]
    if len(number.split()) > 1:
        return 0
    if sign and set(sign) <= set("IVXLC"):
        return 1
    if sign.isdigit():
        return 1 + max(1, len(number.strip(" .)").split(".")))
    return 3 if sign else 1
