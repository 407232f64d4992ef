"""Posting to an address that a person typed, without being led elsewhere.

The name is resolved once, every address it has must be public, and the connection goes to one that was checked.
Only https; no redirect is followed; the answer's body is not read; all of it within TIME.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings

from motbuoc.foundation.notices.outbox import FORBIDDEN, SILENT, Trouble, Undeliverable

TIME = 15.0  # seconds, for all of it
NAT64 = IPv6Network("64:ff9b::/96")


class _Checked(HTTPConnection):
    """A connection to one address, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool) -> None:
        super().__init__(host, port, timeout=TIME)
        self._address, self._secure, self._end = address, secure, monotonic() + TIME

    def connect(self) -> None:
        """To the address that was checked; with TLS the certificate must be that of the name."""
        self.sock = socket.create_connection((self._address, self.port), self._left())
        if not self._secure:
            return
        plain, context = self.sock, ssl.create_default_context()
        sealed = context.wrap_socket(plain, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock = sealed  # the timer cuts whatever is here
        sealed.settimeout(self._left())
        sealed.do_handshake()
        sealed.settimeout(self._left())

    def _left(self) -> float:
        """The seconds that are left. Raises TimeoutError when there are none."""
        if (left := self._end - monotonic()) <= 0:
            raise TimeoutError
        return left


def post(url: str, body: bytes, headers: Mapping[str, str], *, may_be_inside: bool = False) -> int:
    """Post `body`; the status of the answer. Only what an administrator set `may_be_inside` the network.

    Raises:
        Undeliverable: the address is not one to which anything is sent.
        Trouble: nobody answered in time.
    """
    parts = urlsplit(url)
    host, is_inside = parts.hostname or "", may_be_inside and parts.hostname in settings.GATEWAYS_INSIDE
    if not host or parts.username or (parts.scheme != "https" and not (is_inside and parts.scheme == "http")):
        raise Undeliverable(FORBIDDEN)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    connection = _Checked(host, port, _checked(host, port, is_inside=is_inside), secure=secure)
    end = Timer(TIME, _cut, [connection])  # a server that answers letter by letter must not hold the others up
    end.start()
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, body, dict(headers))
        return connection.getresponse().status
    except (OSError, HTTPException) as trouble:
        raise Trouble(SILENT) from trouble
    finally:
        end.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    if connection.sock:
        with suppress(OSError):  # it has been closed meanwhile
            connection.sock.shutdown(socket.SHUT_RDWR)


def _checked(host: str, port: int, *, is_inside: bool) -> str:
    """One address of the host, if all it has may be sent to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as trouble:
        raise Trouble(SILENT) from trouble
    addresses = [str(row[4][0]) for row in found]
    if not is_inside and not all(is_public(address) for address in addresses):
        raise Undeliverable(FORBIDDEN)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network, also where it wraps another one."""
    ip: IPv4Address | IPv6Address = ip_address(address.split("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.sixtofour:
            return is_public(str(ip.sixtofour))
        if ip in NAT64:
            return is_public(str(IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast
