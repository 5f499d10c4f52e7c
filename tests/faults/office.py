"""A running office: real web server and worker on the row's database, and a person outside it."""

import http.cookiejar
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from luoshi.foundation.accounts import codes
from luoshi.foundation.accounts.domain.enrolling import begin_enrolment, confirm_enrolment
from luoshi.foundation.accounts.domain.passwords import hand_out
from luoshi.foundation.accounts.models import DatabaseNature, User
from tests.browser.site import free_port
from tests.faults.ground import LUOSHI, Ground
from tests.story import SYSTEM, make_world

PASSWORD = "Witness-2026-x"
WAIT = 60


@dataclass
class Office:
    """Two processes that are started again when they die, as a service manager would."""

    ground: Ground
    port: int = field(default_factory=free_port)
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    recovery: list[str] = field(default_factory=list)
    log: Path = Path(os.devnull)

    @property
    def url(self) -> str:
        """The address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        """Start web or worker in a session of its own."""
        words = ["serve", "--port", str(self.port)] if name == "web" else ["worker"]
        with self.log.open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [LUOSHI, *words],
                env=self.ground.environment(),
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """kill -9 of the whole process group, then start it again."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start(name)

    def kill_a_child(self) -> bool:
        """kill -9 of one worker process of the web server; whether there was one."""
        pid = self.processes["web"].pid
        command = ["ps", "-o", "pid=", "--ppid", str(pid)]
        found = subprocess.run(command, check=False, capture_output=True, text=True).stdout.split()
        if found:
            os.kill(int(found[0]), signal.SIGKILL)
        return bool(found)

    def wait(self) -> float:
        """Until it is ready; returns how long that took."""
        began = time.monotonic()
        while time.monotonic() < began + WAIT:
            for name, process in list(self.processes.items()):
                if process.poll() is not None:
                    self.start(name)
            try:
                with urllib.request.urlopen(f"{self.url}/healthz/ready", timeout=3):  # noqa: S310
                    return time.monotonic() - began
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(f"not ready after {WAIT} s")

    def jobs_run(self) -> bool:
        """Whether a worker has reported itself to the database, at most 20 s from now."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM procrastinate_workers "
                    "WHERE last_heartbeat > now() - interval '15 seconds'"
                )
                if cursor.fetchone()[0]:
                    return True
            time.sleep(0.2)
        return False

    def stop(self) -> None:
        """End both."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


class Witness:
    """A browser without pictures: signs in, fills forms, keeps no state but its cookies."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)

    def get(self, path: str) -> str:
        """A page."""
        with self.opener.open(self.url + path, timeout=20) as answer:
            return str(answer.read().decode())

    def post(self, path: str, page: str, **values: str) -> str:
        """Send a form with the page's token; returns the address it led to."""
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        values["csrfmiddlewaretoken"] = token.group(1) if token else ""
        body = urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(self.url + path, body, {"Referer": self.url + path})  # noqa: S310
        with self.opener.open(request, timeout=20) as answer:
            return str(answer.geturl())

    def sign_in(self, office: Office) -> None:
        """Through the door as the officer: the password, then a recovery code as second factor."""
        self.post("/sign-in/", self.get("/sign-in/"), username="li", password=PASSWORD)
        self.post("/sign-in/", self.get("/sign-in/"), code=office.recovery.pop())


def open_office(ground: Ground, row: str) -> Office:
    """A world with one officer who can sign in, served for real."""
    ground.fresh(row)
    world = make_world()
    now = datetime.now(tz=UTC)
    DatabaseNature.objects.create(pk=1, demo=False, created_at=now)
    user = User.objects.get(pk=world.officer.person_id)
    hand_out(user=user, password=PASSWORD, actor=SYSTEM, at=now, once=False)
    seed = begin_enrolment(user=user, actor=world.officer, at=now).pending_seed
    code = codes.code_of(seed, codes.step_of(now))
    recovery = confirm_enrolment(user=user, code=code, actor=world.officer, at=now, clock=now)
    made = Office(ground, recovery=recovery)
    made.start("web")
    made.start("worker")
    made.wait()
    return made
