"""Number and day put into a Word file that was drafted elsewhere: its number line and its date line, no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, Final

import docx
from docx.oxml.ns import qn

_NUMBER: Final = re.compile(r"^\s*(Số\s*:?)\s*[\d.…_\s]*[-–/]?.*$", re.IGNORECASE)
_DAY: Final = re.compile(r"^(.*?),?\s*ngày\b[\s\d.…_]*tháng\b[\s\d.…_]*năm\b[\s\d.…_]*$", re.IGNORECASE)
_LETTERHEAD: Final = 40  # paragraphs, those of its tables too, among which the two lines stand
_LINE: Final = 80  # characters: a longer one is no number and no date line


def stamped(content: bytes, code: str, day: date) -> tuple[bytes, bool]:
    """Give the .docx with `code` in its number line and `day` in its date line, and whether both were found.

    Days below 10 and months below 3 are padded (30/2020/NĐ-CP annex I, cell 4; 05-HD/VPTW II.4). The looks of each
    line are those of its first run. Nothing else is touched.
    """
    file = docx.Document(BytesIO(content))
    numbered = dated = False
    for paragraph in _first_paragraphs(file.element.body):
        words = "".join(part.text or "" for part in _texts(paragraph))
        if len(words) > _LINE:
            continue
        if not numbered and (found := _NUMBER.match(words)):
            _set(paragraph, f"{found[1].strip()} {code}")
            numbered = True
        elif not dated and (found := _DAY.match(words)):
            place = f"{found[1].strip()}, " if found[1].strip() else ""
            month = f"{day.month:02d}" if day.month < 3 else str(day.month)
            _set(paragraph, f"{place}ngày {day.day:02d} tháng {month} năm {day.year}")
            dated = True
    saved = BytesIO()
    file.save(saved)
    return saved.getvalue(), numbered and dated


def _first_paragraphs(body: Any) -> Iterator[Any]:
    for position, paragraph in enumerate(body.iter(qn("w:p"))):
        if position == _LETTERHEAD:
            return
        yield paragraph


def _texts(paragraph: Any) -> list[Any]:
    return list(paragraph.iter(qn("w:t")))


def _set(paragraph: Any, words: str) -> None:
    first, *others = _texts(paragraph)
    first.text = words
    first.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for other in others:
        other.text = ""
