"""Being led to another host, pretending to be one, and sessions that somebody else has prepared."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from tests.factories import make_document

ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example/",
    "http:evil.example",
    "https:///evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "/\t/evil.example/",
    "\x00//evil.example/",
)
"""What browsers take for an address of another host, or for a script."""
COOKIE = django_settings.SESSION_COOKIE_NAME


def leads_here(location: str) -> bool:
    """Whether a browser that follows stays on this host. Browsers read `\\` as `/` and skip control characters."""
    read = "".join(c for c in location if c > " ").replace("\\", "/")
    return not read.startswith("//") and urlsplit(read)[:2] in (("", ""), ("http", "testserver"))


@pytest.mark.parametrize("wanted", ELSEWHERE)
class TestLedElsewhere:
    """No address that comes from outside leads away."""

    def test_after_signing_in(self, cast, client, sign_in, wanted):
        assert leads_here(sign_in(client, next=wanted)["Location"])
        again = client.get(f"{reverse('sign_in')}?next={quote(wanted)}")
        assert leads_here(again.headers.get("Location", "/"))

    def test_after_choosing_a_language(self, db, client, wanted):
        for sent in ({"next": wanted}, {}):
            sent = {"language": "en", **sent}
            answer = client.post(reverse("language_switch"), sent, headers={"Referer": wanted})
            assert leads_here(answer["Location"])

    def test_after_signing_out(self, cast, as_person, wanted):
        answer = as_person(cast.secretary).post(reverse("sign_out"), {"next": wanted})
        assert leads_here(answer["Location"])

    @pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
    def test_after_a_refusal(self, cast, as_person, wanted, htmx):
        document = make_document(cast)
        url = reverse("document_reopen", args=[document.pk])
        for referer in (wanted, f"http://testserver{wanted}"):
            came = {"Referer": referer, "HX-Current-URL": referer, **htmx}
            answer = as_person(cast.officer).post(url, {"version": document.version}, headers=came)
            assert answer.status_code in (200, 303, 409)
            for header in ("Location", "HX-Redirect", "HX-Push-Url", "HX-Location"):
                assert leads_here(answer.headers.get(header, "/")), (header, answer.headers.get(header))


@pytest.mark.parametrize(
    "path", ["//evil.example/viec", "//evil.example/%2e%2e", "/\\evil.example/viec", "//viec"]
)
def test_an_odd_address_of_ours_leads_nowhere_else(cast, client, path):
    answer = client.get(path)
    assert leads_here(answer.headers.get("Location", "/"))


class TestHosts:
    """A host that is not ours gets no answer, and is believed by nobody."""

    @pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b"])
    def test_another_name_is_refused(self, cast, client, host):
        for url in (reverse("sign_in"), reverse("today"), "/khong-co/"):
            answer = client.get(url, headers={"Host": host})
            assert answer.status_code == 400
            assert "evil" not in answer.content.decode()

    def test_what_a_forwarder_claims_is_not_repeated(self, cast, client, as_person):
        claims = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Host": "evil.example"}
        claims["X-Original-URL"] = claims["X-Rewrite-URL"] = reverse("document_list")
        for browser in (client, as_person(cast.officer)):
            for url in (reverse("sign_in"), reverse("today"), reverse("document_list")):
                answer = browser.get(url, headers=claims)
                assert "evil.example" not in answer.content.decode() + str(answer.headers)


class TestSessions:
    """Nobody's session is one that somebody else has prepared or kept."""

    def test_a_session_made_up_elsewhere_is_not_taken_on(self, cast, client, sign_in):
        client.cookies[COOKIE] = "0123456789abcdefghijklmnopqrstuv"
        assert sign_in(client).status_code == 302
        assert client.cookies[COOKIE].value != "0123456789abcdefghijklmnopqrstuv"

    def test_a_session_begun_before_gets_a_new_key_at_sign_in(self, cast, client, sign_in):
        planted = client.session  # one that the attacker has begun and put into the victim's browser
        planted["marked"] = True
        planted.save()
        client.cookies[COOKIE] = planted.session_key
        sign_in(client)
        assert client.cookies[COOKIE].value != planted.session_key
        attacker = Client()
        attacker.cookies[COOKIE] = planted.session_key
        assert attacker.get(reverse("today")).status_code == 302

    def test_becoming_somebody_else_leaves_nothing_of_the_first(self, cast, as_person, settings):
        settings.DEMO = True
        client = as_person(cast.officer)
        session = client.session
        session["drafts"] = "của người trước"
        session.save()
        first = session.session_key
        client.post(reverse("demo_sign_in", args=["bithu"]))
        assert client.session["_auth_user_id"] == str(cast.secretary.account.pk)
        assert client.cookies[COOKIE].value != first
        assert "drafts" not in client.session

    def test_signing_out_ends_the_session_everywhere(self, cast, as_person):
        client = as_person(cast.secretary)
        kept = client.cookies[COOKIE].value
        client.post(reverse("sign_out"))
        thief = Client()
        thief.cookies[COOKIE] = kept
        assert thief.get(reverse("today")).status_code == 302

    def test_the_token_of_forms_changes_at_sign_in(self, cast, sign_in):
        client = Client()
        client.get(reverse("sign_in"))
        before = client.cookies["csrftoken"].value
        sign_in(client)
        client.get(reverse("today"))
        assert client.cookies["csrftoken"].value != before

    @pytest.mark.parametrize("cookie", ["'", "\x00", "../../etc/passwd", "x" * 5000, "' OR 1=1 --"])
    def test_a_cookie_of_nonsense_signs_nobody_in(self, db, client, cookie):
        client.cookies[COOKIE] = cookie
        assert client.get(reverse("today")).status_code == 302

    def test_scripts_and_other_sites_do_not_get_at_the_cookies(self, cast, client, sign_in):
        sign_in(client)
        assert client.cookies[COOKIE]["httponly"]
        assert client.cookies[COOKIE]["samesite"] == "Lax"

    def test_who_was_closed_out_is_out_at_once(self, cast, as_person):
        client = as_person(cast.secretary)
        assert client.get(reverse("today")).status_code == 200
        account = cast.secretary.account
        account.is_active = False
        account.save()
        assert client.get(reverse("today")).status_code == 302
