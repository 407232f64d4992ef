"""A document as JSON and back."""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vanban import Document, parse
from vanban.as_json import from_dict, to_dict
from vanban.document import Provision, Span

words = st.text(max_size=8)
OURS = {str: words, float: st.floats(0, 1), int: st.integers(0, 99), date: st.dates(min_value=date(1945, 9, 2))}


def strategy_for(hint: Any) -> st.SearchStrategy[Any]:
    """Values of one field by its type: short tuples, shallow trees."""
    if hint in OURS:
        return OURS[hint]
    if get_origin(hint) is tuple:
        first, *rest = get_args(hint)
        if rest != [...]:
            return st.tuples(*map(strategy_for, get_args(hint)))
        few = st.nothing() if first is Provision else strategy_for(first)
        return st.just(()) if first is Provision else st.lists(few, max_size=2).map(tuple)
    if get_args(hint):
        return st.none() | strategy_for(next(kind for kind in get_args(hint) if kind is not type(None)))
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return st.builds(hint, **{name: strategy_for(kind) for name, kind in get_type_hints(hint).items()})


provisions = st.recursive(
    strategy_for(Provision),
    lambda inner: st.builds(Provision, words, strategy_for(Span), children=st.lists(inner, max_size=2).map(tuple)),
    max_leaves=4,
)
documents = st.builds(
    Document,
    **{name: strategy_for(kind) for name, kind in get_type_hints(Document).items() if name != "provisions"},
    provisions=st.lists(provisions, max_size=2).map(tuple),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
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
