"""A survey on paper: the sheet that is handed out to whoever has no phone, in the survey's languages."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from motbuoc.domains.surveys.models import Survey, SurveyQuestion

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, SIZE = "Times New Roman", 13
BOX, LINE = "☐", "." * 96
LINES_FOR_WORDS = 4
Kind = SurveyQuestion.Kind

HOW = {
    Kind.SINGLE: "Đánh dấu một ô.",
    Kind.MULTIPLE: "Đánh dấu các ô phù hợp.",
    Kind.SCALE: "Khoanh tròn một số.",
    Kind.RANKING: "Ghi số thứ tự: 1 là điều ưng ý nhất.",
    Kind.MATRIX: "Mỗi dòng đánh dấu một ô.",
    Kind.TEXT: "Không ghi tên, số điện thoại, địa chỉ.",
}


def survey_sheet(
    survey: Survey, unit_name: str, questions: Sequence[SurveyQuestion], language: str = "vi"
) -> bytes:
    """The .docx of one sheet. With tokens it has a place to stick a label with the code on."""
    paper = docx.Document()
    _page(paper)
    _line(paper, unit_name.upper(), bold=True)
    title = _line(paper, survey.said("title", language), bold=True, size=16)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for words in (survey.said("introduction", language), f"Mục đích: {survey.said('purpose', language)}"):
        if words:
            _line(paper, words)
    if survey.basis:
        _line(paper, f"Căn cứ: {survey.basis}")
    if survey.way == Survey.Way.TOKENS:
        _line(paper, "Mã phiếu (dán nhãn vào đây): ....................................", bold=True)
    _line(paper, "Phiếu không ghi tên. Mã phiếu chỉ để mỗi người trả lời một lần, không nối với câu trả lời.")
    numbers = {question.pk: at for at, question in enumerate(questions, 1)}
    for question in questions:
        _question(paper, question, numbers, language)
    _line(paper, survey.said("consent", language))
    saved = BytesIO()
    paper.save(saved)
    return saved.getvalue()


def _page(paper: Any) -> None:
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    for section in paper.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(2.5), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)


def _line(paper: Any, words: str, *, bold: bool = False, size: int = SIZE) -> Any:
    line = paper.add_paragraph()
    line.paragraph_format.space_after = Pt(4)
    run = line.add_run(words)
    run.bold, run.font.size = bold, Pt(size)
    return line


def _question(paper: Any, question: SurveyQuestion, numbers: dict[int, int], language: str) -> None:
    said = question.said(language)
    head = _line(paper, f"{numbers[question.pk]}. {said['text']}", bold=True)
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before = Pt(8)
    how = HOW[Kind(question.kind)]
    if question.shown_if:
        words = [
            text or key for key, text in question.shown_if.said(language)["options"] if key in question.shown_for
        ]
        how = f"(Chỉ trả lời nếu câu {numbers[question.shown_if.pk]} chọn: {'; '.join(words)}.) {how}"
    hint = _line(paper, how, size=11)
    hint.runs[0].italic = True
    hint.paragraph_format.keep_with_next = True
    _places(paper, question, said)


def _places(paper: Any, question: SurveyQuestion, said: dict[str, Any]) -> None:
    """Where the answer goes."""
    if question.kind == Kind.TEXT:
        for _each in range(LINES_FOR_WORDS):
            _line(paper, LINE)
    elif question.kind == Kind.SCALE:
        points = "      ".join(key for key, _words in said["options"])
        first, last = said["options"][0][1], said["options"][-1][1]
        _line(paper, f"{first}      {points}      {last}".strip())
    elif question.kind == Kind.MATRIX:
        _matrix(paper, said)
    else:
        mark = "......" if question.kind == Kind.RANKING else BOX
        for _key, words in said["options"]:
            _line(paper, f"{mark}  {words}")


def _matrix(paper: Any, said: dict[str, Any]) -> None:
    table = paper.add_table(rows=1, cols=1 + len(said["options"]))
    table.style = "Table Grid"
    for cell, (_key, words) in zip(table.rows[0].cells[1:], said["options"], strict=True):
        cell.text = words
    for _key, words in said["rows"]:
        cells = table.add_row().cells
        cells[0].text = words
        for cell in cells[1:]:
            cell.text = BOX
