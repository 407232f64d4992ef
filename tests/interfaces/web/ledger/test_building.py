"""The pages of forms: begun, given fields, boxes and checks, looked at as units will, used, renewed, closed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motbuoc.domains.ledger.choices import FormState
from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.models import FormField, ReportForm
from tests.factories import LONG_AGO
from tests.factories.ledger import Ledger, make_ledger, open_month
from tests.interfaces.web.ledger.test_periods import get, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(cast) -> Ledger:
    return make_ledger(cast)


@pytest.fixture
def draft(cast, as_person, ledger) -> ReportForm:
    """A draft with nothing in it."""
    client = as_person(cast.officer)
    post(client, "form_make", unit=cast.bloc.pk, code="02-DV", name="Đối thoại")
    return ReportForm.objects.get(code="02-DV")


def press(client, form: ReportForm, act: str, *, status: int = 302, **sent: object) -> str:
    """Press a button of the form's page as it stands now."""
    form.refresh_from_db()
    return post(client, "form_detail", form.pk, status=status, act=act, version=form.version, **sent)


def fields_of(form: ReportForm) -> list[str]:
    return [row.indicator.code for row in form.fields.select_related("indicator").order_by("position")]


def test_a_form_is_built_and_put_to_use(cast, as_person, ledger, draft):
    client = as_person(cast.officer)
    assert "Put it to use" not in get(client, "form_detail", draft.pk)  # it asks for nothing yet
    html = get(client, "form_fields", draft.pk)
    assert "Cuộc đối thoại" in html
    assert "Lượt người dự" not in get(client, "form_fields", draft.pk, query="?q=cau hoi")
    nothing = post(client, "form_fields", draft.pk, status=422, version=draft.version)
    assert "Choose what the form is to ask for" in nothing
    chosen = [ledger.dialogues.pk, ledger.attendances.pk, ledger.questions.pk]
    post(client, "form_fields", draft.pk, version=draft.version, indicator=chosen)
    assert fields_of(draft) == ["i2_05", "i2_07", "i2_08"]
    assert draft.fields.get(indicator=ledger.attendances).is_broken_down
    again = post(client, "form_fields", draft.pk, status=422, version=draft.version, indicator=[ledger.done.pk])
    assert "Somebody else changed" in again

    rows = {row.indicator_id: row for row in draft.fields.all()}
    press(client, draft, "up", row=rows[ledger.questions.pk].pk)
    assert fields_of(draft) == ["i2_05", "i2_08", "i2_07"]
    press(client, draft, "down", row=rows[ledger.dialogues.pk].pk)
    assert fields_of(draft) == ["i2_08", "i2_05", "i2_07"]
    press(client, draft, "drop_field", row=rows[ledger.dialogues.pk].pk)
    assert fields_of(draft) == ["i2_08", "i2_07"]

    draft.refresh_from_db()
    sent = {"version": draft.version, "heading": "Phần thứ nhất", "is_required": ""}
    assert "By its parts" in get(client, "form_field", rows[ledger.attendances.pk].pk)
    assert "By its parts" not in get(client, "form_field", rows[ledger.questions.pk].pk)
    post(client, "form_field", rows[ledger.questions.pk].pk, **sent)
    changed = FormField.objects.get(pk=rows[ledger.questions.pk].pk)
    assert (changed.heading, changed.is_required) == ("Phần thứ nhất", False)

    draft.refresh_from_db()
    post(
        client, "form_box", draft.pk, version=draft.version, title="Khó khăn, vướng mắc", item="2", hint="Ngắn gọn"
    )
    draft.refresh_from_db()
    check = {"field": rows[ledger.questions.pk].pk, "comparison": "at_most", "blocks": "on"}
    html = post(client, "form_check", draft.pk, status=422, version=draft.version, **check)
    assert "Choose the other fields" in html
    others = [rows[ledger.attendances.pk].pk]
    post(client, "form_check", draft.pk, version=draft.version, others=others, **check)
    html = get(client, "form_detail", draft.pk)
    for words in (
        "Khó khăn, vướng mắc",
        "“Câu hỏi, kiến nghị” ≤ Lượt người dự đối thoại",
        "Phần thứ nhất",
        "Nam, Nữ",
    ):
        assert words in html
    preview = get(client, "form_preview", draft.pk)
    for words in ("Phần thứ nhất", "Ngắn gọn", "Nữ", "Nothing can be entered here"):
        assert words in preview

    press(client, draft, "use")
    draft.refresh_from_db()
    assert draft.state == FormState.IN_USE
    html = get(client, "form_detail", draft.pk)
    assert "Add fields" not in html
    assert "stays as units have it" in press(client, draft, "drop_box", status=409, row=draft.boxes.get().pk)


