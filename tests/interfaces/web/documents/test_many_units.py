"""Where a document has more candidate units than a form can list, they are looked for by name."""

from __future__ import annotations

import pytest

from motbuoc.domains.documents.models import Document
from motbuoc.domains.documents.selectors import MOST_CANDIDATES
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import Unit
from tests.factories import Cast, make_document, make_unit


@pytest.fixture
def last(cast: Cast) -> Unit:
    """The last by name of many units under the bloc."""
    for number in range(MOST_CANDIDATES):
        make_unit(f"Chi bộ số {number}", UnitKind.PARTY_BASE_CELL, cast.bloc)
    return make_unit("Đảng bộ Ở Cuối", UnitKind.PARTY_BASE_ORG, cast.bloc)


@pytest.fixture
def document(cast: Cast) -> Document:
    """A document under review."""
    return make_document(cast)


def test_a_duty_goes_to_a_unit_that_is_looked_for(cast: Cast, last: Unit, document: Document, as_person) -> None:
    client, duty = as_person(cast.officer), document.duties.order_by("position")[0]
    path, option = f"/van-ban/nhiem-vu/{duty.pk}/", f'value="{last.pk}"'
    page = client.get(path).content.decode()
    assert "Nhiều đơn vị nên không liệt kê hết" in page
    assert option not in page
    typed = {"version": duty.version, "what": "việc đang ghi dở", "time_kind": "undated"}
    found = client.post(path, typed | {"find": "units", "unit-words": "o cuoi"}).content.decode()
    assert option in found
    assert "việc đang ghi dở" in found
    answer = client.post(path, typed | {"leads": [last.pk]})
    assert answer.status_code == 302
    assert duty.units.get().unit_id == last.pk
    assert option in client.get(path).content.decode()  # what is chosen is always there


def test_an_addressee_is_a_unit_that_is_looked_for(cast: Cast, last: Unit, document: Document, as_person) -> None:
    client, addressee = as_person(cast.officer), document.addressees.get()
    path = f"/van-ban/noi-nhan/{addressee.pk}/"
    found = client.post(path, {"selection": "one_unit", "find": "units", "unit-words": "o cuoi"}).content.decode()
    assert f'value="{last.pk}"' in found
    assert client.post(path, {"selection": "one_unit", "unit": last.pk}).status_code == 302
    addressee.refresh_from_db()
    assert addressee.unit_id == last.pk
