"""A board of more units than fit a page: leafed through, its sums those of all of them."""

from __future__ import annotations

from django.urls import reverse

from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.web.work import boards
from tests.factories import make_directive, make_unit


def test_a_great_board_is_leafed_through(cast, as_person, monkeypatch):
    monkeypatch.setattr(boards, "BOARD_ROWS", 5)
    for number in range(10):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    directive = make_directive(cast)
    client, address = as_person(cast.officer), reverse("board", args=[directive.pk])
    pages = [client.get(address, {"page": number}).content.decode() for number in (1, 2, 3)]
    assert [page.count('<th scope="row"><a href') for page in pages] == [5, 5, 3]
    assert all("0/37" in page for page in pages)
    assert "Chi bộ số 7" not in pages[0]
    assert sum("Chi bộ số 7" in page for page in pages) == 1
    found = client.get(address, {"words": "số 7"}).content.decode()
    assert found.count('<th scope="row"><a href') == 1
