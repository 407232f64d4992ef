"""Patterns: characters, lines and Markdown."""

from __future__ import annotations

import re

from vanban.patterns.registry import UPPER, pattern

SURROGATE = pattern("SURROGATE", "[\ud800-\udfff]", ("\ud800",), ("Đ",))
# Everything but letters and signs in ordinary use: only a text that holds one of these needs cleaning.
ODD_CHARACTER = pattern(
    "ODD_CHARACTER",
    "[^\\n -~\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u00ef\u00f1-\u036f\u1ea0-\u1ef9\u2013\u2014\u2018-\u201e\u2026]",
    ("a\tb", "\u00a0", "Ð", "\u200b", "\u2212"),
    ("Đường – “đi”…",),
)
MARKDOWN = pattern(
    "MARKDOWN", r"\*\*|^ {0,80}\||^#{1,6} |^__|\*\S", ("**Số**", "| a", "# A", "*a*"), ("*", "a | b"), re.M
)
STARS = pattern("STARS", r"(?P<alone>^ {0,80}\* {0,80}$)|\*{1,80}", ("**Số**", "*a*", "*"), ("a",), re.M)
UNDERLINE = pattern("UNDERLINE", r"__+", ("__Nơi nhận__", "_____"), ("VN_AQI",))
HASHES = pattern("HASHES", r"^#{1,6}\s+", ("## A",), ("#", "a # b"), re.M)
BAR = pattern(
    "BAR", r"^ {0,80}\|(?: {0,80}$)?|(?<! )(?: {1,80})?\| {0,80}$|(?<= )\|$", ("|", "Số 1 |"), ("a | b",), re.M
)
TABLE_ROW = pattern(
    "TABLE_ROW", r"^ {0,80}\|(?=[^\n]{0,4000}[^|\s])[^\n]{1,60000}\| {0,9}$", ("| a | b |",), ("|", "| a"), re.M
)
TABLE_RULE = pattern(
    "TABLE_RULE", r"^ {0,80}\|[| :]{0,40}-[-| :]{0,400}\| {0,9}$", ("| --- | --- |",), ("| a |", "-----"), re.M
)
WIDE_GAP = pattern("WIDE_GAP", r" {3,}", ("a    b",), ("a b",))
GAP = pattern("GAP", r" {2,}", ("a  b",), ("a b",))
ORNAMENT = pattern("ORNAMENT", r"[\s*_\-–—=~.…·•]{1,200}", ("-----", "*", "_______"), ("",), how="fullmatch")
CLOSED_LINE = pattern("CLOSED_LINE", r"\./\.?\s*$|^Nơi nhận\s*:?\s*$", ("thực hiện./.", "Nơi nhận:"), ("Số 1.",))
HANGING = pattern(
    "HANGING",
    r"(?:^|\s)(?:số|ngày|và|của|các|theo|tại|với|cho|về|tháng|năm|hoặc|là|do|để|thuộc|Điều|khoản|điểm)$",
    ("Căn cứ Thông tư số", "và"),
    ("Sở Nội vụ",),
)
NUMBERED = pattern(
    "NUMBERED", r"\s*(?:[IVXL]{1,6}|\d{1,2})\s?[.\-/)]", ("III. NHIỆM VỤ,",), ("SỞ NỘI VỤ",), how="match"
)
PAGE_NUMBER = pattern("PAGE_NUMBER", r"\s*(?:-\s*)?\d{1,4}(?:\s*-)?\s*", ("2", " - 3 -"), ("2.",), how="fullmatch")
BARE_MARK = pattern(
    "BARE_MARK",
    r"(?:[IVXL]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ])\s?[.)\-]|[-–+]",
    ("I.", "1.1.", "a)", "-"),
    ("I", "2025."),
    how="fullmatch",
)
MARK_ALONE = pattern(
    "MARK_ALONE",
    r"(?=.{2,6}$) {0,9}(?:[IVXL]{1,5}|\d{1,2}|[a-zđ])[.)]",
    ("II.", "a)", "  1."),
    ("II. A", "      1."),
    how="fullmatch",
)
# What a narrow column of the letterhead parted: "Số:" / "16/QĐ-UBND", "ỦY" / "BAN NHÂN DÂN", "An" / "Hải, ngày".
NUMBER_LABEL = pattern("NUMBER_LABEL", r"Số\s?:?", ("Số:", "Số"), ("Số: 5", "Số liệu"), how="fullmatch")
NUMBER_BEGINS = pattern(
    "NUMBER_BEGINS",
    r"\d{1,6}\s?(?:/\s?\d{4}\s?)?[/-]\s?[A-ZĐ]{2}",
    ("16/2017/QĐ-UBND", "74-CV/ĐTN"),
    ("16/5",),
    how="match",
)
NAME_BEGINS = pattern(
    "NAME_BEGINS",
    r"ỦY|UỶ|HỘI|TỈNH|THÀNH|HUYỆN|ĐẢNG|SỞ|BỘ",
    ("ỦY", "TỈNH"),
    ("BAN", "ĐẢNG ỦY"),
    how="fullmatch",
)
PLACE_BEGINS = pattern(
    "PLACE_BEGINS",
    rf"(?:(?:TP|Tp)\.? ?)?(?:[{UPPER}][^\W\d]{{0,8}}\.?)?(?: [{UPPER}][^\W\d]{{0,8}}){{0,3}}",
    ("Bình", "TP. Hồ Chí", "Hà", "TP."),
    ("Nơi nhận:", "Hà Nội,", "5"),
    how="fullmatch",
)
PLACE_ENDS = pattern(
    "PLACE_ENDS",
    rf"[{UPPER}][^\W\d]{{0,8}}(?:[ -][{UPPER}][^\W\d]{{0,8}}){{0,4}}\s?,\s?ngày\b",
    ("Định, ngày 07 tháng 9", "Hồ Chí Minh, ngày"),
    ("ngày 5", "Hà Nội"),
    how="match",
)
# A code that was cut at its own hyphen or stroke by the end of a line, and how its other half begins.
CODE_BROKEN = pattern(
    "CODE_BROKEN",
    r"(?:\d|Số:? ?/)[\w/.\-]{0,30}[-/]$",
    ("Nghị định số 126/2024/NĐ-", "Số: /KH-", "126/2024/"),
    ("Hà Nội -", "Điều 1. -", "a/"),
)
CODE_REST = pattern(
    "CODE_REST",
    r"[A-ZĐ0-9][A-Za-zĐđ0-9]{0,12}(?=[\s\-,.;:)&/]|$)",
    ("CP ngày 05", "UBND-VX", "NĐ-CP"),
    ("HUYỆN ỦY", "- Như trên", "về việc"),
    how="match",
)
