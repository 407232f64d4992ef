"""`python -m demo` as a person types it."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from demo.__main__ import main
from motbuoc.foundation.units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["demo", *arguments])
        return main()

    return run


def test_it_refuses_where_the_installation_is_not_in_demo_mode(typed, settings, capsys):
    settings.DEMO = False
    assert typed() == 2
    assert "MOTBUOC_DEMO" in capsys.readouterr().err
    assert not Unit.objects.exists()


def test_it_leaves_a_filled_database_alone(typed, settings, cast, capsys):
    settings.DEMO = True
    before = Unit.objects.count()
    assert typed("--if-empty") == 0
    assert capsys.readouterr().out == ""
    assert typed() == 1
    assert "empty" in capsys.readouterr().err
    assert Unit.objects.count() == before


def test_it_says_how_far_it_has_come_and_what_it_made(typed, settings, capsys):
    settings.DEMO = True
    assert typed("--scale", "0.02", "--until", "2026-11-23", "--seed", "9") == 0
    said = capsys.readouterr().out
    assert "2 base units" in said
    assert "41 assignments" in said
    assert "living 10/2026" in said
    assert Unit.objects.on(date(2026, 11, 23)).filter(code="ĐUK").exists()
