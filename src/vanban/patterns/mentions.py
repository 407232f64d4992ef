"""Patterns: references without number and symbol: bare numbers, names, places in a document, short names; relations."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.references import DATE_WORDS
from vanban.patterns.registry import TYPES, UPPER, pattern
from vanban.vocabulary import any_of, table

_NO_CODE = r"(?!\w|\s?[-–/]\s?[A-ZĐÐ\d]|[.,:]\d|\s?%)"
_LAST_WORDS = (
    "quyết", "định", "thị", "luận", "hoạch", "trình", "án", "dẫn", "văn", "tư", "báo", "điện", "số", "SỐ",
)  # fmt: skip
_BEHIND = "|".join(rf"(?<={word}\s.)" for word in _LAST_WORDS)
BARE_NUMBER = pattern(
    "BARE_NUMBER",
    rf"[0-9](?<=[tịnhưoốcỐ]\s.)(?:{_BEHIND})[0-9]{{0,3}}[a-z]?{_NO_CODE}",
    ("Chỉ thị 05, 06", "Nghị quyết số 18 của", "Đề án 07."),
    ("Chỉ thị 05-CT/TW", "Công văn số 12/UBND", "Kế hoạch 2020-2025", "bão 12"),
)
NEXT_NUMBER = pattern(
    "NEXT_NUMBER",
    rf"(?:\s?,\s?(?:và\s)?|\svà\s|\s?&\s?)(?:số\s)?(?P<number>[0-9]{{1,4}}[a-z]?){_NO_CODE}",
    (", 06", " và 19", ", số 25"),
    (", 218-QĐ/TW", " và các"),
    how="match",
)
# What may stand behind a number without "số": "Kế hoạch 5 năm" and "Công văn 02 bản" are no references.
AFTER_NUMBER = pattern(
    "AFTER_NUMBER",
    rf"\s?(?:$|[.;:,)\]”\"\n(]|[-–]\s)|\s(?:của|CỦA|ngày\s\d|NGÀY|về|và|khóa|khoá|đã|có|là|được|để|thì|trên|tại|nêu|theo|cho|với|trong|ban hành|quy định|đến|như|nhằm|gắn|từ|do|sau|trước|nói|này|thuộc|đối|cũng|phải|vào|ở|cùng|[{UPPER}“(])",
    (" của Bộ", ", ", ".", " Hội nghị"),
    (" năm", " bản", " tháng"),
    how="match",
)
MEETING = pattern(
    "MEETING",
    r"\s?,?\s?\(?(?P<meeting>(?:(?:Hội nghị|HN)\s(?:lần thứ\s\S{1,6}\s)?(?:BCH\s|Ban Chấp hành\s)?(?:TW|Trung ương)(?:\sĐảng)?|(?:TW|Trung ương)(?:\sĐảng)?)(?:\s(?:lần thứ\s)?\d{1,2}(?!\d|/))?(?:,?\s\(?(?:khóa|khoá)\s[IVX]{1,5})?|(?:khóa|khoá)\s[IVX]{1,5})\)?",
    (" Hội nghị TW 7", " khóa XII", " Hội nghị Trung ương 6 khóa XII"),
    (" khóa học",),
    how="match",
)
_ORDINAL = r"(?:\d{1,2}(?!\d|/)|[IVX]{1,5}(?!\w)|nhất|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|mười \w{1,4})"
RESOLUTION_NAME = pattern(
    "RESOLUTION_NAME",
    # of a session of the Central Committee, or of a congress: no number, but the session and its term
    rf"(?:Nghị quyết|Kết luận|NGHỊ QUYẾT)\s(?:(?:của\s)?(?:Hội nghị\s|HN\s)?(?:lần thứ\s(?P<meeting>{_ORDINAL})\s)?,?\s?(?:BCH\s|Ban Chấp hành\s)?(?:Trung ương|TW)(?:\sĐảng)?(?:\s(?:lần thứ\s)?(?P<session>{_ORDINAL}))?(?:\sĐảng)?(?:,?\s\(?(?:khóa|khoá)\s(?P<term>[IVX]{{1,5}})\)?)?"
    rf"|(?:của\s)?Đại hội(?:\s(?:Đảng|đại biểu|toàn quốc|Đảng bộ)(?:\s(?:toàn quốc|bộ)|\s(?:tỉnh|thành phố|huyện|xã|phường|Khối)(?:\s[{UPPER}]\w{{0,7}}){{0,4}})?){{0,2}}(?:\slần thứ)?\s(?P<congress>[IVX]{{1,6}})(?!\w)(?:\scủa Đảng)?)",
    (
        "Nghị quyết Trung ương 4 khóa XII",
        "Nghị quyết Hội nghị Trung ương 6 (khóa XII)",
        "Nghị quyết Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XIII",
        "Nghị quyết Đại hội XIII của Đảng",
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII",
        "Nghị quyết Đại hội Đảng bộ tỉnh An Hải lần thứ XI",
    ),
    ("Nghị quyết số 18", "Nghị quyết chuyên đề", "Nghị quyết Đại hội chi bộ"),
    how="match",
)
_laws = table("laws")
LAW_NAME = pattern(
    "LAW_NAME",
    rf"(?:(?P<known>Bộ\sluật\s(?i:{any_of(_laws['codes'])})|Luật\s(?i:{any_of(_laws['laws'])})|Pháp\slệnh\s(?i:{any_of(_laws['ordinances'])})|Điều\slệ\s(?:{any_of(_laws['charters'])})|Hiến\spháp(?:\snước\s(?i:Cộng\shòa\sxã\shội\schủ\snghĩa)\sViệt\sNam)?)"
    rf"|(?:Bộ luật|Luật|Pháp lệnh)(?=\s[{UPPER}])(?:\s(?!(?:{any_of(_laws['stops'])})(?!\w))[^\W\d_]{{1,14}}){{1,14}})(?!\w)",
    (
        "Luật Đất đai năm 2024",
        "Luật thanh tra",
        "Luật Thi đua, khen thưởng để",
        "Bộ luật Lao động",
        "Hiến pháp",
        "Luật Trồng rừng ven biển có",
        "Điều lệ Đảng",
    ),
    ("Luật sư", "Luật này", "Điều lệ hội"),
    how="match",
)
AMENDING_LAW = pattern(
    "AMENDING_LAW",
    r"Luật sửa đổi, bổ sung(?:[^;.:()\n“]{0,600}?(?=,?\s(?:ngày\s\d|năm\s\d{4}))|[^;.:()\n“]{0,600})",
    ("Luật sửa đổi, bổ sung một số điều của Luật A và Luật B ngày 22 tháng 11 năm 2019",),
    ("Luật này sửa đổi",),
    how="match",
)
LAW_YEAR = pattern(
    "LAW_YEAR",
    rf"\s{{0,3}},?\s?\(?(?:năm\s{{1,3}}(?P<year>\d{{4}})(?!\d)|ngày\s{{1,3}}{DATE_WORDS})\)?(?:\s?\((?:được\s)?sửa đổi, bổ sung (?:một số điều )?năm \d{{4}}\))?",
    (" năm 2024", " ngày 25 tháng 12 năm 2001"),
    (" năm qua",),
    how="match",
)
_PLACE = r"(?:[Cc]ác\s)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ục|[Tt]iểu mục|[Cc]hương|[Pp]hần|[Pp]hụ lục|[Tt]iết)"
PINPOINT = pattern(
    "PINPOINT",
    rf"(?<!\w)(?P<pinpoint>{_PLACE}\s{{1,3}}(?:\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}[a-zđ]?|[a-zđ]|[IVXL]{{1,6}})(?!\w)(?:\s{{1,3}}|,\s|(?:và|đến|[-–;])\s|{_PLACE}\s|\d{{1,3}}(?:\.\d{{1,2}}){{0,2}}[a-zđ]?(?!\w)|[a-zđ](?=[\s,])|[IVXL]{{1,6}}(?!\w)){{0,30}})(?:(?:của|tại|ban hành kèm theo|kèm theo)\s)?$",
    ("điểm a khoản 2 Điều 103 ", "Điều 31 và Khoản 4 Điều 32 ", "các khoản 2, 3 và 4 Điều 25 của ", "mục 18.5, "),
    ("Điều 3 thì ", "mục tiêu "),
)
DEFINITION = pattern(
    "DEFINITION",
    r"\(\s?(?:[Ss]au đây\s|[Dd]ưới đây\s)?(?:được\s)?(?:gọi(?:\s(?:tắt|chung))?|viết tắt)\s(?:là|:)\s?[“\"]?(?P<alias>[^()\n“”\"]{2,120}?)[”\"]?\s?\)",
    ("(sau đây gọi tắt là Nghị quyết 347)", "(viết tắt là Nghị định số 126)", "(gọi là Luật Di sản văn hóa)"),
    ("gọi điện",),
)

# What the words before a mention say this document does with it.
RELATION_WORDS = pattern(
    "RELATION_WORDS",
    # the first letter, then what it may be part of: a search then runs from one such letter to the next
    r"[SsĐđBbTtHhCcPpNnQqXx](?<!\w.)(?:(?P<amends>(?:(?<=[Ss])ửa đổi|(?<=S)ỬA ĐỔI|(?<=[Đđ])iều chỉnh|(?<=Đ)IỀU CHỈNH)(?:(?:,|\svà)\s(?:bổ sung|BỔ SUNG))?|(?<=[Bb])ổ sung|(?<=B)Ổ SUNG)"
    r"|(?P<replaces>(?<=[Tt])hay thế(?:\scho)?|(?<=T)HAY THẾ)|(?P<repeals>(?<=[Bb])ãi bỏ|(?<=[Hh])[ủu][yỷ] bỏ|(?<=B)ÃI BỎ|(?<=[Cc])hấm dứt hiệu lực(?:\scủa)?)"
    r"|(?P<replies_to>(?<=[Tt])rả lời|(?<=[Pp])húc đáp|(?<=[Nn])hận được)"
    r"|(?P<implements>(?<=[Tt])hực hiện|(?<=T)HỰC HIỆN|(?<=[Tt])riển khai|(?<=T)RIỂN KHAI|(?<=[Cc])ụ thể h(?:óa|oá)|(?<=[Qq])uán triệt|(?<=[Tt])hi hành|(?<=T)HI HÀNH|(?<=[Cc])hấp hành)"
    r"|(?P<based_on>(?<=[Cc])ăn cứ|(?<=C)ĂN CỨ|(?<!kèm .)(?<!KÈM .)(?:(?<=[Tt])heo|(?<=T)HEO)(?!\sdõi)|(?<=[Xx])(?<!em .)(?<!ận .)ét|(?<=[Tt])rên cơ sở))(?!\w)",
    (
        "Căn cứ",
        "triển khai thực hiện nghiêm",
        "thay thế",
        "sửa đổi, bổ sung một số điều của",
        "Phúc đáp",
        "bãi bỏ",
    ),
    ("theo dõi", "ban hành kèm theo", "xem xét"),
)
RELATION_GAP = pattern(
    "RELATION_GAP",
    r"(?:\s|,|(?:nghiêm túc|nghiêm|tốt|có hiệu quả|hiệu quả|đầy đủ|kịp thời|quyết liệt|đồng bộ|thắng lợi|toàn diện|tích cực|tiếp tục|các|những|toàn bộ|một số|nội dung|nhiệm vụ|giải pháp|chỉ tiêu|mục tiêu|quy định|chỉ đạo"
    r"|ý kiến|tinh thần|yêu cầu|hướng dẫn|phân công|đề nghị|kiến nghị|chủ trương|kết luận|thẩm quyền|của|tại|trong|về|việc|điều|điểm|khoản|và|cho|vào|nêu|đã|được|đúng|chi tiết|văn bản|hồ sơ|theo|chức năng|biện pháp)(?!\w)){0,24}(?:của\s[^,;.]{2,120}\s(?:tại|trong|về)\s(?:các\s)?)?",
    (" nghiêm túc, có hiệu quả các ", " quy định tại ", " đề nghị của Giám đốc Sở Nội vụ tại "),
    (" kế hoạch năm, phân bổ vốn của ",),
    how="fullmatch",
)
# "trình Quốc hội Nghị quyết sửa đổi Nghị quyết số 5": the other resolution amends, not this document.
OTHERS_ACT = pattern(
    "OTHERS_ACT",
    rf"(?:{TYPES})\s$",
    ("ban hành Nghị quyết ",),
    ("Quyết định này ", "nghị quyết "),
)
PASSIVE = pattern(
    "PASSIVE",
    r"(?:được|bị)\s(?:sửa đổi|điều chỉnh|bổ sung|thay thế|bãi bỏ)[^;.\n]{0,60}$",
    ("đã được sửa đổi, bổ sung theo ", "bị thay thế bởi "),
    ("được giao thực hiện ",),
)
CHAIN = pattern(
    "CHAIN",
    r"[\s,;]{0,4}(?:(?:và|cùng|cùng với|hoặc)\s)?(?:các\s|của\s)?",
    (", ", " và ", "; "),
    (" đã ",),
    how="fullmatch",
)
NO_LONGER = pattern(
    "NO_LONGER",
    r"[^.;\n]{0,400}?\s(?:hết hiệu lực|(?:bị|được) bãi bỏ|bãi bỏ kể từ)",
    (" của Chính phủ về hội hết hiệu lực", " bị bãi bỏ"),
    ("; hết hiệu lực", " còn hiệu lực"),
    how="match",
)
ASKS = pattern(
    "ASKS",
    r"(?:[Vv]ề\s(?:việc\s)?|V/v\s)?(?:đề nghị|xin|kiến nghị|đề xuất)\s",
    ("về việc đề nghị cho phép", "xin phép"),
    ("về công tác",),
    how="match",
)
