"""What the styles of a Word file say of a run that its text alone does not: an old font, and that it is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from vanban.sources import legacy

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEPTH = 20  # styles that may rest one on another
_OFF = ("0", "false", "off", "none")


class Look(NamedTuple):
    """What one set of run properties says; None where it says nothing."""

    font: str | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it speaks, `below` where it is silent."""
        hidden = below.hidden if self.hidden is None else self.hidden
        return Look(self.font or below.font, hidden)


class Styles:
    """The looks of the styles of one document."""

    def __init__(self, styles: _Element | None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._whole: dict[str | None, Look] = {}
        self._default = Look()
        self._normal: str | None = None
        if styles is None:
            return
        self._default = _look(styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr"))
        for style in styles.iterfind(_W + "style"):
            key, base = style.get(_W + "styleId", ""), style.find(_W + "basedOn")
            self._own[key] = (_look(style.find(_W + "rPr")), base.get(_W + "val") if base is not None else None)
            if style.get(_W + "type") == "paragraph" and style.get(_W + "default") in ("1", "true", "on"):
                self._normal = key

    def of_paragraph(self, properties: _Element | None) -> Look:
        """Return the look of the runs of a paragraph that say nothing themselves."""
        style = properties.find(_W + "pStyle") if properties is not None else None
        key = style.get(_W + "val") if style is not None else self._normal
        return self._of(key).over(self._default)

    def of_run(self, properties: _Element | None, around: Look) -> Look:
        """Return the look of a run in a paragraph of the look `around`."""
        if properties is None:
            return around
        style = properties.find(_W + "rStyle")
        named = self._of(style.get(_W + "val")) if style is not None else Look()
        return _look(properties).over(named).over(around)

    def _of(self, key: str | None) -> Look:
        if key not in self._whole:
            look, at = Look(), key
            for _ in range(_DEPTH):
                own, base = self._own.get(at or "", (Look(), None))
                look, at = look.over(own), base
            self._whole[key] = look
        return self._whole[key]


def _look(properties: _Element | None) -> Look:
    if properties is None:
        return Look()
    fonts, vanish = properties.find(_W + "rFonts"), properties.find(_W + "vanish")
    font = (fonts.get(_W + "ascii") or fonts.get(_W + "hAnsi")) if fonts is not None else None
    return Look(font, None if vanish is None else vanish.get(_W + "val", "1") not in _OFF)


def old_fonts_lie(body: _Element, styles: Styles) -> bool:
    """Tell whether the runs in old fonts hold Unicode all the same: then nothing is to be converted."""
    for paragraph in body.iter(_W + "p"):
        around = styles.of_paragraph(paragraph.find(_W + "pPr"))
        for run in paragraph.iter(_W + "r"):
            font = styles.of_run(run.find(_W + "rPr"), around).font
            if font and legacy.encoding_of_font(font):
                words = "".join(part.text or "" for part in run.iter(_W + "t"))
                if legacy.is_unicode(words):
                    return True
    return False
