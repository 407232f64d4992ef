"""Patterns: what is printed on pages beside the text."""

from __future__ import annotations

from vanban.patterns.registry import pattern

FOOTNOTE = pattern(
    "FOOTNOTE",
    r"(?:\d{1,3}|\*{1,3})\s?[.)]?\s{0,4}[^\W\d_]",
    ("1 Công văn số 12/SNV-TCCC", "*) a", "12. Nghị định"),
    ("Công văn", "12", "2024-2025"),
    how="match",
)
# PDFium writes a hyphen that ends a line as U+0002 and drops the line end; U+FFFE stands for one it took away.
PRINTED_WORD = pattern("PRINTED_WORD", "[^\\s\x00\x02\ufffe]+[\x02\ufffe]?", ("NĐ-", "thực\x02"), (" ",))
ODD_SIGN = pattern(
    "ODD_SIGN", r"[^\w\s.,:;!?()\[\]/%+\-–—\"'“”‘’*&]|_", ("JT§", "|", "_"), ("25/KH-STTTT,", "(L-40b)")
)
LETTER = pattern("LETTER", r"[^\W\d_]", ("a",), ("1",))
VIETNAMESE_LETTER = pattern(
    "VIETNAMESE_LETTER",
    "[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]",
    ("ấ", "đ"),
    ("e", "é", "µ"),
)
POINTS = pattern(
    "POINTS",
    r"[\-–—+*.…:;,/()\[\]“”\"!?%&]{1,200}",
    ("-", "./.", "…", "--------"),
    ("|", "~-", "⁄", "‹"),
    how="fullmatch",
)
# A sign without a meaning: of the range for private use, or put in the place of one that was lost.
NO_CHARACTER = pattern("NO_CHARACTER", "[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f]", ("\uf0b7", "\ufffd"), ("a",))
