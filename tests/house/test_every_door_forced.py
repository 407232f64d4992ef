"""Every address of the URL table under attacks that need no cleverness; whoever adds a page need do nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import cycle
from urllib.parse import parse_qsl, urlencode, urlsplit

import lxml.html
import pytest
from django.urls import path, resolve, reverse

from tests.house.neighbourhood import Answer, Neighbourhood, Visitor
from tests.house.url_table import DOORS, Door

pytestmark = pytest.mark.django_db
every_door = pytest.mark.parametrize("door", DOORS, ids=str)

NOBODY = Visitor("somebody not signed in")
SCRIPT = "<script>alert(1)</script>"
WILD = (
    "",
    "\x00",
    "Sen\x00\x1b\u202e",
    "%_\\'\";--",
    "9" * 30,
    "-9223372036854775809",
    "NaN",
    "1e999",
    "²",
    "31/02/2026",
    "99999-01-01",
    SCRIPT,
    "../../../etc/passwd",
    "Sen",
    "ẵ" * 20_000,
)
"""What nobody types: no page may break on any of it, nor give it back as markup."""
HARD = ("\x00", "9" * 30, "NaN", "31/02/2026", SCRIPT)
"""What has broken most pages: tried on every field; of the others two on each, in turn (`EXPLORE=1`: all)."""
IN_TURN = cycle(value for value in WILD if value not in HARD)
ON_EVERY_PAGE = {"language_switch", "sign_out"}
"""Forms of the frame around every page, tried from one of them."""


def _broken(_request: object) -> None:
    raise RuntimeError("broken on purpose")


urlpatterns = [path("hong/", _broken)]
"""A URL table with nothing but a page that breaks."""


@every_door
def test_no_form_is_taken_without_its_token(around: Neighbourhood, door: Door) -> None:
    for visitor in (around.master, NOBODY):
        for address in around.addresses(door, ("own",)):
            answer = visitor.ask("POST", address.url, strict=True)
            assert answer.status == 403, f"{address.url} by {visitor.name}"
            assert "Trang đã mở quá lâu" in answer.text


@every_door
def test_other_methods_are_refused(around: Neighbourhood, door: Door) -> None:
    for address in around.addresses(door, ("own",)):
        for method in ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
            for visitor in (around.master, NOBODY):
                assert visitor.ask(method, address.url).status == 405, f"{method} {address.url}"


@every_door
def test_every_answer_tells_the_browser_to_trust_nothing(around: Neighbourhood, door: Door) -> None:
    for address in around.addresses(door, ("own", "strange")):
        for visitor in (around.master, around.visitors[0], NOBODY):
            for method in ("GET", "POST", "PUT"):
                assert_guarded(visitor.ask(method, address.url))


def assert_guarded(answer: Answer) -> None:
    policy = answer.headers["Content-Security-Policy"]
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert part in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    kind = answer.headers.get("Content-Type", "")
    if kind.partition(";")[0] in (
        "text/javascript",
        "application/javascript",
        "application/manifest+json",
    ):  # of our own making, for the browser itself
        return
    assert kind.startswith("text/html; charset=") or "attachment" in answer.headers["Content-Disposition"]


def test_error_pages_tell_it_too(around: Neighbourhood, settings) -> None:
    answers = {
        404: NOBODY.ask("GET", "/khong-co/"),
        403: NOBODY.ask("POST", reverse("sign_in"), strict=True),
        400: NOBODY.ask("GET", reverse("sign_in"), headers={"Host": "evil.example"}),
    }
    settings.ROOT_URLCONF = __name__
    answers[500] = around.master.ask("GET", "/hong/")
    for status, answer in answers.items():
        assert answer.status == status
        assert "broken on purpose" not in answer.text
        assert_guarded(answer)


@every_door
def test_numbers_that_name_nothing(around: Neighbourhood, door: Door) -> None:
    for number in (0, 2**31, 2**63, 10**40):
        values = dict.fromkeys(door.parameters, number)
        if values:
            for method in ("GET", "POST"):
                answer = around.master.ask(method, reverse(door.name, kwargs=values))
                confirm = answer.headers.get("Location", "").startswith(reverse("account_reauthenticate"))
                refused = answer.status in (404, 405) or confirm or not door.right.signed_in
                assert refused, f"{door} {number}: {answer.status} {answer.error}"


@every_door
def test_wild_questions_break_no_list_and_widen_none(around: Neighbourhood, door: Door) -> None:
    wrong = []
    for url in _pages(around, door):
        for name in sorted(_parameters(around.master.ask("GET", url).text, url)):
            for value in _wild():
                answer = around.master.ask("GET", f"{url}?{urlencode({name: value})}")
                wrong += _harm(around, answer, f"GET {url}?{name}={value[:40]!r}")
            answer = around.master.ask("GET", f"{url}?{name}=%ff%fe&{name}[]=1&{name}=2")
            wrong += _harm(around, answer, f"GET {url}?{name}=(bytes)")
    assert not wrong, "\n".join(wrong)


@every_door
def test_wild_answers_break_no_form(around: Neighbourhood, door: Door) -> None:
    wrong, tried = [], set()
    for url in _pages(around, door):
        for action, fields in _forms(around.master.ask("GET", url).text, url):
            kind = (resolve(urlsplit(action).path).url_name, *sorted(fields))
            if kind in tried or (kind[0] in ON_EVERY_PAGE and door.name != "today"):
                continue
            tried.add(kind)
            for name, value in _spoilt(fields):
                answer = around.master.ask("POST", action, {**fields, name: value})
                wrong += _harm(around, answer, f"POST {action} {name}={value[:40]!r}")
    assert not wrong, "\n".join(wrong)


def _spoilt(fields: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Each field with each wild value; of fields that a table repeats in its rows the first; the rest in turn."""
    alike: dict[str, list[str]] = {}
    for name in fields:
        alike.setdefault(re.sub(r"\d+|(?<=^patience-).*", "*", name), []).append(name)
    for names in alike.values():
        yield from ((names[0], value) for value in _wild())
        yield from zip(names[1:], cycle(WILD), strict=False)


