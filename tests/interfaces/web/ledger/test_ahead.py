"""The year ahead and early signs on their pages, as files, and for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import load_workbook

from motbuoc.domains.ledger.defining import set_target
from motbuoc.domains.ledger.projecting import project_what_changed
from motbuoc.domains.ledger.services import hand_in
from motbuoc.domains.ledger.submitted import ReportingPeriod, Submission
from tests.factories import Cast
from tests.factories.ledger import NOVEMBER, Ledger, enter, make_ledger, open_month, submission_of
from tests.factories.past import months_until, reported
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db

MONTHS = 16
SWINGS = [20 + 12 * (at % 2) + at % 3 for at in range(MONTHS)]


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    return make_ledger(cast)


@pytest.fixture
def october(cast: Cast, ledger: Ledger, settings: Any) -> ReportingPeriod:
    """Sixteen months of one unit: dialogues up and down, questions that jump in the last."""
    settings.PROJECTION_LEAST = {"month": 12}
    rows = [{"i2_05": n, "i2_08": 30 + at % 2} for at, n in enumerate(SWINGS)]
    rows[-1]["i2_08"] = 400
    periods = reported(cast, ledger, months_until(date(2026, 10, 31), MONTHS), {cast.unit_a.pk: rows})
    set_target(
        actor=cast.officer, unit_id=cast.unit_a.pk, indicator=ledger.dialogues, year=2026, amount=Decimal(9_000)
    )
    project_what_changed()
    return periods[-1]


def waiting(cast: Cast, ledger: Ledger, amount: int) -> Submission:
    """The form of November, handed in and not decided on."""
    mine = submission_of(open_month(cast, ledger, NOVEMBER), cast.unit_a.pk)
    mine = enter(cast.secretary, mine, i2_05=amount)
    hand_in(actor=cast.secretary, submission=mine, version=mine.version)
    return submission_of(mine.period, cast.unit_a.pk)


def test_pages_and_files_tell_what_was_worked_out(cast, as_person, ledger, october) -> None:
    client = as_person(cast.officer)
    detail = reverse("figure_detail", args=[october.pk])
    query = f"?chi-tieu={ledger.dialogues.pk}&don-vi={cast.unit_a.pk}"
    html = client.get(detail + query).content.decode()
    assert "The whole year 2026 ahead" in html
    assert "All of this is below the target of 9.000" in html
    assert html.count("<svg") >= 2
    assert "9.000" in html.split("<svg", 1)[1]
    html = client.get(f"{detail}{query}&den-ngay=2026-11-01").content.decode()
    assert "The whole year" not in html  # what was known on a day is not told of what came after
    html = client.get(f"{detail}?chi-tieu={ledger.questions.pk}&don-vi={cast.bloc.pk}").content.decode()
    assert "in no period were the reports of all units accepted" in html
    html = client.get(reverse("figure_signs", args=[october.pk])).content.decode()
    assert "400" in html
    assert "30 to 31 in 15 periods" in html
    files = [client.get(reverse("figure_signs_export", args=[october.pk, kind])) for kind in ("csv", "xlsx")]
    assert "400" in files[0].content.decode()
    book = load_workbook(BytesIO(b"".join(files[1].streaming_content)))
    assert "400" in {str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row}
    assert client.get(reverse("figure_signs_export", args=[october.pk, "parquet"])).status_code == 404
    html = as_person(cast.secretary_b).get(reverse("figure_signs", args=[october.pk])).content.decode()
    assert "30 to 31" not in html
    assert as_person(cast.stranger).get(reverse("figure_signs", args=[october.pk])).status_code == 404


def test_who_decides_and_who_fills_in_are_asked_to_look_again(cast, as_person, ledger, october) -> None:
    page = reverse("submission_detail", args=[waiting(cast, ledger, 300).pk])
    for person in (cast.officer, cast.secretary):
        html = as_person(person).get(page).content.decode()
        assert "Quite unlike all earlier periods" in html
        assert "In 16 earlier periods it was 20 to 34" in html


def test_a_program_reads_the_year_and_the_signs(cast, ledger, october) -> None:
    officer, path = Program(cast.officer), f"periods/{october.pk}/figures"
    year = officer.ask(f"{path}/year?indicator=i2_05&unit={cast.unit_a.pk}")
    assert (year["year"], year["showing"], year["against_target"]) == (2026, "shown", "missed")
    assert Decimal(year["lower"]) <= Decimal(year["amount"]) <= Decimal(year["upper"])
    assert Decimal(year["so_far"]) == sum(SWINGS[-10:])
    assert officer.ask(f"{path}/year?indicator=i2_05")["showing"] == "gaps"
    (sign,) = officer.ask(f"{path}/signs")
    assert (sign["unit_id"], sign["indicator"], Decimal(sign["amount"])) == (cast.unit_a.pk, "i2_08", 400)
    assert len(sign["past"]) == 6
    assert Program(cast.secretary_b).ask(f"{path}/signs") == []
