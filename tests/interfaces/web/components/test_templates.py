"""Rules that hold for every template, checked by reading them."""

import re
from pathlib import Path

import pytest

import motbuoc

WEB = Path(motbuoc.__file__).parent / "interfaces/web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
each = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates")))


@each
def test_no_inline_style_script_or_handler(path):
    text = path.read_text()
    assert not re.search(r"<[^>]*\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert "hx-on" not in text
    assert not re.search(r"hx-(vals|headers)=['\"]js:", text)


@each
def test_nothing_is_loaded_from_elsewhere(path):
    assert not re.search(r"(src|href|action)=[\"'](https?:)?//", path.read_text())


@each
def test_every_form_that_writes_carries_the_token(path):
    text = path.read_text()
    # The gallery's forms lead nowhere.
    if path.parent.name != "gallery":
        for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, re.DOTALL):
            assert "csrf_token" in form


def test_every_sign_named_anywhere_is_drawn():
    drawn = set(re.findall(r'id="sign-([\w-]+)"', (WEB / "templates/components/signs.html").read_text()))
    texts = {path: path.read_text() for path in TEMPLATES}
    named = {
        name: path.name
        for path, text in texts.items()
        for name in re.findall(r"\{% icon \"([\w-]+)\"|\bsign=\"([\w-]+)\"", text)
        for name in name
        if name
    }
    from motbuoc.interfaces.web.templatetags.signs import LATENESS, STATES
    from motbuoc.interfaces.web.viewer import SECTIONS

    named |= {sign.drawing: "signs.py" for sign in (*STATES.values(), *LATENESS.values())}
    named |= {section.sign: "viewer.py" for section in SECTIONS}
    assert {name: where for name, where in named.items() if name not in drawn} == {}


def test_style_sheets_load_nothing_from_elsewhere():
    for path in (WEB / "static/css").glob("*.css"):
        assert not re.search(r"url\(\s*[\"']?(https?:)?//", path.read_text()), path
