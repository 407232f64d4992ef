"""The real documents: what was read right stays right. `known_misses.txt` names what is not read right yet.

A case that is lost fails by its name; one that is won fails too, until its name is taken out of the file, so that
the file never says worse than the truth. `python -m benchmarks accuracy` shows what was read and what is labelled.
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from benchmarks.accuracy import CORPUS, GOALS, Case, cases_of, f1, is_scan, labels

from vanban import read
from vanban.as_json import to_dict

KNOWN = Path(__file__).with_name("known_misses.txt")
TRIED = {".doc": "soffice"}  # files that need a program outside


def can_be_read(file: str) -> bool:
    program = TRIED.get(Path(file).suffix)
    return program is None or shutil.which(program) is not None


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    wanted = [label for label in labels() if not label["file"].startswith("scan/") and can_be_read(label["file"])]
    assert len(wanted) > 30
    return [case for label in wanted for case in cases_of(label, CORPUS)]


def test_nothing_that_was_read_right_is_lost(cases: list[Case]) -> None:
    files = {case.file for case in cases}
    missed = Counter(str(case) for case in cases if not case.right)
    known = Counter(line for line in KNOWN.read_text().splitlines() if line.split(": ")[0] in files)
    assert sorted((missed - known).elements()) == [], "lost: these were read right before"
    assert sorted((known - missed).elements()) == [], "won: take these out of known_misses.txt"


def test_the_goals_are_reached_where_there_is_text(cases: list[Case]) -> None:
    text = [case for case in cases if not is_scan(case.file)]
    short = {
        measure: round(share, 3)
        for measure, goal in GOALS.items()
        if (share := f1(case for case in text if case.measure == measure)) < goal
    }
    assert short == {}


def test_the_same_letter_as_word_file_and_pdf(shared: Path) -> None:
    word, pdf = (to_dict(read(shared / "corpus" / "state" / f"ttr-2114-snv.{end}")) for end in ("docx", "pdf"))
    assert word["header"] == pdf["header"]
    assert word["signer"] == pdf["signer"]
    assert [each["name"] for each in word["distribution"]] == [each["name"] for each in pdf["distribution"]]
    assert [each["code"] for each in word["citations"]] == [each["code"] for each in pdf["citations"]]
