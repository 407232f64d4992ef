"""The text of a draft: Markdown as paragraphs, headings, tables and appendices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from vanban import patterns
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.writing.draft_header import DraftError
from vanban.writing.tables import widths_for

Block = Paragraph | Table
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"  # 30/2020/NĐ-CP counts points by the Vietnamese alphabet
_SMALL_ROMAN: Final = (
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
    "x",
    "xi",
    "xii",
    "xiii",
    "xiv",
    "xv",
)
APPENDIX: Final = "phụ lục"
_TIES: Final = ("(Kèm theo", "(Ban hành kèm theo")
_DEEPEST: Final = 100  # what is nested deeper is left out: nobody writes it by hand
_BREAK: Final = Paragraph((), level=-1)  # a line of hyphens: what follows is a paper enclosed


def blocks_in(text: str, line: int) -> list[Block]:
    """Turn Markdown into blocks; `line` is how many lines stand above it. Breaks between papers are kept.

    Raises:
        DraftError: it holds what an official document does not carry (pictures, code).
    """
    return list(_blocks(SyntaxTreeNode(_markdown().parse(text)).children, line, ()))


def annexes_in(blocks: Sequence[Block]) -> tuple[list[Block], list[Annex]]:
    """Part the body of a draft from its appendices and the papers enclosed."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block is _BREAK:
            parts.append([])
        elif parts[-1] and _is_appendix(block):
            parts.append([block])
        else:
            parts[-1].append(block)
    body, *papers = parts
    if body and _is_appendix(body[0]):
        body, papers = [], parts
    return body, [_annex(paper) for paper in papers if paper]


