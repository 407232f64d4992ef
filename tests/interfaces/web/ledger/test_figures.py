"""The pages of figures together: by indicator, by unit, one figure with its entries, and as files."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import load_workbook

from motbuoc.domains.documents.services import classify_document
from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.filling import Entered, Held, save_cells
from motbuoc.domains.ledger.models import Category
from motbuoc.domains.ledger.services import reopen
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.foundation.access.classification import Classification
from motbuoc.foundation.core import clock
from motbuoc.foundation.units.kinds import UnitKind
from motbuoc.interfaces.web.ledger import pivoting
from tests.factories import LONG_AGO, make_unit
from tests.factories.ledger import (
    NOVEMBER,
    OCTOBER,
    Ledger,
    enter,
    key_of,
    make_ledger,
    open_month,
    report,
    submission_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(cast) -> Ledger:
    return make_ledger(cast)


@pytest.fixture
def period(cast, ledger) -> ReportingPeriod:
    period = open_month(cast, ledger, NOVEMBER)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=1234, i2_08=10, i2_09=4)
    return period


def get(client, name, *args, query="", status=200):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code == status
    return response.content.decode()


def test_by_indicator_says_the_sum_and_who_is_missing(cast, as_person, period):
    html = get(as_person(cast.officer), "figure_totals", period.pk)
    assert "1.234" in html
    assert "1 of 2 units are in these figures" in html
    assert "Đảng bộ Công ty Bình Minh" in html  # named as missing


def test_by_unit_leads_to_the_figure_of_each(cast, as_person, ledger, period):
    client = as_person(cast.officer)
    html = get(client, "figure_pivot", period.pk)
    detail = reverse("figure_detail", args=[period.pk])
    query = f"?chi-tieu={ledger.dialogues.pk}&amp;don-vi={cast.unit_a.pk}"
    assert f'{detail}{query}"' in html
    assert "1 missing" in html  # the other unit, in its cells and in each total
    html = get(client, "figure_detail", period.pk, query=query.replace("amp;", ""))
    assert "1.234" in html
    assert "<svg" in html


def test_a_secretary_sees_their_own_unit_and_no_other(cast, as_person, ledger, period):
    client = as_person(cast.secretary_b)
    html = get(client, "figure_totals", period.pk)
    assert "1.234" not in html
    for unit in (cast.unit_a, cast.bloc):
        for name in ("figure_totals", "figure_pivot", "figure_detail"):
            get(client, name, period.pk, query=f"?don-vi={unit.pk}", status=404)
        get(client, "figure_export", period.pk, "csv", query=f"?don-vi={unit.pk}", status=404)


def test_as_of_a_day_before_it_was_accepted_nothing_was_known(cast, as_person, period):
    day = clock.today() - timedelta(days=1)
    html = get(as_person(cast.officer), "figure_totals", period.pk, query=f"?den-ngay={day.isoformat()}")
    assert "1.234" not in html


@pytest.mark.parametrize(
    "query",
    [
        "?don-vi=x",
        "?don-vi=0",
        "?den-ngay=never",
        "?den-ngay=9999-01-01",
        "?chi-tieu=x",
        "?phan=x",
        "?phan=0&rieng=1",
    ],
)
def test_what_makes_no_sense_in_the_address_does_no_harm(cast, as_person, period, query):
    response = as_person(cast.officer).get(reverse("figure_detail", args=[period.pk]) + query)
    assert response.status_code in (200, 404)


def test_the_excel_file_sums_by_formulas(cast, as_person, period):
    response = as_person(cast.officer).get(reverse("figure_export", args=[period.pk, "xlsx"]))
    book = b"".join(response.streaming_content)
    sheet = load_workbook(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert 1234.0 in [cell for row in sheet for cell in row]
    with ZipFile(BytesIO(book)) as parts:
        assert "SUM(B6:B" in parts.read("xl/worksheets/sheet1.xml").decode()


def test_the_files_are_what_is_shown(cast, as_person, ledger, period):
    october = open_month(cast, ledger, OCTOBER)
    report(cast, october, cast.secretary, cast.unit_a.pk, i2_05=766)
    query = f"?hang=unit&cot=period&chi-tieu={ledger.dialogues.pk}&tu-ky={october.pk}"
    client = as_person(cast.officer)
    html = get(client, "figure_pivot", period.pk, query=query)
    assert "2.000" in html  # both months
    assert f"tai/xlsx/?don-vi={cast.bloc.pk}&amp;hang=unit&amp;cot=period" in html
    book = BytesIO(
        b"".join(client.get(reverse("figure_export", args=[period.pk, "xlsx"]) + query).streaming_content)
    )
    rows = load_workbook(book).get_sheet_by_index(0).to_python()
    assert rows[-1][1:4] == [766.0, 1234.0, 2000.0]
    with ZipFile(book) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "SUM(B6:C6)" in sheet  # across
    assert "SUM(D6:D7)" in sheet  # and down
    csv = get(client, "figure_export", period.pk, "csv", query=query).splitlines()
    assert csv[-1] == "All units,766,1234,2000,2"  # with what is missing in it


def test_a_share_in_excel_follows_its_parts_on_either_axis(cast, as_person, ledger, period):
    what = Definition("i2_09t", "Tỷ lệ", numerator_id=ledger.answered.pk, denominator_id=ledger.questions.pk)
    define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
    client = as_person(cast.officer)
    for query, formula in (("", "E6*100/D6"), ("?hang=indicator&cot=unit", "B9*100/B8")):
        answer = client.get(reverse("figure_export", args=[period.pk, "xlsx"]) + query)
        with ZipFile(BytesIO(b"".join(answer.streaming_content))) as parts:
            assert formula in parts.read("xl/worksheets/sheet1.xml").decode()


def test_a_cell_of_a_part_leads_to_the_entries_of_that_part(cast, as_person, ledger, period):
    mine = submission_of(period, cast.unit_b.pk)
    for place, number in enumerate((31, 17)):
        key = key_of(mine, "i2_07", place)
        save_cells(actor=cast.secretary_b, submission=mine, entered=[Entered(key, Held(Decimal(number)))])
    report(cast, period, cast.secretary_b, cast.unit_b.pk)
    client = as_person(cast.officer)
    html = get(client, "figure_pivot", period.pk, query="?hang=unit&cot=category")
    women = Category.objects.get(name="Nữ").pk
    link = f"?chi-tieu={ledger.attendances.pk}&amp;don-vi={cast.unit_b.pk}&amp;phan={women}"
    assert link in html
    entries = client.get(reverse("figure_detail", args=[period.pk]) + link.replace("&amp;", "&")).context[
        "entries"
    ]
    assert [words for _entry, words in entries] == ["17"]


def test_pages_of_very_many_units(cast, as_person, ledger, monkeypatch):
    monkeypatch.setattr(pivoting, "ROWS", 2)
    monkeypatch.setattr(pivoting, "COLUMNS", 2)
    more = [make_unit(f"Chi bộ {number}", UnitKind.PARTY_BASE_CELL, cast.bloc) for number in range(3)]
    ledger.schedule.units.add(*more)
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=9)
    client = as_person(cast.officer)

    def rows(query: str) -> list[str]:
        html = get(client, "figure_pivot", period.pk, query=query)
        return re.findall(r'<th scope="row">([^<]+)<', html.split("<tbody>")[1])

    assert rows("") == ["Chi bộ 0", "Chi bộ 1", "All units"]
    assert rows("?page=3") == rows("?page=99") == ["Đảng bộ Công ty Bình Minh", "All units"]
    assert ">9<" in get(client, "figure_pivot", period.pk, query="?page=3")  # the total is that of all
    html = get(client, "figure_pivot", period.pk, query="?hang=indicator&cot=unit")
    assert "3 more units do not fit beside these" in html
    assert get(client, "figure_export", period.pk, "csv").count("Chi bộ") == 4  # all of them


def test_units_are_compared_in_a_picture_and_in_words(cast, as_person, ledger, period):
    report(cast, period, cast.secretary_b, cast.unit_b.pk, i2_05=77)
    client = as_person(cast.officer)
    html = get(client, "figure_comparison", period.pk, query=f"?chi-tieu={ledger.dialogues.pk}")
    picture, words = html.split('class="time-picture"')[1].split("</figure>")
    assert "1.234" in picture
    assert words.index("1.234") < words.index(">77<")
    assert f"?chi-tieu={ledger.dialogues.pk}&amp;don-vi={cast.unit_a.pk}" in words  # to the entries
    get(client, "figure_comparison", period.pk, query="?chi-tieu=0", status=404)
    html = get(client, "figure_comparison", period.pk, query=f"?chi-tieu={ledger.attendances.pk}")
    assert 'class="time-picture"' not in html  # nothing was reported, nothing is drawn
    get(as_person(cast.secretary_b), "figure_comparison", period.pk, query=f"?don-vi={cast.unit_a.pk}", status=404)


def test_the_other_files_hold_the_figures(cast, as_person, period):
    from pyarrow import parquet

    client = as_person(cast.officer)
    assert "1234" in get(client, "figure_export", period.pk, "csv")
    response = client.get(reverse("figure_export", args=[period.pk, "parquet"]))
    rows = parquet.read_table(BytesIO(b"".join(response.streaming_content))).to_pylist()
    assert {row["indicator"]: int(row["amount"]) for row in rows}["i2_05"] == 1234
    get(client, "figure_export", period.pk, "pdf", status=404)


def test_the_map_asks_as_much_for_many_units_as_for_few(cast, as_person, ledger, period):
    client = as_person(cast.officer)
    client.get(reverse("figure_pivot", args=[period.pk]))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("figure_pivot", args=[period.pk]) + "?x=1")
    assert ">Chi bộ 3<" not in client.get(reverse("figure_pivot", args=[period.pk])).content.decode()
    more = [make_unit(f"Chi bộ {number}", UnitKind.PARTY_BASE_CELL, cast.bloc) for number in range(20)]
    ledger.schedule.units.add(*more)
    later = open_month(cast, ledger, OCTOBER)
    with CaptureQueriesContext(connection) as many:
        html = client.get(reverse("figure_pivot", args=[later.pk]) + "?x=2").content.decode()
    assert ">Chi bộ 3<" in html
    assert len(many) == len(few)


def test_nothing_accepted_says_so(cast, as_person, ledger):
    period = open_month(cast, ledger)
    enter(cast.secretary, submission_of(period, cast.unit_a.pk), i2_05=77)
    html = get(as_person(cast.officer), "figure_detail", period.pk)
    assert "77" not in html
    assert "No unit has a figure here yet." in html


def test_what_another_unit_corrected_is_not_told(cast, as_person, ledger, period):
    then = clock.now()
    with clock.living_at(then + timedelta(days=1)):
        mine = submission_of(period, cast.unit_a.pk)
        reopen(actor=cast.officer, submission=mine, version=mine.version, reason="Nhầm")
        report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=7)
    query = f"?den-ngay={clock.today().isoformat()}"
    assert "Corrected since that day" in get(as_person(cast.officer), "figure_totals", period.pk, query=query)
    html = get(as_person(cast.secretary_b), "figure_totals", period.pk, query=query)
    assert "Corrected since that day" not in html
    assert "1.234" not in html


def test_a_period_that_was_made_restricted_is_only_for_who_reads_that(cast, as_person, period):
    get(as_person(cast.central_officer), "figure_totals", period.pk)
    classify_document(
        actor=cast.officer,
        document=period.document,
        version=period.document.version,
        classification=Classification.RESTRICTED,
        reason="Có nội dung hạn chế",
    )
    for name in ("period_detail", "figure_totals", "figure_pivot", "figure_comparison", "figure_detail"):
        get(as_person(cast.central_officer), name, period.pk, status=404)
        get(as_person(cast.officer), name, period.pk)
