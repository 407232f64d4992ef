"""Patterns: what the proof-reader of layout looks at in words and signs."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import pattern

# All of the number line before the symbol.
NUMBER_LEAD = pattern(
    "NUMBER_LEAD",
    r"S[Ốố](?P<colon>\s{0,3}[:.])?(?P<gap>[ .…_]{0,120})(?P<number>\d{1,6}[a-zđ]?)?(?P<after>[ .…_]{0,120})(?P<mark>[-–/])(?P<before>\s{0,3})",
    ("Số: 05/", "Số 5-", "Số:         /", "SỐ: 12 - "),
    ("Luật số: 5/",),
    how="fullmatch",
)
DATE_PARTS = pattern(
    "DATE_PARTS",
    r"ngày\s{1,9}(?P<day>\d{1,2})\s{1,9}tháng\s{1,9}(?P<month>\d{1,2})\s{1,9}năm\s{1,9}\d{4}",
    ("ngày 07 tháng 3 năm 2022",),
    ("ngày 7/3/2022", "ngày    tháng 3 năm 2022"),
)
MONTH_AND_YEAR = pattern(
    "MONTH_AND_YEAR",
    r",\s{0,9}[Nn]gày[\s.…_]{1,60}tháng\s{0,9}(?P<month>\d{1,2})\s{0,9}năm\s{0,9}(?P<year>\d{4})(?!\d)",
    ("An Hải, ngày      tháng 8 năm 2025", "An Hải, ngày … tháng 12 năm 2024"),
    ("An Hải, ngày 05 tháng 8 năm 2025",),
)
DATE_IN_STROKES = pattern(
    "DATE_IN_STROKES", r"\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}", ("ngày 7/3/2022",), ("ngày 07 tháng 3",)
)
MARK_AFTER = pattern(
    "MARK_AFTER",
    r"(?P<mark>[ ]{0,3}[.,;:/]{0,3})[ ]{0,200}(?:\n|$)",
    (";\n", ",", "./."),
    ("; Sở", " (b/c)"),
    how="match",
)
HYPHENS = pattern("HYPHENS", r"[\-–—_]{3,60}", ("-----", "_____"), ("--",), how="fullmatch")
END_MARK = pattern(
    "END_MARK", r"(?P<mark>\s{0,3}(?:\./\.?|/\.|[.;,])?)\s{0,200}$", ("thi hành./.", "thi hành."), (), how="search"
)
AUTHORITY_SIGN = pattern(
    "AUTHORITY_SIGN",
    r"^\s{0,80}(?P<sign>TUQ\.?|T[./]U[./]?Q?\.?|T[./]?[ML]\.?|K[./]?T\.?|Q\.?)(?P<gap>\s{0,3})(?=[^\W\d_]{2})",
    ("T/M BAN THƯỜNG VỤ", "TM. ỦY BAN", "KT.CHỦ TỊCH", "TUQ. GIÁM ĐỐC", "T/U BAN"),
    ("BÍ THƯ",),
    how="match",
)
RANK_BEFORE_NAME = pattern(
    "RANK_BEFORE_NAME",
    r"(?P<rank>(?:(?:GS|PGS|TS|ThS|Ths|BS|KS|LS|CN|BSCKI{1,2}|CKI{1,2})\.?[\s,.]{0,2}){1,4}|(?:Phó )?Giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Kỹ sư|Luật sư|Nghệ nhân|Nghệ sĩ|(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy|uý))\s{0,3}$",
    ("TS. ", "PGS.TS ", "Đại tá "),
    ("Ông ", "THS"),
)
TWO_SPACES = pattern("TWO_SPACES", r"(?<=\S) {2,200}(?=\S)", ("a  b",), ("a b", "  a"))
SPACE_BEFORE_MARK = pattern(
    "SPACE_BEFORE_MARK",
    r"(?<=[^\W_]) {1,3}(?=[,;:.](?:\s|$))",
    ("dân vận , và",),
    ("dân vận, và", "a ./.", "a ..."),
)
TONE_ON_FIRST = pattern(
    "TONE_ON_FIRST",
    r"(?<![qQ])(?:[òóỏõọ][ae]|[ÒÓỎÕỌ][AaEe]|[ùúủũụ]y|[ÙÚỦŨỤ][Yy])(?![^\W\d_])",
    ("ủy ban", "hòa", "THỦY", "khóa"),
    ("uỷ", "quý", "toán", "qúy"),
)
TONE_ON_LAST = pattern(
    "TONE_ON_LAST",
    r"(?<![qQ])(?:o[àáảãạèéẻẽẹ]|O[ÀÁẢÃẠÈÉẺẼẸàáảãạèéẻẽẹ]|u[ỳýỷỹỵ]|U[ỲÝỶỸỴỳýỷỹỵ])(?![^\W\d_])",
    ("uỷ ban", "hoà", "THUỶ", "khoá"),
    ("ủy", "quý", "toán"),
)
ANNEX_NUMBER = pattern(
    "ANNEX_NUMBER",
    r"(?m)^[ ]{0,80}(?:PHỤ LỤC|Phụ lục)(?:\s(?:số|SỐ))?\s{1,3}(?P<number>[IVXLC]{1,6}|\d{1,2})\s{0,3}[.:]?\s{0,9}$",
    ("PHỤ LỤC I", "Phụ lục 02"),
    ("Phụ lục I kèm theo",),
)