def _wild() -> Iterator[str]:
    """What one field is tried with."""
    if os.environ.get("EXPLORE"):
        yield from WILD
    else:
        yield from (*HARD, next(IN_TURN), next(IN_TURN))


def _harm(around: Neighbourhood, answer: Answer, where: str) -> Iterator[str]:
    if answer.status >= 500:
        yield f"{where}: {answer.status} {answer.error}"
    if SCRIPT in answer.text:
        yield f"{where}: given back as markup"
    if told := around.told(around.master, answer):
        yield f"{where} tells {told}"


def _pages(around: Neighbourhood, door: Door) -> Iterator[str]:
    """The door's addresses at which the master is shown a page."""
    for address in around.addresses(door, ("own",)):
        answer = around.master.ask("GET", address.url)
        if answer.status == 200 and answer.headers["Content-Type"].startswith("text/html"):
            yield address.url


def _parameters(page: str, url: str) -> set[str]:
    """The names a page may be asked with: those of its forms that ask, and of its links to itself."""
    tree = lxml.html.fromstring(page, base_url=url)
    names = {name for form in tree.forms if form.method == "GET" for name in form.fields if name}
    for link in tree.iterfind(".//a[@href]"):
        to = urlsplit(link.get("href"))
        if to.path in ("", url):
            names |= {name for name, _value in parse_qsl(to.query)}
    return names


def _forms(page: str, url: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Where each form of a page is sent, with what a browser would send if nothing were changed."""
    for form in lxml.html.fromstring(page).forms:
        if form.method == "POST":
            sent: dict[str, object] = dict.fromkeys((name for name in form.fields if name), "")
            sent |= dict(form.form_values())
            sent |= {button.get("name"): button.get("value") for button in form.iterfind(".//button[@name]")}
            yield form.action or url, sent


def test_the_questions_and_the_forms_are_found(around: Neighbourhood) -> None:
    inbox = around.master.ask("GET", reverse("inbox")).text
    assert {"words", "state", "directive", "tab"} <= _parameters(inbox, reverse("inbox"))
    door = next(door for door in DOORS if door.name == "assignment_detail")
    page = next(_pages(around, door))
    sent = [fields for _action, fields in _forms(around.master.ask("GET", page).text, page)]
    assert any({"version", "step", "text", "percent", "evidence"} <= set(fields) for fields in sent)
