"""The workbook that is handed out: what its reader may see, on the day, and nothing that runs."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from django.urls import reverse

from motbuoc.foundation.administration.workbook.columns import PEOPLE, UNITS
from motbuoc.foundation.people.models import Position, PositionTitle
from motbuoc.foundation.reorganisation.basis import Basis
from motbuoc.foundation.reorganisation.services import rename_unit
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.foundation.units.models import UnitHost, UnitIdentifier
from motbuoc.interfaces.papers.tables import read_tables
from tests.factories import LONG_AGO, make_unit

URL = reverse("unit_export")


def fetched(client, day: str = "") -> bytes:
    answer = client.get(URL, {"on": day} if day else {})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return b"".join(answer.streaming_content)


def lines(content: bytes, sheet) -> list[dict[str, object]]:
    (_number, _heads), *rows = read_tables(content)[sheet.title]
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, cells, strict=False)) for _n, cells in rows]


def test_every_column_says_what_is_there(client, cast) -> None:
    host = make_unit("Sở Ánh Dương", UnitKind.AGENCY, None, "SAD")
    UnitHost.objects.create(unit=cast.unit_a, host=cast.department, valid_from=LONG_AGO)
    UnitHost.objects.create(unit=cast.unit_a, host=host, valid_from=LONG_AGO)  # out of the reader's sight
    UnitIdentifier.objects.create(unit=cast.unit_a, scheme="G06", value="000.1", valid_from=LONG_AGO)
    client.force_login(cast.administrator.account)
    content = fetched(client)
    rows = {row["code"]: row for row in lines(content, UNITS)}
    assert rows["A"] == {
        "code": "A",
        "name": "Chi bộ Sở Ánh Dương",
        "short_name": "Chi bộ Sở Ánh Dương",
        "symbol": "A",
        "kind": "Chi bộ cơ sở",
        "parent": "ĐUK",
        "valid_from": LONG_AGO,
        "legal_basis": "",
        "last_day": "",
        "identifiers": "G06=000.1",
        "hosts": "BTG",
    }
    assert list(rows) == ["TU", "ĐUK", "A", "B", "BTG"]
    held = lines(content, PEOPLE)
    assert [(row["person"], row["full_name"], row["unit"], row["title"]) for row in held] == [
        (cast.secretary.pk, "Phạm Thử Thư", "A", "Bí thư")
    ]


def test_the_day_decides(client, cast) -> None:
    basis = Basis(date(2026, 5, 1), "QĐ")
    rename_unit(actor=cast.administrator, unit=cast.unit_a, basis=basis, name="Tên mới", short_name="Mới")
    client.force_login(cast.administrator.account)
    names = [
        {row["code"]: row["name"] for row in lines(fetched(client, day), UNITS)}["A"]
        for day in ("30/04/2026", "01/05/2026")
    ]
    assert names == ["Chi bộ Sở Ánh Dương", "Tên mới"]


def test_a_reader_gets_what_they_may_see(client, cast) -> None:
    Position.objects.create(
        person=cast.stranger, unit=cast.unit_b, title=PositionTitle.MEMBER, valid_from=LONG_AGO
    )
    client.force_login(cast.secretary.account)
    content = fetched(client)
    assert [(row["code"], row["parent"]) for row in lines(content, UNITS)] == [("A", "")]
    assert [row["full_name"] for row in lines(content, PEOPLE)] == ["Phạm Thử Thư"]
    client.force_login(cast.stranger.account)
    assert client.get(URL).status_code == 404


def test_names_that_look_like_formulas_stay_words(client, cast) -> None:
    make_unit('=HYPERLINK("http://xau.example")', UnitKind.PARTY_CELL, cast.unit_a, "+1")
    client.force_login(cast.administrator.account)
    content = fetched(client)
    assert {'=HYPERLINK("http://xau.example")'} < {row["name"] for row in lines(content, UNITS)}
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
        assert "quotePrefix" in package.read("xl/styles.xml").decode()
    assert sheets
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)


def test_cells_offer_the_words_of_kinds_and_titles(client, cast) -> None:
    client.force_login(cast.administrator.account)
    answer = client.get(reverse("unit_template"))
    content = b"".join(answer.streaming_content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert 'type="list"' in package.read("xl/worksheets/sheet1.xml").decode()
        assert "loai_hinh" in package.read("xl/workbook.xml").decode()
    assert lines(content, UNITS) == []
    words = {cell for _number, cells in read_tables(content)["Hướng dẫn"] for cell in cells}
    assert {"Chi bộ cơ sở", "Phó Bí thư Thường trực", "Mã đơn vị cấp trên"} <= words
