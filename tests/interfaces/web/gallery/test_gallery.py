"""The gallery shows every component, to those who develop."""

import re

import pytest
from django.urls import reverse

from motbuoc.interfaces.web.templatetags.components import register

SHOWN_BY_THE_FRAME = {"post_button", "icon"}


@pytest.fixture
def page(client, cast, settings):
    settings.DEMO = True
    client.force_login(cast.officer.account)
    return client.get(reverse("gallery"), {"page": 3}).content.decode()


def test_it_shows_words_for_every_state_and_lateness(page):
    for word in ("Chờ rà soát", "Chưa tiếp nhận", "Đang thực hiện", "Bị trả lại", "Hoàn thành", "Quá hạn 5 ngày"):
        assert word in page


def test_every_component_is_used_on_it():
    from django.template.loader import get_template

    names = ("gallery", "numbers", "lists", "forms", "words")
    source = "".join(get_template(f"gallery/{name}.html").template.source for name in names)
    used = set(re.findall(r"\{%\s*(\w+)", source))
    assert set(register.tags) - SHOWN_BY_THE_FRAME <= used


def test_it_does_not_exist_outside_the_demo_and_development(client, cast, settings):
    settings.DEMO = settings.DEBUG = False
    client.force_login(cast.officer.account)
    assert client.get(reverse("gallery")).status_code == 404


def test_it_only_shows(client, cast, settings):
    settings.DEMO = True
    client.force_login(cast.officer.account)
    assert client.post(reverse("gallery")).status_code == 405
