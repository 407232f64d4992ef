"""A server that speaks the protocol of OpenAI's chat completions, as well or as badly as a test wants it to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

KEY = "khoa-bi-mat-cua-mo-hinh"


@dataclass
class LanguageServer:
    """What it was sent, and how it answers: with the words of `says`, or as `behaves`."""

    port: int = 0
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    says: Callable[[list[str]], str] = lambda sentences: " ".join(sentences)
    behaves: str = "well"

    @property
    def settings(self) -> dict[str, Any]:
        """What an installation sets to ask it."""
        return {"url": f"http://127.0.0.1:{self.port}/v1", "name": "thu-7b", "seconds": 2, "key": KEY}

    @property
    def sent(self) -> str:
        """All that it was told, as text."""
        return json.dumps([body for _headers, body in self.asked], ensure_ascii=False)


def completion(text: object) -> bytes:
    """An answer as the protocol has it."""
    message = {"role": "assistant", "content": text}
    return json.dumps({"object": "chat.completion", "choices": [{"index": 0, "message": message}]}).encode()


@contextmanager
def speaking() -> Iterator[LanguageServer]:
    """A server on this machine, until it is done with."""
    server = LanguageServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.asked.append((dict(self.headers), body))
            if self.path != "/v1/chat/completions" or self.headers["Authorization"] != f"Bearer {KEY}":
                self.send_error(401)
                return
            ways = {
                "well": self.answer,
                "broken": lambda: self.write(b'{"choices": [{"mess'),
                "other": lambda: self.write(b'{"choices": []}'),
                "nested": lambda: self.write(b"[" * 150_000),
                "empty": lambda: self.write(completion("  ")),
                "no text": lambda: self.write(completion({"tool": "rm"})),
                "failing": lambda: self.send_error(503),
                "elsewhere": self.lead_elsewhere,
                "huge": lambda: self.write(completion("a" * 5_000_000)),
                "long": lambda: self.write(completion("Đã làm tốt. " * 700)),
                "silent": lambda: time.sleep(4),
                "dripping": self.drip,
                "hanging up": lambda: self.connection.close(),
            }
            ways[server.behaves]()

        def answer(self) -> None:
            sentences = json.loads(server.asked[-1][1]["messages"][-1]["content"])
            self.write(completion(server.says(sentences)))

        def write(self, answer: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def lead_elsewhere(self) -> None:
            self.send_response(307)
            self.send_header("Location", f"http://127.0.0.1:{server.port}/elsewhere")
            self.end_headers()

        def drip(self) -> None:
            """A letter each fifth of a second, for ever so long; no end is announced."""
            self.send_response(200)
            self.end_headers()
            for letter in completion("Đã đối thoại với đoàn viên."):
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.2)

        def log_message(self, *_words: object) -> None:
            """Nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except OSError:
                """The other side hung up, as it should."""

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.port = http.server_port
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
