"""Signs that Word draws from a font of symbols, as characters."""

from __future__ import annotations

from vanban.sources.legacy import encoding_of_font, unfonted

_SYMBOL = {0x2D: "-", 0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xAE: "→", 0xDE: "⇒"}
_WINGDINGS = {0x6F: "□", 0x71: "□", 0xA8: "□", 0xFC: "✓", 0xFE: "☑", 0xE0: "→", 0xF0: "→", 0x2D: "-"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": {0x50: "✓", 0x52: "☑", 0xA3: "□"}}


def symbol(font: str, code: str) -> str:
    """Return the character that `font` draws for the hexadecimal `code`; a bullet for a sign not known here."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    drawn = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    if encoding_of_font(font):
        return unfonted(chr(drawn), font)
    signs = _FONTS.get(font.strip().lower())
    if signs is not None:
        return signs.get(drawn, "•")
    return chr(drawn) if 0x20 <= drawn < 0x110000 else ""
