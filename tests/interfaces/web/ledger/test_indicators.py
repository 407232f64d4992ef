"""The pages of what is counted: listed and looked for, defined, defined anew, ended, mapped, taken over."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motbuoc.domains.ledger.defining import Definition, define_indicator
from motbuoc.domains.ledger.forming import renew_form, use_form
from motbuoc.domains.ledger.models import Breakdown, Indicator
from motbuoc.domains.ledger.periods import Span
from motbuoc.domains.ledger.scheduling import open_period
from motbuoc.domains.ledger.submitted import Target
from motbuoc.foundation.core.errors import Refusal
from tests.factories import LONG_AGO
from tests.factories.ledger import OCTOBER, Ledger, make_ledger, open_month
from tests.interfaces.web.ledger.test_periods import get, post

pytestmark = pytest.mark.django_db
NEXT_JANUARY = Span(date(2027, 1, 1), date(2027, 1, 31))


@pytest.fixture
def ledger(cast) -> Ledger:
    return make_ledger(cast)


def said(**more: object) -> dict[str, object]:
    """A definition as it is sent, with only what has to be there."""
    basis = {"measure": "times", "basis": "in_period", "decimals": 0, "may_estimate": "on"}
    return {"code": "x_01", "name": "Cuộc họp", **basis, **more}


def test_indicators_are_listed_by_item_and_found_without_marks(cast, as_person, ledger):
    client = as_person(cast.officer)
    html = get(client, "indicator_list")
    assert "Item 2" in html
    assert "Cuộc đối thoại" in html
    html = get(client, "indicator_list", query="?q=cau+hoi")
    assert "Câu hỏi, kiến nghị" in html
    assert "Lượt người dự" not in html
    assert "Nothing has such a name" in get(client, "indicator_list", query="?q=khong%00co")


def test_an_indicator_is_defined_with_what_counts(cast, as_person, ledger):
    client = as_person(cast.officer)
    sent = said(unit=cast.bloc.pk, valid_from="01/01/2026", definition="Chỉ tính cuộc có biên bản", item="4")
    html = post(client, "indicator_define", status=422, **(sent | {"measure": "other"}))
    assert "Write what it is measured in" in html
    assert "Chỉ tính cuộc có biên bản" in html
    html = post(client, "indicator_define", status=422, **(sent | {"numerator_id": ledger.questions.pk}))
    assert "A share needs both" in html
    post(client, "indicator_define", **sent)
    made = Indicator.objects.get(code="x_01")
    assert (made.item, made.valid_from) == ("4", date(2026, 1, 1))
    assert "Chỉ tính cuộc có biên bản" in get(client, "indicator_detail", made.pk)
    assert "There is an indicator of this code" in post(client, "indicator_define", status=422, **sent)
    share = said(unit=cast.bloc.pk, valid_from="01/01/2026", code="x_02", name="Tỷ lệ trả lời")
    parts = {"numerator_id": ledger.answered.pk, "denominator_id": ledger.questions.pk}
    post(client, "indicator_define", **share, **parts)
    share_made = Indicator.objects.get(code="x_02")
    html = get(client, "indicator_detail", share_made.pk)
    assert "never entered" in html
    assert "Part of the share" in get(client, "indicator_detail", ledger.questions.pk)


def test_an_indicator_defined_anew_breaks_its_series_and_forms_follow_by_version(cast, as_person, ledger):
    client, old = as_person(cast.officer), ledger.dialogues
    assert "Cuộc đối thoại" in get(client, "indicator_redefine", old.pk)
    sent = said(code=old.code, name="Cuộc đối thoại có kết luận", version=old.version, valid_from="01/01/2027")
    post(client, "indicator_redefine", old.pk, **sent)
    assert "Somebody else changed" in post(client, "indicator_redefine", old.pk, status=422, **sent)
    new = Indicator.objects.get(succeeds=old)
    old.refresh_from_db()
    assert (old.valid_until, new.valid_from, new.code) == (date(2027, 1, 1), date(2027, 1, 1), old.code)
    assert "The definition that goes on in its place" in get(client, "indicator_detail", old.pk)
    assert "the definition before" in get(client, "indicator_detail", new.pk)
    assert "có kết luận" not in get(client, "indicator_list", query="?tab=ended")

    open_month(cast, ledger, OCTOBER)  # the old definition still counts in these days
    with pytest.raises(Refusal, match="Cuộc đối thoại"):
        open_period(actor=cast.officer, schedule=ledger.schedule, span=NEXT_JANUARY)
    draft = renew_form(actor=cast.officer, form=ledger.form)
    assert next(row.indicator for row in draft.fields.order_by("position")) == new
    use_form(actor=cast.officer, form=draft, version=draft.version)
    ledger.schedule.refresh_from_db()
    period = open_period(actor=cast.officer, schedule=ledger.schedule, span=NEXT_JANUARY)
    assert period.form == draft
    with pytest.raises(Refusal, match="có kết luận"):  # nor is the new one asked for before its time
        open_period(actor=cast.officer, schedule=ledger.schedule, span=Span(date(2026, 9, 1), date(2026, 9, 30)))


def test_an_indicator_is_ended_and_left_out_of_the_next_version(cast, as_person, ledger):
    client, one = as_person(cast.officer), ledger.questions
    sent = {"version": one.version, "valid_until": "01/01/2027"}
    post(client, "indicator_end", one.pk, **sent)
    assert "01/01/2027" in get(client, "indicator_detail", one.pk)
    again = post(client, "indicator_end", one.pk, status=422, version=one.version + 1, valid_until="01/02/2027")
    assert "has ended already" in again
    assert one.name in get(client, "indicator_list", query="?tab=ended")
    draft = renew_form(actor=cast.officer, form=ledger.form)
    assert one not in [row.indicator for row in draft.fields.all()]


def test_what_others_call_it_and_what_is_to_be_reached(cast, as_person, ledger):
    client, pk = as_person(cast.officer), ledger.dialogues.pk
    post(client, "indicator_map", pk, requester="Ban Dân vận Tỉnh ủy", code="DV-07", name="Đối thoại")
    post(client, "indicator_map", pk, requester="Ban Dân vận Tỉnh ủy", code="DV-08")
    sent = {"unit": cast.bloc.pk, "year": 2026, "amount": "24"}
    post(client, "indicator_target", pk, **sent)
    post(client, "indicator_target", pk, **(sent | {"amount": "30"}))
    html = get(client, "indicator_detail", pk)
    assert "DV-08" in html
    assert [row.code for row in ledger.dialogues.mappings.all()] == ["DV-08"]
    assert Target.objects.get().amount == 30
    assert "01-DV" in html  # where it is asked for


def test_a_breakdown_is_defined(cast, as_person, ledger):
    client = as_person(cast.officer)
    sent = {"unit": cast.bloc.pk, "code": "tuoi", "name": "Độ tuổi"}
    html = post(client, "breakdown_define", status=422, categories="Một phần", **sent)
    assert "different parts" in html
    post(client, "breakdown_define", categories="Đến 30\nTrên 30", **sent)
    assert [row.name for row in Breakdown.objects.get(code="tuoi").categories.all()] == ["Đến 30", "Trên 30"]
    assert "Đến 30, Trên 30" in get(client, "breakdown_list")


def test_the_standard_list_is_taken_over_in_one_step(cast, as_person):
    client = as_person(cast.officer)
    assert "Take over the standard list" in get(client, "indicator_list")
    assert "Item 7" not in get(client, "indicator_list")
    get(client, "indicator_take")
    post(client, "indicator_take", unit=cast.bloc.pk)
    html = get(client, "indicator_list")
    assert "Hội nghị quán triệt, triển khai" in html
    assert "Take over the standard list" not in html
    Indicator.objects.filter(code="i5_01").update(basis="in_period")  # as an earlier list had it
    assert "Take over the standard list" in get(client, "indicator_list")
    post(client, "indicator_take", unit=cast.bloc.pk, corrects="on")
    assert "Take over the standard list" not in get(client, "indicator_list")
    page = get(client, "indicator_detail", Indicator.objects.get(code="i5_01").pk)
    assert "Days that a value counts set right" in page
    post(client, "indicator_take", status=422, unit=cast.province.pk)  # not the officer's to define for


def test_strangers_find_nothing_and_readers_define_nothing(cast, as_person, ledger):
    pk = ledger.dialogues.pk
    get(as_person(cast.stranger), "indicator_list", status=404)
    get(as_person(cast.stranger), "indicator_detail", pk, status=404)
    reader = as_person(cast.secretary)
    assert "Define it anew" not in get(reader, "indicator_detail", pk)
    for name in ("indicator_redefine", "indicator_end", "indicator_map", "indicator_target"):
        get(reader, name, pk, status=403)
    for name in ("indicator_define", "indicator_take", "breakdown_define"):
        get(reader, name, status=403)
    assert "Define a breakdown" not in get(reader, "breakdown_list")


def test_lists_ask_as_much_for_thirty_as_for_three(cast, as_person, ledger):
    client, counts = as_person(cast.officer), []
    for number in (3, 30):
        for n in range(number):
            what = Definition(f"n{number}_{n}", f"Số {n}", breakdown_id=ledger.attendances.breakdown_id)
            define_indicator(actor=cast.officer, unit_id=cast.bloc.pk, what=what, valid_from=LONG_AGO)
        get(client, "indicator_list")
        with CaptureQueriesContext(connection) as asked:
            get(client, "indicator_list")
            get(client, "breakdown_list")
            get(client, "indicator_detail", ledger.dialogues.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]
