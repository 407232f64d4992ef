"""Patterns: the end of a document: recipients, signatures, what a signing program or a copier adds, appendices."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import UPPER, pattern

AUTHORITY_LINE = pattern(
    "AUTHORITY_LINE",
    rf"^\s{{0,80}}(?P<all>(?P<prefix>TUQ|T\.?U\.?Q|T[/.]?[MLU]|K[/.]?T|Q)(?:\.\s?|(?<=/[MLTU])\s|\s(?=[{UPPER}]{{2}})|(?<=T/M)(?=\s))\s?[{UPPER}].{{0,120}})",
    (
        "T/M BAN THƯỜNG VỤ",
        "TM. ỦY BAN NHÂN DÂN",
        "KT.CHỦ TỊCH",
        "TUQ. GIÁM ĐỐC",
        "TL.CHỦ TỊCH",
        "K/T CHÁNH VĂN PHÒNG",
    ),
    ("TMỦY", "Kỷ niệm", "TP. HCM"),
)
DISTRIBUTION = pattern(
    "DISTRIBUTION",
    r"^\s{0,80}N[ơo]i nhận(?:\s?:|\s{0,9}$)\s{0,9}",
    ("Nơi nhận:", "  Nơi nhận"),
    ("Nơi nhận văn bản là",),
)
PERSON = pattern(
    "PERSON",
    rf"(?:^(?:[Đđ]ồng chí|[Đđ]/c|Ông|Bà|ông|bà)|\([Đđ]/c)\s[{UPPER}]|(?:TTg|CT|Chủ tịch|Bí thư|Thủ tướng)\s(?:Chính phủ\s)?(?:[{UPPER}][^\W\d_]{{1,7}}\s){{1,4}}[{UPPER}][^\W\d_]{{1,7}}$",
    ("Đồng chí Nguyễn Văn A", "Phó CT UBND tỉnh (Đ/c An)", "PTTg Nguyễn Văn An"),
    ("Các đồng chí lãnh đạo", "Chủ tịch UBND tỉnh"),
)
NAME = pattern(
    "NAME",
    rf"^[\s\[(]{{0,9}}(?P<name>[{UPPER}][^\W\d_]{{0,8}}(?:[\s\-][{UPPER}][^\W\d_]{{0,8}}){{1,6}})\s{{0,9}}$",
    ("Nguyễn Văn An", "Hà Kim Thị Nguyên Thảo"),
    ("nguyễn văn", "An", "Sở nội vụ"),
)
SIGNED = pattern("SIGNED", r"[\[(]?\s?[ĐđÐ]ã ký\s?[\])]?", ("(đã ký)", "[ (Đã ký)"), ("ký",))
COPIES = pattern("COPIES", r";\s{1,9}[-–]\s", ("- Như trên; - Sở",), ("a; b",))
ENCLOSED = pattern(
    "ENCLOSED",
    r"\s{0,9}\(?\s?(?:Ban hành kèm theo|Kèm theo|kèm theo|BAN HÀNH KÈM THEO)\s",
    ("(Ban hành kèm theo Quyết định",),
    ("Căn cứ",),
    how="match",
)
RECIPIENT_END = pattern(
    "RECIPIENT_END", r";\s|(?<=VT)\.\s|(?<=\w\w\w)\.\s", ("- Như trên; PHÓ", "- Lưu: VT. An"), ("- TT. Tỉnh ủy",)
)
SEMICOLON = pattern("SEMICOLON", r";\s{1,9}", ("Sở A; Sở B",), ("Sở A, B",))
