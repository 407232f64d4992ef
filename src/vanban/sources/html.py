"""Pages of HTML: what a reader of the page sees, without scripts, styles and navigation.

Nothing the page names is fetched. The encoding is found from the bytes first: many old pages name a wrong one.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from lxml import etree

from vanban import patterns
from vanban.refusal import Limits, Refused
from vanban.sources import legacy
from vanban.sources.content import Content
from vanban.sources.gathering import Gathering
from vanban.sources.legacy import Found, encoding_of_font, unfonted
from vanban.sources.numbering import written
from vanban.sources.plain import decoded

_SKIPPED_NAMES = """head script style noscript template nav aside button select option textarea iframe object
svg math audio video canvas title"""
_BLOCK_NAMES = """address article blockquote body caption center dd details dialog div dl dt fieldset
figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table
tbody td tfoot th thead tr ul"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ROLES = ("navigation", "banner", "search", "contentinfo")
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DAMAGED = "Open it in a browser, copy the document into a word processor and send it as .docx."


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the page in `data`. Raises `Refused`."""
    found = _decoded(data)
    reader = _Reader()
    root = _parsed(found.text.encode("utf-8", "replace"), "utf-8")
    reader.read_all(_main(root))
    content = reader.gathering.content()
    return replace(content, notes=(*content.notes, *legacy.guessed(found)))


def _decoded(data: bytes) -> Found:
    """Return the markup as text: in Unicode, else in an old encoding of Vietnamese, else in the one it names."""
    with suppress(Refused):
        text, _ = decoded(data, guess=False)
        if patterns.UNICODE_VIETNAMESE.search(text):
            return Found(text, None)
        return legacy.recoded(text, "".join(_words(_parsed(text.encode("utf-8", "replace"), "utf-8"))))
    words = "".join(_words(_parsed(data, "iso-8859-1"))).encode("latin-1", "ignore")
    if found := legacy.decoded(data, words):
        return found
    named = patterns.HTML_CHARSET.search(data[:4096].decode("latin-1"))
    try:
        return Found(data.decode(named[1] if named else "utf-8"), None)
    except (UnicodeDecodeError, LookupError):
        raise Refused("unreadable", "The encoding of the page cannot be told.", _DAMAGED) from None


def _parsed(data: bytes, encoding: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding=encoding, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise Refused("unreadable", "The page is damaged.", _DAMAGED)
    return root


def _words(root: etree._Element) -> list[str]:
    return [
        part
        for element in root.iter()
        if isinstance(element.tag, str) and element.tag not in _SKIPPED
        for part in (element.text or "", element.tail or "")
    ]


def _text(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _main(root: etree._Element) -> etree._Element:
    """Return the element that holds the document: the only <main> or <article>, else the whole page."""
    for name in ("main", "article"):
        named = root.findall(f".//{name}")
        if len(named) == 1:
            return named[0]
    return root


class _Reader:
    """Walks the page without calling itself, so that no depth of elements harms it."""

    def __init__(self) -> None:
        self.gathering = Gathering()
        self._line: list[str] = []
        self._number = ""  # drawn before the next line
        self._fonts: list[str] = [""]
        self._counts: list[
            tuple[str, int]
        ] = []  # of the open lists: the form, "" for one of dashes, and the count
        self._cells: list[int] = []
        self._kept: list[int] = []  # how deep the open <pre> are

    def read_all(self, root: etree._Element) -> None:
        """Read everything below `root`."""
        walk = etree.iterwalk(root, events=("start", "end"))
        left_out = None
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event == "start" and element is not root and _is_left_out(element):
                left_out = element
                walk.skip_subtree()  # the next event is the end of this element
                self._left_out(element)
            elif event == "start":
                self._begin(element, element.tag)
                self._add(element.text)
            else:
                if element is not left_out:
                    self._end(element.tag)
                if element is not root:
                    self._add(element.tail)
        self._flush()

    def _left_out(self, element: etree._Element) -> None:
        """A mark of a footnote is left out of the sentence that it follows, and kept before the footnote."""
        if element.tag == "a" and not any(map(str.strip, self._line)):
            self._line.append(f"[{_text(element).strip(' []')}] ")

    def _begin(self, element: etree._Element, tag: str) -> None:
        self._fonts.append(_font(element) or self._fonts[-1])
        if tag == "br":
            self._line.append("\n")
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag == "table":
            self.gathering.begin_table()
        elif tag == "tr":
            self.gathering.begin_row()
        elif tag in ("td", "th"):
            self._cells.append(len(self.gathering.lines))
        elif tag in ("ol", "ul"):
            self._counts.append(_list(element, tag))
        elif tag == "li" and self._counts:
            self._item(element)
        elif tag == "pre":
            self._kept.append(len(self._fonts))

    def _item(self, element: etree._Element) -> None:
        form, count = self._counts[-1]
        value = element.get("value", "")
        count = int(value) if value.isdecimal() and len(value) < 7 else count + 1
        self._counts[-1] = form, count
        if form != "none":
            self._number = f"{written(count, form)}. " if form else "- "

    def _end(self, tag: str) -> None:
        self._fonts.pop()
        if tag not in _BLOCKS:
            return
        self._flush()
        if tag == "table":
            self.gathering.end_table()
        elif tag in ("td", "th") and self._cells:
            self._number = ""
            self.gathering.end_cell(self._cells.pop())
        elif tag in ("ol", "ul") and self._counts:
            self._counts.pop()
        elif tag == "pre" and self._kept:
            self._kept.pop()

    def _add(self, text: str | None) -> None:
        if not text:
            return
        if not self._kept:
            text = patterns.BLANKS.sub(" ", text)
            if text[0] == " " and (not self._line or self._line[-1][-1:] in ("", " ", "\n")):
                text = text[1:]
        font = self._fonts[-1]
        self._line.append(unfonted(text, font) if font and encoding_of_font(font) else text)

    def _flush(self) -> None:
        if not self._line:
            return
        words = "".join(self._line)
        self._line.clear()
        if words.strip():
            lines = words.strip("\n").split("\n")
            self.gathering.line(self._number + "\n".join(line.strip(" ") for line in lines))
            self._number = ""


def _font(element: etree._Element) -> str | None:
    """Return the font that the element itself names."""
    face = element.get("face")
    if face is None and "style" in element.attrib:
        named = patterns.CSS_FONT.search(element.get("style", ""))
        face = named[1] if named else None
    return face


def _list(element: etree._Element, tag: str) -> tuple[str, int]:
    if "list-style" in element.get("style", "") and "none" in element.get("style", ""):
        return "none", 0
    start = element.get("start", "1")
    first = int(start) - 1 if start.isdecimal() and len(start) < 7 else 0
    return (_FORMS.get(element.get("type", "1"), "decimal") if tag == "ol" else ""), first


def _is_left_out(element: etree._Element) -> bool:
    """Tell whether the element is no part of what the page says: code, navigation, what is hidden, note marks."""
    tag, named = element.tag, element.attrib
    if tag in _SKIPPED or (tag in ("header", "footer") and _is_of_page(element)):
        return True
    if not named:
        return False
    if "hidden" in named or named.get("role") in _ROLES or named.get("title") in ("header", "footer"):
        return True
    if tag == "a" and named.get("href", "").startswith("#"):
        return bool(patterns.NOTE_MARK.fullmatch(_text(element)))
    return "style" in named and bool(patterns.CSS_HIDDEN.search(element.get("style", "")))


def _is_of_page(element: etree._Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == "body"
