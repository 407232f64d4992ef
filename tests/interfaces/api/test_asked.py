"""Programs ask for figures: indicators, a form, a schedule, its next period looked at and opened."""

from __future__ import annotations

import pytest
from django.test import override_settings

from motbuoc.domains.ledger.models import Indicator, ReportForm
from motbuoc.domains.ledger.submitted import ReportingPeriod
from motbuoc.domains.work.models import Issuing
from tests.factories import Cast
from tests.factories.ledger import make_ledger, open_month
from tests.interfaces.api.programs import Program

pytestmark = pytest.mark.django_db


def test_from_an_indicator_to_an_open_period(cast: Cast) -> None:
    officer, bloc = Program(cast.officer), cast.bloc.pk
    parts = officer.send("breakdowns", 201, unit=bloc, code="gioi", name="Giới", categories=["Nam", "Nữ"])
    assert officer.ask("breakdowns")["rows"] == [parts]
    new = {"unit": bloc, "valid_from": "2026-01-01", "item": "2"}
    held = officer.send("indicators", 201, code="n1", name="Cuộc họp", **new)
    people = officer.send(
        "indicators", 201, code="n2", name="Người dự", measure="people", breakdown=parts["id"], **new
    )
    share = officer.send(
        "indicators", 201, code="n3", name="Tỷ lệ", numerator=held["id"], denominator=people["id"], **new
    )
    assert share["measured_in"] == "%"
    officer.send("indicators", 409, code="n1", name="Lại", **new)
    officer.send("indicators", 422, code="n4", name="Thiếu", numerator=held["id"], **new)
    told = officer.send(f"indicators/{held['id']}/mappings", requester="Tỉnh ủy", code="TU-1")
    assert told["mappings"] == [{"requester": "Tỉnh ủy", "code": "TU-1", "name": ""}]
    officer.send(f"indicators/{held['id']}/targets", unit=bloc, year=2026, amount="12")

    form = officer.send("forms", 201, unit=bloc, code="09", name="Biểu thử")
    path = f"forms/{form['id']}"
    form = officer.send(f"{path}/fields", version=form["version"], indicator=held["id"])
    form = officer.send(f"{path}/fields", version=form["version"], indicator=people["id"], is_broken_down=True)
    officer.send(f"{path}/fields", 422, version=form["version"], indicator=share["id"])
    one, two = (row["id"] for row in form["fields"])
    form = officer.send(f"form-fields/{two}/steps", version=form["version"], step="up")
    assert [row["id"] for row in form["fields"]] == [two, one]
    form = officer.send(f"{path}/boxes", version=form["version"], title="Khó khăn")
    said = {"field": one, "comparison": "at_most"}
    officer.send(f"{path}/checks", 422, version=form["version"], others=[987654], **said)
    form = officer.send(f"{path}/checks", version=form["version"], others=[two], **said)
    assert form["checks"][0]["others"] == [two]
    form = officer.send(f"{path}/steps", version=form["version"], step="use")
    assert form["state"] == "in_use"

    asked = {"unit": bloc, "form": form["id"], "name": "Tháng", "cycle": "month"}
    officer.send("schedules", 422, units=[987654], **asked)
    schedule = officer.send("schedules", 201, units=[cast.unit_a.pk, cast.unit_b.pk], **asked)
    path = f"schedules/{schedule['id']}"
    told = officer.send(f"{path}/exemptions", unit=cast.unit_b.pk, reason="Mới lập")
    foreseen = officer.ask(f"{path}/next")
    assert [row["unit_id"] for row in foreseen["expected"]] == [cast.unit_a.pk]
    assert (foreseen["cells"], foreseen["figures_a_year"]) == (3, 36)
    officer.send(f"exemptions/{told['exemptions'][0]['id']}/end")
    period = officer.send(f"{path}/periods", 201, start="2026-10-01", end="2026-10-31")
    assert (period["label"], period["expected"], period["received"]) == ("Tháng 10 năm 2026", 2, 0)
    officer.send(f"{path}/periods", 422, start="2026-10-01", end="2026-10-31")
    changed = {"name": "Quý", "cycle": "quarter", "due_days": [10, 5]}
    schedule = officer.send(f"{path}/change", version=schedule["version"], **changed)
    assert schedule["due_days"] == [10, 5]
    officer.send(f"{path}/close", version=schedule["version"])


def test_a_period_is_moved_locked_and_opened_again(cast: Cast) -> None:
    officer = Program(cast.officer)
    period = open_month(cast, make_ledger(cast))
    path = f"periods/{period.pk}"
    told = officer.send(f"{path}/cutoff", version=1, cutoff_on="2026-12-02", reason="Chờ số liệu")
    assert told["cutoff_on"] == "2026-12-02"
    officer.send(f"{path}/cutoff", 409, version=1, cutoff_on="2026-12-03", reason="Chờ số liệu")
    assert officer.send(f"{path}/lock", version=2)["locked_on"]
    assert officer.send(f"{path}/lock", version=3, is_locked=False)["locked_on"] is None
    assert [row["id"] for row in officer.ask("periods")["rows"]] == [period.pk]


def test_what_is_defined_anew_is_asked_for_by_the_next_version(cast: Cast) -> None:
    officer, ledger = Program(cast.officer), make_ledger(cast)
    path = f"indicators/{ledger.dialogues.pk}"
    new = officer.send(
        f"{path}/redefine", 201, version=1, code="i2_05", name="Đối thoại khác", valid_from="2027-01-01"
    )
    assert new["succeeds_id"] == ledger.dialogues.pk
    officer.send(f"indicators/{ledger.questions.pk}/end", version=1, valid_until="2027-01-01")
    draft = officer.send(f"forms/{ledger.form.pk}/steps", version=1, step="renew")
    assert draft["number"] == 2
    asked = {row["indicator_id"] for row in draft["fields"]}
    assert new["id"] in asked
    assert not asked & {ledger.dialogues.pk, ledger.questions.pk}


def test_the_standard_list_is_taken_over(cast: Cast) -> None:
    officer = Program(cast.officer)
    assert officer.send("standard-indicators", unit=cast.bloc.pk)["made"] > 120
    again = officer.send("standard-indicators", unit=cast.bloc.pk, corrects=True)
    assert again == {"made": 0, "corrected": 0}
    officer.send("standard-indicators", 403, unit=cast.province.pk)
    assert officer.ask("indicators")["total"] == Indicator.objects.count()


@override_settings(ISSUE_AT_ONCE=1)
def test_very_many_units_are_served_in_the_background(cast: Cast) -> None:
    officer, ledger = Program(cast.officer), make_ledger(cast)
    officer.send(f"schedules/{ledger.schedule.pk}/periods", 201, start="2026-10-01", end="2026-10-31")
    assert Issuing.objects.get().document == ReportingPeriod.objects.get().document


def test_a_unit_reads_what_it_is_asked_and_asks_nobody(cast: Cast) -> None:
    ledger = make_ledger(cast)
    unit, member = Program(cast.secretary), Program(cast.member)
    assert unit.ask("forms")["rows"] == []
    open_month(cast, ledger)
    assert [row["code"] for row in unit.ask("forms")["rows"]] == ["01-DV"]
    assert unit.ask(f"schedules/{ledger.schedule.pk}")["exemptions"] == []
    unit.send("forms", 403, unit=cast.unit_a.pk, code="x", name="x")
    unit.ask(f"schedules/{ledger.schedule.pk}/next", 403)
    member.ask("forms", 404)
    member.ask(f"forms/{ReportForm.objects.get().pk}", 404)
