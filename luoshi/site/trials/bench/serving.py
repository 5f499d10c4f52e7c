"""The same pages from gunicorn with two workers on a free loopback port: p50, p95, requests/s."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.site.domain import postgres

SECONDS, PEOPLE = 4.0, 4
PAGES = {"list": "/ledger/", "board": "/board/"}


def free_port() -> int:
    """A free loopback port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def measure_serving(user: User, database: str) -> dict[str, str]:
    """Start the server on the scratch database, load it from loopback, end it."""
    port = free_port()
    address = postgres.address(settings.CONFIG.owner_database, database)
    environment = os.environ | {"DATABASE_URL": address, "LUOSHI_API_PER_MINUTE": "1000000"}
    command = [str(Path(sys.executable).parent / "luoshi"), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own program
    try:
        wait(port)
        client = Client(HTTP_HOST="127.0.0.1")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {name: loaded(port, path, cookie) for name, path in PAGES.items()}
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait(port: int) -> None:
    """Until it answers."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def fetch(port: int, path: str, cookie: str) -> float:
    """One request; milliseconds."""
    start = time.perf_counter()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    link.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
    answer = link.getresponse()
    answer.read()
    link.close()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    return (time.perf_counter() - start) * 1000


def loaded(port: int, path: str, cookie: str) -> str:
    """p50 and p95 alone, then requests per second and p95 at four."""
    alone = [fetch(port, path, cookie) for _ in range(40)]
    many: list[float] = []
    end = time.monotonic() + SECONDS

    def person() -> None:
        while time.monotonic() < end:
            many.append(fetch(port, path, cookie))

    people = [threading.Thread(target=person) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    p95 = statistics.quantiles(alone, n=20)[-1]
    busy = statistics.quantiles(many, n=20)[-1]
    return (
        f"alone p50 {statistics.median(alone):.1f} ms, p95 {p95:.1f} ms; "
        f"at {PEOPLE}: {len(many) / SECONDS:.0f}/s, p95 {busy:.1f} ms"
    )
