"""Patterns: verbs, bodies and blocks of duty."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

import re

from vanban.patterns.registry import pattern
from vanban.vocabulary import any_of, table

_duties = table("duties")
_VERBS = any_of({verb for verbs in _duties["strength"].values() for verb in verbs})
_MODIFIERS = any_of(_duties["modifiers"]["words"])
_ASSIGNING = any_of(_duties["assigning"]["words"])
_HEADS = any_of(table("organs")["heads"] + table("organs")["in_text"])
_PLURALS = any_of(table("organs")["plurals"])
VERB = pattern("VERB", rf"(?<!\w)(?:{_VERBS})(?!\w)", ("Ban Tuyên giáo theo dõi",), ("Ban Tổ chức", "Chủ tịch"))
VERB_FIRST = pattern(
    "VERB_FIRST",
    rf"(?:(?:{_MODIFIERS})(?!\w),?\s{{1,3}}){{0,4}}(?P<verb>{_VERBS})(?!\w)",
    ("Tiếp tục đẩy mạnh việc", "Chủ động dự đoán", "lãnh đạo thực hiện"),
    ("Ban Thường vụ", "Các đơn vị"),
    re.I,
    how="match",
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
    rf"(?:(?:{_HEADS})(?!\w)|(?i:{_PLURALS})(?!\w))",
    ("Sở Tài chính chủ trì", "Các sở, ban, ngành"),
    ("Thực hiện", "Sởi"),
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
    r"^(?:Trên đây là|Trong quá trình|Quá trình (?:tổ chức |triển khai )?thực hiện|Nhận được|Chi tiết liên hệ|.{0,80}thông báo để|.{0,120}\b(?:đề nghị|yêu cầu)\b.{0,300}\b(?:triển khai|thực hiện)\b.{0,80}"
    r"(?:(?:Công văn|Chỉ thị|Kế hoạch|Quyết định|Nghị quyết|Hướng dẫn|Chương trình|Thông báo|Kết luận|Công điện|văn bản) này|thực hiện\s?\.\s?/\.?\s?$))",
    ("Ban Thường vụ đề nghị các chi ủy triển khai thực hiện tốt Công văn này.", "Trên đây là Kế hoạch"),
    ("Giao Sở Nội vụ theo dõi",),
)
TIMED_CLAUSE = pattern(
    "TIMED_CLAUSE",
    r";\s(?=(?:và\s)?(?:định kỳ|(?:tổng hợp,\s)?báo cáo|tham mưu[^;.]{0,60}báo cáo|(?:hằng|hàng)\s(?:tháng|quý|năm))\b)",
    ("này; định kỳ báo cáo",),
    ("; thực hiện tốt",),
)
ORDER_INSIDE = pattern(
    "ORDER_INSIDE",
    r"(?<!\w)(?:(?:trân trọng |kính )?đề nghị|yêu cầu|giao|phân công)\s{1,3}(?=\S)",
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
        "xây",
        "nêu",
        "chưa",
        "tự",
        "tham gia",
    }
)
VERB_AFTER_BODY = pattern(
    "VERB_AFTER_BODY",
    rf"(?<!\w)(?:{_AFTER_BODY})(?!\w)(?!\s(?:chung|nhân dân))",
    ("Sở Tài chính chủ trì", "Các sở theo chức năng", "Bộ Nội vụ đã"),
    ("Ban Tổ chức", "Sở Theo"),
)
LEADS_WITH = pattern(
    "LEADS_WITH",
    r"(?:(?:tiếp tục|chủ động|thường xuyên|tích cực|có trách nhiệm)\s)?(?:chủ trì,?\s(?:và\s)?)?[Pp]hối hợp(?: chặt chẽ| thường xuyên)?(?: với| cùng)?\s{1,3}|chủ trì,\sphối hợp(?: chặt chẽ)?(?: với| cùng)?\s{1,3}",
    ("chủ trì, phối hợp với Bộ", "phối hợp với các cơ quan", "Chủ trì, phối hợp với"),
    ("theo dõi phối",),
    re.I,
    how="match",
)
