"""Patterns: days and deadlines. Those of a duty are laid on its sentence in small letters."""
# ruff: noqa: E501 - a pattern broken over lines is harder to read than a long one

from __future__ import annotations

from vanban.patterns.registry import pattern

# A day with or without its year, a month, a quarter, half a year, a year.
_YEAR = r"(?:\s{{0,3}}(?:/|,?\snăm|-)\s{{0,3}}(?P<{}>\d{{4}})(?!\d))"
_DAY = (
    r"(?P<day>\d{1,2})(?:\s{0,2}[/.\-]\s{0,2}|\s{1,9}tháng\s{1,9})(?P<month>\d{1,2})(?!\d)"
    r"(?:(?:\s{0,2}[/.\-]\s{0,2}|,?\s{1,9}năm\s{1,9})(?P<y1>\d{4})(?!\d))?(?!\s{0,2}[/.\-]\s{0,2}\d)"
)
_MONTH = r"tháng\s{1,3}(?P<in_month>\d{1,2})(?!\d|\s{0,2}/\s{0,2}\d{1,2}(?!\d))" + _YEAR.format("y2") + "?"
_QUARTER = r"quý\s{1,3}(?P<quarter>iv|i{1,3}|[1-4])(?!\w)" + _YEAR.format("y3") + "?"
_HALF = r"(?:0?6 tháng|nửa)\s(?P<half>đầu|cuối)\snăm(?:\s(?P<y4>\d{4}))?"
_WHOLE = r"năm\s{1,3}(?P<y5>\d{4})(?!\d)(?!\s?[-–]\s?\d{4})"
_PERIODS = rf"(?:{_MONTH}|{_QUARTER}|{_HALF}|{_WHOLE})"
_BEFORE = r"chậm nhất(?:\slà)?(?:\s(?:đến|vào|trong))?(?:\strước)?(?:\shết)?|muộn nhất(?:\slà)?(?:\sđến)?|hạn cuối(?:\slà)?(?:\sđến)?|(?:xong\s)?trước|(?:đến\s)?hết|xong"
_HOUR = r"(?:\d{1,2}\s?(?:giờ|[hg:])\s?(?:\d{2}\s?(?:phút|[’'])?)?,?\s{1,3}(?=ngày))?"
DUE = pattern(
    "DUE",
    rf"(?<!\w)(?<!tính )(?<!tính đến )(?P<when>(?:{_BEFORE})(?=\s)|trong(?=\s(?:tháng|quý|năm|0?6 tháng|nửa))|cuối(?=\s(?:tháng|quý|năm)))\s{{1,3}}(?:hết\s)?{_HOUR}(?:(?:ngày\s{{1,3}})?{_DAY}|{_PERIODS})",
    (
        "trước 16 giờ 00 ngày 22/5/2024",
        "chậm nhất 10h00’ ngày 23/7/2018",
        "trước ngày 06 tháng 12 năm 2025",
        "chậm nhất đến ngày 30/9/2025",
        "chậm nhất trước 30.9.2025",
        "trước ngày 25/12",
        "trong quý i năm 2026",
        "trong quý iii",
        "trong tháng 12/2025",
        "cuối tháng 9",
        "đến hết tháng 6 năm 2026",
        "trong 6 tháng đầu năm 2026",
        "hoàn thành trong năm 2025",
    ),
    (
        "tính đến hết tháng 10",
        "từ ngày 01/7/2025",
        "giai đoạn 2020 - 2025",
        "tầm nhìn đến năm 2030",
        "trong năm 2020 - 2025",
        "trước ngày 20 hằng tháng",
        "trong nhiệm kỳ 2022 - 2027",
    ),
)
BARE_PERIOD = pattern(
    "BARE_PERIOD",
    rf"(?:xong\s|hoàn thành\s|trong\s|đến\s|hết\s|ngày\s){{0,3}}(?:{_DAY}|{_PERIODS})\W{{0,5}}$",
    ("tháng 12/2025", "quý iv/2025.", "ngày 30/11/2025", "trong năm 2026", "6 tháng đầu năm 2026"),
    ("tháng 12/2025 và sau đó", "giai đoạn 2026-2030", "từ 01/7/2025"),
    how="match",
)
_PERIOD = r"(?:(?:0?[1369]|12|một|ba|sáu|chín)\s)?(?:tuần|tháng|quý|năm)(?!\w)"
PERIOD = pattern(
    "PERIOD",
    r"(?:(?<!\d)0?(?P<count>[369]|12|ba|sáu|chín)\s)?(?P<unit>tuần|tháng|quý|năm)(?!\w)",
    ("6 tháng", "quý", "sáu tháng"),
    ("ngày",),
)
# "và cả năm", "và năm": further periods beside the first; never "và năm 2026".
_MORE = rf"(?P<more>(?:(?:,|\svà|,\svà)\s(?:h[ằà]ng\s|cả\s)?{_PERIOD}(?!\s(?:\d|đầu|cuối|học))){{1,4}})?"
CYCLE = pattern(
    "CYCLE",
    rf"(?<!\w)(?:(?:định kỳ\s(?:theo\s|h[ằà]ng\s|mỗi\s)?|h[ằà]ng\s|mỗi\s|theo\s){_PERIOD}(?!\s(?:\d|đầu|cuối|học|sau))(?:\s?/?\s?(?:0?1\s|một\s)?lần)?{_MORE}"
    rf"|(?:tháng|quý|0?6 tháng)(?:,\s(?:quý|0?[69]\stháng)){{0,2}}(?:,|\svà)\s(?:quý|0?[69]\stháng|năm)(?!\s?\d)(?:,?(?:\svà)?\snăm(?!\s?\d))?"
    rf"|{_PERIOD}(?:\s?/\s?|\s)(?:0?1\s|một\s)?lần(?!\s\d)"
    rf"|(?:ít nhất\s)?(?:(?:\d{{1,2}}|một|hai|ba)\s)?lần\s?(?:/\s?|mỗi\s|một\s|trong\s)(?:một\s|0?1\s)?{_PERIOD}(?!\s\d)"
    rf"|(?:tháng\s)?cuối (?:của )?quý(?!\s[\div]))",
    (
        "hằng quý",
        "hàng năm",
        "mỗi tháng",
        "định kỳ 06 tháng/01 lần",
        "hằng quý, 6 tháng, năm",
        "quý, 6 tháng, năm",
        "6 tháng/lần",
        "ít nhất 01 lần/01 năm",
        "02 lần/năm",
        "tháng cuối quý",
    ),
    ("năm 2022", "quý i", "6 tháng đầu năm", "trong tháng 9", "mỗi năm 2022", "hằng ngày"),
)
DAY_OF_CYCLE = pattern(
    "DAY_OF_CYCLE",
    r"(?:trước|vào|chậm nhất(?: là)?(?: đến)?)\s(?:ngày\s)(?P<day>\d{1,2})(?:\s{0,2}(?:/|tháng)\s{0,2}(?P<month>\d{1,2}))?(?!\s{0,2}[/\d])(?!\s{0,2}(?:tháng|năm)\s\d)(?:\s{0,2}(?:của\s)?(?:h[ằà]ng|mỗi)\s(?:tuần|tháng|quý|năm))?",
    ("trước ngày 25/12 hàng năm", "trước ngày 20 hằng tháng", "trước ngày 15 tháng 11)"),
    ("trước ngày 30/12/2025",),
)
REPORTS = pattern(
    "REPORTS",
    r"\b(?:báo cáo|sơ kết|tổng kết|định kỳ|rà soát|đánh giá|kiểm tra)\b",
    ("định kỳ báo cáo",),
    ("thực hiện",),
)
_COUNT = r"(?:0?(?P<{}>\d{{1,3}}))(?:\s?\([^)]{{1,12}}\))?\s(?P<{}>ngày|tháng|giờ)(?:\slàm việc)?"
_COUNT1, _COUNT2 = _COUNT.format("count", "unit"), _COUNT.format("count2", "unit2")
_FROM = r"(?:kể từ|từ khi|từ (?=ngày)|sau khi|tính từ)"
EVENT = pattern(
    "EVENT",
    rf"(?<!\w)(?:(?:(?:chậm nhất(?:\slà)?\s|không quá\s|trong (?:thời hạn|thời gian|vòng)\s)(?:không quá\s)?{_COUNT1}(?:[^.;]{{0,60}}?{_FROM}\s?(?P<event>[^.;,()]{{1,80}}))?)"
    rf"|(?:(?:trước|sau)\s|(?=\d)){_COUNT2}(?:,?\s(?:của|{_FROM}|khi|trước khi|trước)\s?(?P<event2>[^.;,()]{{1,80}}))(?<!\s)"
    r"|theo thời gian\s(?:được\s)?(?:nêu\s|quy định\s|ghi\s)?(?:tại|quy định|nêu)(?P<event3>[^.;,]{0,60}))",
    (
        "trong thời hạn 07 ngày làm việc, kể từ ngày nhận",
        "trước 30 ngày làm việc của các đợt",
        "30 ngày kể từ ngày ký",
        "theo thời gian tại khoản 1",
        "theo thời gian được nêu tại khoản 1",
        "chậm nhất 05 ngày làm việc sau khi kết thúc",
    ),
    ("trong ngày", "30 ngày", "trước 30 ngày"),
)
ALWAYS = pattern(
    "ALWAYS", r"\b(?:thường xuyên|liên tục|h[ằà]ng ngày)\b", ("thực hiện thường xuyên",), ("thường vụ",)
)
DAILY = pattern("DAILY", r"h[ằà]ng ngày", ("báo cáo hằng ngày",), ("ngày",))
