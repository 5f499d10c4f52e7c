"""Row 3: five wrong tries within 30 minutes lock the account for 30 minutes, whoever asks from
wherever; the same answer for names that exist and names that do not."""

import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client

from luoshi.foundation.accounts.domain.unlocking import unlock
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.organizations.enums import Role
from tests.browser.site import free_port, wait
from tests.databases import LUOSHI, migrated
from tests.security.people import (
    NOW,
    WORD,
    holder,
    no_factors,
    password_step,
    plant_tree,
    signed_in,
    user_of,
)

FORM = {"username": "li", "password": "wrong-Word-1"}


@pytest.fixture
def tree(db: None) -> None:
    plant_tree()
    no_factors()


def wrong(count: int, name: str = "li", **headers: str) -> list[int]:
    """Answers to wrong tries, each in a fresh browser."""
    form = FORM | {"username": name}
    return [Client().post("/sign-in/", form, headers=headers).status_code for _ in range(count)]


def test_five_wrong_tries_lock_for_thirty_minutes(tree: None) -> None:
    """GB/T 22239 4.1b, ASVS 6.3.1: the right password does not open a locked account."""
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        assert wrong(5) == [422, 422, 422, 422, 429]
        locked = Client().post("/sign-in/", FORM | {"password": WORD})
        assert locked.status_code == 429
        assert "30分钟" in locked.content.decode()
        clock.shift(timedelta(minutes=29))
        assert not signed_in(password_step("li"))
        clock.shift(timedelta(minutes=31))
        assert signed_in(password_step("li"))


def test_old_tries_are_forgotten_and_a_right_one_clears_them(tree: None) -> None:
    """Five within 30 minutes, not five in a lifetime."""
    with time_machine.travel(NOW, tick=False) as clock:
        holder("li", Role.SUPERVISION_OFFICER)
        wrong(4)
        assert signed_in(password_step("li"))
        assert wrong(4) == [422] * 4
        clock.shift(timedelta(minutes=31))
        assert wrong(1) == [422]
        assert signed_in(password_step("li"))


def test_unknown_names_get_the_same_answers(tree: None) -> None:
    """No answer tells whether an account exists, the lock included."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        key = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
        for _try in range(6):
            pages = []
            for name in ("li", "nobody"):
                got = Client().post("/sign-in/", FORM | {"username": name})
                pages.append((got.status_code, key.sub("", got.content.decode())))
            assert pages[0] == pages[1]


def test_a_forged_header_does_not_escape_the_lock(tree: None) -> None:
    """The lock counts by name: neither another address nor a forged header gives new tries."""
    with time_machine.travel(NOW, tick=False):
        holder("li", Role.SUPERVISION_OFFICER)
        for number in range(5):
            wrong(1, **{"X-Forwarded-For": f"10.0.0.{number}", "X-Real-IP": f"10.0.1.{number}"})
        assert not signed_in(password_step("li"))


def test_the_security_administrator_unlocks_with_a_trace(tree: None) -> None:
    """Unlock by the security administrator, audited; nobody else, never oneself."""
    with time_machine.travel(NOW, tick=False):
        officer, security = holder("li", Role.SUPERVISION_OFFICER), holder("wei", "security_admin")
        wrong(5)
        for who in (officer, holder("jin", Role.SYSTEM_ADMIN)):
            with pytest.raises(Forbidden):
                unlock(user=user_of(officer), actor=who, at=NOW)
        unlock(user=user_of(officer), actor=security, at=NOW)
        assert Entry.objects.filter(action="accounts.unlocked").count() == 1
        assert signed_in(password_step("li"))


def test_too_many_tries_in_a_minute_are_told_to_wait(tree: None) -> None:
    """Row 26: sign-in per account answers 429 with the seconds to wait."""
    with time_machine.travel(NOW, tick=False):
        answers = [Client().post("/sign-in/", FORM | {"username": "x"}) for _try in range(21)]
        assert answers[-1].status_code == 429
        assert int(answers[-1].headers["Retry-After"]) == 60


def posted(url: str) -> int:
    """A wrong try at a real server."""
    with urllib.request.urlopen(f"{url}/sign-in/") as page:  # noqa: S310 - loopback
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page.read().decode())
        cookie = page.headers["Set-Cookie"].split(";")[0]
    assert token is not None
    body = urlencode(FORM | {"csrfmiddlewaretoken": token.group(1)}).encode()
    request = urllib.request.Request(f"{url}/sign-in/", body, {"Cookie": cookie})  # noqa: S310
    try:
        return int(urllib.request.urlopen(request).status)  # noqa: S310 - loopback
    except urllib.error.HTTPError as answer:
        return int(answer.code)


@pytest.mark.browser
def test_two_processes_share_the_count_and_a_restart_keeps_it(tmp_path: Path) -> None:
    """The lock lies in the database: two servers count together, a restarted one still knows."""
    environment = migrated("lockout", tmp_path)
    code = (
        "import django; django.setup(); from luoshi.foundation.accounts.models import "
        "DatabaseNature; from django.utils import timezone; "
        "DatabaseNature.objects.create(demo=False, created_at=timezone.now())"
    )
    environment |= {"DJANGO_SETTINGS_MODULE": "luoshi.site.settings"}
    subprocess.run([sys.executable, "-c", code], env=os.environ | environment, check=True)

    def served() -> tuple[subprocess.Popen[bytes], str]:
        port = free_port()
        command = [LUOSHI, "serve", "--port", str(port), "--workers", "1"]
        return subprocess.Popen(command, env=environment), f"http://127.0.0.1:{port}"

    servers = [served(), served()]
    try:
        for _process, url in servers:
            wait(url)
        urls = [servers[number % 2][1] for number in range(6)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(posted, urls))
        assert 429 in answers
    finally:
        for process, _url in servers:
            process.terminate()
            process.wait(timeout=20)
    process, url = served()
    try:
        wait(url)
        assert posted(url) == 429
    finally:
        process.terminate()
        process.wait(timeout=20)
