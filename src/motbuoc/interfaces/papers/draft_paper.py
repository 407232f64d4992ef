"""A drafted report as files: Word in the official layout, the annexes in Excel, and its sources for machines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import docx
import xlsxwriter
from docx.shared import Cm

from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.drafted import Draft, DraftSection, Part
from motbuoc.domains.reporting.drafted import Paragraph as DraftParagraph
from motbuoc.domains.reporting.drafts import Shown, ShownSection, sections_of
from motbuoc.domains.reporting.fields import Run as Words
from motbuoc.domains.reporting.threads import annex_of, units_behind
from motbuoc.interfaces.papers.draft_letter import letter_of
from motbuoc.interfaces.papers.report import document_of
from motbuoc.interfaces.papers.word_charts import drawn, put_chart
from motbuoc.interfaces.papers.workbook import RISKY, Pens
from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.write import write

MOST_NAMED = 12  # sources in a comment; the other files name all
WIDTHS = (
    1.3,
    4.9,
    1.9,
    1.9,
    1.9,
    2.0,
    1.8,
    2.3,
    2.6,
)  # columns of a table of figures; sums of a year are long
PICTURE = "\u2063biểu đồ {pk}\u2063"  # stands in the text until the picture takes its place


def draft_file(draft: Draft, *, with_sources: bool = False) -> bytes:
    """The .docx of a draft in the layout of its regime and today; each run's sources as a comment, if wanted.

    Raises:
        NoLayout: no official layout is known for the unit's line.
    """
    sections, letter = sections_of(draft), letter_of(draft)
    units = units_behind(draft, sections) if with_sources else {}
    deepest = min((row.section.level for row in sections), default=1)
    body: list[Paragraph | Table] = []
    for section in sections:
        level = section.section.level - deepest + 1
        body += [Paragraph((Run(words, bold=True),), level=level) for words in heads_of(section.section)]
        for one in section.paragraphs:
            body += _blocks(one, units)
    annex = annex_of(draft)
    table = _table(annex, Part.TABLE, units)
    made = write(document_of(letter), body, [Annex(annex["title"], (table,), landscape=True)])
    return _with_pictures(made, sections)


def heads_of(section: DraftSection) -> list[str]:
    """The lines of a section's heading: a part of the report says what it is called below its number."""
    if section.level == 0 and section.number and section.title:
        return [section.number, section.title]
    return [str(section)] if str(section) else []


def _blocks(one: Shown, units: dict[str, dict[int, str]]) -> Iterable[Paragraph | Table]:
    row = one.paragraph
    if row.kind == Part.TABLE:
        yield Paragraph((Run(row.made["title"], bold=True),))
        yield _table(row.made, row.kind, units)
    elif row.kind == Part.CHART:
        yield Paragraph((Run(PICTURE.format(pk=row.pk)),))
        source = _comment(row.made["sources"], row.kind, units)
        yield Paragraph((Run(row.made["title"], italic=True, source=source),))
    elif not one.is_blank:
        also = suggested_by(row)
        yield Paragraph(tuple(_run(words, row.kind, units, also) for words in one.runs))


def suggested_by(row: DraftParagraph) -> str:
    """That a language model suggested a paragraph and who accepted it; "" where none did."""
    suggested = row.made.get("suggested")
    return phrases.SUGGESTED.format(model=suggested["model"], by=suggested["by"]) if suggested else ""


def _run(words: Words, kind: str, units: dict[str, dict[int, str]], also: str = "") -> Run:
    source = _comment(words["sources"], kind, units)
    return Run(words["text"], source=f"{source}; {also}" if source and also else source)


def _comment(sources: Sequence[int], kind: str, units: dict[str, dict[int, str]]) -> str | None:
    if not sources or not units:
        return None
    which = "tasks" if kind == Part.TASKS else "reports"
    names = "; ".join(dict.fromkeys(units[which].get(source, f"#{source}") for source in sources[:MOST_NAMED]))
    if (more := len(sources) - MOST_NAMED) > 0:
        names = phrases.MORE_SOURCES.format(names=names, count=more)
    phrase = phrases.SOURCE_TASKS if kind == Part.TASKS else phrases.SOURCE_REPORTS
    return phrase.format(count=len(sources), names=names)


def _table(made: dict[str, Any], kind: str, units: dict[str, dict[int, str]]) -> Table:
    rows = tuple(tuple(_run(cell, kind, units) for cell in row) for row in made["rows"])
    return Table(tuple(made["columns"]), rows, WIDTHS, centred=(0, *range(2, len(WIDTHS))))


