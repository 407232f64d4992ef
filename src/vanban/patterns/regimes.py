"""Patterns: by what body, number and signature the rules that a document follows are told."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import pattern

PARTY_BODY = pattern(
    "PARTY_BODY",
    r"\b(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|QUÂN|ĐẢNG|CHI) (?:ỦY|UỶ)\b|\b(?:ĐẢNG|CHI) BỘ\b|\bĐẢNG ĐOÀN\b|\bBAN BÍ THƯ\b|\bBỘ CHÍNH TRỊ\b|\bTRUNG ƯƠNG ĐẢNG\b"
    r"|^BAN CHẤP HÀNH TRUNG ƯƠNG$|\bĐẠI HỘI (?:ĐẠI BIỂU )?ĐẢNG\b",
    ("TỈNH ỦY AN HẢI", "ĐẢNG BỘ XÃ HÒA MINH", "BAN CHẤP HÀNH TRUNG ƯƠNG"),
    ("ỦY BAN NHÂN DÂN", "BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN"),
)
YOUTH_BODY = pattern(
    "YOUTH_BODY",
    r"\b(?:TỈNH|THÀNH|HUYỆN|QUẬN|THỊ|XÃ|PHƯỜNG) ĐOÀN\b|\bĐOÀN (?:TNCS|THANH NIÊN|TN)\b|\bTRUNG ƯƠNG ĐOÀN\b"
    r"|^(?:(?:BAN CHẤP HÀNH|BCH|BAN THƯỜNG VỤ|BTV) )?ĐOÀN (?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|XÃ|PHƯỜNG|TRƯỜNG|KHỐI|CƠ QUAN|ĐẠI HỌC)\b|\bCHI ĐOÀN\b|\bHỘI ĐỒNG ĐỘI\b",
    ("TỈNH ĐOÀN AN HẢI", "BCH ĐOÀN XÃ HÒA MINH", "ĐOÀN TNCS HỒ CHÍ MINH TỈNH AN HẢI"),
    ("LIÊN ĐOÀN LAO ĐỘNG", "ĐOÀN LUẬT SƯ", "VĂN PHÒNG ĐOÀN ĐẠI BIỂU"),
)
UNION_BODY = pattern(
    "UNION_BODY",
    r"\bCÔNG ĐOÀN\b|\bLIÊN ĐOÀN LAO ĐỘNG\b|\bLĐLĐ\b|\bCĐCS\b",
    ("CÔNG ĐOÀN VIÊN CHỨC TỈNH AN HẢI", "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM"),
    ("ĐOÀN TRƯỜNG",),
)
FRONT_BODY = pattern(
    "FRONT_BODY",
    r"\bMẶT TRẬN TỔ QUỐC\b|\bMTTQ\b|\bCỰU CHIẾN BINH\b|^(?:BAN (?:CHẤP HÀNH|THƯỜNG VỤ) |TRUNG ƯƠNG |TỔNG )?HỘI (?!ĐỒNG\b|NGHỊ\b)|^HIỆP HỘI\b|^LIÊN HIỆP (?:CÁC )?(?:HỘI|CÁC|THANH)\b"
    r"|^LIÊN MINH HỢP TÁC XÃ\b|^ĐOÀN LUẬT SƯ\b|\bHỘI (?:NÔNG DÂN|LIÊN HIỆP|LHPN|CHỮ THẬP ĐỎ|CCB|NGƯỜI CAO TUỔI|KHUYẾN HỌC)\b|^CÂU LẠC BỘ\b",
    ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "HỘI NÔNG DÂN TỈNH AN HẢI", "HIỆP HỘI DU LỊCH", "LIÊN HIỆP CÁC HỘI"),
    ("HỘI ĐỒNG NHÂN DÂN", "ĐẠI HỘI ĐẢNG BỘ"),
)
YOUTH_SYMBOL = pattern(
    "YOUTH_SYMBOL", r"[/-](?:TW|T|H|X)?ĐTN|[/-]TĐTN|[/-]BTVTĐ", ("KH/ĐTN", "HD/TWĐTN-VP"), ("KH/ĐU",)
)
UNION_SYMBOL = pattern("UNION_SYMBOL", r"(?:LĐLĐ|TLĐ|CĐCS|CĐN|CĐVC)(?!\w)", ("KH-LĐLĐ", "QĐ-TLĐ"), ("QĐ-UBND",))
FRONT_SYMBOL = pattern(
    "FRONT_SYMBOL",
    r"(?:MTTQ|MTTW|MTTQVN|CCB|HND|HLHPN|HPN|HCTĐ)(?!\w)",
    ("HD-MTTW-BTT", "13/HD-CCB"),
    ("QĐ-UBND",),
)
PARTY_SYMBOL = pattern(
    "PARTY_SYMBOL",
    r"[A-ZĐ][A-Za-zĐđ]{0,4}/[A-ZĐ][\wĐ.&/-]{0,40}",
    ("CV/ĐUK", "QĐi/TW"),
    ("QĐ-UBND",),
    how="fullmatch",
)
# Signs of a regime in running text: a number it would write, an authority it would sign by.
PARTY_SIGN = pattern(
    "PARTY_SIGN",
    r"\b\d{1,5}-[A-ZĐ][A-Za-zĐ]{0,4}/[A-ZĐ]|\b[TK]/[MLT] [A-ZĐ]{2}",
    ("36-HD/VPTW", "K/T CHÁNH"),
    ("12/QĐ-UBND", "T. M"),
)
STATE_SIGN = pattern(
    "STATE_SIGN",
    r"\b\d{1,5}/(?:\d{4}/)?[A-ZĐƯ]{2,8}-[A-ZĐƯ]|\b(?:TM|KT|TL|TUQ)\. ?[A-ZĐỦ]{2}",
    ("12/QĐ-UBND", "30/2020/NĐ-CP", "KT. CHỦ TỊCH"),
    ("36-HD/VPTW",),
)
