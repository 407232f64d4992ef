"""Splitting, merging, taking out and adding duties."""

from __future__ import annotations

import pytest
from django.urls import reverse

from motbuoc.domains.documents.models import Duty
from motbuoc.domains.documents.services import drop_duty
from tests.factories import make_directive


def review(document, duty=None) -> str:
    return reverse("document_review", args=[document.pk]) + (f"#duty-{duty.pk}" if duty else "")


def two_sentences(document) -> Duty:
    """A duty of two sentences: all of item 2."""
    first = document.duties.get(position=1)
    end = document.duties.get(position=2).end
    Duty.objects.filter(pk=first.pk).update(end=end, text=document.text[first.start : end])
    document.duties.get(position=2).delete()
    return Duty.objects.get(pk=first.pk)


def press(client, name, duty, **more):
    return client.post(reverse(name, args=[duty.pk]), {"version": duty.version, **more})


def test_splitting_offers_the_ends_of_sentences_and_splits_there(officer, document):
    duty = two_sentences(document)
    page = officer.get(reverse("duty_split", args=[duty.pk]))
    (cut,) = page.context["cuts"]
    assert "nắm tình hình đoàn viên." in page.content.decode()
    answer = press(officer, "duty_split", duty, at=cut.at)
    assert answer["Location"] == review(document, duty)
    words = list(document.duties.filter(provision=duty.provision).values_list("text", flat=True))
    assert words == ["Thường xuyên nắm tình hình đoàn viên.", "Tổ chức đối thoại định kỳ với đoàn viên"]


def test_splitting_somewhere_else_is_no_choice(officer, document):
    duty = two_sentences(document)
    assert press(officer, "duty_split", duty, at=duty.start + 3).status_code == 422
    assert document.duties.count() == 3


def test_splitting_one_sentence_says_what_to_do(officer, document):
    page = officer.get(reverse("duty_split", args=[document.duties.first().pk])).content.decode()
    assert "không tách được" in page


def test_splitting_what_somebody_changed(cast, officer, document):
    duty = two_sentences(document)
    drop_duty(actor=cast.second_officer, duty=duty, version=1)
    cut = duty.text.index("Tổ chức") + duty.start
    assert press(officer, "duty_split", duty, at=cut).status_code == 409


def test_merging_with_the_next_of_the_same_item(officer, document):
    first, second = document.duties.filter(provision__number="2")
    answer = press(officer, "duty_merge", first)
    assert answer["Location"] == review(document, first)
    merged = Duty.objects.get(pk=first.pk)
    assert merged.text.endswith("đối thoại định kỳ với đoàn viên")
    assert Duty.objects.get(pk=second.pk).is_dropped


def test_there_is_nothing_to_merge_across_items(officer, document):
    last = document.duties.last()
    page = officer.get(review(document)).content.decode()
    assert reverse("duty_merge", args=[last.pk]) not in page
    answer = officer.post(
        reverse("duty_merge", args=[last.pk]), {"version": 1}, headers={"referer": "http://testserver/van-ban/"}
    )
    assert answer.status_code == 303
    assert not Duty.objects.filter(is_dropped=True).exists()


def test_taking_out_and_back(officer, document):
    duty = document.duties.first()
    press(officer, "duty_drop", duty)
    page = officer.get(review(document)).content.decode()
    assert reverse("duty_restore", args=[duty.pk]) in page
    assert f'id="words-duty-{duty.pk}"' not in page
    press(officer, "duty_restore", Duty.objects.get(pk=duty.pk))
    assert f'id="words-duty-{duty.pk}"' in officer.get(review(document)).content.decode()


def test_a_guess_is_agreed_to_with_one_press(officer, document):
    duty = document.duties.first()
    Duty.objects.filter(pk=duty.pk).update(confidence=0.4)
    assert reverse("duty_agree", args=[duty.pk]) in officer.get(review(document)).content.decode()
    press(officer, "duty_agree", duty)
    assert reverse("duty_agree", args=[duty.pk]) not in officer.get(review(document)).content.decode()


def test_adding_by_words_that_were_copied(officer, document):
    url = reverse("duty_add", args=[document.pk])
    answer = officer.post(url, {"words": " định kỳ\nbáo cáo kết quả ", "near": ""})
    added = Duty.objects.get(text="định kỳ báo cáo kết quả")
    assert answer["Location"] == review(document, added)
    assert added.provision.number == "3"
    assert document.text[added.start : added.end] == added.text


def test_of_words_that_stand_twice_those_that_were_selected(officer, document):
    near = document.text.rindex("đoàn viên")
    officer.post(reverse("duty_add", args=[document.pk]), {"words": "đoàn viên", "near": near})
    assert Duty.objects.get(text="đoàn viên").start == near


def test_adding_words_that_are_not_there_keeps_them(officer, document):
    answer = officer.post(reverse("duty_add", args=[document.pk]), {"words": "Xây dựng cầu vượt"})
    assert answer.status_code == 422
    assert "Xây dựng cầu vượt" in answer.content.decode()
    assert document.duties.count() == 4


def test_a_page_without_a_version_is_refused(officer, document):
    duty = document.duties.first()
    answer = officer.post(reverse("duty_drop", args=[duty.pk]))
    assert answer.status_code == 409
    assert not Duty.objects.filter(is_dropped=True).exists()


POSTED = ("duty_merge", "duty_drop", "duty_restore", "duty_agree")


@pytest.mark.parametrize("name", [*POSTED, "duty_split"])
def test_who_may_not(cast, document, as_person, name):
    duty = document.duties.first()
    for person in (cast.stranger, cast.secretary, cast.inspector):
        assert press(as_person(person), name, duty).status_code == (404 if person == cast.stranger else 403)
    assert Duty.objects.get(pk=duty.pk).version == 1


@pytest.mark.parametrize("name", [*POSTED, "duty_split"])
def test_a_reader_may_not(cast, as_person, name):
    duty = make_directive(cast).duties.first()
    assert press(as_person(cast.secretary), name, duty).status_code == 403
    assert Duty.objects.get(pk=duty.pk).version == duty.version


@pytest.mark.parametrize("name", POSTED)
def test_only_by_pressing(officer, document, name):
    assert officer.get(reverse(name, args=[document.duties.first().pk])).status_code == 405


def test_adding_is_not_for_readers(cast, as_person):
    document = make_directive(cast)
    url = reverse("duty_add", args=[document.pk])
    assert as_person(cast.secretary).post(url, {"words": "đoàn viên"}).status_code == 403
    assert as_person(cast.stranger).post(url, {"words": "đoàn viên"}).status_code == 404
    assert as_person(cast.officer).delete(url).status_code == 405
    assert document.duties.count() == 4
