"""A document as JSON and back."""

from __future__ import annotations

import json
from datetime import date
from typing import get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from vanban import Document, parse
from vanban.as_json import from_dict, to_dict
from vanban.document import Citation, Deadline, Duty, Field, Header, Note, Provision, Recipient, Signature, Span

words = st.text(max_size=12)
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
fields = st.builds(Field, words, st.none() | spans, st.floats(0, 1))
maybe = st.none() | fields
days = st.none() | st.dates(min_value=date(1945, 9, 2))
headers = st.builds(
    Header,
    **{name: maybe for name in get_type_hints(Header) if not name.startswith("date")},
    date=days,
    date_span=st.none() | spans,
)
citations = st.builds(
    Citation, words, spans, code=st.none() | words, type=st.none() | words, date=days, issuer=st.none() | words
)
deadlines = st.builds(
    Deadline, raw=st.none() | words, span=st.none() | spans, due=days, missing=st.just(("period",))
)
duties = st.builds(
    Duty,
    st.none() | words,
    spans,
    words,
    actors=st.lists(fields, max_size=2).map(tuple),
    supports=st.lists(fields, max_size=2).map(tuple),
    verb=maybe,
    object=maybe,
    product=maybe,
    deadline=deadlines,
    confidence=st.floats(0, 1),
)
provisions = st.recursive(
    st.builds(Provision, words, spans, maybe, words),
    lambda inner: st.builds(Provision, words, spans, maybe, words, st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
documents = st.builds(
    Document,
    text=words,
    header=headers,
    addressees=st.lists(fields, max_size=2).map(tuple),
    citations=st.lists(citations, max_size=2).map(tuple),
    provisions=st.lists(provisions, max_size=2).map(tuple),
    duties=st.lists(duties, max_size=2).map(tuple),
    distribution=st.lists(st.builds(Recipient, words, span=st.none() | spans), max_size=2).map(tuple),
    signature=st.builds(Signature, maybe, maybe, maybe),
    notes=st.lists(st.builds(Note, words, words, words, st.none() | spans), max_size=2).map(tuple),
)


@given(documents)
def test_what_is_written_is_read_back(document: Document) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(document)))) == document


def test_keys_are_those_of_the_labels() -> None:
    values = to_dict(parse("Số: 12/KH-ABC\nHà Nội, ngày 05 tháng 01 năm 2024\nKẾ HOẠCH\nVề việc trồng cây"))
    assert values["header"]["code"] == "12/KH-ABC"
    assert values["header"]["date"] == "2024-01-05"
    assert values["header_spans"]["code"]["span"] == [4, 13]
    assert set(values) >= {
        "regime",
        "header",
        "addressees",
        "citations",
        "provisions",
        "duties",
        "distribution",
        "signer",
    }
