"""Whatever a Word file holds, checking and mending end with findings or a refusal, and never otherwise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import vanban
from tests.vanban.checking.conftest import PARTY_2018, STATE_2020, Desk, written

PARTS = ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/settings.xml")
JUNK = st.sampled_from(["", "-1", "0", "nan", "inf", "1e999", "left", "27", "true", "đ", "9" * 30])


def changed(data: bytes, change: Callable[[str, Any], None]) -> bytes:
    """Change the parts of a Word file."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            raw = source.read(name)
            if name in PARTS:
                root = etree.fromstring(raw)
                change(name, root)
                raw = etree.tostring(root)
            target.writestr(name, raw)
    return out.getvalue()


PAPERS = [written(PARTY_2018, "CV"), written(STATE_2020, "TTr")]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.sampled_from(PAPERS), draw=st.data())
def test_values_that_mean_nothing(data: bytes, draw: st.DataObject, desk: Desk) -> None:
    def change(name: str, root: Any) -> None:
        attributes = [(element, key) for element in root.iter() for key in element.attrib]
        places = st.lists(st.integers(0, len(attributes) - 1), max_size=25)
        for place in draw.draw(places) if attributes else ():
            element, key = attributes[place]
            element.set(key, draw.draw(JUNK))

    path = desk.lay(changed(data, change))
    with suppress(vanban.Refused):
        assert all(finding.message for finding in vanban.check(path))
        vanban.fix(path)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.sampled_from(PAPERS), draw=st.data())
def test_elements_that_are_gone_or_in_the_wrong_place(data: bytes, draw: st.DataObject, desk: Desk) -> None:
    def change(name: str, root: Any) -> None:
        for _ in range(draw.draw(st.integers(0, 12))):
            inside = [element for element in root.iter() if element.getparent() is not None]
            if not inside:
                return
            taken, place = (inside[draw.draw(st.integers(0, len(inside) - 1))] for _ in range(2))
            taken.getparent().remove(taken)
            if draw.draw(st.booleans()) and taken not in place.iterancestors() and place is not taken:
                place.append(taken)

    path = desk.lay(changed(data, change))
    with suppress(vanban.Refused):
        vanban.check(path)
        vanban.fix(path)
