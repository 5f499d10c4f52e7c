"""Ask the local model one question over HTTP, and let nothing it does hurt the work.

The standard library's client is enough for one small POST, follows no redirect, reads no proxy from
the environment and is no dependency. The connection goes to the very address that was checked. One
clock covers the whole exchange: a server that drips is cut off like one that is silent.
"""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from luoshi.desks.lessons.domain.model.addresses import Endpoint, NotInside, chosen
from luoshi.desks.lessons.enums import Failure
from luoshi.foundation.reading.advice import NotAnAnswer, Question, Span, messages, parse

LARGEST = 64 * 1024


@dataclass(frozen=True)
class LocalModel:
    """The settings of the model; the key is shown by nothing."""

    where: Endpoint
    name: str
    key: str = field(repr=False, default="")
    seconds: int = 20
    allowed: tuple[str, ...] = ()


class NoAnswer(Exception):
    """The model did not answer; `kind` says how. It carries none of the model's words."""

    def __init__(self, kind: Failure) -> None:
        super().__init__(kind.value)
        self.kind = kind


def ask(model: LocalModel, question: Question) -> Span | None:
    """The span the model chose, None for none of them. Raises `NoAnswer`, nothing else."""
    body = {
        "model": model.name,
        "messages": messages(question),
        "temperature": 0,
        "max_tokens": 24,
        "response_format": {"type": "json_object"},
    }
    raw = sent(model, json.dumps(body, ensure_ascii=False).encode())
    try:
        said = json.loads(raw)["choices"][0]["message"]["content"]
        return parse(question, said)
    except NotAnAnswer as error:
        raise NoAnswer(Failure(error.kind)) from error
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise NoAnswer(Failure.GARBAGE) from error


def sent(model: LocalModel, body: bytes) -> bytes:
    """The answer's bytes within the time and size allowed."""
    try:
        address = chosen(model.where, model.allowed)
    except NotInside as error:
        raise NoAnswer(Failure.ABROAD) from error
    except OSError as error:
        raise NoAnswer(Failure.DIED) from error
    late = threading.Event()
    line = connection(model, address)
    try:
        with cut_off(line, model.seconds, late):
            raw = exchanged(line, model, body)
    except (OSError, http.client.HTTPException, ValueError) as error:
        kind = Failure.STALLED if late.is_set() or isinstance(error, TimeoutError) else Failure.DIED
        raise NoAnswer(kind) from error
    if late.is_set():
        raise NoAnswer(Failure.STALLED)
    return raw


@contextmanager
def cut_off(
    line: http.client.HTTPConnection, seconds: float, late: threading.Event
) -> Iterator[None]:
    """Connect, and shut the socket when the time is up, whatever waits on it then."""
    try:
        line.connect()
        watch = threading.Timer(seconds, cut, (line.sock, late))
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()
    finally:
        line.close()


def exchanged(line: http.client.HTTPConnection, model: LocalModel, body: bytes) -> bytes:
    """One POST and its answer."""
    headers = {"Content-Type": "application/json", "Host": model.where.authority}
    if model.key:
        headers["Authorization"] = f"Bearer {model.key}"
    line.request("POST", f"{model.where.path}/chat/completions", body, headers)
    with line.getresponse() as answer:
        if 300 <= answer.status < 400:
            raise NoAnswer(Failure.MOVED)
        if answer.status != 200:
            raise NoAnswer(Failure.STATUS)
        raw = answer.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise NoAnswer(Failure.LARGE)
        if answer.length:
            raise ConnectionError
    return raw


def connection(model: LocalModel, address: str) -> http.client.HTTPConnection:
    """A connection to the checked address; a certificate is checked against the host's name."""
    if model.where.scheme == "http":
        return http.client.HTTPConnection(address, model.where.port, timeout=model.seconds)
    return Checked(address, model.where.host, model.where.port, model.seconds)


class Checked(http.client.HTTPSConnection):
    """HTTPS to an address that was resolved before, under the host's own name."""

    def __init__(self, address: str, name: str, port: int, seconds: int) -> None:
        self.safe = ssl.create_default_context()
        super().__init__(address, port, timeout=seconds, context=self.safe)
        self.name = name

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = self.safe.wrap_socket(plain, server_hostname=self.name)


def cut(wire: socket.socket, late: threading.Event) -> None:
    """Time is up."""
    late.set()
    with suppress(OSError):
        wire.shutdown(socket.SHUT_RDWR)
