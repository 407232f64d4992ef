"""Answers to reminders in a mailbox, fetched from an IMAP server that runs on this machine (pymap)."""

from __future__ import annotations

import imaplib
import ipaddress
import logging
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.utils import translation

from motbuoc.domains.work import replying
from motbuoc.domains.work.models import Assignment, Entry
from motbuoc.foundation.notices.received import ReceivedMail
from motbuoc.interfaces.jobs import receiving
from motbuoc.interfaces.jobs.fetching import BROKEN, fetch_answers
from motbuoc.interfaces.jobs.urging import urge
from tests.factories import Cast, make_directive
from tests.interfaces.cli.test_receive_mail import letter

USER, PASSWORD = "tra-loi", "mật khẩu thử"
pytestmark = pytest.mark.skipif(find_spec("pymap") is None, reason="pymap is not installed")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate for this machine, with its key beside it."""
    folder = tmp_path_factory.mktemp("imap")
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(9))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = made.add_extension(here, False).add_extension(x509.BasicConstraints(True, None), True)
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(pem, form, plain))
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    return folder / "cert.pem"


@pytest.fixture(params=["imap+tls", "imaps"])
def server(request, certificate: Path, monkeypatch) -> Iterator[Server]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with Server(certificate, at_once=request.param == "imaps") as running:
        yield running


class Server:
    """pymap with one empty mailbox; `at_once`: behind a door with TLS, which shuts on a word of the client's."""

    def __init__(self, certificate: Path, *, at_once: bool) -> None:
        self.certificate, self.at_once, self.cut = certificate, at_once, b""
        self.inner = self.port = free_port()

    def __enter__(self) -> Server:
        tls = ["--no-tls"]
        if not self.at_once:
            tls = ["--cert", str(self.certificate), "--key", str(self.certificate.with_name("key.pem"))]
        begin = [sys.executable, "-c", "from pymap.main import main; main()", "--host", "127.0.0.1"]
        mailbox = ["dict", "--demo-user", USER, "--demo-password", PASSWORD]
        self.process = subprocess.Popen([*begin, "--port", str(self.inner), *tls, *mailbox])
        for _attempt in range(300):
            try:
                socket.create_connection(("127.0.0.1", self.inner), 1).close()
                break
            except OSError:
                assert self.process.poll() is None, "the IMAP server does not run"
                time.sleep(0.1)
        if self.at_once:
            self.port = free_port()
            self.door = ThreadingTCPServer(("127.0.0.1", self.port), door_of(self))
            self.door.daemon_threads = True
            Thread(target=self.door.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self.at_once:
            self.door.shutdown()
            self.door.server_close()
        self.process.terminate()
        self.process.wait()

    @property
    def box(self) -> dict[str, object]:
        """As the setting has it."""
        who = {"host": "127.0.0.1", "port": self.port, "user": USER, "password": PASSWORD}
        return {**who, "folder": "INBOX", "tls_at_once": self.at_once}

    def put(self, *mails: bytes) -> None:
        """Lay mails into the mailbox."""
        with self.client() as client:
            for mail in mails:
                client.append("INBOX", "", "", mail)

    def flags(self) -> list[str]:
        """Those of each mail, in order."""
        with self.client() as client:
            client.select("INBOX", readonly=True)
            return [
                " ".join(sorted(flag.decode() for flag in imaplib.ParseFlags(row) if flag != rb"\Recent"))
                for row in client.fetch("1:*", "(FLAGS)")[1]
                if row
            ]

    def client(self) -> imaplib.IMAP4:
        """A client of the test's own."""
        client = imaplib.IMAP4("127.0.0.1", self.inner, timeout=10)
        if not self.at_once:
            client.starttls(ssl.create_default_context(cafile=str(self.certificate)))
        client.authenticate("PLAIN", lambda _challenge: f"\0{USER}\0{PASSWORD}".encode())
        return client


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def door_of(server: Server) -> type[BaseRequestHandler]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(server.certificate, server.certificate.with_name("key.pem"))

    class Door(BaseRequestHandler):
        def handle(self) -> None:
            with (
                socket.create_connection(("127.0.0.1", server.inner)) as inside,
                context.wrap_socket(self.request, server_side=True) as outside,
            ):
                back = Thread(target=self.carry, args=(inside, outside), daemon=True)
                back.start()
                self.carry(outside, inside, cut=True)
                back.join(5)

        def carry(self, source: socket.socket, target: socket.socket, *, cut: bool = False) -> None:
            with suppress(OSError):
                while (words := source.recv(65536)) and not (cut and server.cut and server.cut in words):
                    target.sendall(words)
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    return Door


@pytest.fixture(autouse=True)
def _by_mail(settings, cast: Cast):
    settings.REPLY_ADDRESS = "tra-loi@mau.example"
    cast.secretary.account.email = "bithu@mau.example"
    cast.secretary.account.save()
    with translation.override("en"):
        yield


@pytest.fixture
def task(cast: Cast) -> Assignment:
    return make_directive(cast).assignments.filter(unit=cast.unit_a).order_by("pk")[0]


def words() -> list[str]:
    return list(Entry.objects.filter(by_mail=True).order_by("pk").values_list("text", flat=True))


def mail_of(cast: Cast, task: Assignment, text: str) -> bytes:
    return letter(cast, task, text, Message_ID=f"<{text.encode().hex()}@mau.example>").as_bytes()


def test_each_mail_is_taken_in_once(cast, task, server, settings) -> None:
    assert fetch_answers() == 0  # no mailbox is set
    settings.REPLY_MAILBOX = server.box
    assert fetch_answers() == 0
    server.put(mail_of(cast, task, "một"), mail_of(cast, task, "hai"))
    assert fetch_answers() == 2
    assert server.flags() == [r"\Seen", r"\Seen"]
    server.put(mail_of(cast, task, "một"), mail_of(cast, task, "ba"))  # the first came twice
    urge()
    assert words() == ["một", "hai", "ba"]
    assert fetch_answers() == 0


def test_what_never_can_be_read_is_flagged_and_what_cannot_be_now_stays(cast, task, server, settings, monkeypatch):
    settings.REPLY_MAILBOX = server.box
    real = replying._progress

    def fails(person, tag, mail):
        if "sau" in mail.text:
            raise OperationalError("database is locked")
        return real(person, tag, mail)

    small = mail_of(cast, task, "nhỏ")
    monkeypatch.setattr(receiving, "MOST_BYTES", len(small) + 40)
    monkeypatch.setattr("motbuoc.interfaces.jobs.fetching.MOST_BYTES", len(small) + 40)
    server.put(mail_of(cast, task, "to" * 99), mail_of(cast, task, "sau"), small)
    with monkeypatch.context() as patch:
        patch.setattr(replying, "_progress", fails)
        assert fetch_answers() == 2
    assert (words(), server.flags()) == (["nhỏ"], [r"\Flagged \Seen", "", r"\Seen"])
    assert fetch_answers() == 1
    assert words() == ["nhỏ", "sau"]


@pytest.mark.parametrize("server", ["imaps"], indirect=True)
@pytest.mark.parametrize("word", [b"AUTHENTICATE", b"SELECT", b"SEARCH", b"FETCH", b"STORE"])
def test_a_connection_that_breaks_loses_nothing_and_nothing_counts_twice(
    cast, task, server, settings, word
) -> None:
    settings.REPLY_MAILBOX, server.cut = server.box, word
    server.put(mail_of(cast, task, "một"), mail_of(cast, task, "hai"))
    with pytest.raises(BROKEN):
        fetch_answers()
    assert len(words()) == (word == b"STORE")
    server.cut = b""
    assert fetch_answers() == 2
    assert (words(), ReceivedMail.objects.count()) == (["một", "hai"], 2)


def test_neither_password_nor_words_are_in_the_log(cast, task, server, settings, caplog, monkeypatch) -> None:
    caplog.set_level(logging.DEBUG)
    settings.REPLY_MAILBOX = server.box | {"password": "mật khẩu sai"}
    with pytest.raises(CommandError) as refused:
        call_command("receive_mail", "--mailbox")
    assert refused.value.returncode == 75
    urge()
    settings.REPLY_MAILBOX = server.box
    monkeypatch.setattr(replying, "_progress", lambda *_asked: {}["lỗi"])
    server.put(mail_of(cast, task, "điều chỉ nói riêng"))
    assert fetch_answers() == 1
    said = caplog.text + str(refused.value)
    assert said
    for secret in ("mật khẩu", "chỉ nói riêng", "bithu@"):
        assert secret not in said


def test_a_server_without_a_good_certificate_is_told_nothing(server, settings, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    settings.REPLY_MAILBOX = server.box
    with pytest.raises(ssl.SSLCertVerificationError):
        fetch_answers()
