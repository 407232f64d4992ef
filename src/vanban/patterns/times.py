"""Patterns: days and deadlines."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.references import DATE_WORDS
from vanban.patterns.registry import pattern

DUE_DATE = pattern(
    "DUE_DATE",
    rf"(?P<when>trước|đến hết|chậm nhất(?: là)?(?: đến)?(?: trước)?|muộn nhất(?: là)?(?: đến)?|xong(?: trước)?|hạn cuối(?: là)?)\s{{1,3}}(?:hết\s)?(?:ngày\s{{1,3}})?{DATE_WORDS}",
    ("trước ngày 06 tháng 12 năm 2025", "chậm nhất đến ngày 30/9/2025", "trước ngày 30/12/2025"),
    ("tính đến hết tháng 10", "từ ngày 01/7/2025"),
    re.I,
)
DUE_IN = pattern(
    "DUE_IN",
    r"(?P<lead>hoàn thành |xong |báo cáo )?(?P<when>trong|trước|hết|cuối)\s(?:(?:tháng\s{1,3}(?P<month>\d{1,2})\s{0,3}(?:/|năm)\s{0,3}(?P<year1>\d{4}))"
    r"|(?:quý\s{1,3}(?P<quarter>IV|I{1,3}|[1-4])\s{0,3}(?:/|năm|-)?\s{0,3}(?P<year2>\d{4}))|(?:năm\s{1,3}(?P<year3>\d{4})))",
    ("trong quý I năm 2026", "trong tháng 12/2025", "Hoàn thành trong năm 2025"),
    ("giai đoạn 2020 - 2025", "tầm nhìn đến năm 2030"),
    re.I,
)
BARE_MONTH = pattern(
    "BARE_MONTH",
    r"^\s{0,9}tháng\s(?P<month>\d{1,2})\s{0,3}(?:/|năm)\s{0,3}(?P<year>\d{4})\W{0,5}$",
    ("Tháng 12/2025.",),
    ("Tháng 12",),
    re.I,
)
EVERY = r"h[ằà]ng\s(?:{0})|mỗi\s(?:{0})|theo\s(?:{0})|(?:một|0?1|01)\s(?:{0})/?\s?(?:0?1|một)\slần|(?:{0})/lần|(?:\d{{1,2}}\s)?lần\s?(?:/\s?|mỗi\s|một\s|trong\s)(?:một\s|0?1\s)?(?:{0})(?!\s\d)"
CYCLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("week", pattern("EVERY_WEEK", EVERY.format("tuần"), ("hằng tuần", "hàng tuần"), ("tuần tra",), re.I)),
    (
        "half_year",
        pattern(
            "EVERY_HALF_YEAR",
            r"định kỳ\s(?:hằng\s|hàng\s)?(?:0?6|sáu)\stháng(?:\s?/\s?(?:0?1|một)\slần)?|(?:0?6|sáu)\stháng\s?/?\s?(?:0?1\s|một\s)?lần|h[ằà]ng\s0?6\stháng",
            ("định kỳ 06 tháng/01 lần", "6 tháng/lần"),
            ("6 tháng đầu năm",),
            re.I,
        ),
    ),
    (
        "nine_months",
        pattern(
            "EVERY_NINE_MONTHS",
            r"định kỳ\s(?:hằng\s|hàng\s)?0?9\stháng",
            ("định kỳ 9 tháng",),
            ("9 tháng đầu năm",),
            re.I,
        ),
    ),
    (
        "month",
        pattern("EVERY_MONTH", EVERY.format("tháng"), ("hằng tháng", "mỗi tháng"), ("trong tháng 9",), re.I),
    ),
    (
        "quarter",
        pattern(
            "EVERY_QUARTER",
            EVERY.format("quý") + r"|tháng cuối (?:của )?quý",
            ("hằng quý", "hàng quý"),
            ("quý I",),
            re.I,
        ),
    ),
    ("year", pattern("EVERY_YEAR", EVERY.format("năm"), ("hằng năm", "hàng năm"), ("năm 2022",), re.I)),
)
DAY_OF_CYCLE = pattern(
    "DAY_OF_CYCLE",
    r"(?:trước|vào|chậm nhất(?: là)?(?: đến)?)\s(?:ngày\s)(?P<day>\d{1,2})(?:\s{0,2}(?:/|tháng)\s{0,2}(?P<month>\d{1,2}))?(?!\s{0,2}[/\d])(?!\s{0,2}(?:tháng|năm)\s\d)(?:\s{0,2}(?:của\s)?(?:h[ằà]ng|mỗi)\s(?:tuần|tháng|quý|năm))?",
    ("trước ngày 25/12 hàng năm", "trước ngày 20 hằng tháng", "trước ngày 15 tháng 11)"),
    ("trước ngày 30/12/2025",),
    re.I,
)
PERIODIC = pattern("PERIODIC", r"\bđịnh kỳ\b", ("định kỳ báo cáo",), ("nhiệm kỳ",), re.I)
REPORTS = pattern(
    "REPORTS",
    r"\b(?:báo cáo|sơ kết|tổng kết|định kỳ|rà soát|đánh giá|kiểm tra)\b",
    ("định kỳ báo cáo",),
    ("thực hiện",),
    re.I,
)
EVENT = pattern(
    "EVENT",
    r"(?:trong (?:thời hạn|thời gian|vòng)\s\d{1,3}\s(?:ngày|tháng|giờ)(?:\slàm việc)?(?:[^.;]{0,60}kể từ[^.;,]{0,80})?|(?:trước|sau)\s\d{1,3}\s(?:ngày|tháng)(?:\slàm việc)?(?:\s(?:của|kể từ|khi|trước khi)\s[^.;,]{0,80})?"
    r"|\d{1,3}\s(?:ngày|tháng)(?:\slàm việc)?,?\skể từ[^.;,]{0,80}|theo thời gian (?:tại|quy định)[^.;,]{0,60})",
    (
        "trong thời hạn 07 ngày làm việc, kể từ ngày nhận",
        "trước 30 ngày làm việc của các đợt",
        "theo thời gian tại khoản 1",
    ),
    ("trong ngày", "30 ngày"),
    re.I,
)
ALWAYS = pattern(
    "ALWAYS", r"\b(?:thường xuyên|liên tục|h[ằà]ng ngày)\b", ("Thực hiện thường xuyên",), ("thường vụ",), re.I
)
DAILY = pattern("DAILY", r"h[ằà]ng ngày", ("báo cáo hằng ngày",), ("ngày",))
