"""What a survey came to as files: CSV for any program, .sav for SPSS and R. Counts, never single answers.

Each line is an answer and how many gave it; statistics programs work with such counts as weights (`WEIGHT BY n` in
SPSS, `xtabs(n ~ nhom + tra_loi)` in R). What a page hides is missing here too: the files are made of the same
results.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from motbuoc.domains.surveys.models import Survey, SurveyQuestion, SurveyResult
from motbuoc.domains.surveys.results import NONE, REST, crossed_of, told_of
from motbuoc.interfaces.papers.sheets import Sheet, as_csv

NAMES = {NONE: "(không trả lời)", REST: "(các nhóm còn lại)"}
FIGURES = {
    "cau": "Câu số",
    "cau_hoi": "Câu hỏi",
    "dong": "Dòng của bảng",
    "ma": "Mã phương án",
    "tra_loi": "Trả lời",
    "n": "Số người (trống: được che)",
    "ty_le": "Tỷ lệ, %",
    "tu": "Khoảng tin cậy 95 %, từ",
    "den": "Khoảng tin cậy 95 %, đến",
    "tb": "Thứ tự trung bình",
}
CROSSED = {
    "phan_nhom": "Câu phân nhóm",
    "nhom": "Nhóm",
    "cau": "Câu số",
    "cau_hoi": "Câu hỏi",
    "dong": "Dòng của bảng",
    "tra_loi": "Trả lời",
    "n": "Số người (trống: được che)",
}
"""The columns by their name, with what they are called in full."""
NUMBERS = {"cau", "n", "ty_le", "tu", "den", "tb"}
Row = Sequence[Any]


def figure_rows(survey: Survey, questions: Sequence[SurveyQuestion], result: SurveyResult) -> Iterator[Row]:
    """An answer a row, as `FIGURES`."""
    for told in told_of(questions, result) if result.figures else []:
        for block in told.blocks:
            head = (told.number, told.text, block.words)
            for line in block.lines:
                yield (*head, line.key, line.words, line.count, line.share, line.low, line.high, line.mean)
            if block.none is not None:
                yield (*head, NONE, NAMES[NONE], block.none, None, None, None, None)


def crossed_rows(survey: Survey, questions: Sequence[SurveyQuestion], result: SurveyResult) -> Iterator[Row]:
    """A cell of a table by group a row, as `CROSSED`."""
    numbers = {question.pk: at for at, question in enumerate(questions, 1)}
    for group in questions:
        for other in questions if group.is_group else ():
            for table in crossed_of(questions, result, group.pk, other.pk, NAMES):
                for words, cells in table.rows:
                    for column, count in zip(table.columns, cells, strict=True):
                        yield (group.text, words, numbers[other.pk], other.text, table.part, column, count)


KINDS: dict[str, tuple[str, str, Callable[..., Iterable[Row]], dict[str, str]]] = {
    "csv": ("ket-qua", "csv", figure_rows, FIGURES),
    "sav": ("ket-qua", "sav", figure_rows, FIGURES),
    "group-csv": ("theo-nhom", "csv", crossed_rows, CROSSED),
    "group-sav": ("theo-nhom", "sav", crossed_rows, CROSSED),
}
"""By its kind: the beginning of a file's name, its ending, what makes its rows, its columns."""


def survey_file(
    survey: Survey, questions: Sequence[SurveyQuestion], result: SurveyResult, kind: str
) -> tuple[str, bytes]:
    """The name and the bytes of a file of a kind of `KINDS`."""
    name, ending, rows, columns = KINDS[kind]
    made = rows(survey, questions, result)
    content = _sav(survey.title, columns, made) if ending == "sav" else _csv(survey.title, columns, made)
    return f"{name}-khao-sat-{survey.pk}.{ending}", content


def _csv(title: str, columns: dict[str, str], rows: Iterable[Row]) -> bytes:
    cells = ([value if isinstance(value, int) else _words(value) for value in row] for row in rows)
    return "".join(as_csv(Sheet(title, "", list(columns), cells))).encode()


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _sav(title: str, columns: dict[str, str], rows: Iterable[Row]) -> bytes:
    import pandas as pd  # with pyreadstat it takes a second to load, and only these files need it
    import pyreadstat  # likewise

    frame = pd.DataFrame(list(rows), columns=list(columns))
    for name in columns:
        frame[name] = pd.to_numeric(frame[name]) if name in NUMBERS else frame[name].fillna("").astype(str)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ket-qua.sav"
        pyreadstat.write_sav(frame, str(path), file_label=title[:60], column_labels=list(columns.values()))
        return path.read_bytes()
