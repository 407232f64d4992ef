"""Pages become the text of a file: no running lines, footnotes behind their paragraph, wrapped lines joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from vanban import patterns
from vanban.document import Note, Span
from vanban.sources.content import Content
from vanban.sources.rows import Row
from vanban.text import laid_out, without_running_lines

_SMALL = 0.93  # a footnote's type to that of the text
_INDENT = 1.0  # heights of a line by which a paragraph begins to the right of the margin


def content_of_pages(pages: Sequence[Sequence[Row]], notes: tuple[Note, ...] = ()) -> Content:
    """Return the text of the pages of a file, where each begins, and what a machine was not sure of."""
    bare = _without_running_rows(pages)
    texts: list[str] = []
    doubts: list[tuple[Span, float]] = []
    at = 0
    for page in _with_footnotes_behind(bare):
        lines = [row.text() for row in page]
        for row, line in zip(page, lines, strict=True):
            doubts.extend(row.doubts(at))
            at += len(line) + 1
        at += not lines
        texts.append("\n".join(lines))
    # A single page is told by the file, not by the text: "\f" stands between pages.
    content = laid_out("\f".join(texts), tight=True, doubts=doubts)
    return replace(content, pages=content.pages or (0,), notes=notes)


def _without_running_rows(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    texts = [[row.text() for row in page] for page in pages]
    kept = []
    for page, before, after in zip(pages, texts, without_running_lines(texts), strict=True):
        first = next((i for i in range(len(before)) if before[i : i + len(after)] == after), 0) if after else 0
        kept.append(list(page[first : first + len(after)]))
    return kept


def _with_footnotes_behind(pages: list[list[Row]]) -> list[list[Row]]:
    """Move the footnotes of a page behind the paragraph that they cut, which may end on the next page."""
    waiting: list[Row] = []
    moved = []
    for number, page in enumerate(pages):
        cut = _footnotes_at(page)
        body = page[:cut]
        if waiting:
            at = _paragraph_end(body)
            body[at:at] = waiting
        waiting = page[cut:]
        if waiting and (number + 1 == len(pages) or not _goes_over(body, pages[number + 1])):
            body, waiting = [*body, *waiting], []
        moved.append(body)
    return moved


def _footnotes_at(page: list[Row]) -> int:
    """Return where the footnotes begin: rows in smaller type at the foot, the first of them with a number."""
    if len(page) < 3:
        return len(page)
    usual = median(row.height for row in page)
    at = len(page)
    while at > 1 and page[at - 1].height < usual * _SMALL:
        at -= 1
    while at < len(page) and not patterns.FOOTNOTE.match(page[at].text()):
        at += 1
    return at


def _goes_over(page: list[Row], after: list[Row]) -> bool:
    """Tell whether the last sentence of a page goes on overleaf."""
    return bool(page and after) and page[-1].words[-1].text[-1] not in ".;:!?”" and _paragraph_end(after) > 0


def _paragraph_end(page: list[Row]) -> int:
    """Return the row behind the paragraph that a page opens in the midst of, 0 if it opens with a new one."""
    if not page:
        return 0
    margin = min(row.left for row in page)
    for number, row in enumerate(page):
        if row.left - margin > row.height * _INDENT or patterns.OPENING.match(row.text()):
            return number
    return 0
