"""Rich Text Format (.rtf): read control word by control word, in one pass and without calling itself.

Bytes are characters of the code page of their font, of the old font itself (.VnTime, VNI-Times), or Unicode.
Deleted and hidden text, comments and pictures are left out; notes, text boxes and drawn numbers are read.
"""

from __future__ import annotations

import codecs
from typing import NamedTuple

from vanban import patterns
from vanban.refusal import Limits, Refused
from vanban.sources.content import Content
from vanban.sources.gathering import Gathering
from vanban.sources.legacy import encoding_of_font, is_unicode, unfonted
from vanban.sources.rtf_words import CHARACTERS, CHARSETS, ENDS, INTO, SKIPPED, SYMBOLS
from vanban.sources.symbols import symbol

_DEEPEST = 2_000  # groups within groups; Word itself writes a few dozen
_DAMAGED = "Open it in a word processor, save it as .docx and send that file."


def content_of(data: bytes, limits: Limits) -> Content:
    """Return the text and the tables of the .rtf in `data`. Raises `Refused` (unreadable)."""
    text = data.decode("latin-1")
    reader = _Reader()
    reader.read_all(text)
    if reader.old_fonts_lie:
        reader = _Reader(convert=False)
        reader.read_all(text)
    return reader.gathering.content()


class _State(NamedTuple):
    """What holds within a group, and ends with it."""

    into: str = "text"  # where words go: text, skip, fonts, footnote, header, number, shape, box
    font: int = -1
    fallback: int = 1  # how many characters stand in for one of Unicode
    hidden: bool = False
    in_table: bool = False


class _Font(NamedTuple):
    name: str = ""
    code_page: str = ""


