"""Whatever the words, the file opens again and says what was put in."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban.blocks import Annex, Paragraph, Run, Table
from vanban.document import Document, Field, Header, Recipient, RecipientKind, Regime, Signature
from vanban.write import write

# Any character at all, half surrogates and control characters among them, and words longer than a line.
words = st.one_of(
    st.text(st.characters(), max_size=30), st.sampled_from(["ư" * 300, "A\x00B", "\ud800", "\x0b", ""])
)
fields = words.map(Field)
days = st.sampled_from([date(2022, 3, 7), date(2026, 8, 9)])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    header = Header(
        superior=draw(st.none() | fields),
        issuer=draw(st.none() | fields),
        number=draw(st.none() | fields),
        symbol=draw(st.none() | fields),
        code=draw(st.none() | fields),
        type_name=draw(st.none() | fields),
        place=draw(st.none() | fields),
        subject=draw(st.none() | fields),
        urgency=draw(st.none() | fields),
        date=draw(st.none() | days),
    )
    return Document(
        text="",
        regime=draw(st.sampled_from([Regime.PARTY, Regime.STATE])),
        header=header,
        addressees=tuple(draw(st.lists(fields, max_size=3))),
        distribution=tuple(Recipient(name, RecipientKind.ORGAN) for name in draw(st.lists(words, max_size=3))),
        signature=Signature(draw(st.none() | fields), draw(st.none() | fields), draw(st.none() | fields)),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents(), words, words)
def test_any_text_gives_a_file_that_opens(document: Document, text: str, source: str) -> None:
    blocks = (
        Paragraph((Run(text, source=source), Run("hết.")), 0),
        Table((text, "B"), ((Run(text), Run(source)),)),
    )
    file = docx.Document(
        BytesIO(write(document, blocks, (Annex(text, blocks, landscape=True),), on=date(2023, 1, 1)))
    )
    assert len(file.sections) == 2
    assert _bare(text) in _bare("".join(paragraph.text for paragraph in file.paragraphs))


def _bare(text: str) -> str:
    """Leave out what XML cannot hold and how lines are broken."""
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in "￾￿")
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", kept))


@pytest.mark.parametrize("text", ["A\x00B\x0bC", "A\ud800BC", "A\ufffeBC", "\x1bABC"])
def test_signs_that_xml_forbids_are_left_out(text: str) -> None:
    document = Document("", Regime.PARTY, Header(date=date(2022, 3, 7)))
    file = docx.Document(BytesIO(write(document, [Paragraph((Run(text), Run(".")))])))
    assert "ABC." in [paragraph.text for paragraph in file.paragraphs]
