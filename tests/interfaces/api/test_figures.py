"""Programs read figures: totals with who is missing, by unit, over the periods, and the entries behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.factories.ledger import OCTOBER, make_ledger, open_month, report
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_a_program_reads_a_figure_down_to_its_entries(cast) -> None:
    ledger = make_ledger(cast)
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=4)
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    officer, path = Program(cast.officer), f"periods/{period.pk}/figures"
    told = officer.ask(path)
    assert (told["unit_id"], told["expected"], told["accepted"], len(told["missing"])) == (cast.bloc.pk, 2, 1, 1)
    figure = next(row for row in told["figures"] if row["indicator"] == "i2_05")
    assert [Decimal(figure[name]) for name in ("amount", "last_period", "year_so_far")] == [3, 4, 7]
    assert next(row for row in told["figures"] if row["indicator"] == "i2_08")["amount"] is None
    amounts = {row["unit_id"]: row["amounts"]["i2_05"] for row in officer.ask(f"{path}/units")}
    assert Decimal(amounts[cast.unit_a.pk]) == 3
    assert amounts[cast.unit_b.pk] is None
    course = officer.ask(f"{path}/course?indicator=i2_05")
    assert [Decimal(point["amount"]) for point in course] == [4, 3]
    [entry] = officer.ask(f"{path}/entries?indicator=i2_05")
    assert Decimal(entry["amount"]) == 3
    officer.ask(f"{path}/entries?indicator=none", 404)
    Program(cast.secretary_b).ask(f"{path}?unit={cast.unit_a.pk}", 404)


def test_a_program_chooses_the_axes_of_a_table(cast) -> None:
    ledger = make_ledger(cast)
    report(cast, open_month(cast, ledger, OCTOBER), cast.secretary, cast.unit_a.pk, i2_05=4)
    period = open_month(cast, ledger)
    report(cast, period, cast.secretary, cast.unit_a.pk, i2_05=3)
    officer, path = Program(cast.officer), f"periods/{period.pk}/figures"
    told = officer.ask(f"{path}/table?rows=unit&columns=period&indicator=i2_05")
    assert [row["id"] for row in told["rows"]] == [cast.unit_a.pk, cast.unit_b.pk]
    assert [column["name"] for column in told["columns"]] == ["Tháng 10 năm 2026", "Tháng 11 năm 2026"]
    assert [Decimal(cell["amount"]) for cell in told["cells"][0]] == [4, 3]
    assert [cell["amount"] for cell in told["cells"][1]] == [None, None]
    assert [cell["missing"] for cell in told["column_totals"]] == [1, 1]
    assert (Decimal(told["whole"]["amount"]), told["whole"]["missing"]) == (7, 2)
    assert officer.ask(f"{path}/table")["row_totals"] == []  # nothing is added over indicators
    officer.ask(f"{path}/table?indicator=none", 404)
    officer.ask(f"{path}/table?rows=person", 422)
    Program(cast.secretary_b).ask(f"{path}/table?unit={cast.unit_a.pk}", 404)
