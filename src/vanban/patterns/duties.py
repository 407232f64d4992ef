"""Patterns: verbs, bodies and blocks of duty."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import TYPES, UPPER, pattern
from vanban.vocabulary import any_of, table

_duties = table("duties")
_VERBS = any_of({verb for verbs in _duties["strength"].values() for verb in verbs})
_MODIFIERS = any_of(_duties["modifiers"]["words"])
_ASSIGNING = any_of(_duties["assigning"]["words"])
_HEADS = any_of(table("organs")["heads"] + table("organs")["in_text"])
_PLURALS = any_of(table("organs")["plurals"])
# "tổ chức" is also a body, "công lập" no act, "Bộ Ngoại giao" a name: what follows or stands before tells.
_NOUN_BEFORE = r"(?<!\w)(?<!thầu )(?<!công )(?<!độc )(?<!các tổ chức, )(?<![Nn]goại )(?<!chủ )(?<!về )(?<!dục và )(?<!hoạch và )(?<!thi đua )(?<!thi đua, )"
_NOUN_AFTER = (
    r"(?!\w)(?<!cơ quan, tổ chức)(?<!đơn vị, tổ chức)(?<!các tổ chức)(?!(?<=tổ chức)\s?(?:[,;(]|$|(?:và |có )?(?:liên quan|cá nhân|thành viên|đảng|chính trị|xã hội|cơ sở|tín dụng|kinh tế|trực thuộc|đoàn thể|hội)\b))"
    r"(?!(?<=có)\sliên quan)(?!(?<=giao)\s(?:thông|dịch|lưu)\b)(?!\schung\b)(?!(?<!vận động)(?<!tuyên truyền)(?<!hướng dẫn)(?<!huy động)(?<!hỗ trợ)\snhân dân\b)"
)
VERB = pattern(
    "VERB", rf"{_NOUN_BEFORE}(?:{_VERBS}){_NOUN_AFTER}", ("Ban Tuyên giáo theo dõi",), ("Ban Tổ chức", "Chủ tịch")
)
# "Định kỳ 6 tháng, năm báo cáo": the period stands before the verb.
_EVERY = r"(?:định kỳ|hằng|hàng|mỗi)\s(?:(?:vào\s)?(?:thứ\s\w{2,3}|ngày\s\d{1,2})\s)?(?:hằng\s|hàng\s)?(?:\d{1,2}\s)?(?:tuần|tháng|quý|năm)(?:(?:,| và)\s(?:\d{1,2}\s)?(?:tháng|quý|năm)){0,3}"
VERB_FIRST = pattern(
    "VERB_FIRST",
    rf"(?:{_EVERY},?\s)?(?:(?:{_MODIFIERS})(?!\w),?\s{{1,3}}){{0,4}}(?P<verb>{_VERBS})(?!\w)(?!\s(?:này|số|kèm theo|nêu trên)\b)",
    ("Tiếp tục đẩy mạnh việc", "Chủ động dự đoán", "lãnh đạo thực hiện"),
    ("Ban Thường vụ", "Các đơn vị", "Hướng dẫn này thay thế"),
    re.I,
    how="match",
)
OPENING_VERB = pattern(
    "OPENING_VERB",
    rf"(?:{any_of(_duties['opening']['words'])})(?!\w)(?!\s(?:tỉnh|thành phố|huyện|sở|bộ|chính phủ|nhà nước|nhân dân)\b)",
    ("Chỉnh sửa tài liệu", "tháo gỡ vướng mắc"),
    ("Cấp ủy", "Kýt"),
    re.I,
    how="match",
)
ASSIGNED_TO = pattern(
    "ASSIGNED_TO",
    r"được giao\s(?:chủ trì|nhiệm vụ|thực hiện|phối hợp|quản lý)\b",
    ("được giao thực hiện các nhiệm vụ",),
    ("được giao tại",),
    how="match",
)
OCCASION = pattern(
    "OCCASION",
    rf"(?:Thực hiện|Căn cứ|Triển khai|Tiếp theo|Phúc đáp|Trả lời|Xét)\s(?:nội dung\s|các\s)?(?:(?i:{TYPES})\b|nhiệm vụ được giao|ý kiến|sự chỉ đạo|chỉ đạo|chủ trương|đề nghị)",
    ("Thực hiện Công văn số 5/UBND", "Thực hiện nhiệm vụ được giao, qua kiểm tra", "Căn cứ Luật Đất đai"),
    ("Thực hiện tốt công tác", "Căn cứ tình hình"),
    how="match",
)
ORDER = pattern(
    "ORDER",
    r"(?:[Gg]iao|[Yy]êu cầu|[Pp]hân công|phải|có trách nhiệm|[Cc]hịu trách nhiệm|[Kk]hông được|[Nn]ghiêm cấm)\s",
    ("Giao Sở Y tế", "các chi bộ phải lập", "Sở Nội vụ có trách nhiệm lập"),
    ("Đề nghị Sở Y tế", "được giao"),
)
PROPER_BODY = pattern(
    "PROPER_BODY",
    rf"(?:{any_of(table('organs')['heads'])})\s[{UPPER}][^,;:.]{{1,80}}",
    ("Sở Nội vụ", "Ủy ban Kiểm tra Tỉnh ủy", "Bộ Nông nghiệp và Môi trường"),
    ("các sở", "Sở", "Quảng Trị", "Văn phòng"),
    how="fullmatch",
)
ASSIGNMENT = pattern(
    "ASSIGNMENT",
    rf"(?:{_ASSIGNING})(?:\s?:)?\s{{1,3}}(?=\S)",
    ("Giao Ban Tuyên giáo", "đề nghị các chi ủy"),
    ("Bàn giao",),
    re.I,
    how="match",
)
BODY_FIRST = pattern(
    "BODY_FIRST",
    # "các nhiệm vụ", "tổ chức thực hiện" open like a body and are none.
    r"(?!(?i:các|những)\s(?:nhiệm vụ|giải pháp|nội dung|hoạt động|chỉ tiêu|biện pháp|mục tiêu|vấn đề|hình thức|quy định|bệnh|yêu cầu|kết quả|khó khăn|hành vi|dự án|công trình|trường hợp|thành phần|đợt|văn bản|tài liệu|hồ sơ|chính sách|thủ tục)\b)"
    r"(?!(?i:tổ chức\s(?:thực hiện|triển khai|của|và)\b|cơ sở (?:vật chất|dữ liệu|pháp lý|chính trị|hạ tầng|khoa học)\b|hội nghị|bộ máy|ban hành|báo cáo|đoàn viên|hội viên|phòng,?\s(?:chống|ngừa|tránh|ban)))"
    rf"(?:(?:{_HEADS})(?!\w)|(?i:{_PLURALS})(?!\w))",
    ("Sở Tài chính chủ trì", "Các sở, ban, ngành"),
    ("Thực hiện", "Sởi", "Các nhiệm vụ", "TỔ CHỨC THỰC HIỆN"),
    how="match",
)
PARTNERS = pattern(
    "PARTNERS",
    r"(?:,\s)?(?:chủ động |tích cực |chặt chẽ )?[Pp]hối hợp(?: chặt chẽ| thường xuyên)?(?: với| cùng)?\s",
    ("chủ trì, phối hợp với Bộ",),
    ("phối màu",),
)
BLOCK = pattern(
    "BLOCK",
    r"(?:[-–+*]\s?)?(?:[a-zđ]\)\s)?(?:(?P<support>(?:(?:Đơn vị|Cơ quan)\s)?phối hợp(?: thực hiện)?)|(?P<time>(?:Thời gian|Thời hạn|Tiến độ)(?: thực hiện| hoàn thành)?)"
    r"|(?P<lead>(?:Đơn vị|Cơ quan)?\s?(?:chủ trì)(?:\stham mưu)?(?:\sthực hiện)?|(?:Đơn vị|Cơ quan)(?:\stham mưu)?\sthực hiện)|(?P<task>Nhiệm vụ|Nội dung(?: thực hiện)?))\s{0,3}:\s{0,9}",
    (
        "Đơn vị chủ trì thực hiện: Các Sở",
        "- Đơn vị phối hợp: Sở Tư pháp",
        "c) Thời gian thực hiện: Hằng năm",
        "a) Nhiệm vụ: Tham mưu",
    ),
    ("Đơn vị liên quan: A", "Nhiệm vụ trọng tâm"),
    re.I,
    how="match",
)
CLOSING = pattern(
    "CLOSING",
    r"^(?:Trên đây là|Trong quá trình|Quá trình (?:tổ chức |triển khai )?thực hiện|Nhận được|Chi tiết liên hệ|.{0,80}thông báo để|.{0,120}\b(?:[Đđ]ề nghị|[Yy]êu cầu)\b.{0,300}?"
    r"(?:\b(?:triển khai|thực hiện)\b.{0,80}(?:Công văn|Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Hướng dẫn|Chương trình|Thông báo|Kết luận|Công điện|văn bản) này|thực hiện\s?\.\s?/\.?\s?$))",
    ("Ban Thường vụ đề nghị các chi ủy triển khai thực hiện tốt Công văn này.", "Trên đây là Kế hoạch"),
    ("Giao Sở Nội vụ theo dõi",),
)
TIMED_CLAUSE = pattern(
    "TIMED_CLAUSE",
    r";\s(?=(?:và\s)?(?:định kỳ|(?:hằng|hàng)\s(?:tháng|quý|năm)|báo cáo\b[^.;]{0,200}\s(?:hằng|hàng|mỗi)\s(?:tuần|tháng|quý|năm))\b)",
    ("này; định kỳ báo cáo", "; hằng quý báo cáo", "; báo cáo kết quả trước ngày 15 hằng tháng"),
    ("; thực hiện tốt", "; báo cáo kết quả trước ngày 5/6"),
)
ORDER_INSIDE = pattern(
    "ORDER_INSIDE",
    r"(?:đ(?<!\wđ)ề nghị|y(?<!\wy)êu cầu|g(?<!\wg)iao|p(?<!\wp)hân công)\s{1,3}(?=\S)",
    ("Chính phủ yêu cầu Bộ Tài chính", "Ban Thường vụ đề nghị các chi ủy"),
    ("Giao Sở", "bàn giao, nhận"),
)
_AFTER_BODY = any_of(
    {verb for verbs in _duties["strength"].values() for verb in verbs}
    | set(_duties["modifiers"]["words"])
    | {
        "đã",
        "đang",
        "được",
        "là",
        "có",
        "theo",
        "phải",
        "căn cứ",
        "trên cơ sở",
        "cần",
        "sẽ",
        "gồm",
        "khi",
        "nêu",
        "chưa",
        "tự",
        "tham gia",
    }
)
VERB_AFTER_BODY = pattern(
    "VERB_AFTER_BODY",
    rf"{_NOUN_BEFORE}(?:{_AFTER_BODY}){_NOUN_AFTER}",
    ("Sở Tài chính chủ trì", "Các sở theo chức năng", "Bộ Nội vụ đã"),
    ("Ban Tổ chức", "Sở Theo", "Các cơ quan, tổ chức có liên quan"),
)
# A verb right behind the first word of a body that names what the body is for: "Phòng quản lý đô thị", "Quỹ hỗ trợ".
NAMING_VERB = pattern(
    "NAMING_VERB",
    r"(?:quản lý|kiểm tra|giám sát|kiểm soát|bồi dưỡng|hỗ trợ|đào tạo|đầu tư|bảo vệ|thẩm định|đăng ký|tổng hợp|thanh tra|tổ chức|chỉ đạo|"
    r"điều phối|ứng dụng|giúp|giáo dục)(?!\w)",
    ("quản lý đô thị", "bảo vệ"),
    ("quản lýa", "chủ trì"),
    how="match",
)
UNNAMED_BODY = pattern(
    "UNNAMED_BODY",
    r"(?i:(?:^|[,;]\s|và\s)(?:các\s)?(?:ban|trung tâm|phòng|chi cục|cục|quỹ|hội đồng|tổ|đội|ủy ban|uỷ ban|văn phòng|trường|viện|hội|công ty|cơ sở))\s$",
    ("Phòng ", "Sở Y tế, các trung tâm ", "Ban "),
    ("Phòng Y tế ", "Các đơn vị "),
)
IS_LEAD = pattern(
    "IS_LEAD",
    r"là (?:(?:cơ quan|đơn vị) (?:chủ trì|đầu mối|thường trực|chịu trách nhiệm|tham mưu)|(?:đầu mối|thường trực)\b)",
    ("là cơ quan chủ trì", "là đầu mối"),
    ("là cơ quan chuyên môn",),
    how="match",
)
NO_NAME_BETWEEN = pattern(
    "NO_NAME_BETWEEN",
    r"[,;:.\n]|\b(?:việc|công tác|và|các|để|nhằm|theo|tình hình|kết quả|hoạt động)\s$",
    (" các xã, ", " việc "),
    (" đô thị ", " các khu công nghiệp "),
)
LEADS_WITH = pattern(
    "LEADS_WITH",
    r"(?:(?:tiếp tục|chủ động|thường xuyên|tích cực|có trách nhiệm)\s)?(?:chủ trì,?\s(?:và\s)?)?[Pp]hối hợp(?: chặt chẽ| thường xuyên)?(?: với| cùng)?\s{1,3}|chủ trì,\sphối hợp(?: chặt chẽ)?(?: với| cùng)?\s{1,3}",
    ("chủ trì, phối hợp với Bộ", "phối hợp với các cơ quan", "Chủ trì, phối hợp với"),
    ("theo dõi phối",),
    re.I,
    how="match",
)
BASIS_PHRASE = pattern(
    "BASIS_PHRASE",
    r"\s{0,9},?\s{0,9}(?:[Tt]heo|[Cc]ăn cứ|[Tt]rên cơ sở|[Tt]ùy theo)\s[^.;:\n]{0,160}?(?:được giao|nhiệm vụ|quyền hạn|Kế hoạch này|Chỉ thị này|thẩm quyền|thực tế|của mình)(?:\s(?:được giao|của mình))?,?\s{1,9}",
    (
        "theo chức năng, nhiệm vụ được giao chủ trì",
        "Trên cơ sở chức năng nhiệm vụ, chủ trì",
        "căn cứ Kế hoạch này, xây dựng",
    ),
    ("theo dõi",),
    how="match",
)
CONDITION = pattern(
    "CONDITION",
    r"(?:Căn cứ|Trên cơ sở|Thực hiện|Tiếp theo|Trường hợp|Nếu|Khi|Trong thời hạn|Trong thời gian|Trong vòng|Trước ngày|Chậm nhất|Sau khi|Đối với|Riêng|Trong trường hợp|Hằng năm|Hàng năm|Hằng quý|Hằng tháng|Định kỳ)(?:\s[^.;:\n]{0,260}?)?,\s{1,9}",
    ("Trường hợp chất lượng môi trường bị ô nhiễm, các đơn vị", "Hằng năm, Sở Nội vụ"),
    ("Truy",),
    how="match",
)
