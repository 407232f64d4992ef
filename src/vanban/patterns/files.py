"""Patterns: what the readers of files look for in markup, in characters of old encodings and in tables."""

from __future__ import annotations

import re

from vanban.patterns.registry import pattern

# What stands in a cell of a table that is no table but a letterhead or an end in columns.
LAYOUT_CELL = pattern(
    "LAYOUT_CELL",
    r"(?:C[ỘO]NG H[OÒ][AÀ] X[AÃ] H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T NAM|Nơi nhận|T/?M\.? |K/?T\.? |S[ốỐ]\s?:)",
    ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "Nơi nhận:", "T/M BAN THƯỜNG VỤ", "Số: 12"),
    ("Số lượng", "Sở Nội vụ", "Tm"),
    how="match",
)
WORD = pattern("WORD", r"\w+", ("Sở",), (". ",))
UNICODE_VIETNAMESE = pattern(
    "UNICODE_VIETNAMESE", "[ĂăĐđĨĩŨũƠơƯư\u0300-\u0323\u1ea0-\u1ef9]", ("đ", "ệ", "e\u0323"), ("é", "Ð", "µ")
)
LATIN_1_LETTER = pattern("LATIN_1_LETTER", "[\u00a1-\u00ff]", ("é", "µ"), ("a", "ệ"))
PRIVATE_CHARACTER = pattern("PRIVATE_CHARACTER", "[\uf020-\uf0ff]", ("\uf0b8",), ("b",))
BLANKS = pattern("BLANKS", r"[ \t\r\n]{1,}", ("a \n b",), ("ab",))
HTML_CHARSET = pattern(
    "HTML_CHARSET",
    r"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w\-]{1,40})",
    ('<meta charset="windows-1258">', "text/html; charset=utf-8"),
    ("<meta name=author>",),
    re.I,
)
HTML_OPENING = pattern(
    "HTML_OPENING",
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--[^>]{0,2000}-->\s{0,200})?"
    r"<(?:!doctype html|html|head|body|meta|div|table|p)\b",
    ("<!DOCTYPE html>", "<html lang=vi>", "\n<!-- a --><HTML>", "<div class=a>"),
    ("Số: 1", "<https://a.vn>", "<w:document>"),
    re.I,
    how="match",
)
CSS_FONT = pattern(
    "CSS_FONT",
    r"font-family\s{0,9}:\s{0,9}[\"']?([\w. \-]{1,60})",
    ("color:red; font-family: '.VnTime', serif",),
    ("color: red",),
    re.I,
)
CSS_HIDDEN = pattern(
    "CSS_HIDDEN",
    r"(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|mso-hide\s{0,9}:\s{0,9}all)",
    ("display:none", "color:red;visibility: hidden"),
    ("display:block",),
    re.I,
)
NOTE_MARK = pattern(
    "NOTE_MARK", r"\[?(?:\d{1,3}|\*{1,3}|[ivx]{1,5})\]?", ("1", "[12]", "*"), ("Điều 1", "2025"), how="fullmatch"
)
RTF_TOKEN = pattern(
    "RTF_TOKEN",
    r"[\r\n]{0,2}(?:\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([\s\S])|([{}])|([^\\{}\r\n]{1,})"
    r"|[\r\n\\])",
    ("\\par", "\\u7879 ?", "\\'e0", "{", "Số"),
    ("",),
    how="match",
)
