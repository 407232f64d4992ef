"""Patterns: references to other documents."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import TYPES, TYPES_ANY_CASE, UPPER, pattern

_GROUP = r"[A-ZĐƯƠÔÂÊ][A-Za-zĐđƯưƠơÔôÂâÊê0-9&.]{0,30}"
CODE = pattern(
    "CODE",
    r"(?<![\d/.,–-])(?<!\d:)(?P<number>\d{1,6}[a-zđ]?)"
    rf"(?:\s?[-–]\s?(?P<party>[A-ZĐ][A-Za-zĐđ]{{1,4}})\s?/\s?(?P<organ>{_GROUP}(?:-{_GROUP}){{0,4}}(?:/[A-Za-zĐđ]{{2,8}})?)"
    rf"|\s?/\s?(?:(?P<year>\d{{4,5}})\s?/\s?)?(?P<symbol>{_GROUP}(?:(?:-|_|- (?=[A-ZĐ]{{2}})| -(?=[A-ZĐ]{{2}})){_GROUP}){{0,6}}))(?<![.&])(?!\w)",
    (
        "21-CTr/TU",
        "70 - BC/ĐU",
        "12- HD/BTCTW",
        "30/2020/NĐ-CP",
        "10/2007/QĐ_BKHCN",
        "3294-CV/VPTW/nb",
        "16/CGC.BT",
        "27/NQ- TW",
    ),
    ("2020 - 2025", "24/7/2024", "27-7", "QCVN 102:2016/BTTTT", "01/hội"),
)
TYPE_BEFORE = pattern(
    "TYPE_BEFORE",
    rf"(?P<type>{TYPES_ANY_CASE})(?P<name>(?:\s(?!(?:số|SỐ|của|về)\b)[^\s,;.:()]{{1,14}}){{0,14}}?)\s{{0,3}}(?P<lead>(?:số\s?){{0,2}}|SỐ\s?)(?:\s?:)?\s{{0,3}}$",
    ("Chương trình số ", "Luật Di sản văn hóa số ", "Quyết định ", "NGHỊ QUYẾT SỐ "),
    ("theo mẫu số ", "Điện thoại: "),
)
NUMBER_WORD = pattern("NUMBER_WORD", r"(?:số|SỐ|Số)(?:\s?:)?\s{0,3}$", ("Văn bản số ",), ("con số là ",))
DATE_WORDS = (
    r"(?:(?P<d1>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<m1>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<y1>\d{4})(?!\d)"
    r"|(?P<d2>\d{1,2})\s{1,9}tháng\s{1,9}(?P<m2>\d{1,2})\s{1,9}năm\s{1,9}(?P<y2>\d{4}))"
)
DATE = pattern(
    "DATE",
    DATE_WORDS,
    ("17/10/2020", "07 tháng 3 năm 2022", "23 / 3 /2022", "17-10-2020"),
    ("2020 - 2025", "24/7"),
    re.I,
)
DATE_AFTER = pattern(
    "DATE_AFTER",
    rf"\s{{0,3}}[,(]?\s{{0,3}}(?:(?:được\s)?(?:ký|ban hành)\s)?(?:ngày\s{{0,3}}|NGÀY\s{{0,3}}){DATE_WORDS}\)?",
    (", ngày 18/02/2022", " ngày 05 tháng 11 năm 2025"),
    (" và ngày 18/02/2022",),
    re.I,
    how="match",
)
DATE_BEFORE = pattern(
    "DATE_BEFORE",
    rf"ngày\s{{1,3}}{DATE_WORDS}(?P<between>[^.;\n]{{0,160}})$",
    ("Ngày 24/7/2024, Chủ tịch UBND tỉnh có Công văn số",),
    ("ngày 24/7/2024; có",),
    re.I,
)
ISSUES = pattern("ISSUES", r"\b(?:có|ban hành|ký)\b", ("đã ban hành Công văn",), ("cóc",))
OF = pattern("OF", r"\s{0,3},?\s{0,3}(?:của|CỦA)\s{1,3}", (" của Bộ Chính trị",), (" cửa",), how="match")
ASKED_BY = pattern(
    "ASKED_BY",
    r"(?:của|,|;|và)\s(?P<who>[^;\n]{3,160}?)\s(?:tại|trong)\s$",
    ("đề nghị của Giám đốc Sở Nội vụ tại ",),
    ("đề nghị tại ",),
)
ISSUER_END = pattern(
    "ISSUER_END",
    r"[;.:()“”\"\n]|,(?!\s(?:Thể thao|Xã hội|Thương binh))|\s(?:[Vv]ề|VỀ|BAN HÀNH|QUY ĐỊNH|PHÊ DUYỆT|[Qq]uy định|[Hh]ướng dẫn|ban hành|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai|thông qua|tại|nhằm|để|thì"
    r"|năm|nhiệm kỳ|trong|do|đã|có|đối với|theo|giai đoạn|công nhận|cho|thay thế|được|điều chỉnh|là|gửi|kèm|[Tt]ăng cường|đến|khi|[Bb]áo cáo|đề nghị|chỉ đạo|yêu cầu|hết hiệu lực)\b"
    rf"|\svà\s(?=(?:{TYPES_ANY_CASE}|[Cc]ăn cứ|các|công tác|Giám đốc|quy định)\b)|\s[-–]\s(?![{UPPER}])",
    (" về công tác", "; ", ", ngày", " và Kế hoạch số"),
    ("Bộ Chính trị khóa XI",),
)
TITLE_START = pattern(
    "TITLE_START",
    r"\s{0,3},?\s{0,3}(?=(?:[Vv]ề(?:\sviệc)?|VỀ|V/v|[Qq]uy định|QUY ĐỊNH|[Hh]ướng dẫn|[Bb]an hành|BAN HÀNH|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai|[Cc]ông nhận|[Đđ]iều chỉnh|[Tt]ăng cường)\s)",
    (" về công tác dân vận", ", phê duyệt Điều chỉnh"),
    (" và các",),
    how="match",
)
TITLE_END = pattern(
    "TITLE_END",
    r"[;\n”]|\.(?=\s|$|/)|,\s(?=(?:nhằm|để|đồng thời|trong đó|cụ thể|theo đó|như sau|từng bước|gắn với|giúp)\b)"
    rf"|,?\s(?:và|,)\s(?=(?:{TYPES})\s(?:số\s)?\d)|,\s(?=(?:Ban|UBND|Ủy ban|Uỷ ban|Sở|Bộ|Văn phòng|Chính phủ|Thủ tướng|Chủ tịch|Tỉnh ủy|Đảng ủy|Phó|{TYPES})\s)|\s\(|\s(?=(?:và|gắn với)\s(?:thực hiện|chỉ đạo|công tác góp ý)\b)",
    ("về A, nhằm B", "về A; B", "về A và Kế hoạch số 75"),
    ("về A, tầm nhìn đến năm 2030",),
)
