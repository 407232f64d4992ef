"""Patterns: letterhead, addressees, legal bases and the kind of document."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import TYPES, TYPES_IN_CAPITALS, UPPER, pattern
from vanban.vocabulary import any_of, table, type_codes

_HEADS = table("organs")["heads"]

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
    r"(?<!BCH )(?<!BCH\n)(?<!HÀNH )(?<!HÀNH\n)(?<!ƯƠNG )(?<!ƯƠNG\n)ĐOÀN\s{1,9}(?:TNCS|THANH\s{1,9}NIÊN\s{1,9}CỘNG\s{1,9}SẢN)\s{1,9}HỒ\s{1,9}CHÍ\s{1,9}MINH"
    r"(?= {0,9}(?:\n|$)| {2})(?!\s{0,9}(?:TỈNH|THÀNH|HUYỆN|QUẬN|XÃ|PHƯỜNG|TRƯỜNG|KHỐI|CƠ QUAN|CÔNG TY|BỆNH VIỆN)\b)",
    ("ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN TNCS HỒ CHÍ MINH\nAn Hải"),
    ("Đoàn TNCS Hồ Chí Minh", "ĐOÀN TNCS HỒ CHÍ MINH TỈNH AN HẢI", "BCH ĐOÀN TNCS HỒ CHÍ MINH\nTỈNH AN HẢI"),
)
# The names as a machine reads them from a picture: any vowel may be wrong, the consonants stand.
STATE_NAME_MISREAD = pattern(
    "STATE_NAME_MISREAD",
    r"C\w{1,2}NG\s{0,9}H\w{1,3}\s{0,9}(?:XHCN|X\w{1,2}\s{0,9}H\w{1,2}\s{0,9}CH\w{1,2}\s{0,9}NG?H?\w{1,3})\s{0,9}V\w{2,3}\s{0,9}N\w{1,2}(?!\w)",
    ("CỌNG HOÀ XÃ HỌI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XHCN VIỆT NAM", "CÔNG HÒAXÃ HÔI CHU NGHIA VIÊT NAM"),
    ("Cộng hòa xã hội", "CÔNG AN XÃ HỘI AN CHỦ"),
)
PARTY_NAME_MISREAD = pattern(
    "PARTY_NAME_MISREAD",
    r"[ĐDÐ]\w{1,2}NG\s{0,9}C\w{1,2}NG\s{0,9}S\w{1,2}\s{0,9}V\w{2,3}\s{0,9}N\w{1,2}(?!\w)",
    ("DANG CONG SAN VIET NAM", "ĐÁNG CỌNG SẢN VIỆT NAM"),
    ("ĐẢNG ỦY CÔNG AN",),
)
STATE_NAME_HALF = pattern(
    "STATE_NAME_HALF",
    r"(?<!\w)(?:CỘNG\s{1,9}H(?:ÒA|OÀ)\s{1,9}XÃ\s{1,9}HỘI(?= {0,9}(?:\n|$))|CHỦ\s{1,9}NGHĨA\s{1,9}VIỆT\s{1,9}NAM)(?!\w)",
    ("CỘNG HÒA XÃ HỘI\nSỞ", "SỞ NỘI VỤ   CHỦ NGHĨA VIỆT NAM"),
    ("CỘNG HÒA XÃ",),
)
MOTTO = pattern(
    "MOTTO",
    r"Độc\s{0,9}lập\s{0,9}[-–—]?\s{0,9}Tự\s{0,9}do\s{0,9}[-–—]?\s{0,9}Hạnh\s{0,9}phúc|ĐỘC\s{0,9}LẬP\s{0,9}[-–—]?\s{0,9}TỰ\s{0,9}DO\s{0,9}[-–—]?\s{0,9}HẠNH\s{0,9}PHÚC",
    ("Độc lập – Tự do - Hạnh phúc", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
    ("độc lập, tự do",),
)
_SYMBOL = rf"[{UPPER}][\wĐđ.&]{{0,40}}(?: ?[-–_/] ?[{UPPER}a-z][\w.&]{{0,40}}){{0,6}}"
NUMBER_LINE = pattern(
    "NUMBER_LINE",
    r"(?:^|(?<=\n)|(?<=  ))[ ]{0,80}(?:(?:Bộ luật|Luật|Pháp lệnh|Lệnh|Sắc lệnh|LUẬT|BỘ LUẬT) số|(?:Nghị quyết|Quyết định|Chỉ thị|Thông tư|Nghị định) số(?=\s?:)|Số|SỐ|S[^\W\d](?=\s?:))(?: hiệu)?\s{0,3}[:.]?[ .…_]{0,120}"
    rf"(?P<number>\d{{1,6}}[a-zđ]?)?[ .…_]{{0,120}}(?P<mark>[-–/]) ?(?P<symbol>(?:\d{{4,5}} ?/ ?)?(?!V/v){_SYMBOL})",
    (
        "Số 554-CV/ĐUK",
        "Số:09/2010/QĐ-UBND",
        "Số:            /UBND-NCKSTTHC",
        "Số: 70 - BC/ĐU",
        "Luật số: 56/2010/QH12",
        "Bộ luật số: 1/2010/QH12",
        "Sô: 12/QĐ-UBND",
        "Nghị quyết số: 11-NQ/TW",
    ),
    ("Số điện thoại 0123", "Quyết định số 217-QĐ/TW", "Số liệu: 12/2020"),
)
# A number that nobody can read (by hand, from a picture) before a symbol that stands.
MISREAD_NUMBER = pattern(
    "MISREAD_NUMBER",
    rf"(?:^|(?<=\n))[ ]{{0,80}}S[^\W\d]\s{{0,3}}[:.][^\n]{{0,14}}?[-/]{{1,2}} ?(?P<symbol>{_SYMBOL}(?:[-/]\w{{1,20}})?)",
    ("Số: //74//UBND- KSTTHC", "Số: JT{/STTTT-CNTT", "Số: 6/0 /VP-KSTTHC"),
    ("Số liệu: 1", "Số điện thoại: 023/456"),
)
# A number whose stroke or hyphen was lost before the sign of a kind: "01NQ-HĐQLQ".
UNSTROKED_NUMBER = pattern(
    "UNSTROKED_NUMBER",
    rf"(?:^|(?<=\n))[ ]{{0,80}}S[^\W\d]\s{{0,3}}[:.]?\s{{0,9}}(?P<number>\d{{1,5}})\s?(?P<symbol>(?:{any_of(code for code in type_codes() if len(code) > 1)})[-/][A-ZĐ][\w.&/-]{{0,40}})",
    ("Số: 01NQ-HĐQLQ", "Số 05 HD/VPTW"),
    ("Số: 01/NQ-HĐ", "Số 5 Điều"),
)
SPLIT_NUMBER = pattern(
    "SPLIT_NUMBER",
    r"^\s{0,9}Số\s?:?\s?(?P<number>\d{1,6})\s{1,9}(?P<tail>/\s?(?P<symbol>[A-ZĐ][\wĐ.&]{0,20}(?:-[A-ZĐ][\w.&]{0,20}){1,3}))",
    ("Số: 779\n/QĐ-UBND",),
    ("Số: 779 và",),
    re.M,
)
# As the gazette and the collections print it under the kind: "CỦA CHÍNH PHỦ SỐ 12/2007/NĐ-CP NGÀY 3 THÁNG 8 NĂM 2007".
GAZETTE_LINE = pattern(
    "GAZETTE_LINE",
    rf"^[ ]{{0,80}}(?:CỦA [{UPPER} ,–-]{{3,100}}? )?SỐ\s?:? ?(?P<number>\d{{1,6}}[a-zđ]?) ?[-–/] ?(?P<symbol>(?:\d{{4}} ?/ ?)?{_SYMBOL})"
    r",? NGÀY (?P<day>\d{1,2})(?: THÁNG |/)(?P<month>\d{1,2})(?: NĂM |/)(?P<year>\d{4})\b",
    ("SỐ 12/2007/NĐ-CP NGÀY 3 THÁNG 8 NĂM 2007", "CỦA CHÍNH PHỦ SỐ 12/2007/NĐ-CP NGÀY 03/8/2007"),
    ("THỰC HIỆN NGHỊ ĐỊNH SỐ 12/2007/NĐ-CP NGÀY 3 THÁNG 8 NĂM 2007", "SỐ 12/2007/NĐ-CP"),
    re.M,
)
_LEVEL = r"(?:(?:Thành phố|Tỉnh|Quận|Huyện|Phường|Xã|Thị xã|Thị trấn|Đặc khu|TP\.?|tp\.?|Tp\.?) ?)?"
PLACE_DATE = pattern(
    "PLACE_DATE",
    rf"(?P<place>{_LEVEL}[{UPPER}][\w.]{{0,12}}(?:[ \-–]{{1,3}}[{UPPER}\d][\w.]{{0,12}}){{0,6}})\s{{0,3}},\s{{0,9}}(?:(?:hồi|lúc)\s\d{{1,2}}\s?(?:giờ|h)\s?(?:\d{{2}}(?:\sphút)?)?,?\s{{1,3}})?[Nn]gày"
    r"(?P<day>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})tháng(?P<month>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})năm\s{0,9}(?P<year>\d{4}|20[ .…_]{0,9})",
    (
        "An Hải, hồi 10 giờ 30 ngày 18 tháng 9 năm 2023",
        "Bến Tre, ngày 07 tháng 3 năm 2022",
        "Thành phố Hồ Chí Minh, ngày 28 tháng 11 năm 2025",
        "Hà Nội, ngày     tháng 8 năm 2025",
    ),
    ("kể từ ngày 01 tháng 3 năm 2022", "bến Tre, hôm nay"),
)
# The day written with strokes or without its place: "An Hải, 5/1/2024", "Ngày 05 tháng 01 năm 2024".
STROKED_DATE = pattern(
    "STROKED_DATE",
    rf"(?P<place>{_LEVEL}[{UPPER}][\w.]{{0,12}}(?:[ \-–]{{1,3}}[{UPPER}\d][\w.]{{0,12}}){{0,6}})\s{{0,3}},\s{{0,9}}(?:[Nn]gày\s{{0,9}})?"
    r"(?P<day>\d{1,2})\s{0,3}[/.\-]\s{0,3}(?P<month>\d{1,2})\s{0,3}[/.\-]\s{0,3}(?P<year>\d{4})(?!\w)",
    ("An Hải, ngày 5/1/2024", "TP. An Hải, 23 / 3 /2022"),
    ("An Hải, Điều 5", "kể từ 5/1/2024"),
)
UNPLACED_DATE = pattern(
    "UNPLACED_DATE",
    rf"(?:(?P<place>{_LEVEL}[{UPPER}][^\W\d]{{1,9}}(?: [{UPPER}][^\W\d]{{0,9}}){{0,4}})[ .]{{1,4}})?[Nn]gày"
    r"(?P<day>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})tháng(?P<month>[\s.…_]{0,60}|\s{0,9}\d{1,2}\s{0,9})năm\s{0,9}(?P<year>\d{4}|20[ .…_]{0,9})[.\s]{0,9}",
    ("Ngày 05 tháng 01 năm 2024", "An Hải ngày 05 tháng 01 năm 2024", "ngày    tháng   năm 2024"),
    ("kể từ ngày 05 tháng 01 năm 2024",),
    how="fullmatch",
)
MISREAD_DATE = pattern(
    "MISREAD_DATE",
    rf"(?P<place>{_LEVEL}[{UPPER}][\w.]{{0,12}}(?:[ \-–]{{1,3}}[{UPPER}][\w.]{{0,12}}){{0,6}})\s{{0,3}}[,.;]\s{{0,9}}ng\wy(?P<day>[^\n]{{0,12}}?)th\wng(?P<month>[^\n]{{0,8}}?)n\wm\s{{0,9}}(?P<year>\d{{4}})",
    ("Phú Thọ, ngày /ƒ tháng 12 năm 2011", "Phú Thọ, ngảy | tháng 12 nãm 2011"),
    ("ngày hội tháng",),
)
SUBJECT_LEAD = pattern(
    "SUBJECT_LEAD",
    r"\(?\s{0,3}(?:V/v|v/v|V/V|Vv|V\.v|V/y|Về việc|VỀ VIỆC|về việc)\b\s?:?",
    ("V/v triển khai", "về việc cử", "V/v: rà soát"),
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
SECRECY_MISREAD = pattern(  # as a machine reads it from a picture; capitals only, and not the words for eye or face
    "SECRECY_MISREAD",
    r"[\s\[({|*_]{0,9}(?P<mark>(?:TUY[EÊÉÈẺẼẸẾỀỂỄỆ]T\s{1,4}|T[OÔÓÒỎÕỌỐỒỔỖỘƠ][IÍÌỈĨỊ1l]\s{1,4})?M[AÂẠẬẤẦẨẪ]T)[\s\])}|*_.!]{0,9}",
    ("TÔI MÂT", "TUYET MAT", "[MÂT]"),
    ("MẮT", "MẶT", "mat", "TÔI MẶT"),
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
DRAFT = pattern(
    "DRAFT",
    r"[\s\[({|*_]{0,9}(?P<mark>dự\s{1,3}thảo(?:\s{0,3}\(?(?:lần|số|ngày|lấy ý kiến|trình)?\s{0,3}(?:thứ\s)?[\w/.\-]{0,10})?)[\s\])}|*_.!:]{0,9}",
    ("Dự thảo lần 2", "(DỰ THẢO)", "Dự thảo 3", "DỰ THẢO (lần 4)", "Dự thảo ngày 12/3/2024"),
    ("Dự thảo quyết định của Ủy ban",),
    re.I,
    how="fullmatch",
)
# 36-HD/VPTW and 05-HD/VPTW, cell 11; 01/2011/TT-BNV and 30/2020/NĐ-CP, cell 11.
CIRCULATION = pattern(
    "CIRCULATION",
    r"[\s\[({|*_]{0,9}(?P<mark>(?:tài liệu |bản )?(?:xem xong trả lại|lưu hành nội bộ|thu hồi)|tài liệu (?:thu hồi|hội nghị|họp)"
    r"|(?:tài liệu )?xong hội nghị (?:trả lại|thu hồi)|trả lại sau khi họp(?: \(?hội nghị\)?)?|chỉ (?:người có tên|người nhận) mới được bóc bì"
    r"|không phổ biến trên (?:các )?phương tiện thông tin đại chúng)[\s\])}|*_.!]{0,9}",
    ("LƯU HÀNH NỘI BỘ", "(Xem xong trả lại)", "Tài liệu thu hồi", "TRẢ LẠI SAU KHI HỌP (HỘI NGHỊ)"),
    ("Tài liệu về hội nghị",),
    re.I,
    how="fullmatch",
)
# The stamp of the registry over an incoming letter: its number and day are not the letter's.
INCOMING = pattern(
    "INCOMING",
    r"[\s*|_]{0,9}(?:(?:CÔNG VĂN|VĂN BẢN|CV|C\.?V) ?)?(?:ĐẾN|ÐẾN)\b(?:\s{0,3}(?:S[ốô]|Ngày)\b.{0,60})?\s{0,9}:?\s{0,9}",
    ("CÔNG VĂN ĐẾN", "ĐẾN", "ĐẾN Ngày: 5/1/2024", "VĂN BẢN ĐẾN Số: 12"),
    ("ĐẾN NĂM 2030",),
    how="fullmatch",
)
STAMP_LINE = pattern(
    "STAMP_LINE",
    r"\s{0,9}(?:ĐẾN\b|ÐẾN\b|S[ốô]\b(?!.{0,40}/[A-ZĐ])|Ngày\b|Giờ\b|Chuyển\b|Kính chuyển\b|Lưu hồ sơ|Hồ sơ|Lưu:)",
    ("Ngày: 5/1/2024", "Số: 4707", "Chuyển: ......", "Số và ký hiệu HS: ....", "ĐẾN Ngày: 1/1"),
    ("Số: 12/QĐ-UBND", "UBND TỈNH"),
    how="match",
)
APPENDIX_HEAD = pattern(
    "APPENDIX_HEAD",
    r"(?:Phụ lục|PHỤ LỤC)(?: (?:số )?(?:[IVXL]{1,6}|\d{1,3}|[A-Z]))?\s{0,3}[.:]?",
    ("Phụ lục III", "PHỤ LỤC", "Phụ lục số 02"),
    ("Phụ lục của Quyết định",),
    how="fullmatch",
)
# Bodies in capitals, as a letterhead prints them, by whose rules of layout they follow.
ADDRESS = pattern(
    "ADDRESS",
    r"^\s{0,80}(?:Đồng kính gửi|Kính gửi|Kính gởi|Kính trình|KÍNH GỬI|gửi(?=\s?:))\s{0,3}:?\s{0,9}",
    ("Kính gửi: Sở Nội vụ", "Kính trình: Ban Thường vụ", "gửi:   - Các Bộ"),
    ("Trân trọng kính gửi", "gửi Sở"),
)
LETTER_BEGINS = pattern(
    "LETTER_BEGINS",
    r"(?:Kính đề nghị|Đề nghị|Yêu cầu|Thực hiện|Triển khai|Trên cơ sở|Để|Nhằm|Nhận được|Tiếp theo|Vừa qua|Theo|Qua|Ngày)\b",
    ("Kính đề nghị xem xét.", "Thực hiện Kế hoạch số 12/KH-UBND", "Ngày 05/3/2025"),
    ("Các sở, ngành", "Đảng ủy các xã"),
    how="match",
)
TELEGRAM = pattern(
    "TELEGRAM", r"\b(?:điện|ĐIỆN)\s?:\s{0,9}$", ("THỦ TƯỚNG CHÍNH PHỦ điện:", "CHỦ TỊCH ĐIỆN:"), ("điện thoại: 1",)
)
BASIS = pattern(
    "BASIS",
    r"\s{0,9}(?:[-–+]\s?)?(?:Căn cứ|Theo đề nghị|Xét đề nghị|Xét|Thực hiện|Trên cơ sở|Thi hành|Để|Nhằm|Ngày|Sau khi|Tiếp theo|Được sự)\b",
    ("Căn cứ Điều lệ", "- Căn cứ Quy định", "Theo đề nghị của"),
    ("Về việc căn cứ",),
    how="match",
)
BASIS_LEAD = pattern(
    "BASIS_LEAD",
    r"\s{0,9}(?:[-–+•]\s?)?(?P<lead>Căn cứ|Theo đề nghị|Xét|Thực hiện|Triển khai|Trên cơ sở|Thi hành|Tiếp theo|Theo|Thừa lệnh|Được sự (?:đồng ý|thống nhất))\b",
    ("Căn cứ Điều lệ", "- Căn cứ Quy định", "Theo đề nghị của", "Thực hiện Kế hoạch"),
    ("Về việc căn cứ", "Nhằm"),
    how="match",
)
BASIS_LIST = pattern(
    "BASIS_LIST",
    r"\s{0,9}(?:[-–]\s?)?Căn cứ(?: vào)?\s{0,3}:\s{0,9}",
    ("Căn cứ:", "- Căn cứ vào :"),
    ("Căn cứ Luật:",),
    how="fullmatch",
)
BASIS_NEXT = pattern(
    "BASIS_NEXT",
    r"[;.,]\s{1,9}(?:và\s)?(?P<lead>[Cc]ăn cứ|[Tt]heo đề nghị|[Xx]ét (?:đề nghị|[Tt]ờ trình))(?=\s)",
    ("số 1; căn cứ Luật", "2020. Theo đề nghị của"),
    ("Căn cứ Luật",),
)
# What a basis that is no mere lead-in must cite: a kind of document, or what a meeting or a superior said.
BASIS_NAMES = pattern(
    "BASIS_NAMES",
    rf"\b(?:{TYPES}|Quy định|Hiến pháp|ý kiến|chỉ đạo)\b",
    ("Thực hiện Kế hoạch số 5", "Theo ý kiến"),
    ("Thực hiện tốt việc",),
)
# The body that acts and its verb, after the bases in one sentence: ", Ủy ban nhân dân tỉnh ban hành …".
BASIS_ACT = pattern(
    "BASIS_ACT",
    rf"[,;.]\s{{1,9}}(?=(?:{any_of([*_HEADS, 'Xã', 'Phường', 'Khối', 'Cơ quan', 'Bộ trưởng', 'Giám đốc', 'Chánh', 'Phó', 'Trưởng', 'Tổ'])})\b[^;]{{0,160}}?\s(?:ban hành|xây dựng|đề nghị|yêu cầu|thông báo|báo cáo|hướng dẫn|trình|kính trình|tổ chức|triển khai|quyết định|có ý kiến|kính đề nghị|kết luận|phê duyệt|công bố|gửi)\b)",
    ("năm 2024, Sở Nội vụ đề nghị các xã", "2024. Ủy ban nhân dân tỉnh ban hành Kế hoạch"),
    ("của Sở Nội vụ, ngày 5",),
)
DRAFT_TITLE = pattern(
    "DRAFT_TITLE",
    r"\(?DỰ THẢO\)?[ :]{1,3}(?=[A-ZĐ])",
    ("DỰ THẢO NGHỊ QUYẾT", "(DỰ THẢO) BÁO CÁO"),
    ("DỰ THẢO",),
    how="match",
)
# What goes on with the name of who decides, printed between the subject and the legal bases.
AUTHOR_GOES_ON = pattern(
    "AUTHOR_GOES_ON",
    r"\(?(?:KHÓA|KHOÁ|KỲ HỌP|LẦN THỨ|NHIỆM KỲ|TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|NƯỚC)\b",
    ("KHÓA XIII, KỲ HỌP THỨ 7", "TỈNH AN HẢI"),
    ("TRÊN ĐỊA BÀN TỈNH",),
    how="match",
)
NAME_FOLLOWS = pattern(
    "NAME_FOLLOWS", r"(?: (?:CỦA|VÀ|VỚI|GIỮA|CHO|TẠI|DO|THUỘC)|,)$", ("QUY CHẾ LÀM VIỆC CỦA",), ("CỦA TỈNH",)
)
AUTHOR_BEFORE = pattern(
    "AUTHOR_BEFORE",
    rf"CỦA [{UPPER} ,–-]{{3,100}}? (?=V/V |VỀ VIỆC )",
    ("CỦA ỦY BAN NHÂN DÂN TỈNH V/V PHÊ DUYỆT",),
    ("VỀ VIỆC CỦA",),
    how="match",
)
YEARS_ALONE = pattern(
    "YEARS_ALONE",
    r"\(?\d{4}(?:\s?[-–]\s?\d{4})?[)”\"]?\.?",
    ("2020", "2021 - 2025", "2025)"),
    ("12", "2020 và"),
    how="fullmatch",
)
LONG_WORD = pattern("LONG_WORD", r"[^\W\d_]{2}", ("SỞ",), ("| „ Ỷ P",))
ORNAMENT_LEAD = pattern(
    "ORNAMENT_LEAD", r"[\s*_\-–—=~.…·•|:;]{1,80}", ("_—_ UBND", "- KHEN"), ("UBND",), how="match"
)
RULE_AT_END = pattern(
    "RULE_AT_END",
    r"(?:[-–—_=.…]{2}| [*_=~|:…]).{0,80}$",
    ("SỞ NỘI VỤ -------", "SỞ ....", "SỞ A : |"),
    ("SỞ A -", "TP.HCM"),
)
# How the text of a slip, an invitation or minutes opens right under its title, which then has no subject.
BODY_OPENING = pattern(
    "BODY_OPENING",
    r"(?:Căn cứ|Trân trọng|Kính (?:mời|gửi|thưa)|Hôm nay|Vào (?:hồi|lúc)|Hồi|Thời gian|Thành phần|Địa điểm|Chúng tôi)\b",
    ("Hôm nay, ngày 5", "Trân trọng kính mời"),
    ("Họp thôn",),
    how="match",
)
SPECIMEN = pattern(
    "SPECIMEN", r"[Vv][íị] dụ|^\s{0,9}Số\s?:?\s", ("Ví dụ 1: Số 12-CV/TU", "Số 5-CV/ĐU"), ("theo Số liệu",), re.M
)
TITLE = pattern("TITLE", rf"(?:{TYPES_IN_CAPITALS})", ("CHỈ THỊ", "TỜ TRÌNH"), ("Chỉ thị",), how="match")
