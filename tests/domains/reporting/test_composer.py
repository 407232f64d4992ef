"""Whatever the facts, every figure of a report is the count of the assignments it rests on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motbuoc.domains.reporting import phrases
from motbuoc.domains.reporting.composer import (
    MAX_NAMES,
    Fact,
    Frame,
    Item,
    amount,
    compose,
    number,
    percent,
    short_date,
)
from motbuoc.domains.work.counted import Counted
from motbuoc.domains.work.states import AssignmentState as S

FRAME = Frame(
    "Công văn số 12-CV/ĐUK, ngày 05/3/2026", " của Đảng ủy", " về việc", "Ban", date(2026, 4, 1), date(2026, 6, 30)
)
ITEMS = [Item(1, "1", "Một"), Item(2, "2", "Hai"), Item(None, "", phrases.OTHER_TITLE)]

# How each phrase reads back: the figure it states, and which facts it counts.
FIGURES = {
    phrases.UNITS: lambda f: True,
    phrases.DONE: lambda f: f.state == S.ACCEPTED,
    phrases.DONE_LATE: lambda f: f.is_done_late,
    phrases.SAVED: lambda f: f.is_saved,
    phrases.WAITING: lambda f: f.state in (S.SUBMITTED, S.QUESTIONED),
    phrases.IN_PROGRESS: lambda f: f.state in (S.ACKNOWLEDGED, S.IN_PROGRESS, S.RETURNED),
    phrases.OVERDUE: lambda f: f.is_overdue,
    phrases.NOT_ACKNOWLEDGED: lambda f: f.state == S.ASSIGNED,
    phrases.SUSPENDED: lambda f: f.state == S.SUSPENDED,
    phrases.NEXT: lambda f: f.state != S.ACCEPTED,
    phrases.NEXT_OVERDUE: lambda f: f.state != S.ACCEPTED and f.is_overdue,
    phrases.ALL_DONE: lambda f: True,
}


def _fact(pk, unit, provision, state, late, words):
    return Fact(
        assignment_id=pk,
        unit_id=unit,
        unit_name=f"Đơn vị {unit:02d}",
        provision_id=provision,
        state=state,
        is_overdue=late and state != S.ACCEPTED,
        is_done_late=late and state == S.ACCEPTED,
        words=words,
        is_saved=late and state == S.ACCEPTED and pk % 2 == 0,
    )


ROWS = st.lists(
    st.tuples(
        st.integers(1, 30),
        st.sampled_from([1, 2, None]),
        st.sampled_from([state for state in S if state != S.CANCELLED]),
        st.booleans(),
        st.sampled_from(["", "Đã tổ chức 5 hội nghị", "Đã họp."]),
    ),
    max_size=60,
)
FACTS = ROWS.map(lambda rows: [_fact(pk, *row) for pk, row in enumerate(rows, 1)])


def figure_in(text):
    """The first number a run of words states."""
    found = re.search(r"\d[\d.]*", text)
    return int(found[0].replace(".", "")) if found else None


def phrase_of(text):
    """Which set sentence a run of words is."""
    found = [
        phrase
        for phrase in FIGURES
        if re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(phrase)) + r"\.?", text, re.DOTALL)
    ]
    return max(found, key=len) if found else None


@given(facts=FACTS)
def test_every_figure_is_the_count_of_its_sources(facts):
    content = compose(FRAME, ITEMS, facts).as_json()
    told = Counter()
    scopes = [facts, *([f for f in facts if f.provision_id == item.provision_id] for item in ITEMS), facts]
    for section, scope in zip(content["sections"], scopes, strict=True):
        for run in section["paragraphs"][0]:
            phrase = phrase_of(run["text"])
            if phrase is None:
                assert run["text"] == "."
                continue
            told[phrase] += 1
            counted = [fact.assignment_id for fact in scope if FIGURES[phrase](fact)]
            assert run["sources"] == counted
            if phrase != phrases.ALL_DONE:
                assert figure_in(run["text"]) == len(run["sources"])
    assert told[phrases.UNITS] == told[phrases.DONE] == len(ITEMS) + 1


@given(facts=FACTS)
def test_the_annex_counts_each_cell_and_its_columns_add_up(facts):
    annex = compose(FRAME, ITEMS, facts).as_json()["annex"]
    *rows, totals, first, adjusted = annex["rows"]
    assert [row[1]["text"] for row in rows] == sorted({fact.unit_name for fact in facts})
    for at, item in enumerate(ITEMS, 2):
        done = count = 0
        for row in rows:
            cell = row[at]
            of_cell = [f for f in facts if f.unit_name == row[1]["text"] and f.provision_id == item.provision_id]
            assert cell["sources"] == [f.assignment_id for f in of_cell]
            if not of_cell:
                assert cell["text"] == "–"
                continue
            part, whole = map(int, re.match(r"(\d+)/(\d+)", cell["text"]).groups())
            assert (part, whole) == (sum(f.state == S.ACCEPTED for f in of_cell), len(of_cell))
            assert ("quá hạn" in cell["text"]) == any(f.is_overdue for f in of_cell)
            done, count = done + part, count + whole
        assert totals[at]["text"] == f"{done}/{count}"
        assert len(totals[at]["sources"]) == count
        of_item = [f for f in facts if f.provision_id == item.provision_id and f.state == S.ACCEPTED]
        by_first = [f.assignment_id for f in of_item if not f.is_done_late]
        by_last = [f.assignment_id for f in of_item if not f.is_done_late or f.is_saved]
        assert (first[at]["text"], first[at]["sources"]) == (f"{len(by_first)}/{done}", by_first)
        assert (adjusted[at]["text"], adjusted[at]["sources"]) == (f"{len(by_last)}/{done}", by_last)
    assert all(len(row) == len(annex["columns"]) for row in annex["rows"])


@given(facts=FACTS)
def test_examples_are_the_units_own_words_one_a_unit(facts):
    for section, item in zip(compose(FRAME, ITEMS, facts).sections[1:-1], ITEMS, strict=True):
        examples = section["paragraphs"][2:]
        named = [run["text"].split(": ")[0] for (run,) in examples]
        assert len(named) == len(set(named)) <= 5
        for (run,) in examples:
            (source,) = run["sources"]
            fact = next(f for f in facts if f.assignment_id == source)
            assert fact.provision_id == item.provision_id
            assert run["text"].rstrip(".") == f"{fact.unit_name}: {fact.words}".rstrip(".")


def test_done_units_come_first_among_examples():
    facts = [_fact(1, 1, 1, S.IN_PROGRESS, False, "Đang làm"), _fact(2, 2, 1, S.ACCEPTED, False, "Đã xong")]
    texts = [paragraph[0]["text"] for paragraph in compose(FRAME, ITEMS[:1], facts).sections[1]["paragraphs"][2:]]
    assert texts == ["Đơn vị 02: Đã xong.", "Đơn vị 01: Đang làm."]


def test_a_long_list_of_names_points_to_the_annex():
    facts = [_fact(pk, pk, 1, S.ASSIGNED, True, "") for pk in range(1, MAX_NAMES + 4)]
    text = "".join(run["text"] for run in compose(FRAME, ITEMS[:1], facts).sections[0]["paragraphs"][0])
    assert "Đơn vị 12 và 03 đơn vị khác (chi tiết tại Phụ lục)" in text
    assert "Đơn vị 13" not in text


def test_nothing_overdue_is_not_spoken_of():
    facts = [_fact(1, 1, 1, S.IN_PROGRESS, False, "")]
    words = "".join(run["text"] for run in compose(FRAME, ITEMS[:1], facts).sections[-1]["paragraphs"][0])
    assert words == "Tiếp tục theo dõi, đôn đốc 01 nhiệm vụ chưa hoàn thành."


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "0"), (1, 3, "33,3"), (2, 3, "66,6"), (1, 2, "50"), (2999, 3000, "99,9"), (7, 7, "100")],
)
def test_percent(part, whole, text):
    assert percent(part, whole) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (7, "07"), (10, "10"), (1234, "1.234"), (1234567, "1.234.567")]
)
def test_number(value, text):
    assert number(value) == text


def test_days_are_written_as_official_texts_do():
    assert short_date(date(2026, 3, 7)) == "07/3/2026"
    assert short_date(date(2026, 2, 17)) == "17/02/2026"
    assert short_date(date(2026, 11, 5)) == "05/11/2026"


COUNTS = st.lists(
    st.tuples(
        st.integers(1, 30), st.sampled_from(["Cuộc đối thoại", "cuộc ĐỐI thoại", "Tiền"]), st.integers(0, 10**6)
    ),
    max_size=40,
)


@given(COUNTS)
def test_what_units_counted_is_added_up_by_what_it_is(counts):
    facts = [
        replace(_fact(pk, unit, 1, S.ACCEPTED, False, ""), figures=(Counted(name, Decimal(value) / 2, "lượt"),))
        for pk, (unit, name, value) in enumerate(counts, 1)
    ]
    paragraphs = compose(FRAME, ITEMS[:1], facts).as_json()["sections"][1]["paragraphs"]
    if not facts:
        assert not paragraphs[1][0]["text"].startswith(phrases.COUNTED)
        return
    told, *runs = paragraphs[1]
    assert told["text"] == phrases.COUNTED
    assert len(runs) == len({name.casefold() for _unit, name, _value in counts})
    for run in runs:
        of_run = [facts[pk - 1] for pk in run["sources"]]
        total = sum(fact.figures[0].amount for fact in of_run)
        assert amount(total) in run["text"]
        assert f"({number(len({fact.unit_id for fact in of_run}))} đơn vị)" in run["text"]
        assert len({fact.figures[0].key for fact in of_run}) == 1


@pytest.mark.parametrize(
    ("value", "printed"),
    [("0", "0"), ("3", "03"), ("2.50", "2,5"), ("1234567.05", "1.234.567,05"), ("12.00", "12")],
)
def test_a_figure_is_printed_without_zeros_that_say_nothing(value, printed):
    assert amount(Decimal(value)) == printed
