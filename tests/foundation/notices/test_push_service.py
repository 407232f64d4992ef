"""A push service as RFC 8030, 8188, 8291 and 8292 ask for it, on this machine: it takes only what is signed right.

The service is a server of its own with TLS. Only the network is bent, so that a public name leads to it; the
browser is played by its keys, with which what arrives is read.
"""

from __future__ import annotations

import json
import socket
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.x509.oid import NameOID

from motbuoc.foundation.notices.channels.push import browser_key, send
from motbuoc.foundation.notices.messages import Message
from motbuoc.foundation.notices.models import Channel, Delivery, PushSubscription
from motbuoc.foundation.notices.outbox import Trouble, Undeliverable
from tests.factories import Cast

HOST = "push.mau.example"
RAW, POINT = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
AUTH = bytes(range(16))
MESSAGE = Message("f" * 32, "2 nhiệm vụ quá hạn", (), 0, "https://motbuoc.mau.example/thong-bao/", "")


def plain(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def coded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


class Browser:
    """A browser that has subscribed: its key pair and secret, and how it reads what it gets (RFC 8291)."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.public = self.key.public_key().public_bytes(RAW, POINT)

    def read(self, body: bytes) -> dict[str, Any]:
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        server, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), server))
        secret = derived(shared, AUTH, b"WebPush: info\0" + self.public + server, 32)
        key = derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(secret, salt, b"Content-Encoding: nonce\0", 12)
        opened = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert opened[-1:] == b"\x02"  # the last record (RFC 8188)
        told: dict[str, Any] = json.loads(opened[:-1])
        return told


class PushService(HTTPServer):
    """Takes messages for `/send/known`, and refuses what is not as it must be; what it took is in `taken`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.taken: list[tuple[bytes, dict[str, str]]] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(folder / "push.pem")
        self.socket = context.wrap_socket(self.socket, server_side=True)


class Desk(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self._judge()
        if status == 201:
            self.server.taken.append((body, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _judge(self) -> int:
        scheme, _space, words = self.headers["Authorization"].partition(" ")
        said = dict(part.strip().split("=", 1) for part in words.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), plain(said["k"]))
        try:
            claims = jwt.decode(said["t"], key, algorithms=["ES256"], audience=f"https://{HOST}")
        except jwt.InvalidTokenError:
            return 403
        left = claims["exp"] - datetime.now(UTC).timestamp()
        if scheme.lower() != "vapid" or said["k"] != browser_key() or not 0 < left <= 24 * 3600:
            return 403
        if claims["sub"] != "mailto:mot-buoc@mau.example" or not self.headers["TTL"].isdigit():
            return 400
        if self.headers["Content-Encoding"] != "aes128gcm" or len(self.headers["Topic"]) > 32:
            return 400
        return {"/send/known": 201, "/send/busy": 503}.get(self.path, 410)

    def log_message(self, *_words: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    """A certificate for the name of the service, which who asks the system for its authorities trusts."""
    folder, key = tmp_path_factory.mktemp("push"), ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kinds = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "push.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *kinds) + pem)
    (folder / "authority.pem").write_bytes(pem)
    return folder


@pytest.fixture
def service(certificate: Path, monkeypatch) -> Iterator[PushService]:
    running = PushService(certificate)

    def connect(_address: Any, timeout: float) -> socket.socket:
        line = socket.socket()
        line.settimeout(timeout)
        line.connect(running.server_address)
        return line

    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "authority.pem"))
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_more, **_named: public if host == HOST else [])
    monkeypatch.setattr(socket, "create_connection", connect)
    worker = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.05})
    worker.start()
    yield running
    running.shutdown()
    worker.join(5)
    running.server_close()


@pytest.fixture
def browser() -> Browser:
    return Browser()


def delivery(cast: Cast, browser: Browser, path: str) -> Delivery:
    endpoint = f"https://{HOST}{path}"
    PushSubscription.objects.create(
        person=cast.secretary, endpoint=endpoint, p256dh=coded(browser.public), auth=coded(AUTH)
    )
    return Delivery(person=cast.secretary, channel=Channel.PUSH, address=endpoint, is_urgent=True)


@pytest.fixture(autouse=True)
def _from(settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Một Bước <mot-buoc@mau.example>"


def test_the_service_takes_it_and_only_the_browser_reads_it(cast, service: PushService, browser: Browser) -> None:
    send(delivery(cast, browser, "/send/known"), MESSAGE)
    ((body, headers),) = service.taken
    told = {"title": "Một Bước", "body": "2 nhiệm vụ quá hạn", "url": MESSAGE.url, "tag": MESSAGE.id}
    assert browser.read(body) == told
    assert "quá hạn".encode() not in body
    assert (headers["topic"], headers["urgency"], headers["ttl"]) == (MESSAGE.id, "high", "86400")
    with pytest.raises(InvalidTag):
        Browser().read(body)


def test_a_subscription_that_has_ended_is_forgotten(cast, service: PushService, browser: Browser) -> None:
    with pytest.raises(Undeliverable):
        send(delivery(cast, browser, "/send/gone"), MESSAGE)
    assert not PushSubscription.objects.exists()


def test_a_busy_service_is_tried_again(cast, service: PushService, browser: Browser) -> None:
    with pytest.raises(Trouble) as trouble:
        send(delivery(cast, browser, "/send/busy"), MESSAGE)
    assert not isinstance(trouble.value, Undeliverable)
    assert PushSubscription.objects.exists()


def test_a_service_with_another_certificate_gets_nothing(cast, service, browser, monkeypatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Trouble):
        send(delivery(cast, browser, "/send/known"), MESSAGE)
    assert service.taken == []
