"""What `vanban.write` prints departs from no rule: the writer and the proof-reader agree on every layout."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vanban.checking.conftest import ANNEXES, BODY, KINDS, Desk, paper
from vanban.blocks import Paragraph, Run
from vanban.formats import Layout, layouts
from vanban.write import write

_WORDS = st.lists(
    st.sampled_from(["thực", "hiện", "nhiệm", "vụ", "công", "tác", "dân", "vận", "của", "tỉnh", "và", "xã"]),
    min_size=8,
    max_size=60,
)


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: f"{layout.regime}-{layout.name}")
def test_a_written_paper_has_no_fault(layout: Layout, code: str, desk: Desk) -> None:
    assert desk.findings(write(paper(layout, code), BODY, ANNEXES)) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    layout=st.sampled_from(layouts()),
    code=st.sampled_from(list(KINDS)),
    texts=st.lists(_WORDS, min_size=1, max_size=6),
)
def test_whatever_its_words_are(layout: Layout, code: str, texts: list[list[str]], desk: Desk) -> None:
    body = [Paragraph((Run(" ".join(words).capitalize()),)) for words in texts]
    assert desk.findings(write(paper(layout, code), body)) == ()
