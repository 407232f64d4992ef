"""Patterns: numbers of provisions and ends of sentences."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import UPPER, pattern

MARKER = pattern(
    "MARKER",
    r"(?:(?P<part>(?:Phần|PHẦN)\s(?:thứ\s|THỨ\s)?(?:[IVXL]{1,6}|\d{1,2}|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|NHẤT|HAI|BA|TƯ|BỐN|NĂM|SÁU|BẢY|TÁM|CHÍN|MƯỜI)\b)"
    r"|(?P<chapter>(?:Chương|CHƯƠNG)\s(?:[IVXL]{1,6}|\d{1,2})\b)"
    r"|(?P<section>(?:Mục|MỤC)\s(?:[IVXL]{1,6}|\d{1,2})\b)|(?P<subsection>(?:Tiểu mục|TIỂU MỤC)\s\d{1,2}\b)"
    r"|(?P<article>(?:Điều|ĐIỀU)\s(?:\d{1,3}[a-zđ]?|[Il](?=\s?[.:])))(?=\s?[.:]|\s{0,9}$)"
    rf"|(?P<letter_part>[A-HĐ])(?=\s?[.\-]\s{{1,9}}[{UPPER}]{{2}})"
    r"|(?P<roman>[IVXL]{1,6})(?=\s?(?:[.\-–)]|/(?=\s))\s{0,9}\S)"
    r"|(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4})(?=[./)]?\s|\.[^\W\d])"
    r"|(?P<arabic>\d{1,3})(?=\s?[.\-–/]\s{0,9}[^\d\s.]|\s?[.]\s{1,9}\d)"
    r"|\((?P<paren>\d{1,2})\)(?=\s{0,9}\S)|(?P<bracket>\d{1,2})(?=\s?\)\s{0,9}\S)"
    r"|\((?P<small_roman>[ivx]{1,5})\)(?=\s)"
    r"|(?P<letter>[a-zđ])(?=\s?\)\s{0,9}\S|\.\s{1,9}\S)"
    r"|(?P<dash>[-–•●])(?=\s{0,9}[^\W\d]|\s{1,9}[\d“\"(])|(?P<plus>\+)(?=\s{0,9}\S))\s?[.:)\-–/]?\s{0,9}",
    (
        "Điều 1. Phạm vi",
        "I. MỤC ĐÍCH",
        "1.2. Về",
        "2- Yêu",
        "đ) Việc",
        "(1) Công",
        "1) Bổ sung",
        "- Như",
        "+ Đợt",
        "Chương II",
        "1. 100% các",
    ),
    ("1.500 đồng", "2021 - 2025", "Điều kiện", "Mục tiêu", "tháng 3", "25/11/2025", "V/v trồng cây"),
    how="match",
)
PART_MISREAD = pattern(
    "PART_MISREAD",
    r"[\W_]{0,6}P[hH][aăâằầẳẩàả][nN]\s{0,2}(?P<number>[IlHVX1\]|!][IlHVX1\]|! ]{0,5})",
    ("Phần]", "_— PhẳnIHI", "PhằnH l"),
    ("Phần thứ nhất", "Phần mềm"),
    how="fullmatch",
)
OPENING = pattern(
    "OPENING",
    r"\s{0,80}(?:[-–+•●]\s|(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2}){0,4})\s?[.)]\s|(?:[IVXL]{1,6}|\d{1,2})\s?[-/]\s[^\W\d]|[a-zđ]\s?\)\s|\(\d{1,2}\)\s"
    r"|(?:Điều|Chương|Phần|Mục|ĐIỀU|CHƯƠNG|PHẦN|MỤC)\s[\dIVXL]{1,6}(?:\s?[.:]|\s{0,9}$)|Số\s?:|Số\s\d{1,5}\s?-|V/v\s|Kính gửi|Kính trình|Nơi nhận\s?:"
    r"|Căn cứ\s(?:Luật|Nghị|Quyết|Quy|Thông|Kế|Điều)|CỘNG\s|Độc lập|ĐẢNG CỘNG|QUYẾT ĐỊNH\s?:|(?:T/M|TM\.|K/T|KT\.|TL\.|T/L|TUQ\.)|Lưu:"
    rf"|[{UPPER}][^,\n]{{1,40}},\s{{0,3}}ngày\s[\s\d.…]{{0,20}}tháng|\(?[Đđ]ã ký|[-_=*]{{3,}})",
    ("- Như trên", "1. Lãnh đạo", "I- Các", "a) Triển", "Số: 1", "Hà Nội, ngày 03 tháng 12"),
    ("tháng 12", "Điều lệ Đảng", "Minh bạch"),
    how="match",
)

_ABBREVIATIONS = "".join(
    rf"(?<!\b{word}\.)" for word in ("TP", "TT", "TS", "Th", "VP", "UB", "P", "Q", "Đ", "CT", "PCT")
)
SENTENCE_END = pattern(
    "SENTENCE_END",
    rf"[.!?](?<!\.\.){_ABBREVIATIONS}”?\s{{1,9}}(?=[“\"(]?[{UPPER}])",
    ("nội dung. Thường xuyên", "khóa XI. Lãnh đạo"),
    ("TT. Tỉnh ủy", "1,5. 2"),
)
SENTENCE_BREAK = pattern("SENTENCE_BREAK", r"[;\n]|\.\s", ("a; b", "a. b"), ("a, b",))
LIST_MARKS = pattern("LIST_MARKS", r"[,;]\s|\svà\s", ("a, b", "a và b"), ("a b",))