def _is_appendix(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.level > 0 and _words(block).lower().startswith(APPENDIX)


def _words(block: Paragraph) -> str:
    return "".join(run.text for run in block.runs)


def _annex(blocks: list[Block]) -> Annex:
    """Take label and title off an appendix; one with a line "(Kèm theo …)" of its own is printed as it stands."""
    head = blocks[0]
    if not isinstance(head, Paragraph) or not _is_appendix(head):
        return Annex("", tuple(blocks), label="")
    label, _, title = _words(head).partition(":")
    rest = blocks[1:]
    if not title and rest and isinstance(rest[0], Paragraph) and rest[0].level:
        title, rest = _words(rest[0]), rest[1:]
    tied = any(isinstance(block, Paragraph) and _words(block).startswith(_TIES) for block in rest[:3])
    return Annex(title.strip(), tuple(rest), label=label.strip() if tied else None)


@cache
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    return parser.disable(["code", "lheading", "reference", "entity"])


def _blocks(nodes: Iterable[SyntaxTreeNode], line: int, lists: tuple[str, ...]) -> Iterator[Block]:
    for node in nodes:
        if node.type == "heading":
            yield Paragraph(_plain(_runs(node.children[0], line)), level=int(node.tag[1]))
        elif node.type == "paragraph":
            yield from _paragraphs(_runs(node.children[0], line))
        elif node.type in ("ordered_list", "bullet_list"):
            yield from _items(node, line, lists)
        elif node.type == "blockquote":
            yield from _blocks(node.children, line, lists)
        elif node.type == "table":
            yield _table(node, line)
        elif node.type == "hr":
            yield _BREAK
        else:
            _refuse(node, line)


def _refuse(node: SyntaxTreeNode, line: int) -> None:
    at = line + (node.map[0] if node.map else 0) + 1
    what = {"image": "a picture", "fence": "a block of code", "html_block": "HTML"}.get(node.type, node.type)
    raise DraftError(at, f"A draft cannot hold {what}.", "Take it out; use words, lists and tables.")


def _plain(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Leave the look of a heading to the layout."""
    return tuple(Run(run.text) for run in runs)


def _paragraphs(runs: tuple[Run, ...]) -> Iterator[Paragraph]:
    """Give the paragraph, or several where lines under it open with a number or a dash of their own."""
    current: list[Run] = []
    for run in runs:
        for place, part in enumerate(run.text.split(_SOFT)):
            if place and patterns.MARKER.match(part):
                yield _paragraph(current)
                current = []
            elif place:
                part = f" {part}"
            current.append(replace(run, text=part))
    yield _paragraph(current)


def _paragraph(runs: list[Run]) -> Paragraph:
    """An article's number is bold also where its words follow on the line."""
    kept = tuple(run for run in runs if run.text)
    match = patterns.MARKER.match(kept[0].text) if kept else None
    if match is None or match.lastgroup != "article" or kept[0].bold:
        return Paragraph(kept)
    words = kept[0].text
    end = len(match[0].rstrip())
    return Paragraph((Run(words[:end], bold=True), replace(kept[0], text=words[end:]), *kept[1:]))


_SOFT: Final = "\x1f"  # stands for a line's end inside a paragraph until it is known what follows


def _runs(inline: SyntaxTreeNode, line: int, *, bold: bool = False, italic: bool = False) -> tuple[Run, ...]:
    runs: list[Run] = []
    for node in inline.children:
        if node.type == "text":
            runs.append(Run(node.content, bold, italic))
        elif node.type in ("strong", "em", "link"):
            runs += _runs(node, line, bold=bold or node.type == "strong", italic=italic or node.type == "em")
        elif node.type == "softbreak":
            runs.append(Run(_SOFT, bold, italic))
        elif node.type == "hardbreak" or (node.type == "html_inline" and node.content.startswith("<br")):
            runs.append(Run("\n", bold, italic))
        elif node.type == "code_inline":
            runs.append(Run(node.content, bold, italic))
        elif node.type != "html_inline":
            _refuse(node, line + (inline.map[0] if inline.map else 0))
    return joined(runs)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Make one of neighbours in the same style."""
    whole: list[Run] = []
    for run in runs:
        if whole and (whole[-1].bold, whole[-1].italic) == (run.bold, run.italic):
            whole[-1] = replace(run, text=whole[-1].text + run.text)
        elif run.text:
            whole.append(run)
    return tuple(whole)


def _items(node: SyntaxTreeNode, line: int, lists: tuple[str, ...]) -> Iterator[Block]:
    first = int(node.attrs.get("start", 1))
    inner = (*lists, node.type)
    for number, item in enumerate(node.children, first):
        marker = _marker(inner, number, item.markup)
        for place, block in enumerate(_blocks(item.children, line, inner)):
            yield _numbered(block, marker) if place == 0 and isinstance(block, Paragraph) else block
        if not item.children:
            yield Paragraph((Run(marker),))


def _marker(lists: tuple[str, ...], number: int, sign: str) -> str:
    """Give the sign before an item: 1. a) (i) as ordered lists go deeper, - and + as others do."""
    kind = lists[-1]
    depth = lists.count(kind)
    if kind == "bullet_list":
        return "- " if depth == 1 else "+ "
    if depth == 1:
        return f"{number}{sign} "
    if depth == 2:
        return f"{_LETTERS[(number - 1) % len(_LETTERS)]}) "
    return f"({_SMALL_ROMAN[(number - 1) % len(_SMALL_ROMAN)]}) "


def _numbered(block: Paragraph, marker: str) -> Paragraph:
    """Put the sign before an item; an item that is bold throughout is a heading in all but name."""
    bold = all(run.bold for run in block.runs if run.text.strip())
    return replace(block, runs=joined((Run(marker, bold=bold and bool(block.runs)), *block.runs)))


def _table(node: SyntaxTreeNode, line: int) -> Table:
    rows = [row.children for part in node.children for row in part.children]
    cells = [[_cell(_runs(cell.children[0], line)) for cell in row] for row in rows]
    columns = tuple(cell.text for cell in cells[0])
    centred = tuple(place for place, cell in enumerate(rows[0]) if "center" in str(cell.attrs.get("style", "")))
    words = [[cell.text for cell in row] for row in cells]
    return Table(columns, tuple(map(tuple, cells[1:])), widths_for(words), centred)


def _cell(runs: tuple[Run, ...]) -> Run:
    """A cell is in one style: bold or italic where all of it is."""
    text = "".join(run.text for run in runs)
    bold, italic = (bool(runs) and all(getattr(run, look) for run in runs) for look in ("bold", "italic"))
    return Run(text.strip(), bold, italic)