def test_a_new_version_leaves_the_old_one_to_units_until_it_is_used(cast, as_person, ledger):
    client, old = as_person(cast.officer), ledger.form
    press(client, old, "renew")
    new = ReportForm.objects.get(number=2)
    assert fields_of(new) == fields_of(old)
    html = get(client, "form_detail", new.pk)
    assert "Version 1" in html
    press(client, new, "drop_box", row=new.boxes.get().pk)
    press(client, new, "drop_check", row=new.checks.get().pk)
    old.refresh_from_db()
    assert (old.state, old.boxes.count(), old.checks.count()) == (FormState.IN_USE, 1, 1)
    press(client, new, "use")
    ledger.schedule.refresh_from_db()
    assert ledger.schedule.form == new
    assert "01-DV" in get(client, "form_list", query="?tab=closed")


def test_a_form_that_is_asked_for_is_not_closed(cast, as_person, ledger):
    client = as_person(cast.officer)
    assert "A schedule asks for this form" in press(client, ledger.form, "close", status=409)
    ledger.schedule.is_closed = True
    ledger.schedule.save()
    press(client, ledger.form, "close")
    ledger.form.refresh_from_db()
    assert ledger.form.state == FormState.CLOSED


def test_refusals_are_shown_and_nothing_typed_is_lost(cast, as_person, draft):
    client = as_person(cast.officer)
    html = post(client, "form_make", status=422, unit=cast.bloc.pk, code="02-DV", name="Lần thứ hai")
    assert "There is a form of this code already" in html
    assert "Lần thứ hai" in html
    assert "not possible now" in press(client, draft, "nonsense", status=409)
    assert "not possible now" in press(client, draft, "up", status=409, row="9" * 30)
    press(client, draft, "up", status=404, row=987654)


def test_strangers_find_nothing_readers_change_nothing_and_units_see_what_they_are_asked(
    cast, as_person, ledger, draft
):
    get(as_person(cast.stranger), "form_list", status=404)
    get(as_person(cast.secretary), "form_detail", ledger.form.pk, status=404)
    open_month(cast, ledger)
    assert "Cuộc đối thoại" in get(as_person(cast.secretary), "form_preview", ledger.form.pk)
    get(as_person(cast.secretary), "form_detail", draft.pk, status=404)
    reader = as_person(cast.inspector)
    assert "Add fields" not in get(reader, "form_detail", draft.pk)
    for name in ("form_fields", "form_box", "form_check"):
        get(reader, name, draft.pk, status=403)
    post(reader, "form_detail", draft.pk, status=403, act="use", version=1)
    get(reader, "form_field", ledger.field(ledger.dialogues).pk, status=403)
    get(reader, "form_make", status=403)


def test_pages_ask_as_much_for_thirty_fields_as_for_three(cast, as_person, ledger, draft):
    client, counts = as_person(cast.officer), []
    for number in (3, 30):
        made = [
            define_indicator(
                actor=cast.officer,
                unit_id=cast.bloc.pk,
                what=Definition(f"n{number}_{n}", f"Số thứ {n}", breakdown_id=ledger.attendances.breakdown_id),
                valid_from=LONG_AGO,
            )
            for n in range(number)
        ]
        draft.refresh_from_db()
        chosen = [row.pk for row in made]
        post(client, "form_fields", draft.pk, version=draft.version, indicator=chosen)
        client.get(reverse("form_detail", args=[draft.pk]))
        with CaptureQueriesContext(connection) as asked:
            get(client, "form_detail", draft.pk)
            get(client, "form_preview", draft.pk)
            get(client, "form_list")
        counts.append(len(asked))
    assert counts[0] == counts[1]
