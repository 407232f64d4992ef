"""Paragraphs, headings, tables and appendices as Markdown, such that `draft_body` gives them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from vanban import patterns
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.writing.draft_body import APPENDIX, joined

Block = Paragraph | Table
_ESCAPED: Final = "\\`*_[]<>|&#"
_HEADING_MARKS: Final = 6


def markdown_of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Give each block as Markdown; `blocks_in` gives them back."""
    following = 0  # the number that a list would go on with
    for block in blocks:
        if isinstance(block, Table):
            following = 0
            yield _markdown_of_table(block)
        elif block.level:
            following = 0
            yield f"{'#' * min(block.level, _HEADING_MARKS)} {_inline(block.runs)}"
        else:
            text = _inline(_unopened(block))
            opening, following = _opening(text, following)
            yield opening


def _opening(text: str, following: int) -> tuple[str, int]:
    """Keep a number that a list would print just so; let no other sign be taken for one of Markdown's."""
    digits = text[: len(text) - len(text.lstrip("0123456789"))]
    if digits and text[len(digits) : len(digits) + 2] in (". ", ") "):
        number = int(digits) if len(digits) <= _LONGEST_NUMBER else -1
        if str(number) == digits and following in (0, number) and text[len(digits)] == ".":
            return text, number + 1
        return f"{digits}\\{text[len(digits) :]}", 0
    if text.startswith("- ") and len(text) > 2:
        return text, 0
    return (f"\\{text}" if text.startswith(("-", "+", "=", "~")) else text), 0


_LONGEST_NUMBER: Final = 4


def _unopened(block: Paragraph) -> tuple[Run, ...]:
    """Leave the bold off an article's number: it comes back by itself."""
    first, *rest = block.runs or (Run(""),)
    match = patterns.MARKER.match(first.text)
    if first.bold and rest and match and match.lastgroup == "article" and len(match[0]) >= len(first.text):
        return joined((replace(first, bold=rest[0].bold), *rest))
    return block.runs


def _inline(runs: Iterable[Run]) -> str:
    return "".join(map(_marked, runs)).strip()


def _marked(run: Run) -> str:
    words = run.text.strip()
    if not words:
        return _escaped(run.text)
    before, after = run.text[: run.text.index(words[0])], run.text[len(run.text.rstrip()) :]
    mark = "**" * run.bold + "*" * run.italic
    return f"{_escaped(before)}{mark}{_escaped(words)}{mark[::-1]}{_escaped(after)}"


def _escaped(text: str) -> str:
    for sign in _ESCAPED:
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "<br>")


def _markdown_of_table(table: Table) -> str:
    rule = [":-:" if place in table.centred else "---" for place in range(len(table.columns))]
    rows = [
        [_escaped(title) for title in table.columns],
        rule,
        *[[_marked(run) for run in row] for row in table.rows],
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def markdown_of_annex(annex: Annex) -> str:
    """Give an appendix or a paper enclosed as Markdown, with the heading or the line that begins it."""
    blocks = list(markdown_of_blocks(annex.blocks))
    if annex.label is None or annex.label.lower().startswith(APPENDIX):
        label = _escaped(annex.label or APPENDIX.capitalize())
        title = f": {_escaped(annex.title)}" if annex.title else ""
        return "\n\n".join([f"# {label}{title}", *blocks])
    heads = [_escaped(part) for part in (annex.label, annex.title) if part]
    return "\n\n".join(["---", *heads, *blocks])
