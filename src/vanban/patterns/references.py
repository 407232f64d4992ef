"""Patterns: references to other documents by number, and what follows a number: date, issuing body, title."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import TYPES, TYPES_ANY_CASE, UPPER, pattern
from vanban.vocabulary import any_of, type_codes

_GROUP = r"[A-ZĐÐƯƠÔÂÊ][A-Za-zĐÐđƯưƠơÔôÂâÊê0-9&.]{0,30}"
# The look back stands behind the first digit: a search then runs from digit to digit, four times as fast.
_NUMBER = r"(?P<number>[0-9](?<![\d/.,–-].)(?<!\d:.)[0-9]{0,5}[a-zđ]?)"
_SIGNS = "|".join(sorted(map(re.escape, type_codes()), key=len, reverse=True))
CODE = pattern(
    "CODE",
    rf"{_NUMBER}(?:(?:\s?[-–]\s?(?P<party>[A-ZĐÐ][A-Za-zĐÐđ]{{1,4}})|\s?(?P<loose>{_SIGNS}))\s?/\s?(?P<organ>{_GROUP}(?:-{_GROUP}){{0,4}}(?:/[A-Za-zĐđ]{{2,8}})?)"
    rf"|\s?/\s?(?:(?P<year>\d{{4,5}})\s?/\s?)?(?P<symbol>{_GROUP}(?:(?:-|_|–|- (?=[A-ZĐ]{{2}})| -(?=[A-ZĐ]{{2}})| [-–] (?=[A-ZĐ]{{2}})|/(?=[A-ZĐ]{{2,6}}(?!\w))){_GROUP}){{0,6}}))(?<![.&])(?!\w)",
    (
        "21-CTr/TU",
        "70 - BC/ĐU",
        "12- HD/BTCTW",
        "30/2020/NĐ-CP",
        "30/2020/NĐ–CP",
        "10/2007/QĐ_BKHCN",
        "3294-CV/VPTW/nb",
        "16/CGC.BT",
        "27/NQ- TW",
        "15/QĐ - UBND",
        "473/TTr - NN&PTNT",
        "19/2001/CT/UB",
        "217 QĐ/TW",
        "08CT/TU",
    ),
    ("2020 - 2025", "24/7/2024", "27-7", "QCVN 102:2016/BTTTT", "01/hội", "15 xã/TP"),
)
DATE_WORDS = (
    r"(?:(?P<d1>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<m1>\d{1,2})\s{0,2}[/.\-]\s{0,2}(?P<y1>\d{4})(?!\d)"
    r"|(?P<d2>\d{1,2})\s{0,9}tháng\s{0,9}(?P<m2>\d{1,2})(?:\s{1,9}năm\s{1,9}|\s?/\s?)(?P<y2>\d{4}))"
)
DATE = pattern(
    "DATE",
    DATE_WORDS,
    ("17/10/2020", "07 tháng 3 năm 2022", "23 / 3 /2022", "17-10-2020", "15 tháng 6/2023"),
    ("2020 - 2025", "24/7"),
    re.I,
)
DATE_AFTER = pattern(
    "DATE_AFTER",
    rf"\s{{0,3}}[,(]?\s{{0,3}}(?:(?:được\s)?(?:ký|ban hành)\s)?(?:ngày\s{{0,3}}|NGÀY\s{{0,3}}|(?<=\()){DATE_WORDS}\)?",
    (", ngày 18/02/2022", " ngày 05 tháng 11 năm 2025", " ngày 05 tháng11 năm 2025", " (27/11/2009)"),
    (" và ngày 18/02/2022",),
    re.I,
    how="match",
)
DATE_BEFORE = pattern(
    "DATE_BEFORE",
    rf"[Nn]gày\s{{1,3}}{DATE_WORDS}(?P<between>[^.;\n]{{0,160}})$",
    ("Ngày 24/7/2024, Chủ tịch UBND tỉnh có Công văn số",),
    ("ngày 24/7/2024; có",),
)
ISSUES = pattern(
    "ISSUES",
    rf"(?:^|,\s)(?P<who>(?:[{UPPER}][^,]{{0,120}}?)?)\s(?:đã\s)?(?:có|ban hành|ký|ký ban hành)(?!\w)",
    (", Chủ tịch tỉnh đã ban hành Công văn", ", Sở Y tế có"),
    ("cóc",),
)
OF = pattern("OF", r"\s{0,3},?\s{0,3}(?:của|CỦA)\s{1,3}", (" của Bộ Chính trị",), (" cửa",), how="match")
BARE_ISSUER = pattern(
    "BARE_ISSUER",
    r"\s(?=(?:Chính phủ|Thủ tướng Chính phủ|Quốc hội|Bộ Chính trị|Ban Bí thư|Bộ trưởng Bộ)(?!\w))",
    (" Chính phủ về thực hiện",),
    (", Chính phủ yêu cầu", " Sở Nội vụ"),
    how="match",
)
ASKED_BY = pattern(
    "ASKED_BY",
    # "đề nghị của Hội A tại Công văn số … và Sở B tại Tờ trình số …": the body before "tại"
    r"(?:(?:đề nghị|ý kiến|kiến nghị|chỉ đạo|yêu cầu|phân công|báo cáo|thống nhất|đồng ý)\scủa\s|^\s?và\s(?:ý kiến của\s)?)(?P<who>[^;\n]{3,160}?)\s(?:tại|trong)\s(?:các\s)?$",
    ("đề nghị của Giám đốc Sở Nội vụ tại ", " và Sở Nội vụ tại "),
    ("đề nghị tại ",),
)
_NO_NAME = any_of(
    "Về về VỀ BAN\tHÀNH QUY\tĐỊNH PHÊ\tDUYỆT Quy\tđịnh quy\tđịnh Hướng\tdẫn hướng\tdẫn ban\thành Phê\tduyệt phê\tduyệt Sửa\tđổi sửa\tđổi "
    "Thực\thiện thực\thiện Triển\tkhai triển\tkhai thông\tqua tại nhằm để thì năm ngày nhiệm\tkỳ trong do đã có đối\tvới theo giai\tđoạn "
    "công\tnhận cho thay\tthế được điều\tchỉnh là gửi kèm Tăng\tcường tăng\tcường đến khi Báo\tcáo báo\tcáo đề\tnghị chỉ\tđạo yêu\tcầu "
    "hết\thiệu\tlực trên\tcơ\tsở bảo\tđảm phù\thợp nêu như này".replace("\t", "_").split()
).replace("_", r"\s{1,9}")
# Both ends begin with one class of characters: a search then runs from one such character to the next.
ISSUER_END = pattern(
    "ISSUER_END",
    rf"[;.:()“”\"\n,\s](?:(?<=[;.:()“”\"\n])|(?<=,)(?!\s(?:Thể thao|Xã hội|Thương binh|Chủ nhiệm))|(?<=\s)(?:(?:{_NO_NAME})(?!\w)"
    rf"|và\s(?=(?:{TYPES_ANY_CASE}|[Cc]ăn cứ|Giám đốc)\b|(?!môi trường|xã hội|du lịch|đào tạo|truyền thông|phát triển|công nghệ|gia đình|đào tạo|đầu tư|thể thao)(?![{UPPER}])[^\W\d_])|[-–]\s(?![{UPPER}])))",
    (" về công tác", "; ", ", ngày", " và Kế hoạch số", " và chịu trách nhiệm"),
    ("Bộ Chính trị khóa XI", "Bộ Khoa học và Công nghệ", "Bộ Nông nghiệp và môi trường", "Bộ Giáo dục và Đào tạo"),
)
TERM = pattern(
    "TERM",
    r"(?:khóa|khoá|Khóa|Khoá|KHÓA|KHOÁ)\s{1,3}(?P<term>[IVX]{1,5}|\d{1,2})(?!\w)",
    ("Bộ Chính trị khóa XI", "Quốc hội khoá 15"),
    ("khóa học", "khóa cửa"),
)
# Words that open a title: those of the first sort always, the others (also plain verbs) only after date or body.
TITLE_START = pattern(
    "TITLE_START",
    r"\s{0,3},?\s{0,3}[“\"]?(?=(?:(?P<about>[Vv]ề|VỀ|V/v)|[Qq]uy định|QUY ĐỊNH|[Hh]ướng dẫn|[Bb]an hành|BAN HÀNH|[Pp]hê duyệt|[Ss]ửa đổi|[Tt]hực hiện|[Tt]riển khai|[Cc]ông nhận|[Đđ]iều chỉnh|[Tt]ăng cường|[Tt]hông qua|[Tt]hành lập|[Tt]hi hành|[Bb]ổ sung)[\s,])",
    (" về công tác dân vận", ", phê duyệt Điều chỉnh", " “về việc"),
    (" và các",),
    how="match",
)
TITLE_END = pattern(
    "TITLE_END",
    r"[;\n”):.,\s](?:(?<=[;\n”)])|(?<=:)(?=\s)|(?<=\.)(?=\s|$|/)|(?<=,)\s(?=(?:nhằm|để|đồng thời|trong đó|cụ thể|theo đó|như sau|từng bước|gắn với|giúp|thay thế|có hiệu lực)\b)"
    rf"|(?<=,)\s(?:và\s)?(?=(?:{TYPES})\s(?:số\s)?\d)|(?<=\s)và\s(?=(?:{TYPES})\s(?:số\s)?\d)|(?<=,)\s(?=(?:Ban|UBND|Ủy ban|Uỷ ban|Sở|Bộ|Văn phòng|Chính phủ|Thủ tướng|Chủ tịch|Tỉnh ủy|Đảng ủy|Phó|gửi|{TYPES})\s)|(?<=\s)\((?=(?:{TYPES})\s|sau đây|gọi|viết|kèm|được|có|Công văn|hiệu lực|bao gồm|trừ|nếu|theo|thay)|(?<=\s)(?=quy định\s?:|(?:và|gắn với)\s(?:thực hiện|chỉ đạo|công tác góp ý|các quy định|các văn bản|quy định của|hướng dẫn tại|quy định tại|ý kiến của|đề nghị của|giao)\b))",
    ("về A, nhằm B", "về A; B", "về A và Kế hoạch số 75", "về A: B", "về A (sau đây gọi tắt là B)"),
    ("về A, tầm nhìn đến năm 2030", "về A (vốn sự nghiệp", "nhiệm kỳ (2025 - 2030"),
)
CODE_PARTS = pattern(
    "CODE_PARTS",
    r"(?P<number>\d{1,6}[a-zđ]?)\s?[-–/]\s?(?:(?P<year>\d{4,5})\s?/\s?)?(?P<symbol>\S[\s\S]{0,200})",
    ("30/2020/NĐ-CP", "21-CTr/TU", "1234/UBND-TH"),
    ("CTr/TU",),
    how="fullmatch",
)
SYMBOL_JOINT = pattern("SYMBOL_JOINT", r"[\s/_–-]{1,9}", ("CTr/TU", "QĐ - UBND"), ("TU",))
NAMED_YEAR = pattern("NAMED_YEAR", r"năm\s(\d{4})(?!\d)", ("Luật Đất đai năm 2024",), ("năm nay",))
