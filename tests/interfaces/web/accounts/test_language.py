"""The language of the screen."""

from datetime import UTC, date, datetime

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, override

from motbuoc.interfaces.web.accounts.language import ChosenLanguageMiddleware


def test_one_may_change_to_english_and_back_before_signing_in(client, db):
    client.post(reverse("language_switch"), {"language": "en", "next": reverse("sign_in")})
    assert '<html lang="en">' in client.get(reverse("sign_in")).content.decode()
    client.post(reverse("language_switch"), {"language": "vi", "next": reverse("sign_in")})
    assert '<html lang="vi">' in client.get(reverse("sign_in")).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_written_in_the_same_order_in_both_languages(language):
    with override(language):
        assert date_format(date(2026, 5, 3), "SHORT_DATE_FORMAT") == date_format(date(2026, 5, 3)) == "03/05/2026"
        assert date_format(datetime(2026, 5, 3, 16, 5, tzinfo=UTC), "DATETIME_FORMAT") == "16:05 03/05/2026"


def test_the_switch_names_each_language_in_itself_and_marks_the_present_one(client, db):
    page = client.get(reverse("sign_in")).content.decode()
    assert "English</button>" in page
    assert 'lang="vi" aria-current="true"' in page


@pytest.mark.parametrize(
    ("cookie", "spoken"), [("", "vi"), ("en", "en"), ("vi", "vi"), ("fr", "vi"), ("../etc", "vi")]
)
def test_an_english_browser_is_greeted_in_vietnamese_until_a_person_chooses(rf, settings, cookie, spoken):
    request = rf.get("/", headers={"Accept-Language": "en-US,en"})
    if cookie:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    answer = ChosenLanguageMiddleware(lambda _request: HttpResponse(get_language()))(request)
    assert answer.content.decode() == spoken
    assert answer["Content-Language"] == spoken
