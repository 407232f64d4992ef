"""What an installation sets by its environment."""

import pytest
from django.db import connection
from pydantic import ValidationError

from config.env import Environment


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp+tls://nguoi%40mau.example:m%2Fk@thu.mau.example", 587, True, False),
        ("smtps://nguoi%40mau.example:m%2Fk@thu.mau.example", 465, False, True),
        ("smtp://nguoi%40mau.example:m%2Fk@thu.mau.example:2525", 2525, False, False),
    ],
)
def test_a_mail_server_is_named_by_one_address(url, port, tls, ssl):
    mail = Environment(mail_url=url, mail_from="mb@mau.example").mail()
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"]) == ("thu.mau.example", port)
    assert (mail["EMAIL_HOST_USER"], mail["EMAIL_HOST_PASSWORD"]) == ("nguoi@mau.example", "m/k")
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"]) == (tls, ssl)


def test_without_one_nothing_is_sent():
    assert Environment().mail() == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    "half",
    [
        {"mail_url": "smtp://localhost"},
        {"reply_mailbox": "imaps://a:b@thu.mau.example"},
        {"oidc_issuer": "https://id.mau.example"},
        {"oidc_issuer": "http://id.mau.example", "oidc_client_id": "x"},
        {"password_min_length": 4},
    ],
)
def test_what_is_set_by_halves_or_unsafely_is_refused_at_the_start(half):
    with pytest.raises(ValidationError):
        Environment(**half)


def test_a_mailbox_is_named_by_one_address_and_never_without_tls():
    address = "imaps://tra-loi%40mau.example:m%2Fk@thu.mau.example"
    box = Environment(reply_mailbox=address, reply_address="tra-loi@mau.example").mailbox()
    named = {"host": "thu.mau.example", "user": "tra-loi@mau.example", "password": "m/k"}
    assert box == {**named, "port": 993, "folder": "INBOX", "tls_at_once": True}
    other = address.replace("imaps", "imap+tls") + ":1143/Tr%20loi"
    box = Environment(reply_mailbox=other, reply_address="tra-loi@mau.example").mailbox()
    assert box == {**named, "port": 1143, "folder": "Tr loi", "tls_at_once": False}
    assert Environment().mailbox() is None
    for wrong in (
        "imap://a:b@thu.mau.example",
        "imaps://thu.mau.example",
        "imaps://a:b@thu.mau.example/Trả%20lời",
    ):
        with pytest.raises(ValueError, match="MOTBUOC_REPLY_MAILBOX") as refused:
            Environment(reply_mailbox=wrong, reply_address="tra-loi@mau.example").mailbox()
        assert "a:b" not in str(refused.value)


def test_an_identity_service_is_named_by_its_label_or_its_host():
    [service] = Environment(oidc_issuer="https://id.mau.example/realm/", oidc_client_id="x").identity_services()
    assert service["name"] == "id.mau.example"
    assert service["settings"] == {"server_url": "https://id.mau.example/realm"}
    assert Environment().identity_services() == []


@pytest.mark.django_db
def test_postgresql_compiles_no_queries():
    if connection.vendor != "postgresql":
        assert Environment(database_url="postgresql://a@b/c").database()["OPTIONS"] == {"options": "-c jit=off"}
        return
    with connection.cursor() as cursor:
        cursor.execute("show jit")
        assert cursor.fetchone() == ("off",)