def _with_pictures(word_file: bytes, sections: Sequence[ShownSection]) -> bytes:
    """The file with the charts in the places kept for them."""
    charts = {
        PICTURE.format(pk=one.paragraph.pk): one.paragraph.made
        for section in sections
        for one in section.paragraphs
        if one.paragraph.kind == Part.CHART
    }
    if not charts:
        return word_file
    file = docx.Document(BytesIO(word_file))
    pictures = dict(zip(charts, drawn(list(charts.values())), strict=True))
    for paragraph in file.paragraphs:
        if chart := charts.get(mark := paragraph.text.strip()):
            for run in paragraph.runs:
                run.text = ""
            paragraph.paragraph_format.first_line_indent = Cm(0)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.line_spacing = 1.0  # an exact one would cut the picture off
            put_chart(paragraph, pictures[mark], list(charts).index(mark) + 1, chart["title"])
    saved = BytesIO()
    write = file.save  # of the Word file: no row of a table
    write(saved)
    return saved.getvalue()


def annex_file(draft: Draft) -> bytes:
    """The .xlsx of a draft: its figures, and where each sentence and figure comes from."""
    saved, sections = BytesIO(), sections_of(draft)
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    pens, annex = Pens(book), annex_of(draft)
    page = book.add_worksheet("Số liệu")
    page.write_string(0, 0, annex["title"], pens.title)
    _write_rows(page, 2, annex["columns"], [[cell["text"] for cell in row] for row in annex["rows"]], pens)
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 46)
    page.set_column(2, len(annex["columns"]), 14)
    page.freeze_panes(3, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    sheet = book.add_worksheet("Nguồn")
    rows = [
        [row["section"], run["text"], run.get("cell", ""), "; ".join(each["unit"] for each in run["sources"])]
        for row in sources_of(draft, sections)
        for run in row["runs"]
        if run["sources"]
    ]
    _write_rows(sheet, 0, ["Mục", "Nội dung", "Chỉ tiêu", "Nguồn"], rows, pens)
    for column, width in enumerate((40, 60, 18, 60)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return saved.getvalue()


def _write_rows(page: Any, top: int, heads: Sequence[str], rows: Iterable[Sequence[str]], pens: Pens) -> None:
    for place, head in enumerate(heads):
        page.write_string(top, place, head, pens.head)
    for number, row in enumerate(rows, top + 1):
        for place, words in enumerate(row):
            page.write_string(number, place, words, pens.risky if words.startswith(RISKY) else pens.words)


def sources_file(draft: Draft) -> bytes:
    """The .json of a draft: each paragraph's runs with their fields and the reports or tasks behind them."""
    content = {
        "report": draft.pk,
        "subject": draft.subject,
        "unit": draft.unit_id,
        "period": {
            "label": draft.period.label,
            "start": draft.period.start.isoformat(),
            "end": draft.period.end.isoformat(),
        },
        "figures_as_of": draft.as_of.isoformat(),
        "figures": draft.figures,
        "paragraphs": sources_of(draft, sections_of(draft)),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def fingerprint(draft: Draft) -> str:
    """What the files of a draft are told apart by: the same for two that print the same, comments included."""
    sections = sections_of(draft)
    charts = [one.paragraph.made for row in sections for one in row.paragraphs if one.paragraph.kind == Part.CHART]
    heads = [(row.section.level, str(row.section)) for row in sections]
    printed = [letter_of(draft), heads, sources_of(draft, sections), charts, annex_of(draft)]
    return hashlib.sha256(json.dumps(printed, sort_keys=True, default=str).encode()).hexdigest()


def sources_of(draft: Draft, sections: Sequence[ShownSection]) -> list[dict[str, Any]]:
    """The printed paragraphs with their runs, each source named with its unit."""
    units = units_behind(draft, sections)
    found = []
    for section in sections:
        for one in section.paragraphs:
            row, which = one.paragraph, "tasks" if one.paragraph.kind == Part.TASKS else "reports"
            runs: list[Words] = [*one.runs, *(cell for cells in row.made.get("rows", []) for cell in cells)]
            if row.kind == Part.CHART:
                runs = [{"text": row.made["title"], "sources": row.made["sources"]}]
            told = [
                {
                    **each,
                    "sources": [
                        {"kind": which, "id": source, "unit": units[which].get(source, "")}
                        for source in each["sources"]
                    ],
                }
                for each in runs
            ]
            found.append(
                {
                    "id": row.pk,
                    "version": row.version,
                    "section": str(section.section),
                    "kind": row.kind,
                    "is_edited": bool(row.edited),
                    "edited_by": row.edited_by.full_name if row.edited_by else "",
                    "suggested_by": suggested_by(row),
                    "runs": told,
                }
            )
    return found
