"""A local model on loopback that plays a part: honest, lying, stalling, dying."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Chooser = Callable[[dict[str, str]], int]


@dataclass
class Part:
    """How the server behaves, and what it was asked: (headers, body)."""

    play: str = "honest"
    choose: Chooser = lambda spans: 1
    said: str = ""
    asked: list[tuple[dict[str, str], dict[str, Any]]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """The address for `LUOSHI_MODEL_URL`."""
        return f"http://127.0.0.1:{self.port}/v1"


def handler(part: Part) -> type[BaseHTTPRequestHandler]:
    """The request handler of a part."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            part.asked.append((dict(self.headers), {"path": self.path, **body}))
            getattr(self, part.play)(body)

        def honest(self, body: dict[str, Any]) -> None:
            """One of the listed spans."""
            spans = json.loads(body["messages"][1]["content"].split("\n", 1)[1])["spans"]
            self.say(json.dumps({"choice": part.choose(spans)}))

        def lying(self, body: dict[str, Any]) -> None:
            """Whatever the test wants it to say."""
            self.say(part.said)

        def garbled(self, body: dict[str, Any]) -> None:
            """No JSON at all."""
            self.put(200, b"<html>proxy error</html>")

        def stalling(self, body: dict[str, Any]) -> None:
            """Silent until the other side gives up."""
            time.sleep(4)

        def dripping(self, body: dict[str, Any]) -> None:
            """A byte now and then: no single read ever times out."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            try:
                for _turn in range(40):
                    self.wfile.write(b" ")
                    time.sleep(0.1)
            except OSError:
                return

        def dying(self, body: dict[str, Any]) -> None:
            """Half an answer, then gone."""
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
            self.connection.close()

        def failing(self, body: dict[str, Any]) -> None:
            self.put(500, b"{}")

        def moving(self, body: dict[str, Any]) -> None:
            self.send_response(307)
            self.send_header("Location", f"http://127.0.0.1:{part.port}/elsewhere")
            self.end_headers()

        def flooding(self, body: dict[str, Any]) -> None:
            self.put(200, b"[" + b"0," * 100_000)

        def say(self, content: str) -> None:
            """A chat completion."""
            answer = {"choices": [{"message": {"role": "assistant", "content": content}}]}
            self.put(200, json.dumps(answer).encode())

        def put(self, status: int, raw: bytes) -> None:
            """One response."""
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            try:
                self.wfile.write(raw)
            except OSError:
                return

        def log_message(self, *words: Any) -> None:
            """Quiet."""

    return Handler


@contextmanager
def playing(**how: Any) -> Iterator[Part]:
    """The server while it plays."""
    part = Part(**how)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(part))
    part.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield part
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
