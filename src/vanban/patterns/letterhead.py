"""Patterns: letterhead, addressees and signature."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import TYPES_IN_CAPITALS, UPPER, pattern

STATE_NAME = pattern(
    "STATE_NAME",
    r"CỘNG\s{1,9}H(?:ÒA|OÀ)\s{1,9}XÃ\s{1,9}HỘI\s{1,9}CHỦ\s{1,9}NGHĨA\s{1,9}VIỆT\s{1,9}NAM",
    ("CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("Cộng hòa xã hội chủ nghĩa Việt Nam",),
)
PARTY_NAME = pattern(
    "PARTY_NAME",
    r"Đ[ẢA]NG\s{1,9}CỘNG\s{1,9}SẢN\s{1,9}VIỆT\s{1,9}NAM",
    ("ĐẢNG CỘNG SẢN\nVIỆT NAM",),
    ("Đảng Cộng sản Việt Nam",),
)
YOUTH_NAME = pattern(
    "YOUTH_NAME",
    r"ĐOÀN\s{1,9}(?:TNCS|THANH\s{1,9}NIÊN\s{1,9}CỘNG\s{1,9}SẢN)\s{1,9}HỒ\s{1,9}CHÍ\s{1,9}MINH(?= {0,9}(?:\n|$)| {2})",
    ("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN TNCS HỒ CHÍ MINH\nAn Hải"),
    ("Đoàn TNCS Hồ Chí Minh", "ĐOÀN TNCS HỒ CHÍ MINH TỈNH AN HẢI"),
)
MOTTO = pattern(
    "MOTTO",
    r"Độc\s{0,9}lập\s{0,9}[-–—]?\s{0,9}Tự\s{0,9}do\s{0,9}[-–—]?\s{0,9}Hạnh\s{0,9}phúc",
    ("Độc lập – Tự do - Hạnh phúc",),
    ("độc lập, tự do",),
)
_SYMBOL = rf"[{UPPER}][\wĐđ.&]{{0,40}}(?: ?[-–_/] ?[{UPPER}a-z][\w.&]{{0,40}}){{0,6}}"
NUMBER_LINE = pattern(
    "NUMBER_LINE",
    r"(?:^|(?<=\n)|(?<=  ))[ ]{0,80}(?:(?:Luật|Pháp lệnh|LUẬT) số|Số|SỐ)(?: hiệu)?\s{0,3}[:.]?[ .…_]{0,120}"
    rf"(?P<number>\d{{1,6}}[a-zđ]?)?[ .…_]{{0,120}}(?P<mark>[-–/])\s?(?P<symbol>(?:\d{{4,5}} ?/ ?)?{_SYMBOL})",
    (
        "Số 554-CV/ĐUK",
        "Số:09/2010/QĐ-UBND",
        "Số:            /UBND-NCKSTTHC",
        "Số: 70 - BC/ĐU",
        "Luật số: 56/2010/QH12",
    ),
    ("Số điện thoại 0123", "Quyết định số 217-QĐ/TW", "Số liệu: 12/2020"),
)
SPLIT_NUMBER = pattern(
    "SPLIT_NUMBER",
    r"^\s{0,9}Số\s?:?\s?(?P<number>\d{1,6})\s{1,9}(?P<tail>/\s?(?P<symbol>[A-ZĐ][\wĐ.&]{0,20}(?:-[A-ZĐ][\w.&]{0,20}){1,3}))",
    ("Số: 779\n/QĐ-UBND",),
    ("Số: 779 và",),
    re.M,
)
_LEVEL = r"(?:(?:Thành phố|Tỉnh|Quận|Huyện|Phường|Xã|Thị xã|Thị trấn|Đặc khu|TP\.?|tp\.?|Tp\.?) ?)?"
PLACE_DATE = pattern(
    "PLACE_DATE",
    rf"(?P<place>{_LEVEL}[{UPPER}][\w.]{{0,12}}(?:[ \-–]{{1,3}}[{UPPER}\d][\w.]{{0,12}}){{0,6}})\s{{0,3}},\s{{0,9}}[Nn]gày"
    r"(?P<day>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})tháng(?P<month>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})năm\s{0,9}(?P<year>\d{4}|20[ .…_]{0,9})",
    (
        "Bến Tre, ngày 07 tháng 3 năm 2022",
        "Thành phố Hồ Chí Minh, ngày 28 tháng 11 năm 2025",
        "Hà Nội, ngày     tháng 8 năm 2025",
    ),
    ("kể từ ngày 01 tháng 3 năm 2022", "bến Tre, hôm nay"),
)
SUBJECT_LEAD = pattern(
    "SUBJECT_LEAD",
    r"\(?\s{0,3}(?:V/v|v/v|V/V|Về việc|VỀ VIỆC|về việc)\b\s?:?",
    ("V/v triển khai", "về việc cử"),
    ("và việc",),
)
SECRECY = pattern(
    "SECRECY",
    r"[\s\[({|*_]{0,9}(?:(?:độ|dấu|mức độ)\s{1,3}mật\s{0,3}:?\s{0,3})?"
    r"(?P<mark>t\s?u\s?y\s?ệ\s?t\s{1,4}m\s?ậ\s?t|t\s?ố\s?i\s{1,4}m\s?ậ\s?t|m\s{0,2}ậ\s{0,2}t)[\s\])}|*_.!]{0,9}",
    ("MẬT", "(Tối mật)", "Độ mật: Mật", "T U Y Ệ T  M Ậ T", "M Ậ T"),
    ("bảo mà", "độ mặt"),
    re.I,
    how="fullmatch",
)
URGENCY = pattern(
    "URGENCY",
    r"[\s\[({|*_]{0,9}(?:(?:độ)\s{1,3}khẩn\s{0,3}:?\s{0,3})?(?P<mark>h(?:ỏa|oả)\s{1,3}tốc(?:\s{1,3}hẹn\s{1,3}giờ)?|thượng\s{1,3}khẩn|khẩn)[\s\])}|*_.!]{0,9}",
    ("HỎA TỐC", "Thượng khẩn", "(KHẨN)", "HOẢ TỐC HẸN GIỜ"),
    ("khản",),
    re.I,
    how="fullmatch",
)
ADDRESS = pattern(
    "ADDRESS",
    r"^\s{0,80}(?:Đồng kính gửi|Kính gửi|Kính gởi|Kính trình|KÍNH GỬI|gửi(?=\s?:))\s{0,3}:?\s{0,9}",
    ("Kính gửi: Sở Nội vụ", "Kính trình: Ban Thường vụ", "gửi:   - Các Bộ"),
    ("Trân trọng kính gửi", "gửi Sở"),
)
TELEGRAM = pattern("TELEGRAM", r"\bđiện\s?:\s{0,9}$", ("THỦ TƯỚNG CHÍNH PHỦ điện:",), ("điện thoại: 1",))
BASIS = pattern(
    "BASIS",
    r"\s{0,9}(?:[-–+]\s?)?(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét|Thực hiện|Trên cơ sở|Thi hành|Để|Nhằm|Ngày|Sau khi|Tiếp theo|Được sự)\b",
    ("Căn cứ Điều lệ", "- Căn cứ Quy định", "Theo đề nghị của"),
    ("Về việc căn cứ",),
    how="match",
)
SPECIMEN = pattern(
    "SPECIMEN", r"[Vv][íị] dụ|^\s{0,9}Số\s?:?\s", ("Ví dụ 1: Số 12-CV/TU", "Số 5-CV/ĐU"), ("theo Số liệu",), re.M
)
TITLE = pattern("TITLE", rf"(?:{TYPES_IN_CAPITALS})", ("CHỈ THỊ", "TỜ TRÌNH"), ("Chỉ thị",), how="match")
