"""Patterns: the end of a document: recipients, signatures, what a signing program or a copier adds, appendices."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import UPPER, pattern

# Degrees and ranks printed before a name: by the rules none belongs there, but many papers print them.
_RANKS = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|CN|KS|BSCKI{1,2}|BS\.?\s?CKI{1,2}|CKI{1,2}|LS|NSƯT|NSND|NGƯT|NGND|TTƯT)\.?\s?){1,4}\s|"
    r"(?:(?:GS|PGS|TS|ThS|Ths|BS|CN|KS|BSCKI{1,2}|CKI{1,2}|LS)\.\s?){1,4}|"
    r"(?:Giáo sư|Phó Giáo sư|Tiến sĩ|Thạc sĩ|Bác sĩ|Luật sư|Linh mục|Hòa thượng|Thượng tọa)\s|"
    r"(?:(?:Đại|Thượng|Trung|Thiếu)\s(?:tướng|tá|úy)|(?:Đại|Thượng|Trung|Thiếu)\s(?:TƯỚNG|TÁ|ÚY))\s|(?:Ông|Bà|Đồng chí|Đ/c)\s"
)

AUTHORITY_LINE = pattern(
    "AUTHORITY_LINE",
    rf"^\s{{0,80}}(?P<all>(?P<prefix>TUQ|T[./]U[./]Q|T[/.]?[MLU]|K[/.]?T|Q)(?:\.\s?|(?<=/[MLTU])\s|\s(?=[{UPPER}]{{2}})|(?<=T/M)(?=\s))\s?[{UPPER}].{{0,120}})",
    (
        "T/M BAN THƯỜNG VỤ",
        "TM. ỦY BAN NHÂN DÂN",
        "T.M. ỦY BAN NHÂN DÂN",
        "KT.CHỦ TỊCH",
        "TUQ. GIÁM ĐỐC",
        "T.U.Q GIÁM ĐỐC",
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
    rf"^[\s\[(]{{0,9}}(?:{_RANKS})?(?P<name>[{UPPER}](?:['’][{UPPER}])?[^\W\d_]{{0,8}}(?:[\s\-][{UPPER}](?:['’][{UPPER}])?[^\W\d_]{{0,8}}){{1,6}})\s{{0,9}}$",
    ("Nguyễn Văn An", "Hà Kim Thị Nguyên Thảo", "PGS.TS. Nguyễn Văn An", "Đại tá Trần Văn Mẫu", "H'Yim Niê"),
    ("nguyễn văn", "An", "Sở nội vụ"),
)
NAME_AT_END = pattern(
    "NAME_AT_END",
    rf"\s[^\W\d_{UPPER}]{{2,8}}\s(?P<name>[{UPPER}][^\W\d_{UPPER}]{{1,7}}(?:\s[{UPPER}][^\W\d_{UPPER}]{{1,7}}){{1,3}})$",
    ("- Các đơn vị trực thuộc Trần Văn Mẫu",),
    ("- Đ/c Mẫu", "Sở Nội vụ", "PTTg Trần Văn Mẫu"),
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
PAPER_ROLE = pattern(
    "PAPER_ROLE",
    r"[(\s](?P<role>(?:để\s(?=b|t|c|p|đ|x|k)[^(){}\n]{1,60}|b/c|t/h|p/h|c/đ|báo cáo|thực hiện|phối hợp|theo dõi|đăng tải)(?:[,;]\s(?:để\s)?(?:b/c|t/h|p/h|c/đ|báo cáo|chỉ đạo|thực hiện|biết)){0,3})\)?$",
    (
        "Ban Bí thư (để báo cáo)",
        "Bộ Y tế (b/c)",
        "Sở Nội vụ để thực hiện",
        "TT. Tỉnh ủy (để b/c)",
        "Sở Y tế (p/h, t/h)",
    ),
    ("CT, PCT UBND TP (1A, 1G)", "Lưu: VT"),
)
SPECK = pattern(
    "SPECK",
    r"\s{1,9}[^\w\s()“”\"+&–\-]{1,4}(?:\s[^\n]{0,40})?$|(?<=\))\.\d$|[`<>^=~|\\•¬«»*_\s]{1,20}$",
    ("GĐ, các PGĐ; /", "Lưu: CNTT, VT. = ` a", "Trung ương; ` <"),
    ("Phó CT UBND tỉnh - Nguyễn Văn An", "VH, TT & DL"),
)
APPENDIX = pattern(
    "APPENDIX",
    r"(?:(?P<annex>Phụ lục|PHỤ LỤC)|(?P<form>Mẫu|MẪU|Biểu|BIỂU)(?:\s(?:mẫu|MẪU))?)(?=[\s:.\d]|$)(?:\s(?:số|SỐ)\b\s?:?)?"
    r"(?:\s?(?P<number>\d{1,3}(?:[.\-/]\d{1,3})?[a-zA-Z]?|[IVXL]{1,6}[a-z]?|[A-HĐ])(?![\w/]))?\s{0,3}(?P<mark>[:.\-–])?\s{0,9}(?P<title>[^\n]{0,300})$",
    (
        "PHỤ LỤC",
        "Phụ lục I",
        "Phụ lục số 02",
        "Mẫu số 01",
        "PHỤ LỤC 1: DANH SÁCH",
        "Phụ lục III - Biểu mẫu",
        "Biểu số 2a",
    ),
    ("Phụ nữ", "các Phụ lục"),
    how="match",
)
CAPTION = pattern(
    "CAPTION",
    r"[(\[]?\s?(?:Ban hành kèm|BAN HÀNH KÈM|Kèm theo|kèm theo|KÈM THEO|Đính kèm|kèm Công văn|Kèm Công văn)\b",
    ("(Kèm theo Kế hoạch số 5/KH-UBND)", "(Ban hành kèm theo Nghị định"),
    ("Căn cứ",),
    how="match",
)
COPY_KIND = pattern(
    "COPY_KIND",
    r"[(\[]?(?P<kind>SAO Y(?: BẢN CHÍNH)?|Sao y(?: bản chính)?|SAO LỤC|Sao lục|TRÍCH SAO|Trích sao|BẢN SAO(?: VĂN BẢN)?|Bản sao văn bản|(?:CHỨNG THỰC )?BẢN SAO ĐÚNG VỚI BẢN CHÍNH)[)\]]?",
    ("SAO Y", "SAO Y BẢN CHÍNH", "Bản sao văn bản", "TRÍCH SAO"),
    ("Sao y theo quy định", "BẢN SAO KÊ"),
    how="fullmatch",
)
COPY_LINE = pattern(
    "COPY_LINE",
    r"(?P<kind>SAO Y|SAO LỤC|TRÍCH SAO|Sao y|Sao lục|Trích sao)\s?;\s?(?P<organ>[^;\n]{2,120});\s?(?:ngày\s)?(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})\b",
    ("SAO Y; UBND tỉnh An Hải; 12/5/2026; 09:12:33 +07:00",),
    ("SAO Y BẢN CHÍNH",),
    how="match",
)
_DAY = r"(?P<day>\d{1,2})[./\-](?P<month>\d{1,2})[./\-](?P<year>\d{4})|(?P<iso>\d{4}[.\-/]\d{1,2}[.\-/]\d{1,2})"
STAMP_TIME = pattern(
    "STAMP_TIME",
    rf"(?:{_DAY})[T,]?\s{{1,3}}(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}})?)(?:\s{{0,3}}(?P<zone>[+\-]\d{{2}}[:']?\d{{2}}))?",
    ("28.05.2026 09:12:33 +07:00", "2026.05.28 17:24:51 +07'00'", "12/5/2026 9:12", "2026-05-28 17:24:51"),
    ("28/5/2026", "09:12:33"),
)
STAMP_DAY = pattern("STAMP_DAY", rf"{_DAY}", ("Ngày ký: 2026-05-28", "28.05.2026"), ("28/5",))
CLOCK = pattern(
    "CLOCK",
    r"(?P<time>\d{1,2}:\d{2}:\d{2})\s{0,3}(?P<zone>[+\-]\d{2}[:']?\d{2})",
    ("17:24:51 +07:00",),
    ("17:24",),
)
PANEL_SIGNER = pattern(
    "PANEL_SIGNER",
    r"(?:(?:Được )?[Kk]ý (?:số )?bởi|Người ký|(?:Digitally )?[Ss]igned by)\s?:?\s{0,9}(?P<value>[^\n]{0,120})",
    ("Người ký: Trần Văn Mẫu", "Ký bởi: VĂN THƯ", "Digitally signed by Trần Văn Mẫu"),
    ("người có quyền ký",),
)
PANEL_ORGAN = pattern(
    "PANEL_ORGAN",
    r"(?:Cơ quan|Đơn vị|Tổ chức|Organization)\s?:\s{0,9}(?P<value>[^\n]{1,120})",
    ("Cơ quan: Sở Nội vụ",),
    ("Cơ quan chủ trì",),
)
PANEL_REST = pattern(
    "PANEL_REST",
    r"(?:Thời gian ký|Ngày ký|Ký ngày|Giờ ký|Date|Signing [Tt]ime|E-?mail|DN|Reason|Location|Lý do|Chức vụ|Signature (?:valid|Not Verified)|Chữ ký số)\s?[:=]?|\S{1,60}@|\b(?:CN|OU|O|C)=",
    ("Thời gian ký: 28.05.2026", "Email: a@b.vn", "DN: C=VN, O=A", "vanthu@b.vn"),
    ("Căn cứ", "Kính gửi"),
)
ARCHIVED = pattern(
    "ARCHIVED",
    r"(?:^|[-–;]\s{0,3})L[ưu]u\s?(?::|VT|VP|[VH]ồ|Văn)",
    ("- Lưu: VT", "- Lưu VT", "Lưu Văn phòng"),
    ("Lưu ý",),
)
ODD_IN_NAME = pattern("ODD_IN_NAME", r"[^\w\s.,;:()/&+\-–“”\"'’…]", ("lB † Trung ương",), ("Các sở: A, B (2b)",))