class _Reader:
    def __init__(self, *, convert: bool = True) -> None:
        self.gathering = Gathering()
        self.old_fonts_lie = False
        self._convert = convert
        self._state = _State()
        self._groups: list[_State] = []
        self._line: list[str] = []
        self._outer: list[list[str]] = []  # the lines that a footnote, a box or a number interrupts
        self._boxes: list[str] = []
        self._fonts: dict[int, _Font] = {}
        self._default = -1
        self._code_page = "cp1252"
        self._passed = 0  # characters still to be passed over: they stand in for one of Unicode
        self._starred = False
        self._in_table = self._in_row = False
        self._first = 0  # the first line of the open cell

    def read_all(self, text: str) -> None:
        """Read the whole file."""
        at, match = 0, patterns.RTF_TOKEN.match
        while token := match(text, at):
            at = token.end()
            word, number, byte, sign, brace, plain = token.groups()
            if plain is not None:
                self._plain(plain)
            elif word == "bin":
                at += max(int(number or 0), 0)
            elif word is not None:
                self._word(word, int(number) if number else None)
            elif byte is not None:
                self._byte(int(byte, 16))
            elif brace is not None:
                self._brace(brace)
            elif sign is not None:
                self._sign(sign)
        while self._groups:
            self._brace("}")
        self._end_line()

    def _brace(self, brace: str) -> None:
        self._starred, self._passed = False, 0
        if brace == "{":
            if len(self._groups) > _DEEPEST:
                raise Refused("unreadable", "The file is damaged.", _DAMAGED)
            self._groups.append(self._state)
        elif self._groups:
            ended, self._state = self._state.into, self._groups.pop()
            if ended != self._state.into:
                self._leave(ended)

    def _enter(self, into: str) -> None:
        self._state = self._state._replace(into=into)
        if into in ("footnote", "header", "number", "box"):
            self._outer.append(self._line)
            self._line = []

    def _leave(self, ended: str) -> None:
        if ended not in ("footnote", "header", "number", "box"):
            return
        words, self._line = "".join(self._line), self._outer.pop()
        if ended == "footnote":
            self.gathering.footnote(words)
        elif ended == "header":
            self.gathering.marks(words.split("\n"))
        elif ended == "box":
            self._boxes.append(words.strip("\n"))
        else:
            number = words.strip()
            self._line.append(f"{number} " if any(map(str.isalnum, number)) else "- " if number else "")

    def _word(self, word: str, number: int | None) -> None:
        state, starred = self._state, self._starred
        self._starred = False
        if state.into == "skip":
            return
        if word in SKIPPED:
            self._state = state._replace(into="skip")
        elif word in INTO and self._groups and state.into != INTO[word]:
            self._enter(INTO[word])
        elif starred:
            self._state = state._replace(into="skip")
        elif word in CHARACTERS:
            self._add(CHARACTERS[word])
        elif word in ENDS:
            self._end_line()
        elif word == "u" and number is not None:
            self._passed = 0
            self._add(_character(number & 0xFFFF, self._font()), unicode=True)
            self._passed = state.fallback
        else:
            self._property(word, number)

    def _property(self, word: str, number: int | None) -> None:
        state, on = self._state, number != 0
        if word == "f" and number is not None:
            self._state = state._replace(font=number)
        elif word in ("v", "deleted"):
            self._state = state._replace(hidden=on)
        elif word == "uc":
            self._state = state._replace(fallback=min(max(number or 0, 0), 9))
        elif word == "plain":
            self._state = state._replace(hidden=False, font=self._default)
        elif word in ("pard", "intbl"):
            self._state = state._replace(in_table=word == "intbl")
        elif word in ("fcharset", "cpg", "ansicpg"):
            self._name_code_page(word, number or 0)
        elif word == "deff":
            self._default = number or 0
            self._state = state._replace(font=self._default)
        elif word == "cell":
            self._end_cell()
        elif word == "row":
            self._in_row = False

    def _name_code_page(self, word: str, number: int) -> None:
        name = CHARSETS.get(number, "") if word == "fcharset" else f"cp{number}"
        try:
            codecs.lookup(name or "cp1252")
        except LookupError:
            return
        if self._state.into == "fonts" and name:
            font = self._fonts.get(self._state.font, _Font())
            self._fonts[self._state.font] = font._replace(code_page=name)
        elif word == "ansicpg":
            self._code_page = name

    def _plain(self, text: str) -> None:
        self._starred = False
        state = self._state
        if state.into == "fonts":
            font = self._fonts.get(state.font, _Font())
            self._fonts[state.font] = font._replace(name=(font.name + text).rstrip(";")[:100])
        elif state.into not in ("skip", "shape"):
            passed = min(self._passed, len(text))
            self._passed -= passed
            if len(text) > passed:
                self._add(text[passed:])

    def _byte(self, byte: int) -> None:
        self._starred = False
        font = self._font()
        if encoding_of_font(font.name):
            self._add(chr(byte))
        elif font.name.lower().startswith(("symbol", "wingdings")):
            self._add(symbol(font.name, f"{byte:x}"))
        else:
            self._add(bytes([byte]).decode(font.code_page or self._code_page, "replace"))

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in ENDS:
            self._end_line()
        elif sign in SYMBOLS:
            self._add(SYMBOLS[sign])

    def _font(self) -> _Font:
        return self._fonts.get(self._state.font, _Font())

    def _add(self, text: str, *, unicode: bool = False) -> None:
        state = self._state
        if self._passed:
            self._passed -= 1
            if len(text) == 1:
                return
        if not text or state.hidden or state.into in ("skip", "shape", "fonts"):
            return
        name = self._font().name
        if encoding_of_font(name):
            self.old_fonts_lie = self.old_fonts_lie or (unicode and is_unicode(text))
            text = unfonted(text, name) if self._convert else text
        self._line.append(text)

    def _end_line(self) -> None:
        into = self._state.into
        if into in ("footnote", "header", "box", "number"):
            self._line.append("\n")
        elif into == "text":
            if self._state.in_table:
                self._open_cell()
            elif self._in_table and not self._in_row:
                self._in_table = False
                self.gathering.end_table()
            self._flush()

    def _flush(self) -> None:
        self.gathering.line("".join(self._line))
        self._line.clear()
        for box in self._boxes:
            self.gathering.lines += [*box.split("\n"), ""]
        self._boxes.clear()

    def _open_cell(self) -> None:
        if not self._in_table:
            self._in_table = True
            self.gathering.begin_table()
        if not self._in_row:
            self._in_row = True
            self.gathering.begin_row()
            self._first = len(self.gathering.lines)

    def _end_cell(self) -> None:
        if self._state.into != "text":
            return
        self._open_cell()
        self._flush()
        self.gathering.end_cell(self._first)
        self._first = len(self.gathering.lines)


def _character(number: int, font: _Font) -> str:
    if font.name.lower().startswith(("symbol", "wingdings")):
        return symbol(font.name, f"{number:x}")
    return chr(number)
